"""Fill a Word form as Word leaves it: text in the controls, placeholder flags taken off.

Edits the package directly and knows nothing of our writer, so that what is read back was not
made by it. Used by the demonstration; never on returned files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TICKED, _EMPTY = "\u2612", "\u2610"


def fill_by_hand(blank: bytes, answers: Mapping[str, str]) -> bytes:
    """Return the form with answers typed in, by address: text, code of a choice, 1 for a tick.

    Raises ValueError for an address or a code that the form does not have.
    """
    root = etree.fromstring(part(blank, MAIN))
    controls = {tag_of(control): control for control in root.iter(_W + "sdt")}
    for address, text in answers.items():
        if address not in controls:
            raise ValueError(f"nothing could be entered in {address}")
        enter(controls[address], text)
    return with_part(blank, MAIN, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def part(content: bytes, name: str) -> bytes:
    """Return one part of a package of our own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_part(content: bytes, name: str, replacement: bytes) -> bytes:
    """Return the package with one part replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, replacement)
    return target.getvalue()


def tag_of(control: etree._Element) -> str:
    """Return the tag of a control, empty when it has none."""
    tag = control.find(f"{_W}sdtPr/{_W}tag")
    return "" if tag is None else str(tag.get(_W + "val"))


def enter(control: etree._Element, text: str) -> None:
    """Type, choose or tick one answer."""
    properties, content = control.find(_W + "sdtPr"), control.find(_W + "sdtContent")
    box = properties.find(_W14 + "checkbox")
    if box is not None:
        box.find(_W14 + "checked").set(_W14 + "val", "1" if text == "1" else "0")
        next(content.iter(_W + "t")).text = _TICKED if text == "1" else _EMPTY
        return
    entries = properties.find(_W + "dropDownList")
    for flag in properties.findall(_W + "showingPlcHdr"):
        properties.remove(flag)
    for child in list(content):
        content.remove(child)
    content.append(run(text if entries is None else _label(entries, text)))


def run(text: str) -> etree._Element:
    """Return a run as Word writes typed text: a line break for each line end."""
    made = etree.Element(_W + "r")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(made, _W + "br")
        words = etree.SubElement(made, _W + "t")
        words.text = "".join(c for c in line if c >= " " or c == "\t")
        words.set(_SPACE, "preserve")
    return made


def _label(entries: etree._Element, code: str) -> str:
    labels = {item.get(_W + "value"): item.get(_W + "displayText") for item in entries}
    if code not in labels:
        raise ValueError(f"the list has no {code}")
    return str(labels[code])
