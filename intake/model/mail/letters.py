"""What is known of the letters of a study: which wait, which went, to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters of a study on one day, centres by their id."""

    to_send: int = 0
    """Drafts that are ready and not marked sent."""
    sent: Mapping[str, dt.date] = field(default_factory=dict)
    """The day on which its forms were sent to a centre."""
    reminders: Mapping[str, tuple[dt.date, ...]] = field(default_factory=dict)
    """The days on which a centre was reminded, the oldest first."""
    packed: tuple[str, ...] = ()
    """The centres whose forms were sent, or stand in a draft."""
    reminded: tuple[str, ...] = ()
    """The centres whose half-way reminder was sent, or stands in a draft."""
    told: Mapping[str, str] = field(default_factory=dict)
    """The outcome of each receipt that a message told of last."""
