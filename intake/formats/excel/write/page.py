"""What every sheet of a form has: its stamp, its protection, how it prints."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from intake.formats.excel.write import look
from intake.model.stamp import FormStamp

A4 = "9"
_MARGIN, _FOOT = 0.45, 0.6
"""Inches."""


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
