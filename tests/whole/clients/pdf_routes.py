"""The programs that fill the PDF form."""

from __future__ import annotations

from functools import cache

from intake.model.address import Place
from tests.kit.fillers import pdf_js, pdf_lib, pdfbox, pdfium, pdftk, poppler, with_pypdf
from tests.kit.fillers.forms import blank as blank_form
from tests.kit.fillers.forms import definition
from tests.whole.clients import versions
from tests.whole.clients.answers import own_places
from tests.whole.clients.route import Answers, Route

CHAIN = (pdf_js, pdfium, poppler, pdftk, pdf_js)
_EARLIER = "à revoir"
_CODE_DRAWN = "A list is drawn with its code instead of its label"


@cache
def blank() -> bytes:
    """Return the blank form of a centre."""
    return blank_form()


def five_saves(blank: bytes, answers: Answers) -> bytes:
    """Return the form after five saves, one answer in five changed at each but the first.

    What a later program changes was another text before; choices are made late instead,
    because none of these programs takes an answer back.
    """
    content, kinds = blank, {place.address for place in _texts()}
    for step, filler in enumerate(CHAIN):
        turn = {
            address: text if number % len(CHAIN) <= step else _EARLIER[: max(len(text), 1)]
            for number, (address, text) in enumerate(answers.items())
            if number % len(CHAIN) <= step or address in kinds
        }
        content = filler.fill(content, turn)
    return content


def _texts() -> list[Place]:
    return [p for p in own_places(definition()) if not p.item.is_choice]


def _chain_missing() -> str | None:
    return next((reason for filler in CHAIN if (reason := filler.missing())), None)


ROUTES = (
    Route(
        "PDFium", lambda: versions.of_distribution("pypdfium2"),
        "Chrome, Edge: clicked and typed", pdfium.fill,
        remark="version of pypdfium2, which carries it",
    ),
    Route(
        "pdf.js", lambda: versions.of_module("pdfjs-dist"),
        "Firefox: filled in and saved", pdf_js.fill, pdf_js.missing,
    ),
    Route(
        "poppler", lambda: versions.of_command("pdftotext", "-v"),
        "viewers of Linux desktops: filled in and saved", poppler.fill, poppler.missing,
    ),
    Route(
        "pdftk", lambda: versions.of_command("pdftk", "--version"),
        "filled from XFDF", pdftk.fill, pdftk.missing,
    ),
    Route(
        "PDFBox", lambda: versions.of_jar(pdfbox.JARS[0]),
        "filled by a Java program", pdfbox.fill, pdfbox.missing, _CODE_DRAWN,
    ),
    Route(
        "pdf-lib", lambda: versions.of_module("pdf-lib"),
        "filled by a web portal", pdf_lib.fill, pdf_lib.missing,
        "Stores the label of a list, not its code; its drawing is left to the next program",
    ),
    Route(
        "pypdf", lambda: versions.of_distribution("pypdf"),
        "filled by a script", with_pypdf.fill, remark=_CODE_DRAWN,
    ),
    Route(
        "five saves", lambda: "",
        "pdf.js, PDFium, poppler, pdftk, pdf.js: answers added and changed at each",
        five_saves, _chain_missing,
    ),
)  # fmt: skip
