"""Of a first page, what the form and the study print is silent; what was added is told."""

from __future__ import annotations

import pytest

from intake.formats.wording.first_page import Front, StudyWords, added_lines
from intake.words.catalogue import Words
from intake.words.spelling import fold

WORDS = Words("fr")
TODAY = Front(("Essai Un",), "CHU", ("Dr A", "01 02 03 04 05"), "2027-03-31", 45)
STUDY = StudyWords((TODAY,))
KIND, CONTACT = WORDS.text("form.kind"), WORDS.text("form.contact")
CLOSING = [WORDS.text("form.closing"), WORDS.text("form.closing_text", date="31/03/2027")]
OLDER = Front(("Ancien titre",), "AP-HP", ("Dr Z", "09 09 09 09 09"), "2026-12-31")
EVER = StudyWords((TODAY, OLDER), is_all=True)
KNOWN = {fold(text) for text in (KIND, "Étape", CLOSING[0])}
VERSION = f"DM · {WORDS.text('form.version', version='1.0.0')}"


LASTING = WORDS.text("form.minutes_text", minutes=45)


def page(title="Essai Un", sponsor=" · CHU", contact=TODAY.contact, last=(), until="31/03/2027"):
    closing = [CLOSING[0], WORDS.text("form.closing_text", date=until)]
    return [KIND, title, f"{VERSION}{sponsor}", "Étape", CONTACT, *contact, *closing, *last]


def older(contact=OLDER.contact, **other):
    return page("Ancien titre", " · AP-HP", contact, **{"until": "31/12/2026", **other})


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
        (page(contact=(*TODAY.contact, "rappeler")), ["rappeler"]),
        (page(contact=("Dr A vu", "01 02 03 04 05")), ["Dr A vu"]),
        (page(last=("8450",)), ["8450"]),
        (page(last=("DM 1.0.0 · fr · B7A20B55 vu",)), ["DM 1.0.0 · fr · B7A20B55 vu"]),
    ],
)
def test_what_was_added_is_told(lines, expected):
    assert added(lines) == expected


def test_how_long_the_form_takes_may_be_said_otherwise_and_nothing_more():
    assert added(page(last=(LASTING,)), EVER) == []
    for minutes, study, said in ((20, STUDY, 0), (20, EVER, 1), ("45 620", STUDY, 1)):
        line = WORDS.text("form.minutes_text", minutes=minutes)
        assert len(added(page(last=(line,)), study)) == said


def test_a_date_may_be_an_older_one_and_nothing_more():
    assert added(page(until="31 janvier 2026")) == []
    for until in ("31/03/2027 CRP 620", "620", "voir le 12/05/2016"):
        assert len(added(page(until=until))) == 1


def test_what_the_study_ever_printed_is_silent():
    assert added(page(), EVER) == added(older(), EVER) == added(page(sponsor=""), EVER) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (older((*OLDER.contact, "CRP 620")), ["CRP 620"]),
        (older(("Dr Z vu", "09 09 09 09 09")), ["Dr Z vu"]),
        (page("CRP 620"), ["CRP 620"]),
        (page(sponsor=" · vu"), [f"{VERSION} · vu"]),
        (page(contact=("CRP 620",)), ["CRP 620"]),
        (older(until="12/05/2016"), [WORDS.text("form.closing_text", date="12/05/2016")]),
    ],
)
def test_what_was_added_to_an_older_form_is_told_where_all_that_was_printed_is_known(
    lines, expected
):
    assert added(lines, EVER) == expected
