"""Write blank PDF forms: page model, layout, audit, fields. Same request, same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf

from intake.formats.form_faults import prefill_faults, refuse_faults
from intake.formats.pdf.write.audit import break_faults, layout_faults, text_faults
from intake.formats.pdf.write.drawn_places import DrawnPlace, drawn_places
from intake.formats.pdf.write.layout.answers import Node
from intake.formats.pdf.write.layout.page_model import MOST_PAGES, page_codes, page_model
from intake.formats.pdf.write.layout.spec import FieldSpec
from intake.formats.pdf.write.tag_tree import simplified
from intake.formats.pdf.write.typesetting import typeset
from intake.formats.pdf.write.widgets import make_fields, saved
from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest, LayoutFault


@dataclass(frozen=True)
class _Layout:
    pdf: pikepdf.Pdf
    specs: dict[str, FieldSpec]
    drawn: list[DrawnPlace]
    faults: tuple[LayoutFault, ...]


class PdfWriter:
    """Writes forms as tagged A4 PDF with one field per answer place."""

    file_format = FileFormat.PDF
    extension = ".pdf"

    def write(self, definition: FormDefinition, request: FormRequest) -> bytes:
        """Return the form. Raises DefinitionError when the layout audit fails."""
        layout = _lay_out(definition, request)
        refuse_faults("PDF", layout.faults)
        make_fields(layout.pdf, layout.specs, layout.drawn)
        return saved(layout.pdf)

    def audit(self, definition: FormDefinition, request: FormRequest) -> tuple[LayoutFault, ...]:
        """Return every layout fault, without raising."""
        try:
            return _lay_out(definition, request).faults
        except DefinitionError as error:
            return (LayoutFault("", str(error)),)


def _lay_out(definition: FormDefinition, request: FormRequest) -> _Layout:
    model, sheet = page_model(definition, request)
    specs = sheet.book.specs
    pdf = _drawn(model, request.stamp)
    drawn = list(drawn_places(pdf))
    heard = simplified(pdf)
    faults = (
        *prefill_faults(definition, request.prefill),
        *layout_faults(definition, specs, drawn),
        *break_faults(heard),
        *text_faults(model, specs),
    )
    return _Layout(pdf, specs, drawn, faults)


def _drawn(model: Node, stamp: FormStamp) -> pikepdf.Pdf:
    """Return the pages, laid out again where they are more than the codes prepared for them."""
    pdf = pikepdf.open(io.BytesIO(typeset(model)))
    pages = len(pdf.pages)
    if pages > MOST_PAGES:
        raise DefinitionError(f"the form has {pages} pages; at most {MOST_PAGES} can be sent")
    if pages <= len(model["footer"]["qr"]):
        return pdf
    codes = {**model["footer"], "qr": page_codes(stamp, pages)}
    return pikepdf.open(io.BytesIO(typeset({**model, "footer": codes})))
