"""Fill with PDFium as Chrome and Edge do: clicks on buttons, text typed into the focus."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Mapping

import pypdfium2
import pypdfium2.raw as c

from tests.fillers.kinds import entries

NAME = "pdfium"
BORROWED = "–’…«»"
"""Drawn in a font of the system, if it has a Chinese one: right to see, not to read back."""
BUTTONS = (c.FPDF_FORMFIELD_CHECKBOX, c.FPDF_FORMFIELD_RADIOBUTTON)


def missing() -> str | None:
    return None


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    lists = entries(blank)
    with pypdfium2.PdfDocument(blank) as document:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            _fill_page(document.formenv.raw, page, answers, lists)
            c.FORM_ForceToKillFocus(document.formenv.raw)
            page.close()
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()


def _fill_page(form, page, answers, lists) -> None:
    for index in range(c.FPDFPage_GetAnnotCount(page.raw)):
        widget = c.FPDFPage_GetAnnot(page.raw, index)
        kind = c.FPDFAnnot_GetFormFieldType(form, widget)
        name = _text(c.FPDFAnnot_GetFormFieldName, form, widget)
        text = answers.get(name)
        if kind == c.FPDF_FORMFIELD_COMBOBOX and text:
            c.FORM_SetFocusedAnnot(form, widget)
            c.FORM_SetIndexSelected(form, page.raw, lists[name].index(text), 1)
        elif kind >= 0 and text:
            _enter(form, page, widget, kind, text)
        c.FORM_ForceToKillFocus(form)
        c.FPDFPage_CloseAnnot(widget)


def _enter(form, page, widget, kind, text) -> None:
    if kind in BUTTONS:
        export = _text(c.FPDFAnnot_GetFormFieldExportValue, form, widget)
        if kind == c.FPDF_FORMFIELD_CHECKBOX or export == text:
            _click(form, page, widget)
        return
    c.FORM_SetFocusedAnnot(form, widget)
    c.FORM_SelectAllText(form, page.raw)
    c.FORM_ReplaceSelection(form, page.raw, _wide(text))


def _click(form, page, widget) -> None:
    box = c.FS_RECTF()
    c.FPDFAnnot_GetRect(widget, box)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    c.FORM_OnMouseMove(form, page.raw, 0, x, y)
    c.FORM_OnLButtonDown(form, page.raw, 0, x, y)
    c.FORM_OnLButtonUp(form, page.raw, 0, x, y)


def _wide(text: str):
    data = text.encode("utf-16-le") + b"\0\0"
    return ctypes.cast(ctypes.create_string_buffer(data, len(data)), ctypes.POINTER(c.FPDF_WCHAR))


def _text(function, form, widget) -> str:
    size = function(form, widget, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    function(form, widget, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
