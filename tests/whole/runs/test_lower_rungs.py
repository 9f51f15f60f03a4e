"""A file that its format's reader cannot read is looked at by the first lower rung that can."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from intake.formats.registry import inspect_file
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome
from intake.pipeline.returns.process import process_inbox
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.few import FewOffice, codes, filled
from tests.kit.office.office import with_rungs

STRANGE = b"{\\rtf1 a form in another coat}"


@dataclass
class OtherCoat:
    """A rung that finds a filled form in any file of one unreadable kind."""

    inside: bytes
    kind: str = "rtf"
    asked: list[str] = field(default_factory=list)

    is_slow = False

    def applies(self, found):
        return isinstance(found, UnreadableFile) and found.context.get("kind") == self.kind

    def look(self, content, name, found):
        self.asked.append(name)
        if not self.inside:
            raise UnreadableFile(FindingCode.FILE_LIMIT, {"limit": "time"})
        return inspect_file(self.inside, name)


@pytest.fixture
def office(tmp_path):
    return FewOffice(tmp_path / "study")


def processed(office, *rungs):
    office.drop("fiche.rtf", STRANGE)
    desk = with_rungs(office.app.desk(InProcess()), *rungs)
    (receipt,) = process_inbox(desk, lambda _receipt, _total: None).receipts
    return receipt


def test_the_first_rung_that_applies_gives_the_answers(office):
    never, first, second = OtherCoat(b"", "heic"), OtherCoat(filled()), OtherCoat(b"")
    receipt = processed(office, never, first, second)
    assert receipt.outcome is Outcome.LOADED
    assert (never.asked, first.asked, second.asked) == ([], ["fiche.rtf"], [])


def test_why_a_rung_fails_is_what_the_receipt_says(office):
    receipt = processed(office, OtherCoat(b""))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["FILE_LIMIT"])


def test_without_a_rung_that_applies_the_reader_has_the_last_word(office):
    assert codes(processed(office, OtherCoat(b"", "heic"))) == ["FILE_NOT_YET_READ"]
