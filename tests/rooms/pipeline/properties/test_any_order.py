"""Any order of the same files gives the same current revisions, or the same questions."""

from __future__ import annotations

import random

import pytest

from intake.model.file.container import Member
from intake.model.receipt import Outcome
from tests.kit.orchard import ORCHARD, Form, an_inbox, carried, drop_together
from tests.kit.plain_office import PlainOffice

INBOXES = 200
FAST = 50
"""Inboxes of the fast tests; the slow ones try the others."""
ORDERS = 4


def came_in(forms: list[Form], chance: random.Random) -> PlainOffice:
    """Return an office after forms came in this order, in one run or several."""
    office = PlainOffice(ORCHARD)
    office.has_dates = False
    contents: dict[object, bytes] = {}
    together: list[Member] = []
    for form in forms:
        seen = form.seen()
        content = contents.setdefault(repr(seen), office.bytes_of(seen))
        together.append(carried(office, form, content))
        if chance.random() < 0.3:
            continue  # the next one comes in the same archive
        put(office, together)
        together = []
        if chance.random() < 0.4:
            office.run()
    put(office, together)
    office.run()
    return office


def put(office: PlainOffice, came: list[Member]) -> None:
    if len(came) > 1:
        drop_together(office, came)
    for one in came if len(came) == 1 else ():
        office.drop(one.name, one.content)


def currents(office: PlainOffice) -> set[object]:
    """Return the answers of the dataset."""
    return {repr(sorted(record.submission.record.items())) for record in office.records()}


def is_asked(office: PlainOffice) -> bool:
    receipts = (stored.receipt for stored in office.store.receipts())
    return any(r.outcome is Outcome.REVIEW and not r.members for r in receipts)


@pytest.mark.parametrize(
    "seed",
    [*range(FAST), *(pytest.param(n, marks=pytest.mark.slow) for n in range(FAST, INBOXES))],
)
def test_the_order_in_which_files_come_changes_no_answer_unasked(seed):
    chance = random.Random(seed)
    forms = an_inbox(chance)
    ends = []
    for _ in range(ORDERS):
        order = chance.sample(forms, len(forms))
        office = came_in(order, chance)
        ends.append((currents(office), is_asked(office), [form.name for form in order]))
    first = ends[0]
    for end in ends[1:]:
        assert end[0] == first[0] or (end[1] and first[1]), (first[1:], end[1:], forms)
