"""What every sheet of a form has: its name, its stamp, its protection, how it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write import look
from intake.model.stamp import FormStamp

A4 = "9"
_MARGIN, _FOOT = 0.45, 0.6
"""Inches."""
LONGEST = 31
"""Characters of a sheet's name that every program takes."""
_REFUSED = re.compile(r"\s*[\[\]:*?/\\]\s*")
_QUOTES = "'’ "


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How a sheet prints: upright or not, which rows head each page."""

    landscape: bool = False
    heading: str = ""


def set_up(sheet: Worksheet, stamp: FormStamp, colour: str, printing: Printing) -> None:
    """Protect a finished sheet and prepare its pages."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = colour
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if printing.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    margins.bottom, margins.header, margins.footer = _FOOT, 0.2, 0.3
    sheet.print_options.horizontalCentered = True
    if printing.heading:
        sheet.print_title_rows = printing.heading
    _foot(sheet, stamp)
    _protect(sheet)


def _foot(sheet: Worksheet, stamp: FormStamp) -> None:
    """Print the stamp and the page's number below; ``&`` begins an order there, so twice."""
    text = stamp.text.replace("&", "&&")
    foot = sheet.oddFooter.left
    foot.text = f" {text} · &P/&N"  # the space: programs that drop an order leave its figures
    foot.size, foot.font = 8, look.FONT


def _protect(sheet: Worksheet) -> None:
    """Lock all but answers, without password; widths and heights stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False


class Tabs:
    """Gives each sheet a name of its own."""

    def __init__(self) -> None:
        """Start with no name taken."""
        self._taken: set[str] = set()

    def name(self, title: str, letter: str = "") -> str:
        """Return a name made of a section's letter and a title."""
        for number in range(1, 100):
            head = letter if number == 1 else f"{letter} ({number})".strip()
            name = _shortened(f"{head} {_plain(title)}".strip())
            if name.casefold() not in self._taken:
                break
        self._taken.add(name.casefold())
        return name


def _plain(title: str) -> str:
    return " ".join(_REFUSED.sub(" – ", title).split()).strip(_QUOTES)


def _shortened(name: str) -> str:
    """Return a name cut after a word where it is too long."""
    if len(name) <= LONGEST:
        return name
    cut = name[: LONGEST - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut[LONGEST // 2 :] else cut
    return whole.rstrip(" –,;" + _QUOTES) + "…"
