"""A password as it passes through the program: never shown, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Password:
    """What opens one protected file; its text appears in no message, log or record."""

    text: str = field(repr=False)
