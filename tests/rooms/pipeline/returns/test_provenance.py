"""A message's date and sender are hints: plausible, compared, never believed alone."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.pipeline.desk import StudyFacts
from intake.pipeline.returns.provenance import centres_of, sent_at

SEEN = dt.datetime(2026, 11, 2, 12, tzinfo=dt.timezone(dt.timedelta(hours=1)))
OPENED = StudyFacts(language="fr", opening_date=dt.date(2026, 10, 1))
ADDRESSES = {
    "ZAA": "Recherche@hopital-a.example",
    "ZAB": "deux@hopital-a.example",
    "ZOR": "dr.zor@gmail.com",
}


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_a_plausible_date_of_the_message_is_when_it_was_sent():
    sent = sent_at(OPENED, utc(2026, 11, 1, 9, 30, 15, 77), SEEN)
    assert sent == utc(2026, 11, 1, 9, 30, 15)
    assert sent.utcoffset() == SEEN.utcoffset()


@pytest.mark.parametrize(
    "sent", [utc(2026, 11, 2, 11, 0, 1), utc(2030, 1, 1), utc(2025, 9, 29), utc(1970, 1, 1)]
)
def test_a_date_in_the_future_or_long_before_the_collection_is_not_believed(sent):
    assert sent_at(OPENED, sent, SEEN) is None


def test_without_an_opening_date_a_message_of_this_century_is_believed():
    facts = StudyFacts(language="fr")
    assert sent_at(facts, utc(2001, 1, 1), SEEN) == utc(2001, 1, 1)
    assert sent_at(facts, utc(1999, 12, 31), SEEN) is None


@pytest.mark.parametrize(
    ("sender", "centres"),
    [
        ("recherche@hopital-a.example", ("ZAA",)),
        ("interne@hopital-a.example", ("ZAA", "ZAB")),
        ("dr.zor@gmail.com", ("ZOR",)),
        ("quelquun@gmail.com", ()),
        ("x@ailleurs.example", ()),
        ("", ()),
        ("sans-arobase", ()),
    ],
)
def test_a_sender_suggests_the_centres_of_its_address_or_of_its_own_domain(sender, centres):
    assert centres_of(sender, ADDRESSES) == centres
