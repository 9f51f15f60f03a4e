"""Write blank Word forms: content controls inside bookmarks, on our own small template.

Everything about how a form looks is in ``front``, ``sections`` and ``template``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from intake.formats.form_faults import prefill_faults, refuse_faults
from intake.formats.word.write.controls import Sheet
from intake.formats.word.write.front import foot, front_page, running_head
from intake.formats.word.write.package import Content, word_file
from intake.formats.word.write.sections import form_sections
from intake.model.address import MAX_LENGTH, places_by_address
from intake.model.definition import FormDefinition
from intake.model.submission import FileFormat
from intake.ports import FormRequest, LayoutFault
from intake.words.catalogue import Words


class WordWriter:
    """Writes forms as Word files with one content control per answer place."""

    file_format = FileFormat.WORD
    extension = ".docx"

    def write(self, definition: FormDefinition, request: FormRequest) -> bytes:
        """Return the form. Raises DefinitionError when a place is lost or cannot be filled."""
        sheet = Sheet(definition, Words(request.language), request.prefill)
        content = _content(sheet, request)
        refuse_faults("Word", tuple(_faults(sheet)))
        title = request.study_title or sheet.words.local(definition.title)
        return word_file(content, title=title, language=request.language, stamp=request.stamp.text)

    def audit(self, definition: FormDefinition, request: FormRequest) -> tuple[LayoutFault, ...]:
        """Return every layout fault, without raising."""
        sheet = Sheet(definition, Words(request.language), request.prefill)
        _content(sheet, request)
        return tuple(_faults(sheet))


def _content(sheet: Sheet, request: FormRequest) -> Content:
    return Content(
        body=[*front_page(sheet, request), *form_sections(sheet, sheet.definition)],
        head=running_head(sheet.words, request.stamp),
        foot=foot(sheet.words, request.stamp),
    )


def _faults(sheet: Sheet) -> Iterator[LayoutFault]:
    places = places_by_address(sheet.definition)
    counts = Counter(sheet.addresses)
    for address in places:
        if counts[address] != 1:
            yield LayoutFault(address, f"is drawn {counts[address]} times")
        if len(address) > MAX_LENGTH:
            yield LayoutFault(address, f"is longer than {MAX_LENGTH} characters")
    yield from prefill_faults(sheet.definition, sheet.prefill)
