"""The page of the messages to send: what to copy where no mail program opens a draft.

No script and no form: a click in a frame selects all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.reports.pages import page
from intake.words.catalogue import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One message to send, as the page shows it."""

    key: str
    kind: str
    centre: str
    """How a person knows whom it is for."""
    to: str
    subject: str
    text: str
    files: tuple[str, ...]
    """Names of its attachments, in the folder of its name."""
    is_unsure: bool = False
    """It was given to a server, and no answer was heard."""
    is_outdated: bool = False
    """What it says is no longer so."""
    is_gone: bool = False
    """Somebody took its draft away, or broke it."""


def mail_index(cards: Sequence[Card], title: str, language: str) -> str:
    """Return the page of the messages that are not sent yet."""
    return page("mail.html", cards=cards, title=title, words=Words(language))
