"""What people and programs do to one place of a filled Word form, as changes of its XML."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from lxml import etree

from tests.kit.fillers import word_by_hand
from tests.kit.fillers.word_by_hand import control_of, run
from tests.kit.office.office import demo_answers
from tests.kit.office.office_word import filled_word
from tests.whole.corpus.case import Case

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
HB, WEIGHT, PLATELETS = "lab_hb_dx", "mas_weight", "lab_plt_dx"
"""Three numbers of the form: with a point, whole, small."""
Element = etree._Element
Change = Callable[[Element], object]


FAST = {
    "w01-intact", "w03-typed-beside", "w16-box-shows-otherwise", "w31-row-added",
    "w34-old-fields", "h18-white-text",
}  # fmt: skip
"""They stand for the others in the fast tests."""


def word_case(name: str, about: str, build: Callable[[], bytes], **more: Any) -> Case:
    """Return a case in Word; ``more`` as in ``Case``."""
    return Case(name, build, "docx", slow=name not in FAST, about=about, **more)


def form(**changed: str) -> bytes:
    """Return the first patient's form, some answers entered otherwise."""
    return filled_word(demo_answers(**changed))


def at(address: str, change: Change, content: bytes | None = None) -> bytes:
    """Return a filled form after a change to the control of one place."""
    return everywhere(lambda root: change(control_of(root, address)), content)


def everywhere(change: Change, content: bytes | None = None) -> bytes:
    """Return a filled form after a change to its main part."""
    return word_by_hand.changed(form() if content is None else content, change)


def shown(control: Element) -> Element:
    """Return what a control shows."""
    return control.find(W + "sdtContent")


def line_of(control: Element) -> Element:
    """Return the table row of a control."""
    return next(control.iterancestors(W + "tr"))


def cells_of(control: Element) -> list[Element]:
    """Return the cells of a control's line: code, question, answer."""
    return line_of(control).findall(W + "tc")


def show(control: Element, *pieces: Element) -> None:
    """Put other pieces in the place of what a control shows."""
    content = shown(control)
    content.clear()
    content.extend(pieces)


def replace_by(control: Element, *pieces: Element) -> None:
    """Delete a control and its bookmark, as selecting and typing does, and put pieces there."""
    paragraph = control.getparent()
    place = paragraph.index(control)
    for kind in ("bookmarkStart", "bookmarkEnd"):
        name = control_name(control)
        for mark in list(paragraph.iter(W + kind)):
            if mark.get(W + "name", name) == name and _is_beside(mark, control):
                place -= paragraph.index(mark) < paragraph.index(control)
                paragraph.remove(mark)
    paragraph.remove(control)
    for number, piece in enumerate(pieces):
        paragraph.insert(place + number, piece)


def _is_beside(mark: Element, control: Element) -> bool:
    return mark.getnext() is control or mark.getprevious() is control


def control_name(control: Element) -> str:
    """Return the address of a control."""
    return word_by_hand.tag_of(control)


def unwrap(control: Element) -> None:
    """Delete a control and keep what it shows, and its bookmark."""
    paragraph = control.getparent()
    place = paragraph.index(control)
    for number, piece in enumerate(list(shown(control))):
        paragraph.insert(place + number, piece)
    paragraph.remove(control)


def duplicate(line: Element, new: str = "") -> None:
    """Paste a line again below itself, with another value in its answer."""
    twin = copy.deepcopy(line)
    line.addnext(twin)
    if new:
        next(shown(next(twin.iter(W + "sdt"))).iter(W + "t")).text = new


def marked_run(text: str, *marks: tuple[str, str]) -> Element:
    """Return a run of text with properties such as ``("strike", "1")``."""
    made = run(text)
    properties = etree.Element(W + "rPr")
    for name, value in marks:
        etree.SubElement(properties, W + name, {W + "val": value})
    made.insert(0, properties)
    return made


def deleted(text: str) -> Element:
    """Return a text deleted in tracked changes."""
    holder, gone = _change("del"), run(text)
    gone.find(W + "t").tag = W + "delText"
    holder.append(gone)
    return holder


def inserted(text: str) -> Element:
    """Return a text inserted in tracked changes."""
    holder = _change("ins")
    holder.append(run(text))
    return holder


def _change(name: str) -> Element:
    return etree.Element(
        W + name, {W + "id": "900", W + "author": "x", W + "date": "2026-10-08T10:00:00Z"}
    )


def paragraph(text: str) -> Element:
    """Return a paragraph of typed text."""
    made = etree.Element(W + "p")
    made.append(run(text))
    return made


def symbol(font: str, char: str) -> Element:
    """Return a run with one symbol of a picture font."""
    holder = etree.Element(W + "r")
    etree.SubElement(holder, W + "sym", {W + "font": font, W + "char": char})
    return holder


def field_mark(kind: str) -> Element:
    """Return a run with the beginning, the middle or the end of a field."""
    mark = etree.Element(W + "r")
    etree.SubElement(mark, W + "fldChar", {W + "fldCharType": kind})
    return mark


def field(instruction: str, result: str) -> list[Element]:
    """Return a field that a program computes, with the result it showed last."""
    said = etree.Element(W + "r")
    etree.SubElement(said, W + "instrText").text = instruction
    return [
        field_mark("begin"),
        said,
        field_mark("separate"),
        run(result),
        field_mark("end"),
    ]
