"""A file that its reader could not read whole is looked at by the first rung that can."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Outcome
from intake.model.submission import Inspection
from tests.kit.garden import a_file
from tests.kit.plain_office import PlainOffice, codes

STRANGE = UnreadableFile(Code.FILE_NOT_YET_READ, {"kind": "rtf"})


@dataclass
class OtherWay:
    """A rung for what could not be read, or for what holds too little."""

    gives: Any
    is_for: type = UnreadableFile
    asked: list[str] = field(default_factory=list)
    is_slow: bool = False

    def applies(self, found):
        return isinstance(found, self.is_for)

    def look(self, content, name, found):
        self.asked.append(name)
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


@pytest.fixture
def office():
    return PlainOffice()


def test_the_first_rung_that_applies_has_the_last_word(office):
    never, first, second = OtherWay(a_file(), Inspection), OtherWay(a_file()), OtherWay(None)
    office.rungs = (never, first, second)
    assert office.send(STRANGE, "fiche.rtf").outcome is Outcome.LOADED
    assert (never.asked, first.asked, second.asked) == ([], ["fiche.rtf"], [])


def test_a_rung_may_see_more_in_a_file_that_was_read(office):
    office.rungs = (OtherWay(a_file(), Inspection),)
    assert office.send(a_file(entered={})).outcome is Outcome.LOADED


def test_why_a_rung_fails_is_what_the_receipt_says(office):
    office.rungs = (OtherWay(UnreadableFile(Code.FILE_LIMIT, {"limit": "time"})),)
    receipt = office.send(STRANGE)
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["FILE_LIMIT"])


def test_without_a_rung_that_applies_the_reader_has_the_last_word(office):
    office.rungs = (OtherWay(a_file(), Inspection),)
    assert codes(office.send(STRANGE)) == ["FILE_NOT_YET_READ"]


def test_a_container_is_opened_and_no_rung_is_asked(office):
    office.rungs = (OtherWay(None, object),)
    receipt = office.send(Contents(members=()))
    assert codes(receipt) == ["CONTAINER_EMPTY"]
    assert office.rungs[0].asked == []


def test_a_file_that_is_too_large_is_not_even_loaded(office):
    office.largest = 3
    receipt = office.send(a_file())
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["FILE_TOO_LARGE"])
    assert office.opened == []


def test_a_file_of_just_the_largest_size_is_read(office):
    office.largest = len("file 0")
    assert office.send(a_file()).outcome is Outcome.LOADED
