"""Whoever answers every question truthfully ends with each patient's newest form, in any order.

Dates may be missing but do not lie; two patients may share a key, one may be misspelt.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

import pytest

from intake.model.errors import DecisionRefused
from intake.model.file.dates import DateSource, Written
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Outcome, Receipt
from intake.model.submission import Rung
from intake.pipeline.review.decisions import accept, same_as, split
from intake.pipeline.review.refuse import reject
from tests.kit.orchard import COUNTS, ORCHARD, WHOLE, Form, drop
from tests.kit.plain_office import NOON, WHY, PlainOffice

INBOXES, ORDERS = 60, 3
FAST = 20
"""Inboxes of the fast tests; the slow ones try the others."""
FAR = {"letters": "WZ", "born": "02/02/1944"}
NEAR = ({"letters": "QO"}, {"born": "17/05/1961"}, {"place": "ZOR"}, {"born": "14/07/1961"})


@dataclass(frozen=True)
class Truth:
    """Whose form it is really, and which of that patient's, from 1."""

    patient: str
    version: int


def inbox(chance: random.Random) -> dict[str, tuple[Form, Truth]]:
    """Return forms by name with the truth about each."""
    forms: dict[str, tuple[Form, Truth]] = {}
    other = chance.choice(({}, *NEAR, FAR))
    answers = {
        "a": dict(WHOLE),
        "b": {**WHOLE, **{name: str(60 + n) for n, name in enumerate(COUNTS)}, **other}
        | {"kind": "pear", "planted": "11/2004"},
    }
    for patient in ("a", "b") if chance.random() < 0.6 else ("a",):
        for version in range(1, chance.randint(2, 4)):
            made = _version(chance, answers[patient], version)
            for copy in range(chance.choice((1, 1, 2))):
                name = f"{patient}{version}{copy}.pdf"
                forms[name] = (_copy(chance, made, name), Truth(patient, version))
    return forms


def _version(chance: random.Random, base: dict[str, str], version: int) -> Form:
    changed = {name: str(20 + version) for name in COUNTS[:2]}
    is_near = base["born"] == WHOLE["born"] and version > 1  # two slips at most, whoever it is
    misspelt = chance.choice(NEAR[:1] + NEAR[2:3]) if is_near and chance.random() < 0.3 else {}
    filled = {"filled": f"{10 + version:02d}/10/2026"} if chance.random() < 0.4 else {}
    return Form("", {**base, **changed, **filled, **misspelt})


def _copy(chance: random.Random, form: Form, name: str) -> Form:
    """Return a file of the form: what it says of its dates is true, when it says it."""
    when = NOON - dt.timedelta(days=20 - 3 * int(name[1]))
    saved = Written(when, DateSource.PDF) if chance.random() < 0.6 else None
    sent = when + dt.timedelta(days=1) if chance.random() < 0.5 else None
    made = replace(form, name=name, saved=saved, sent=sent)
    if chance.random() < 0.15:
        return replace(made, rung=Rung.PRINTED_TEXT, codes=(Code.FILE_PRINTED,))
    return made


class Person:
    """Who knows the truth and is asked."""

    def __init__(self, office: PlainOffice, forms: dict[str, tuple[Form, Truth]]) -> None:
        self.office = office
        self.forms = forms

    def truth(self, receipt: Receipt) -> Truth:
        return self.forms[receipt.source.name][1]

    def waiting(self) -> list[Receipt]:
        receipts = (stored.receipt for stored in self.office.store.receipts())
        return [r for r in receipts if r.outcome is Outcome.REVIEW and not r.members]

    def answer(self, receipt: Receipt) -> None:
        truth = self.truth(receipt)
        subject, current = self.record_of(truth.patient)
        if current >= truth.version:
            self.office.decide(reject, receipt.id, WHY)
        elif subject:
            self.office.decide(same_as, receipt.id, subject, WHY)
        else:
            self.begin(receipt)

    def begin(self, receipt: Receipt) -> None:
        """Make a patient of a form, told from others where the program asks."""
        try:
            self.office.decide(accept, receipt.id, WHY)
        except DecisionRefused:
            self.office.decide(split, receipt.id, WHY)

    def record_of(self, patient: str) -> tuple[str, int]:
        """Return the subject and the version of a patient's record; no subject without one."""
        for record in self.office.records():
            truth = self.truth(self.office.receipt(record.receipt))
            if truth.patient == patient:
                return record.subject, truth.version
        return "", 0


@pytest.mark.parametrize(
    "seed",
    [*range(FAST), *(pytest.param(n, marks=pytest.mark.slow) for n in range(FAST, INBOXES))],
)
def test_in_every_order_each_patient_has_one_record_of_its_newest_form(seed):
    chance = random.Random(seed)
    forms = inbox(chance)
    for _ in range(ORDERS):
        office = PlainOffice(ORCHARD)
        office.has_dates = False
        person = Person(office, forms)
        for name in chance.sample(sorted(forms), len(forms)):
            form, _truth = forms[name]
            drop(office, form, office.bytes_of(form.seen()))
            if chance.random() < 0.5:
                office.run()
            if chance.random() < 0.3 and person.waiting():
                person.answer(chance.choice(person.waiting()))
        office.run()
        while person.waiting():
            person.answer(chance.choice(person.waiting()))
        newest = {truth.patient: 0 for _, truth in forms.values()}
        for _, truth in forms.values():
            newest[truth.patient] = max(newest[truth.patient], truth.version)
        ends = [person.truth(office.receipt(record.receipt)) for record in office.records()]
        assert sorted((t.patient, t.version) for t in ends) == sorted(newest.items())
