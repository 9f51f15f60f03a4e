"""Whatever happens to a record, only sheets and persons change the rows that no form prints."""

from __future__ import annotations

import random

import pytest

from intake.model.errors import DecisionRefused
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction, Outcome
from intake.pipeline.review.correct import correct
from intake.pipeline.review.decisions import accept
from intake.pipeline.review.merge import merge
from intake.pipeline.review.recheck import recheck_records
from intake.pipeline.review.undo import undo
from tests.kit.plain_office import WHY
from tests.rooms.pipeline.records.test_further_rows import FORM, NEXT, SENT, Cuts, as_next, seen_as

PLACES = {"C01": 0, "C02": 1}
"""By code: the place of an answer in a row."""
Rows = dict[int, list[str]]


class Course(Cuts):
    """A record to which anything happens, told by a chance."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance, self.days = chance, 10
        self.undoable: list[tuple[str, Rows]] = []

    @property
    def beyond(self) -> Rows:
        """Return the rows that no form prints."""
        (stored,) = self.records()
        record = stored.submission.record
        rows = (row for group in ("cuts", "trims") for row in record.get(group, ()))
        return {
            row["_row"]: [str(row.get("branch", row.get("limb", ""))), str(row.get("span", ""))]
            for row in rows
            if row["_row"] > 2
        }

    def step(self) -> None:
        """Let one thing happen; a refusal must change nothing."""
        before = self.beyond
        acts = (self.a_form, self.a_scan, self.a_sheet, self.an_answer, self.an_undoing)
        try:
            wanted = self.chance.choice((*acts, self.new_rules))(before)
        except DecisionRefused:
            wanted = before
        assert self.beyond == wanted

    def sent(self, *codes: Code):
        """Send a form of either version, filled in a day later, some answers changed."""
        self.days += 1
        texts = {**SENT, "filled": f"{self.days}/10/2026", "height": f"{self.days}"}
        texts["more_cuts__1"] = self.chance.choice(("1", ""))
        is_next = len(self.versions) > 1 and self.chance.random() < 0.7
        return self.send(seen_as(is_next, as_next(texts) if is_next else texts, codes))

    def after(self, receipt, before: Rows, wanted: Rows) -> Rows:
        if not receipt.outcome.is_loaded:
            return before
        self.undoable.append((receipt.id, before))
        return wanted

    def a_form(self, before: Rows) -> Rows:
        return self.after(self.sent(), before, before)

    def a_scan(self, before: Rows) -> Rows:
        held = self.sent(Code.PAGES_SCANNED)
        decision = self.chance.choice(((accept, held.id, WHY), (merge, held.id, "", WHY)))
        if held.outcome is Outcome.REVIEW:
            return self.after(self.decide(*decision), before, before)
        return before

    def a_sheet(self, before: Rows) -> Rows:
        (stored,) = self.records()
        is_next = stored.submission.version == NEXT.version
        self.definition = NEXT if is_next else FORM
        self.make()
        row, text = self.chance.choice((3, 4)), str(self.chance.randrange(1, 9))
        name = f"trims__{row}__limb" if is_next else f"cuts__{row}__branch"
        is_asked = any(e.name in ("cuts", "trims") for e in self.sheet[0].elements) and not before
        receipt = self.back(**{name: text} if is_asked else {})
        return self.after(receipt, before, {row: [text, ""]} if is_asked else before)

    def an_answer(self, before: Rows) -> Rows:
        code, row = self.chance.choice(list(PLACES)), self.chance.choice((3, 4))
        text = self.chance.choice(("", "5", "7"))
        given = [Correction(f"{code}.{row}", text)]
        receipt = self.decide(correct, "ZAA-001", given, WHY)
        wanted = {number: list(texts) for number, texts in before.items()}
        wanted.setdefault(row, ["", ""])[PLACES[code]] = text
        return self.after(receipt, before, {n: t for n, t in wanted.items() if any(t)})

    def an_undoing(self, before: Rows) -> Rows:
        if not self.undoable:
            return before
        receipt, was = self.undoable[-1]
        self.decide(undo, receipt, WHY)
        self.undoable.pop()
        return was

    def new_rules(self, before: Rows) -> Rows:
        self.versions = (FORM, NEXT)
        list(recheck_records(self.desk, NEXT, ask_new=True, keeps=True))
        return before


@pytest.mark.parametrize(
    "seed", [13, 22, 43, *(pytest.param(n, marks=pytest.mark.slow) for n in range(60, 100))]
)
def test_only_sheets_and_persons_change_rows_that_no_form_prints(seed):
    course = Course(random.Random(seed))
    for _ in range(12):
        course.step()
