"""What the forms of a version ever printed: ``pages.json`` beside its blank forms.

A form sent long ago is told from its blank by it, whatever the study's words and the centre
were when it was made. Nothing is taken out of it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError

PAGES_FILE = "pages.json"


@dataclass(frozen=True, slots=True)
class FrontWords:
    """What the study had printed on first pages at one time."""

    title: tuple[tuple[str, str], ...]
    """Language and title."""
    sponsor: str
    contact: tuple[str, ...]
    closes: dt.date | None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """All that the forms of a version ever printed."""

    drawn: frozenset[str] = frozenset()
    """Digests of what the pages of PDF forms draw."""
    words: tuple[FrontWords, ...] = ()
    """From the oldest; empty before any form was made."""

    def with_form(self, drawn: frozenset[str], words: FrontWords) -> Printed:
        """Return this and what one more form prints."""
        known = self.words if words in self.words else (*self.words, words)
        return Printed(self.drawn | drawn, known)


def read_printed(folder: Path) -> Printed:
    """Return what the forms of a version's folder ever printed. Raises DefinitionError."""
    path = folder / PAGES_FILE
    try:
        found: Any = json.loads(path.read_bytes())
        words = tuple(_words(told) for told in found.get("words", ()))
        return Printed(frozenset(found["drawn"]), words)
    except FileNotFoundError:
        return Printed()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise DefinitionError(
            f"{path}: cannot be read. Put back the file as it was, from a copy of this folder."
        ) from None


def _words(told: dict[str, Any]) -> FrontWords:
    closes = told["closes"]
    return FrontWords(
        title=tuple(sorted((str(key), str(text)) for key, text in told["title"].items())),
        sponsor=str(told["sponsor"]),
        contact=tuple(str(line) for line in told["contact"]),
        closes=dt.date.fromisoformat(closes) if closes else None,
        minutes=told.get("minutes"),
    )


def printed_content(definition: FormDefinition, printed: Printed) -> bytes:
    """Return the bytes of a version's ``pages.json``."""
    document = {
        "form": definition.id,
        "version": definition.version,
        "words": [
            {
                "title": dict(words.title),
                "sponsor": words.sponsor,
                "contact": list(words.contact),
                "closes": words.closes.isoformat() if words.closes else None,
                **({"minutes": words.minutes} if words.minutes is not None else {}),
            }
            for words in printed.words
        ],
        "drawn": sorted(printed.drawn),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
