"""W33 and what else makes a Word file another form, or a form in another place."""

from __future__ import annotations

import html
from dataclasses import replace

from lxml import etree

from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from tests.kit import blanks
from tests.kit.fillers.word_by_hand import changed, control_of, fill, part, run, with_part
from tests.kit.office.mail import message, written
from tests.kit.office.office import demo_answers, the_form
from tests.whole.corpus.case import Case
from tests.whole.corpus.word_damage import HB, Element, W, everywhere, form, line_of, word_case

_FOOT, _HEAD, _PROPERTIES = "word/footer1.xml", "word/header1.xml", "docProps/custom.xml"
_STRICT = (
    (b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"wordprocessingml/main"),
    (b"schemas.openxmlformats.org/officeDocument/2006/", b"officeDocument/"),
)


def _stamped(**other: str) -> bytes:
    """Return the first patient's form with another stamp."""
    plain = the_form()
    stamp = FormStamp(plain.id, plain.version, "fr", plain.fingerprint, "ZAA")
    made = replace(stamp, **other)
    named = replace(plain, id=made.form, version=made.version)
    request = FormRequest(language="fr", stamp=made)
    return fill(blanks.written(named, FileFormat.WORD, request), demo_answers())


def _without_parts(content: bytes) -> bytes:
    """Leave the body alone, as pasting it into a new document does."""
    for name in (_FOOT, _HEAD, _PROPERTIES):
        root = etree.fromstring(part(content, name))
        for child in list(root):
            root.remove(child)
        content = with_part(content, name, etree.tostring(root))
    return content


def _without_band(root: Element) -> None:
    """Take away the title band: only the questions were copied."""
    band = next(root.iter(W + "tbl"))
    band.getparent().remove(band)


def _in_a_letter(root: Element) -> None:
    """Write a letter before the form."""
    body = root.find(W + "body")
    for text in reversed(("Bonjour,", "Voici la fiche demandée.", "Cordialement.")):
        paragraph = etree.Element(W + "p")
        paragraph.append(run(text))
        body.insert(0, paragraph)


def _in_an_email() -> bytes:
    """Return a message that holds the questions and answers as its text."""
    root = etree.fromstring(part(form(), "word/document.xml"))
    lines = []
    for line in root.iter(W + "tr"):
        cells = ("".join(cell.itertext()) for cell in line.iter(W + "tc"))
        lines.append("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in cells) + "</tr>")
    made = message()
    made.set_content(f"<table>{''.join(lines)}</table>", subtype="html")
    return written(made)


def _in(name: str) -> bytes:
    """Write an answer at the head or foot of the pages, and not in its place."""

    def change(root: Element) -> None:
        paragraph = etree.SubElement(root, W + "p")
        paragraph.append(run("Hb 9,1 g/dL"))

    return changed(form(lab_hb_dx=""), change, name)


def _strict() -> bytes:
    """Return a form saved as Strict Open XML."""
    content = form()
    for name in ("word/document.xml", "word/_rels/document.xml.rels", "_rels/.rels", _FOOT):
        held = part(content, name)
        for old, new in _STRICT:
            held = held.replace(b"http://" + old, b"http://purl.oclc.org/ooxml/" + new)
        content = with_part(content, name, held)
    return content


def _half(root: Element) -> None:
    """Keep the first pages only, as sending a part does."""
    found = next(line_of(control_of(root, HB)).iterancestors(W + "tbl"))
    for later in list(found.itersiblings(W + "p", W + "tbl")):
        later.getparent().remove(later)


CASES = (
    word_case(
        "w33-unknown-version",
        "stamped with a version that was never published",
        lambda: _stamped(version="9.0.0"),
    ),
    word_case(
        "w33-other-study",
        "stamped with another study",
        lambda: _stamped(form="other-study"),
    ),
    word_case(
        "w33-other-fingerprint",
        "stamped with this version and another fingerprint",
        lambda: _stamped(fingerprint="0BADF00D"),
    ),
    word_case(
        "w33-unknown-centre",
        "stamped for a centre that the study does not have",
        lambda: _stamped(centre="QQQ"),
    ),
    word_case(
        "f01-in-a-new-document",
        "whole form pasted into a new document: no foot, no property",
        lambda: _without_parts(form()),
    ),
    word_case(
        "f02-questions-only",
        "only the questions pasted into a new document: no stamp left",
        lambda: everywhere(_without_band, _without_parts(form())),
    ),
    word_case(
        "f03-in-a-letter", "a letter written above the form", lambda: everywhere(_in_a_letter)
    ),
    Case(
        "f04-in-an-email",
        _in_an_email,
        "eml",
        about="questions and answers pasted into the text of an email",
    ),
    word_case(
        "f05-answer-at-the-foot",
        "an answer typed at the foot of the pages",
        lambda: _in(_FOOT),
        meant={HB: "9,1"},
    ),
    word_case(
        "f06-answer-at-the-head",
        "an answer typed at the head of the pages",
        lambda: _in(_HEAD),
        meant={HB: "9,1"},
    ),
    word_case("f07-strict", "saved as Strict Open XML", _strict),
    word_case(
        "f08-half-a-form", "the pages after the laboratory cut away", lambda: everywhere(_half)
    ),
)
