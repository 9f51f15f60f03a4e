"""Fill a PDF form as a person does in a PDFium viewer (Chrome, Edge): clicks and typing.

PDFium writes the file, not our own writer, so that what is read back was made by a real
program. Used by the demonstration; never on returned files.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as c

_BUTTONS = (c.FPDF_FORMFIELD_CHECKBOX, c.FPDF_FORMFIELD_RADIOBUTTON)


@dataclass(frozen=True, slots=True)
class _Widget:
    """One widget of an open page: PDFium's handles, its kind and its field's name."""

    form: Any
    page: Any
    raw: Any
    kind: int
    name: str


def fill_by_hand(blank: bytes, answers: Mapping[str, str]) -> bytes:
    """Return the form with answers typed in, by address: text, code of a choice, 1 for a tick.

    Raises ValueError for an address or a code that the form does not have.
    """
    lists = _lists(blank)
    left = {name for name, text in answers.items() if text}
    with pypdfium2.PdfDocument(blank) as document:
        document.init_forms()
        for widget in _widgets(document):
            text = answers.get(widget.name, "")
            if text and _enter(widget, text, lists.get(widget.name, [])):
                left.discard(widget.name)
        if left:
            raise ValueError(f"nothing could be entered in {', '.join(sorted(left))}")
        target = io.BytesIO()
        document.save(target)
    return target.getvalue()


def _widgets(document: pypdfium2.PdfDocument) -> Iterator[_Widget]:
    form = document.formenv.raw
    for number in range(len(document)):
        page = document[number]
        for index in range(c.FPDFPage_GetAnnotCount(page.raw)):
            raw = c.FPDFPage_GetAnnot(page.raw, index)
            kind = c.FPDFAnnot_GetFormFieldType(form, raw)
            if kind >= 0:
                name = _text(c.FPDFAnnot_GetFormFieldName, form, raw)
                yield _Widget(form, page.raw, raw, kind, name)
                c.FORM_ForceToKillFocus(form)
            c.FPDFPage_CloseAnnot(raw)
        page.close()


def _enter(widget: _Widget, text: str, codes: list[str]) -> bool:
    """Type or click one answer; False when this button is not the one to click."""
    if widget.kind == c.FPDF_FORMFIELD_RADIOBUTTON:
        export = _text(c.FPDFAnnot_GetFormFieldExportValue, widget.form, widget.raw)
        if export != text:
            return False
    if widget.kind in _BUTTONS:
        _click(widget)
        return True
    c.FORM_SetFocusedAnnot(widget.form, widget.raw)
    if widget.kind == c.FPDF_FORMFIELD_COMBOBOX:
        return bool(c.FORM_SetIndexSelected(widget.form, widget.page, codes.index(text), 1))
    c.FORM_SelectAllText(widget.form, widget.page)
    with _wide(text) as typed:
        c.FORM_ReplaceSelection(widget.form, widget.page, typed)
    return True


def _click(widget: _Widget) -> None:
    box = c.FS_RECTF()
    c.FPDFAnnot_GetRect(widget.raw, box)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    c.FORM_OnMouseMove(widget.form, widget.page, 0, x, y)
    c.FORM_OnLButtonDown(widget.form, widget.page, 0, x, y)
    c.FORM_OnLButtonUp(widget.form, widget.page, 0, x, y)


def _lists(blank: bytes) -> dict[str, list[str]]:
    """Return the export codes of each dropdown, in order."""
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        fields = [f for f in pdf.Root.AcroForm.Fields if f.get("/FT") == "/Ch"]
        return {str(f.T): [str(entry[0]) for entry in f.Opt] for f in fields}


@contextmanager
def _wide(text: str) -> Iterator[Any]:
    data = text.encode("utf-16-le") + b"\0\0"
    buffer = ctypes.create_string_buffer(data, len(data))
    yield ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR))


def _text(read: Callable[..., int], form: object, widget: object) -> str:
    size = read(form, widget, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    read(form, widget, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
