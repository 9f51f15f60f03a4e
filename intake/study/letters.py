"""Letters to centres as templates: a subject, paragraphs, and places to fill.

Pure; the files are read in ``workspace.letters``. A line whose place stays empty is left out,
so that a letter never says « contact : » and nothing after it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from intake.model.errors import StudyError
from intake.study.saved_text import saved_text
from intake.words.told import told

_PLACE = re.compile(r"\{([^{}]*)\}")
_SUBJECT = re.compile(r"(?:Objet|Subject)\s*:\s*(?P<subject>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """One template: its subject and its lines, each with its number in the file."""

    source: str
    language: str
    subject: tuple[int, str]
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """A letter with its places filled: one paragraph a line, an empty line between them."""

    subject: str
    text: str


def parse_letter(content: bytes, source: str, language: str) -> Letter:
    """Return a template of a file's bytes; lines that begin with ``#`` are for its writer.

    Raises StudyError when it has no subject, or its letters are in no encoding that is known.
    """
    try:
        text = saved_text(content)
    except UnicodeDecodeError:
        raise StudyError(told("setup.letters.encoding", source=source)) from None
    numbered = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if not line.startswith("#") or line.startswith("##")  # two make a title
    ]
    first = next((index for index, (_, line) in enumerate(numbered) if line), None)
    found = _SUBJECT.fullmatch(numbered[first][1]) if first is not None else None
    if first is None or found is None or not found["subject"]:
        raise StudyError(told("setup.letters.no_subject", source=source))
    return Letter(
        source, language, (numbered[first][0], found["subject"]), tuple(numbered[first + 1 :])
    )


def require_known(letter: Letter, known: Collection[str]) -> None:
    """Raise StudyError naming each place of a letter that nothing fills, with its line."""
    for number, line in (letter.subject, *letter.lines):
        # A brace that stands alone is a place mistyped: it would be sent as it is.
        alone = re.findall(r"[{}].*", _PLACE.sub("", line))
        for place in (*_PLACE.findall(line), *alone):
            if place not in known:
                raise StudyError(
                    told(
                        "setup.letters.unknown",
                        source=letter.source,
                        line=str(number),
                        place=place,
                        known=", ".join(sorted(known)),
                    )
                )


def fill(letter: Letter, values: Mapping[str, str]) -> FilledLetter:
    """Return a letter with its places filled.

    Raises StudyError for an unknown place, or where no subject or no text is left: a line whose
    place stays empty is left out, and all of them may be.
    """
    require_known(letter, values)
    lines = (line for _, line in letter.lines if _has_all(line, values))
    text = "\n".join(_filled(line, values) for line in lines)
    subject = " ".join(_filled(letter.subject[1], values).split())
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if not subject or not text:
        raise StudyError(told("setup.letters.empty", source=letter.source))
    return FilledLetter(subject, text)


def _has_all(line: str, values: Mapping[str, str]) -> bool:
    return all(values[place] for place in _PLACE.findall(line))


def _filled(line: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place[1]], line)
