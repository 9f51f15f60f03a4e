"""Whom a centre answers, and by when, as receipts and letters say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTo:
    """The service that asks: its name, its address, its telephones, the last day to answer."""

    service: str
    email: str
    phones: tuple[str, ...] = ()
    closes: dt.date

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what is printed: service, e-mail, telephone lines."""
        return (self.service, self.email, *self.phones)
