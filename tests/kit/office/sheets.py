"""Query sheets in a real workspace: made of a patient whose form raised questions, then filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.demo import fill_excel, fill_pdf, fill_word
from intake.model.query import Query
from intake.model.receipt import Receipt
from intake.model.submission import FileFormat
from intake.wiring.sheets import WantedSheet, write_sheet
from tests.kit.office.office import Office, demo_answers, filled

ODD = {"mas_temp_max": "34", "lab_hb_dx": "2"}
"""Answers of the first demo patient that raise four questions."""
_HANDS = {
    FileFormat.PDF: fill_pdf.fill_by_hand,
    FileFormat.WORD: fill_word.fill_by_hand,
    FileFormat.EXCEL: fill_excel.fill_by_hand,
}


class Asking(Office):
    """A workspace with one patient of whom something is asked."""

    def first_form(self, **changed: str) -> Receipt:
        """Send the patient's form."""
        return self.send("fiche.pdf", filled(demo_answers("01", **{**ODD, **changed})))

    def sheet(self, file_format: FileFormat = FileFormat.PDF, record: str = "ZAA-001") -> bytes:
        """Make the sheet of what is asked now, and return it."""
        made = write_sheet(self.app, WantedSheet(record=record, file_format=file_format))
        return made.path.read_bytes()

    def back(self, name: str, content: bytes) -> Receipt:
        """Send a sheet back and return its receipt."""
        receipt = self.send(name, content)
        self.app.store.verify()
        return receipt

    def queries(self) -> list[Query]:
        """Return every query, by record and number."""
        return list(self.app.store.queries())

    def asked(self, code: str) -> Query:
        """Return the newest query with a code."""
        return [query for query in self.queries() if query.finding.code == code][-1]

    def value(self, item: str) -> object:
        """Return what the first record says now."""
        (record,) = self.app.store.records()
        return record.submission.record.get(item)


def by_hand(sheet: bytes, file_format: FileFormat, answers: Mapping[str, str]) -> bytes:
    """Return a sheet filled as its own program would leave it."""
    return _HANDS[file_format](sheet, answers)


def steps(query: Query) -> Iterator[str]:
    """Yield what happened to a query, in words of the model."""
    for step in query.steps:
        yield step.action.value if step.how is None else f"{step.action.value} {step.how.value}"
