"""Who is written to and why: each message once, over six months of thirty centres."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from intake.model.mail.message import MessageKind, MessageState, ledger_of
from intake.pipeline.mail.due import Conduct, Due, Heard, Why, free_key, packs_due, reminders_due
from tests.rooms.pipeline.mail.six_months import CALENDAR, CENTRES, SixMonths, event

GOLDEN = Path(__file__).parent / "golden" / "six_months.txt"
OPENS, CLOSES = CALENDAR.opens, CALENDAR.closes
HALF = CALENDAR.reminder_date


def whys(found) -> Counter[Why]:
    return Counter(due.why for due in found)


@pytest.fixture(scope="module")
def six_months() -> tuple[SixMonths, list[tuple[dt.date, Due]]]:
    study = SixMonths()
    return study, [(day, one) for day, due in study.days() for one in due]


def test_six_months_of_thirty_centres_write_to_each_what_is_due_and_never_twice(six_months) -> None:
    study, drafted = six_months
    every = [one for _, one in drafted]
    lines = [f"{day} {one.key} {one.why} {' '.join(one.about)}".rstrip() for day, one in drafted]
    keys = [one.key for one in every]
    assert len(keys) == len(set(keys))
    told = Counter(about for one in every for about in one.about)
    assert max(told.values()) == 1
    assert {about[:6] for about in told} == {receipt.id for receipt in study.receipts}
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_each_centre_has_one_pack_and_one_reminder_of_each_kind(six_months) -> None:
    every = [one for _, one in six_months[1]]
    kinds = Counter((one.kind, one.centre) for one in every if one.kind is not MessageKind.REPLY)
    assert set(kinds.values()) == {1}
    assert len(kinds) == 4 * len(CENTRES)


@pytest.mark.parametrize(
    ("kind", "day", "why"),
    [
        (MessageKind.HALF_WAY, HALF - dt.timedelta(1), Why.TOO_EARLY),
        (MessageKind.HALF_WAY, HALF, Why.SILENT),
        (MessageKind.HALF_WAY, CLOSES, Why.SILENT),
        (MessageKind.HALF_WAY, CLOSES + dt.timedelta(1), Why.TOO_LATE),
        (MessageKind.LAST_WEEK, CLOSES - dt.timedelta(8), Why.TOO_EARLY),
        (MessageKind.LAST_WEEK, CLOSES - dt.timedelta(7), Why.SILENT),
        (MessageKind.CLOSING, CLOSES, Why.TOO_EARLY),
        (MessageKind.CLOSING, CLOSES + dt.timedelta(400), Why.CLOSED),
    ],
)
def test_a_reminder_is_due_in_its_own_days_and_says_why_on_others(kind, day, why) -> None:
    conduct = SixMonths().conduct(day)
    assert whys(reminders_due(conduct, kind)) == {why: 30}


def test_a_centre_that_answered_has_the_shorter_letter() -> None:
    conduct = replace(SixMonths().conduct(HALF), heard={"ZAA": Heard(received=2, open=1)})
    letters = Counter(due.letter for due in reminders_due(conduct, MessageKind.HALF_WAY))
    assert letters == {"half-way-answered": 1, "half-way": 29}


def test_no_pack_leaves_after_the_closing_date() -> None:
    conduct = SixMonths().conduct(CLOSES + dt.timedelta(1))
    assert whys(packs_due(conduct, "1.1.0")) == {Why.TOO_LATE: 30}


def test_a_new_version_of_the_form_and_a_moved_closing_date_are_new_messages() -> None:
    study = SixMonths()
    study.round(HALF)
    assert whys(packs_due(study.conduct(HALF), "1.1.0")) == {Why.ALREADY: 30}
    assert whys(packs_due(study.conduct(HALF), "1.2.0")) == {Why.NEW: 30}
    later = CALENDAR.model_copy(update={"closes": dt.date(2027, 6, 30), "reminder": HALF})
    moved = replace(study.conduct(HALF), calendar=later)
    assert whys(reminders_due(moved, MessageKind.HALF_WAY))[Why.SILENT] == 30


def test_what_was_dropped_is_due_again_under_a_name_of_its_own() -> None:
    study = SixMonths()
    first = study.round(OPENS)[0]
    study.events.append(event(first, MessageState.DROPPED, OPENS))
    (again,) = [due for due in packs_due(study.conduct(OPENS), "1.1.0") if due.why.is_due]
    assert (again.key, again.centre) == (f"{first.key}~2", first.centre)
    study.events.append(event(again, MessageState.DRAFTED, OPENS))
    assert whys(packs_due(study.conduct(OPENS), "1.1.0")) == {Why.ALREADY: 30}


def test_what_was_being_sent_is_not_written_again() -> None:
    study = SixMonths()
    first: Due = study.round(OPENS)[0]
    unknown = event(first, MessageState.SENDING, OPENS)
    study.events[:] = [e for e in study.events if e.key != first.key] + [
        event(first, MessageState.DRAFTED, OPENS),
        unknown,
    ]
    assert ledger_of(study.events).messages[first.key] == unknown
    assert whys(packs_due(study.conduct(OPENS), "1.1.0")) == {Why.ALREADY: 30}


def test_a_free_name_is_none_that_was_given() -> None:
    assert free_key({"a", "a~2"}, "a") == "a~3"
    assert free_key({"b"}, "a") == "a"


def test_a_centre_renamed_after_its_forms_went_is_said_before_all_goes_twice() -> None:
    before = Conduct(centres=CENTRES[:2], calendar=CALENDAR, ledger=ledger_of(()), today=OPENS)
    events = [event(due, MessageState.SENT, OPENS) for due in packs_due(before, "1.0.0")]
    renamed = replace(CENTRES[0], id="ZZZ-9")
    after = replace(before, centres=(renamed, CENTRES[1]), ledger=ledger_of(events))
    found = {due.centre: due.why for due in packs_due(after, "1.0.0")}
    assert found == {
        "ZZZ-9": Why.NEW,
        CENTRES[1].id: Why.ALREADY,
        CENTRES[0].id: Why.UNLISTED,
    }
