"""Change a filled workbook as programs and people do, part by part."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from intake.formats.office.repack import packed, unpacked

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FORMATS = {"General": 0, "date": 14, "month": 17, "day": 16, "percent": 9, "time": 20}
OWN_FORMAT = 200
COMMENTS = b"<comments><commentList><comment ref='A1'/></commentList></comments>"
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"


def place_of(content: bytes, address: str) -> tuple[str, str]:
    """Return the sheet and the cell of a place."""
    root = etree.fromstring(unpacked(content)[WORKBOOK])
    names = {name.get("name"): name.text for name in root.iter(f"{{{MAIN}}}definedName")}
    sheet, cell = names[address].rsplit("!", 1)
    return sheet[1:-1].replace("''", "'"), cell.replace("$", "")


def edited(content: bytes, part: str, change: Callable[[etree._Element], None]) -> bytes:
    """Return the workbook with one XML part changed."""
    parts = unpacked(content)
    root = etree.fromstring(parts[part])
    change(root)
    parts[part] = etree.tostring(root)
    return packed(parts)


def replaced(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with a text of one part replaced."""
    parts = unpacked(content)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    return packed(parts)


def sheet_part(content: bytes, title: str) -> str:
    """Return the part of a sheet; parts stand in the order of the sheets."""
    root = etree.fromstring(unpacked(content)[WORKBOOK])
    titles = [sheet.get("name") for sheet in root.iter(f"{{{MAIN}}}sheet")]
    return f"xl/worksheets/sheet{titles.index(title) + 1}.xml"


def with_cell(
    content: bytes, address: str, inside: str, *, kind: str = "", shown: str = ""
) -> bytes:
    """Return the workbook with what stands in one cell replaced by other XML."""
    title, reference = place_of(content, address)
    content, style = with_style(content, shown) if shown else (content, None)

    def change(root: etree._Element) -> None:
        cell = next(c for c in root.iter(f"{{{MAIN}}}c") if c.get("r") == reference)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if kind:
            cell.set("t", kind)
        if style is not None:
            cell.set("s", str(style))
        for child in etree.fromstring(f'<c xmlns="{MAIN}">{inside}</c>'):
            cell.append(child)

    return edited(content, sheet_part(content, title), change)


def with_style(content: bytes, shown: str) -> tuple[bytes, int]:
    """Return the workbook with one more cell style, and the style's number.

    ``shown`` is one of FORMATS, or the code of a format of one's own.
    """
    found = []

    def change(root: etree._Element) -> None:
        number = FORMATS.get(shown, OWN_FORMAT)
        if number == OWN_FORMAT:
            formats = etree.Element(f"{{{MAIN}}}numFmts")
            own = {"numFmtId": str(number), "formatCode": shown}
            etree.SubElement(formats, f"{{{MAIN}}}numFmt", own)
            root.insert(0, formats)
        styles = root.find(f"{{{MAIN}}}cellXfs")
        found.append(len(styles))
        etree.SubElement(styles, f"{{{MAIN}}}xf", numFmtId=str(number))

    return edited(content, STYLES, change), found[0]


def drop_names(content: bytes, *kept: str) -> bytes:
    """Return the workbook without its names."""

    def change(root: etree._Element) -> None:
        names = root.find(f"{{{MAIN}}}definedNames")
        for name in list(names):
            if name.get("name") not in kept:
                names.remove(name)

    return edited(content, WORKBOOK, change)


def merge(content: bytes, address: str, cells: str) -> bytes:
    """Return the workbook with cells merged on the sheet of a place."""
    sheet, _ = place_of(content, address)

    def change(root: etree._Element) -> None:
        merges = etree.Element(f"{{{MAIN}}}mergeCells")
        etree.SubElement(merges, f"{{{MAIN}}}mergeCell", ref=cells)
        root.find(f"{{{MAIN}}}sheetData").addnext(merges)

    return edited(content, sheet_part(content, sheet), change)
