"""The ways a Word form comes back, and what is left of a full one after each."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path

from intake.formats.word.reader import WordReader
from intake.formats.word.writer import WordWriter
from intake.model.address import Place, places
from intake.model.definition import DataType, FormDefinition
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from tests.clients import libreoffice
from tests.fillers.forms import definition
from tests.fillers.process import run

TEXTS = (
    "Œdème d’été", "72,5", "« dit-il » \"oui\" 'non'", "03/2016", "=1+1", "<b>gras</b> & \\(x\\)",
    "12/03/2015", "> 40 000", "7 g/L", "≥ 88\u00a0µg/L", "–3 …", "07", "NF",
)  # fmt: skip
LINES = "ligne 1\nligne 2 : « fin »\n\nligne 4"


@dataclass(frozen=True)
class Route:
    """One way back: a name, the program it needs, what it does to a file."""

    name: str
    missing: Callable[[], str | None]
    send: Callable[[bytes], bytes]


@dataclass
class Tally:
    """What became of the answers of a full form."""

    recovered: int = 0
    lost_with_a_finding: int = 0
    silently_different: int = 0
    milliseconds: float = 0


def _no_pandoc() -> str | None:
    return None if shutil.which("pandoc") else "pandoc is not installed"


def _by_pandoc(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.docx"), Path(folder, "out.docx")
        source.write_bytes(content)
        run(["pandoc", str(source), "-o", str(target)])
        return target.read_bytes()


def _office(name: str, *kinds: str) -> Route:
    return Route(name, libreoffice.missing, lambda c: libreoffice.converted(c, "docx", *kinds))


ROUTES = (
    Route("as filled", lambda: None, lambda content: content),
    _office("LibreOffice once", "docx"),
    _office("LibreOffice twice", "docx", "docx"),
    _office("LibreOffice by .odt", "odt", "docx"),
    _office("LibreOffice by .doc", "doc", "docx"),
    Route("pandoc", _no_pandoc, _by_pandoc),
)


def every_answer(form: FormDefinition) -> dict[str, str]:
    """Return an answer for every place that a person may change."""
    fixed = {group.fixed_item for group in form.groups.values()}
    texts, found = cycle(TEXTS), {}
    for number, place in enumerate(p for p in places(form) if p.item.name not in fixed):
        options = place.item.options
        if place.option is not None:
            found[place.address] = "1" if number % 2 else ""
        elif options:
            found[place.address] = options[number % len(options)].code
        else:
            is_long = place.item.data_type is DataType.TEXT and (place.item.max_length or 0) > 500
            found[place.address] = LINES if is_long else next(texts)
    return found


@cache
def blank(language: str = "fr") -> bytes:
    """Return the blank form of a centre."""
    form = definition()
    stamp = FormStamp(form.id, form.version, language, form.fingerprint, "REI")
    return WordWriter().write(form, FormRequest(language=language, stamp=stamp))


def tally(content: bytes, written: Mapping[str, str]) -> Tally:
    """Return what is left of the answers in a file that came back."""
    form, reader, made = definition(), WordReader(), Tally()
    started = time.perf_counter()
    raw = reader.read(reader.inspect(content), form)
    made.milliseconds = (time.perf_counter() - started) * 1000
    read = {answer.address: answer.text for answer in raw.answers}
    remarked = {(f.item, f.row) for f in raw.findings}
    remarked |= {(name, None) for f in raw.findings for name in f.items if f.code != "CONTROL_LOST"}
    for place in places(form):
        if place.address not in written:
            continue
        if read.get(place.address, "").split() == _shown(place, written).split():
            made.recovered += 1
        elif remarked & {(place.item.name, place.row), (place.item.name, None)}:
            made.lost_with_a_finding += 1
        else:
            made.silently_different += 1
    return made


def _shown(place: Place, written: Mapping[str, str]) -> str:
    text = written[place.address]
    option = place.item.option(text) if place.option is None else None
    return option.title["fr"] if option else text
