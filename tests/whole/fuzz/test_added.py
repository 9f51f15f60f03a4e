"""One random thing is added to each of many filled forms: each is said, or a file of its own."""

from __future__ import annotations

import random

import pytest

from intake.model.file.container import Contents
from intake.model.finding_codes import FindingCode as Code
from tests.kit import additions as add
from tests.kit.beside import seen
from tests.kit.office.office import filled
from tests.kit.tries import tries

FORMS = tries(150)
SAYS = {Code.CONTENT_ADDED, Code.PAGE_ADDED_TO, Code.FIELD_UNKNOWN, Code.PAGES_SCANNED}
WORDS = ["620", "voir dos", "ND", "positif", "x", "12/05/2016", "mg/dL", "non", "1 250", "?"]
REMARKS = ["FreeText", "Ink", "Stamp", "Line", "Square", "Redact", "Watermark", "Polygon", "Text"]
PAGES = 15


def addition(dice):
    """Return one random change to a form, and its kind."""
    page = dice.randint(1, PAGES)
    place = (dice.uniform(30, 540), dice.uniform(30, 810))
    near = (place[0] + dice.uniform(6, 40), place[1] + dice.uniform(-8, 8))
    colour = dice.choice(["1 1 0", "0.2 0.2 0.9", "0.6 0.9 0.6"])
    kinds = {
        "text": lambda: add.text(page, place, dice.choice(WORDS), dice.uniform(5, 14)),
        "unseen": lambda: add.unseen_text(page, place, "RAS"),
        "stroke": lambda: add.stroke(page, place, near, dice.uniform(0.5, 3)),
        "shape": lambda: add.shape(page, place, dice.uniform(4, 60), dice.uniform(4, 20), colour),
        "picture": lambda: add.picture(page, place, dice.uniform(10, 300), dice.uniform(10, 200)),
        "remark": lambda: add.remark(page, dice.choice(REMARKS), (*place, *near)),
        "attachment": lambda: add.attachment("labo.txt", b"CRP 620"),
        "note": lambda: add.attached_note(page, "labo.txt", b"CRP 620"),
        "page": lambda: add.another_page(dice.choice(WORDS)),
    }
    kind = dice.choice(sorted(kinds))
    return kind, kinds[kind]()


@pytest.mark.long(15)
@pytest.mark.slow
def test_nothing_that_is_added_to_a_form_is_lost():
    dice = random.Random(2026)
    lost = []
    for number in range(FORMS):
        kind, change = addition(dice)
        found = seen(add.with_change(filled(), change))
        if isinstance(found, Contents):
            is_told = len(found.members) == 2
        else:
            is_told = any(finding.code in SAYS for finding in found)
        if not is_told:
            lost.append((number, kind))
    assert lost == []
