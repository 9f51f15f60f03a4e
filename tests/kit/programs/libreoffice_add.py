"""Add things to a filled form as a person does in LibreOffice: ``source suffix folder profile``.

Writes one file for each thing, named by it. A Word form gets them at its answer ``lab_hb_dx``,
a workbook in its second sheet. Run by the system's Python, which has LibreOffice's bindings.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uno  # noqa: F401 - LibreOffice modules can be imported only after it
from com.sun.star.awt import Point, Size
from com.sun.star.text.TextContentAnchorType import AT_PARAGRAPH
from libreoffice_fill import setting, with_libreoffice

ANSWER = "lab_hb_dx"
WORDS = "CRP 620"
STRUCK = 1
FILTERS = {"docx": "MS Word 2007 XML", "xlsx": "Calc MS Excel 2007 XML",
           "odt": "writer8", "doc": "MS Word 97"}  # fmt: skip
HUNDREDTHS = 100


def size():
    return Size(40 * HUNDREDTHS, 8 * HUNDREDTHS)


def shape_of(document, kind, picture):
    """Return a text box, or a picture, ready to be laid over a page."""
    made = document.createInstance(f"com.sun.star.drawing.{kind}")
    made.setSize(size())
    if kind == "GraphicObjectShape":
        made.GraphicURL = Path(picture).as_uri()
    return made


def place_of(document):
    return document.Bookmarks.getByName(ANSWER).Anchor


def on_page(document, kind, picture):
    shape = shape_of(document, kind, picture)
    shape.AnchorType = AT_PARAGRAPH
    place = place_of(document)
    place.Text.insertTextContent(place.Start, shape, False)
    if kind == "TextShape":
        shape.setString(WORDS)


def framed(document, _picture):
    frame = document.createInstance("com.sun.star.text.TextFrame")
    frame.setSize(size())
    frame.AnchorType = AT_PARAGRAPH
    place = place_of(document)
    place.Text.insertTextContent(place.Start, frame, False)
    frame.Text.setString(WORDS)


def struck(document, _picture):
    place_of(document).CharStrikeout = STRUCK


def on_sheet(document, kind, picture):
    sheet = document.Sheets.getByIndex(1)
    shape = shape_of(document, kind, picture)
    sheet.DrawPage.add(shape)
    shape.setPosition(Point(50 * HUNDREDTHS, 50 * HUNDREDTHS))
    if kind == "TextShape":
        shape.setString(WORDS)


def cell_of(document):
    place = document.NamedRanges.getByName(ANSWER).getReferredCells()
    sheet = document.Sheets.getByIndex(place.RangeAddress.Sheet)
    if sheet.isProtected():
        sheet.unprotect("")
    return place.getCellByPosition(0, 0)


def cell_struck(document, _picture):
    cell_of(document).CharStrikeout = STRUCK


def figure_struck(document, _picture):
    cell = cell_of(document)
    text = cell.getString()
    cell.setString(f"7{text}")
    cursor = cell.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(1, True)
    cursor.CharStrikeout = STRUCK


KINDS = {
    "docx": {
        "text box": lambda document, picture: on_page(document, "TextShape", picture),
        "picture": lambda document, picture: on_page(document, "GraphicObjectShape", picture),
        "frame": framed,
        "strike": struck,
    },
    "xlsx": {
        "text box": lambda document, picture: on_sheet(document, "TextShape", picture),
        "picture": lambda document, picture: on_sheet(document, "GraphicObjectShape", picture),
        "strike": cell_struck,
        "figure struck": figure_struck,
    },
}


def add(context, source, suffix, folder):
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    hidden = (setting("Hidden", True),)
    kind = Path(source).suffix[1:]
    for name, change in KINDS[kind].items():
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
        change(document, Path(folder, "picture.png"))
        target = Path(folder, f"{name}.{suffix}").as_uri()
        document.storeToURL(target, (setting("FilterName", FILTERS[suffix]),))
        document.close(True)


def main():
    source, suffix, folder, profile = sys.argv[1:]
    with_libreoffice(profile, lambda context: add(context, source, suffix, folder))


if __name__ == "__main__":
    main()
