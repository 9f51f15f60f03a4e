"""Of a first page, what the form and the study print is silent; what was added is told."""

from __future__ import annotations

import pytest

from intake.formats.wording.first_page import StudyWords, added_lines
from intake.words.catalogue import Words
from intake.words.spelling import fold

WORDS = Words("fr")
STUDY = StudyWords(("Essai Un",), "CHU", ("Dr A", "01 02 03 04 05"))
KIND, CONTACT = WORDS.text("form.kind"), WORDS.text("form.contact")
CLOSING = [WORDS.text("form.closing"), WORDS.text("form.closing_text", date="31 mars 2027")]
KNOWN = {fold(text) for text in (KIND, "Étape", CLOSING[0])}
VERSION = f"DM · {WORDS.text('form.version', version='1.0.0')}"


def page(title="Essai Un", sponsor=" · CHU", contact=STUDY.contact, last=()):
    return [KIND, title, f"{VERSION}{sponsor}", "Étape", CONTACT, *contact, *CLOSING, *last]


def added(lines, study=STUDY):
    return [lines[place] for place in added_lines(lines, KNOWN, study)]


def test_todays_page_and_an_older_one_say_nothing():
    assert added(page()) == []
    assert added(page("Ancien titre", " · AP-HP", ("Dr Z", "09 09 09 09 09"))) == []
    assert added(page(), StudyWords()) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (page("Essai Un 8450"), ["Essai Un 8450"]),
        (page(sponsor=" · CHU vu"), [f"{VERSION} · CHU vu"]),
        (page(sponsor=" vu"), [f"{VERSION} vu"]),
        (page(contact=(*STUDY.contact, "rappeler")), ["rappeler"]),
        (page(contact=("Dr A vu", "01 02 03 04 05")), ["Dr A vu"]),
        (page(last=("8450",)), ["8450"]),
        (page(last=("DM 1.0.0 · fr · B7A20B55 vu",)), ["DM 1.0.0 · fr · B7A20B55 vu"]),
    ],
)
def test_what_was_added_is_told(lines, expected):
    assert added(lines) == expected
