"""Second and third opinions on the values of a PDF, by programs unlike the first.

PDFium reads every value through its form functions; pypdf is asked only where PDFium and
the walk differ. Only values, page texts and which pages are pictures leave this module,
never a verdict.
"""

from __future__ import annotations

import ctypes
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdf
import pypdf.errors
import pypdfium2
import pypdfium2.raw as c

from intake.formats.pdf.read.pictured import is_picture
from intake.words.spelling import normal_text

_FOOTER_HEIGHT = 45.0
"""Points from the bottom of a page in which the footer stands."""
_BUFFER = 4096
_BUTTONS = (c.FPDF_FORMFIELD_CHECKBOX, c.FPDF_FORMFIELD_RADIOBUTTON)
_WRITTEN = (c.FPDF_FORMFIELD_TEXTFIELD, c.FPDF_FORMFIELD_COMBOBOX, c.FPDF_FORMFIELD_LISTBOX)
CHECKED = "1"
_Told = Callable[[object, object, object, int], int]


@dataclass(slots=True)
class SecondOpinion:
    """What PDFium reads: values by name, the bottom of each page, the words if asked."""

    values: dict[str, str] = field(default_factory=dict)
    contested: set[str] = field(default_factory=set)
    """Names whose widgets show several values."""
    footers: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    """The pages, from 1, that are scans or photos."""


def ask_pdfium(content: bytes, *, whole_text: bool = False) -> SecondOpinion | None:
    """Return PDFium's reading, or None when it cannot open the file."""
    opinion = SecondOpinion()
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    with document:
        try:
            document.init_forms()
            for number in range(len(document)):
                with _page(document, number) as page:
                    _read_page(document, page, opinion)
                    _read_text(page, opinion, whole=whole_text)
                    if is_picture(page):
                        opinion.pictures.append(number + 1)
        except pypdfium2.PdfiumError:
            return None
    return opinion


@contextmanager
def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfPage]:
    """Give one page; with its form events, without which every mark reads as unticked."""
    page = document[number]
    try:
        yield page
    finally:
        page.close()


def _read_page(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, opinion: SecondOpinion
) -> None:
    if document.formenv is None:
        return
    form = _Form(document.formenv.raw)
    for index in range(c.FPDFPage_GetAnnotCount(page.raw)):
        widget = c.FPDFPage_GetAnnot(page.raw, index)
        kind = c.FPDFAnnot_GetFormFieldType(form.raw, widget)
        if kind in _BUTTONS or kind in _WRITTEN:
            name = form.text(c.FPDFAnnot_GetFormFieldName, widget)
            _note(opinion, name, _value(form, widget, kind), several=kind in _BUTTONS)
        c.FPDFPage_CloseAnnot(widget)


def _value(form: _Form, widget: object, kind: int) -> str:
    if kind not in _BUTTONS:
        return normal_text(form.text(c.FPDFAnnot_GetFormFieldValue, widget))
    if not c.FPDFAnnot_IsChecked(form.raw, widget):
        return ""
    if kind == c.FPDF_FORMFIELD_CHECKBOX:
        return CHECKED
    return _state(form.text(c.FPDFAnnot_GetFormFieldExportValue, widget))


def _state(text: str) -> str:
    """Return the name of a state; PDFium takes each byte of a name for a letter."""
    try:
        return normal_text(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return text


def _note(opinion: SecondOpinion, name: str, value: str, *, several: bool) -> None:
    """Keep a widget's value; the buttons of one group add up to one value."""
    known = opinion.values.get(name)
    if known is None or (several and not known):
        opinion.values[name] = value
    elif known != value and (value or not several):
        opinion.contested.add(name)


class _Form:
    """The form functions of an opened file, and the room in which they write their texts."""

    def __init__(self, raw: object) -> None:
        self.raw = raw
        self._make_room(_BUFFER)

    def _make_room(self, size: int) -> None:
        self._size = size
        self._room = ctypes.create_string_buffer(size)
        self._target = ctypes.cast(self._room, ctypes.POINTER(c.FPDF_WCHAR))

    def text(self, function: _Told, widget: object) -> str:
        """Call a PDFium function that fills a UTF-16 buffer, with room enough."""
        length = int(function(self.raw, widget, self._target, self._size))
        if length > self._size:
            self._make_room(length)
            length = int(function(self.raw, widget, self._target, self._size))
        return ctypes.string_at(self._room, max(length - 2, 0)).decode("utf-16-le", "replace")


def _read_text(page: pypdfium2.PdfPage, opinion: SecondOpinion, *, whole: bool) -> None:
    text = page.get_textpage()
    width, _ = page.get_size()
    opinion.footers.append(text.get_text_bounded(0, 0, width, _FOOTER_HEIGHT))
    if whole:
        opinion.texts.append(text.get_text_bounded())
    text.close()


def ask_pypdf(content: bytes) -> Mapping[str, str] | None:
    """Return pypdf's reading of every field by name, or None when it cannot read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of what is known here
    try:
        found = pypdf.PdfReader(io.BytesIO(content)).get_fields() or {}
        return {name: _pypdf_text(entry) for name, entry in found.items()}
    except (pypdf.errors.PyPdfError, ValueError, TypeError, KeyError, AttributeError):
        return None
    except (IndexError, RecursionError, AssertionError, NotImplementedError):
        return None


def _pypdf_text(entry: Mapping[str, object]) -> str:
    value = entry.get("/V")
    if value is None:
        return ""
    if entry.get("/FT") != "/Btn":
        return normal_text(str(value))
    state = str(value).removeprefix("/")
    return "" if state == "Off" else state
