"""The programs that a Word form goes through. Filled in by hand first, as Word leaves it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from intake.formats.word.write.writer import WordWriter
from intake.model.address import places_by_address
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from tests.kit.fillers import word_by_hand
from tests.kit.fillers.forms import definition
from tests.kit.fillers.process import run
from tests.whole.clients import libreoffice, versions
from tests.whole.clients.route import Answers, Route


@cache
def blank(language: str = "fr") -> bytes:
    """Return the blank form of a centre."""
    form = definition()
    stamp = FormStamp(form.id, form.version, language, form.fingerprint, "REI")
    return WordWriter().write(form, FormRequest(language=language, stamp=stamp))


def _office(name: str, done: str, *kinds: str) -> Route:
    def send(blank: bytes, answers: Answers) -> bytes:
        return libreoffice.converted(word_by_hand.fill(blank, answers), "docx", *kinds)

    return Route(name, libreoffice.family, done, send, libreoffice.missing)


def _converter(name: str, done: str, command: Callable[[str, str], list[str]]) -> Route:
    """Return the route through a program that turns one file into another."""
    program = name.lower()

    def send(blank: bytes, answers: Answers) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "in.docx"), Path(folder, "out.docx")
            source.write_bytes(word_by_hand.fill(blank, answers))
            run([program, *command(str(source), str(target))])
            return target.read_bytes()

    def missing() -> str | None:
        return None if shutil.which(program) else f"{name} is not installed"

    return Route(name, lambda: versions.of_command(program, "--version"), done, send, missing)


def _typed(blank: bytes, answers: Answers) -> bytes:
    """Return the form with its choices and long texts made by hand, the rest typed."""
    kinds = places_by_address(definition())
    typed = {a: t for a, t in answers.items() if not kinds[a].item.is_choice and "\n" not in t}
    others = {a: t for a, t in answers.items() if a not in typed}
    return libreoffice.typed(word_by_hand.fill(blank, others), typed)


ROUTES = (
    Route("by hand", lambda: "", "as Word writes controls, no program", word_by_hand.fill),
    _office("LibreOffice docx", "opened and saved as .docx", "docx"),
    _office("LibreOffice docx twice", "opened and saved as .docx, two times", "docx", "docx"),
    _office("LibreOffice odt", "saved as .odt, then as .docx", "odt", "docx"),
    _office("LibreOffice doc", "saved as .doc, then as .docx", "doc", "docx"),
    Route(
        "LibreOffice typed", libreoffice.family,
        "texts typed over, before and behind the placeholders, saved",
        _typed, libreoffice.cannot_type, "choices, ticks and texts of several lines by hand",
    ),
    _converter("pandoc", "converted to .docx", lambda source, target: [source, "-o", target]),
    _converter(
        "AbiWord", "converted to .docx", lambda source, target: ["--to=docx", "-o", target, source]
    ),
)  # fmt: skip
