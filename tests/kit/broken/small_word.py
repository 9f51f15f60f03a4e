"""The small form in Word, blank and filled, and how a test damages one of its places."""

from __future__ import annotations

from dataclasses import replace

from intake.formats.word.read.reader import WordReader
from intake.formats.word.write.writer import WordWriter
from intake.ports import FormRequest
from tests.kit.broken import small
from tests.kit.fillers.word_by_hand import changed, control_of, fill

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
READER = WordReader()


def form():
    """Return the small form with a unit and texts of the length that Word sets in lines."""
    plain = small.definition()
    elements = tuple(
        replace(item, unit={"fr": "µg/L"}) if item.name == "ferritin" else item
        for item in plain.elements
    )
    return replace(plain, elements=elements)


BLANK = WordWriter().write(form(), FormRequest(language="fr", stamp=small.STAMP))
FULL = fill(BLANK, small.ANSWERS)
LABELS = {"alive": "Non", "drug": "Méthotrexate"}
WRITTEN = {a: LABELS.get(a, text) for a, text in small.ANSWERS.items() if text}


def read(content):
    return READER.read(READER.inspect(content), form())


def texts(raw):
    return {answer.address: answer.text for answer in raw.answers}


def rungs(raw):
    return {answer.address: answer.rung for answer in raw.answers}


def codes(raw):
    return [finding.code for finding in raw.findings]


def damaged(address, change, content=FULL):
    """Return the form after a change to one of its controls."""
    return changed(content, lambda root: change(control_of(root, address)))


def shown(control):
    return control.find(W + "sdtContent")


def line_of(control):
    return next(control.iterancestors(W + "tr"))


def delete(control):
    """Delete a control and its bookmark, as selecting the whole cell and typing does."""
    cell = control.getparent()
    for kind in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(cell.iter(W + kind)):
            cell.remove(mark)
    cell.remove(control)
    return cell
