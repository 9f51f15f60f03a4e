"""Fill a workbook with LibreOffice's keyboard: ``form.xlsx answers.json target.xlsx profile``.

Run by the system's Python. Tab goes from one open cell to the next on each sheet; texts are typed
letter by letter, then Delete takes away what Calc added by itself. Prints, as JSON, the first
sheet's line on what is left before and after, and the names of the cells where Tab stopped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import uno  # noqa: F401 - lets the names of LibreOffice be imported
from com.sun.star.awt import KeyEvent
from libreoffice_fill import setting, with_libreoffice

TAB, DELETE = 1282, 1286
STATUS = "B5"


class Keyboard:
    """The keys of one window."""

    def __init__(self, window):
        self.window = window
        self.toolkit = window.Toolkit

    def press(self, code, letter="\0"):
        event = KeyEvent()
        event.Source, event.KeyCode, event.KeyChar = self.window, code, letter
        self.toolkit.keyPress(event)
        self.toolkit.keyRelease(event)

    def type(self, text):
        for letter in text:
            self.press(0, letter)
        self.press(DELETE)
        self.toolkit.processEventsToIdle()

    def tab(self):
        self.press(TAB)
        self.toolkit.processEventsToIdle()


def names_of_cells(document):
    """Return the defined names of single cells by sheet, row and column."""
    ranges = document.NamedRanges
    places = ((name, ranges.getByName(name).ReferredCells) for name in ranges.ElementNames)
    found = {name: place.RangeAddress for name, place in places if place is not None}
    return {(at.Sheet, at.StartRow, at.StartColumn): name for name, at in found.items()}


def walk_sheet(controller, keyboard, names, answers):
    """Tab through a sheet until it comes round, typing its answers; return where Tab stopped."""
    stops = []
    while True:
        keyboard.tab()
        at = controller.Selection.CellAddress
        name = names.get((at.Sheet, at.Row, at.Column), "")
        if name in stops or not name:
            return stops
        stops.append(name)
        if name in answers:
            keyboard.type(answers[name])


def left(document):
    """Return what the first sheet says about what is left."""
    return document.Sheets.getByIndex(0).getCellRangeByName(STATUS).String


def walk(context, source, answers, target):
    create = context.ServiceManager.createInstanceWithContext
    desktop = create("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, ())
    controller = document.CurrentController
    keyboard = Keyboard(controller.Frame.ComponentWindow)
    names, before, stops = names_of_cells(document), left(document), []
    for number in range(1, document.Sheets.Count):
        sheet = document.Sheets.getByIndex(number)
        if sheet.IsVisible:
            controller.setActiveSheet(sheet)
            stops += walk_sheet(controller, keyboard, names, answers)
    filter_name = (setting("FilterName", "Calc MS Excel 2007 XML"),)
    document.storeToURL(Path(target).as_uri(), filter_name)
    json.dump({"before": before, "after": left(document), "stops": stops}, sys.stdout)
    document.close(True)


def main():
    source, answers, target, profile = sys.argv[1:]
    texts = json.loads(Path(answers).read_text(encoding="utf-8"))
    with_libreoffice(profile, lambda context: walk(context, source, texts, target))


main()
