"""The centres at work: forms and sheets filled in real programs, answers in their language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType

from intake.demo import fill_excel, fill_word
from intake.execution.libreoffice import is_installed, saved_again
from intake.model.definition import FormDefinition, ItemGroup
from intake.model.submission import FileFormat
from intake.words.catalogue import Words
from tests.kit import blanks
from tests.kit.fillers import pdf_js, pdfium, with_pypdf
from tests.kit.fillers.typed_texts import in_lists
from tests.kit.places import SCHEMAS
from tests.whole.study.patients import Patient

EXTENSIONS = {FileFormat.PDF: "pdf", FileFormat.WORD: "docx", FileFormat.EXCEL: "xlsx"}
VIEWERS: tuple[ModuleType, ...] = (pdfium, with_pypdf, pdf_js)
_NUMBER = re.compile(r"[\d ]+(,\d+)?")


def definition(version: str) -> FormDefinition:
    """Return a version of the shipped form."""
    return blanks.definition(SCHEMAS / "dm-sam" / f"{version}.json")


def every_row(form: FormDefinition) -> FormDefinition:
    """Return a form as if it printed all the rows that a record may hold."""
    wide = (
        replace(e, rows=e.further.most, further=None)
        if isinstance(e, ItemGroup) and e.further
        else e
        for e in form.elements
    )
    return replace(form, elements=tuple(wide))


def form_of(patient: Patient, answers: Mapping[str, str]) -> bytes:
    """Return a patient's whole form, filled at its centre."""
    schema = SCHEMAS / "dm-sam" / f"{patient.version}.json"
    empty = blanks.blank(schema, patient.file_format, patient.language)
    # The other programs take seconds for a form of fifteen pages: they fill sheets.
    return filled(patient, empty, answers, pdfium)


def filled(
    patient: Patient, empty: bytes, answers: Mapping[str, str], viewer: ModuleType | None = None
) -> bytes:
    """Return a form or a sheet filled in the centre's program and language."""
    typed = {address: _typed(patient, text) for address, text in answers.items()}
    match patient.file_format:
        case FileFormat.PDF:
            program = viewer or VIEWERS[(patient.number + patient.asked) % len(VIEWERS)]
            program = pdfium if program.missing() else program
            return bytes(program.fill(empty, typed))
        case FileFormat.WORD:
            return fill_word.fill_by_hand(empty, typed)
        case FileFormat.EXCEL:
            return fill_excel.fill_by_hand(empty, _chosen(patient, typed))


def resaved(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files of which LibreOffice, where it is installed, saved those of Word and Excel."""
    done = dict(files)
    for kind in ("docx", "xlsx") if is_installed() else ():
        own = {name: content for name, content in files.items() if name.endswith(kind)}
        done |= saved_again(own, kind) if own else {}
    return done


def _typed(patient: Patient, text: str) -> str:
    """Return an answer as a person of the form's language types it."""
    is_number = patient.language == "en" and _NUMBER.fullmatch(text)
    return text.replace(" ", "").replace(",", ".") if is_number else text


def _chosen(patient: Patient, typed: Mapping[str, str]) -> dict[str, str]:
    """Return answers as they are chosen in a workbook; what only a sheet has stands as it is."""
    sheets = {name: text for name, text in typed.items() if name.startswith("_q")}
    own = {name: text for name, text in typed.items() if name not in sheets}
    yes = Words(patient.language).text("excel.yes")
    marks = {name: yes if name.endswith("__ok") else text for name, text in sheets.items()}
    return in_lists(every_row(definition("1.1.0")), own, patient.language) | marks
