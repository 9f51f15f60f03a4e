"""W19-W30 and W34: what other programs make of a Word form.

LibreOffice, pandoc and AbiWord are run. ONLYOFFICE and SuperDoc are not, for their licence:
what they were measured to leave is made here by hand, piece by piece.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from lxml import etree

from tests.kit.fillers.process import run as start
from tests.kit.fillers.word_by_hand import changed, control_of, run, tag_of, with_part
from tests.whole.clients import libreoffice
from tests.whole.corpus.case import Case
from tests.whole.corpus.word_damage import (
    W14,
    Element,
    W,
    everywhere,
    field_mark,
    form,
    shown,
    word_case,
)

_RELATIONS = "word/_rels/document.xml.rels"
_TODAY = "2026-10-08T00:00:00Z"


def _needs(program: str) -> Callable[[], str | None]:
    return lambda: None if shutil.which(program) else f"{program} is not installed"


def _office(*kinds: str) -> Callable[[], bytes]:
    return lambda: libreoffice.converted(form(), "docx", *kinds)


def _through(command: Callable[[Path, Path], Iterable[str]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.docx"), Path(folder, "out.docx")
        source.write_bytes(form())
        start([*command(source, target)])
        return target.read_bytes()


def _by_pandoc() -> bytes:
    return _through(lambda source, target: ("pandoc", str(source), "-o", str(target)))


def _by_abiword() -> bytes:
    return _through(lambda s, t: ("abiword", "--to=docx", f"--to-name={t}", str(s)))


def _program(name: str, about: str, build: Callable[[], bytes], program: str, **more: str) -> Case:
    return Case(
        name,
        build,
        more.get("suffix", "docx"),
        slow=True,
        about=about,
        missing=_needs(program),
    )


# By hand, as measured


def _saved_by(program: str, content: bytes) -> bytes:
    properties = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    said = f'<Properties xmlns="{properties}"><Application>{program}</Application></Properties>'
    return with_part(content, "docProps/app.xml", said.encode())


def _restyled(root: Element) -> None:
    """Give each run a font, number controls anew, name each an appearance."""
    for number, control in enumerate(root.iter(W + "sdt")):
        control.find(f"{W}sdtPr/{W}id").set(W + "val", str(number + 1))
        for piece in shown(control).iter(W + "r"):
            properties = piece.find(W + "rPr")
            if properties is None:
                properties = etree.Element(W + "rPr")
                piece.insert(0, properties)
            etree.SubElement(properties, W + "rFonts", {W + "ascii": "Arial"})


def _as_dates(root: Element) -> None:
    """Make date controls of two places, dated today, as ONLYOFFICE dates what is no full date."""
    for address in ("mas_relapse_date", "dm_first_sign_date"):
        found = [c for c in root.iter(W + "sdt") if tag_of(c) == address]
        for control in found or [control_of(root, "mas_remission_date")]:
            properties = control.find(W + "sdtPr")
            properties.remove(properties.find(W + "text"))
            made = etree.SubElement(properties, W + "date", {W + "fullDate": _TODAY})
            etree.SubElement(made, W + "dateFormat", {W + "val": "dd/MM/yyyy"})


def _doubled(root: Element) -> None:
    """Take tags and bookmarks off and show each text twice, in two controls on two lines."""
    for mark in list(root.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        if mark.get(W + "name", "_") != "_stamp" and mark.get(W + "id") != "0":
            mark.getparent().remove(mark)
    for control in list(root.iter(W + "sdt")):
        properties = control.find(W + "sdtPr")
        if properties.find(W + "text") is not None:
            broken = etree.Element(W + "r")
            etree.SubElement(broken, W + "br")
            twin = etree.fromstring(etree.tostring(control))
            control.addnext(broken)
            broken.addnext(twin)
    for properties in root.iter(W + "sdtPr"):
        for name in ("tag", "lock", "showingPlcHdr"):
            for found in properties.findall(W + name):
                properties.remove(found)


def _flags_kept(root: Element) -> None:
    """Fill every control and leave on each the mark of a placeholder."""
    for control in root.iter(W + "sdt"):
        properties = control.find(W + "sdtPr")
        if properties.find(f"{W14}checkbox") is None and properties.find(W + "tag") is not None:
            for flag in properties.findall(W + "showingPlcHdr"):
                properties.remove(flag)
            etree.SubElement(properties, W + "showingPlcHdr")


def _with_empty_part() -> bytes:
    """Add a part of custom data of no byte, as LibreOffice leaves it."""

    def link(root: Element) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
        etree.SubElement(root, root[0].tag, Id="rId90", Type=kind, Target="../customXml/item1.xml")

    return changed(with_part(form(), "customXml/item1.xml", b""), link, _RELATIONS)


def _old_fields(root: Element) -> None:
    """Make of each control the form field of older programs, named by its place."""
    for control in [c for c in root.iter(W + "sdt") if tag_of(c)]:
        for piece in _old_field(control):
            parent = control.getparent()
            parent.insert(parent.index(control), piece)
        control.getparent().remove(control)


def _old_field(control: Element) -> list[Element]:
    properties = control.find(W + "sdtPr")
    box, entries = properties.find(W14 + "checkbox"), properties.find(W + "dropDownList")
    data = etree.Element(W + "ffData")
    etree.SubElement(data, W + "name", {W + "val": tag_of(control)})
    begin = field_mark("begin")
    begin[0].append(data)
    if box is not None:
        state = box.find(W14 + "checked").get(W14 + "val")
        made = etree.SubElement(data, W + "checkBox")
        etree.SubElement(made, W + "sizeAuto")
        etree.SubElement(made, W + "default", {W + "val": "0"})
        etree.SubElement(made, W + "checked", {W + "val": state})
        return [begin, field_mark("end")]
    text = "".join(shown(control).itertext())
    if entries is not None:
        labels = [entry.get(W + "displayText") for entry in entries]
        made = etree.SubElement(data, W + "ddList")
        etree.SubElement(made, W + "result", {W + "val": str(labels.index(text))})
        for label in labels:
            etree.SubElement(made, W + "listEntry", {W + "val": label})
        return [begin, field_mark("separate"), field_mark("end")]
    etree.SubElement(data, W + "textInput")
    return [begin, field_mark("separate"), run(text), field_mark("end")]


CASES = (
    _program("w19-libreoffice", "saved by LibreOffice", _office("docx"), "soffice"),
    _program(
        "w20-libreoffice-twice", "saved twice by LibreOffice", _office("docx", "docx"), "soffice"
    ),
    _program("w21-by-odt", "by LibreOffice to .odt and back", _office("odt", "docx"), "soffice"),
    _program("w22-by-doc", "by LibreOffice to .doc and back", _office("doc", "docx"), "soffice"),
    word_case(
        "w23-onlyoffice",
        "runs and numbers rewritten as ONLYOFFICE does (by script)",
        lambda: _saved_by("ONLYOFFICE", everywhere(_restyled)),
    ),
    word_case(
        "w24-date-of-today",
        "date controls that hold today where nothing, or a month, is shown (by script)",
        lambda: everywhere(_as_dates),
    ),
    word_case(
        "w25-doubled",
        "tags lost and each text twice, as ONLYOFFICE by .odt (by script)",
        lambda: _saved_by("ONLYOFFICE", everywhere(_doubled, form(comments="Bilan refait."))),
        meant={"comments": "Bilan refait."},
    ),
    word_case(
        "w26-superdoc",
        "every filled control still flagged as a placeholder, as SuperDoc does (by script)",
        lambda: everywhere(_flags_kept, form(comments="Bilan refait.")),
        meant={"comments": "Bilan refait."},
    ),
    _program("w27-pandoc", "by pandoc: nothing left but tables", _by_pandoc, "pandoc"),
    _program("w28-abiword", "saved by AbiWord", _by_abiword, "abiword"),
    _program(
        "w29-as-pdf",
        "printed to PDF by LibreOffice",
        _office("pdf"),
        "soffice",
        suffix="pdf",
    ),
    word_case("w30-empty-part", "a part of custom data of no byte", _with_empty_part),
    word_case(
        "w34-old-fields",
        "every control replaced by the form field of older programs",
        lambda: everywhere(_old_fields),
    ),
)
