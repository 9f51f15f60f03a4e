"""Fill a blank Word form as Word itself leaves it: text in the controls, flags taken off.

Written against the file format, not with our writer: what is read back was not made by it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from lxml import etree

MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    """Return the form with answers by address: text, code of a list, ``1`` for a tick."""

    def change(root: etree._Element) -> None:
        controls = {tag_of(control): control for control in root.iter(_W + "sdt")}
        for address, text in answers.items():
            enter(controls[address], text)

    return changed(blank, change)


def changed(content: bytes, change: Callable[[etree._Element], None], part: str = MAIN) -> bytes:
    """Return the file after a change to one of its parts."""
    root = etree.fromstring(_part(content, part))
    change(root)
    return with_part(content, part, etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the file with one part replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return target.getvalue()


def tag_of(control: etree._Element) -> str:
    """Return the tag of a control."""
    tag = control.find(f"{_W}sdtPr/{_W}tag")
    return "" if tag is None else tag.get(_W + "val")


def control_of(root: etree._Element, address: str) -> etree._Element:
    """Return the control of an address."""
    return next(sdt for sdt in root.iter(_W + "sdt") if tag_of(sdt) == address)


def enter(control: etree._Element, text: str) -> None:
    """Type or choose one answer."""
    properties, content = control.find(_W + "sdtPr"), control.find(_W + "sdtContent")
    box = properties.find(_W14 + "checkbox")
    if box is not None:
        ticked = text == "1"
        box.find(_W14 + "checked").set(_W14 + "val", "1" if ticked else "0")
        next(content.iter(_W + "t")).text = "\u2612" if ticked else "\u2610"
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
    values = {item.get(_W + "value"): item.get(_W + "displayText") for item in entries}
    return values[code]


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
