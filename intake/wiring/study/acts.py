"""The study's long acts: which there are, what a person chooses beside them, what is told.

Each is foreseen in ``foreseeing`` and done in ``carrying_out``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from intake.model.local_text import LocalText
from intake.model.mail.message import MessageKind
from intake.wiring.app import App
from intake.wiring.conduct.drafts import Planned, Wanted, draft_packs, draft_reminders
from intake.words.catalogue import LANGUAGES, words_of
from intake.words.told import told

PROFILES = ("analysis", "full")


class Act(StrEnum):
    """What can be done with a whole study (a closed list)."""

    FORMS = "forms"
    ARCHIVES = "archives"
    PACKS = "packs"
    HALF_WAY = "half_way"
    LAST_WEEK = "last_week"
    CLOSING = "closing"
    CLOSE = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person chose beside the act itself."""

    profile: str = PROFILES[0]
    anyway: bool = False
    """Close though something is not finished."""
    with_late: bool = False
    """Freeze what came after the closing date too."""
    is_aware: bool = False
    """It was said that the whole dataset identifies patients, and agreed to."""

    def __post_init__(self) -> None:
        """Refuse a profile that is none: it names a folder."""
        if self.profile not in PROFILES:
            raise ValueError(self.profile)


NOTHING_CHOSEN = Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What an act would do now."""

    act: Act
    title: LocalText
    before: LocalText
    """Its consequence, in a sentence."""
    lines: tuple[LocalText, ...] = ()
    """Who gets what, or what is not finished."""
    obstacle: LocalText | None = None
    """Why it would be refused now."""
    is_empty: bool = False
    """Whether there is nothing to do."""
    asks: LocalText | None = None
    """What must be agreed to first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone:
    """What an act did."""

    act: Act
    said: tuple[LocalText, ...]
    files: tuple[str, ...] = ()
    """What was written, from the folder of the study."""


def messages(app: App, act: Act, wanted: Wanted) -> tuple[Planned, ...]:
    """Draft, or only plan, the messages of an act. Raises StudyError."""
    if act is Act.PACKS:
        return draft_packs(app, wanted)
    return draft_reminders(app, wanted, MessageKind(act.value.replace("_", "-")))


def line_of(due: Planned) -> LocalText:
    """Return to whom a message is due, or is not, and why."""
    why = {
        language: words_of(language).text(
            f"cli.mail.why.{due.why.value}",
            day=words_of(language).date(due.day.isoformat()) if due.day else "",
        )
        for language in LANGUAGES
    }
    return told("acts.messages.line", centre=due.centre or due.to, why=why)


def name_in(app: App, path: Path) -> str:
    """Return a place as it is named in the folder of the study."""
    root = app.places.root
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
