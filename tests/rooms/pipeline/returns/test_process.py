"""The order of work: every file one receipt, nothing lost wherever the power is cut."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from intake.model.errors import StudyError, UnreadableFile
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Outcome
from intake.model.submission import Rung, StampClaim
from intake.pipeline.returns.process import process_inbox
from tests.kit.garden import a_file, changed, stamp
from tests.kit.plain_office import PlainOffice, codes, late, waiting


@pytest.fixture
def office():
    return PlainOffice()


def test_a_run_without_files_does_nothing(office):
    run = office.run()
    assert (run.receipts, run.left, run.undelivered, run.is_clean) == ((), (), (), True)


def test_files_are_processed_in_the_order_of_the_inbox_and_taken_out(office):
    for number in range(7):
        office.drop(f"{number}.pdf", changed(letters="QZ", height=str(10 + number)))
    run = office.run()
    assert [r.source.name for r in run.receipts] == [f"{n}.pdf" for n in range(7)]
    assert [r.revision for r in run.receipts] == [1, 2, 3, 4, 5, 6, 7]
    assert office.inbox.is_empty
    assert office.outbox.order == [r.id for r in run.receipts]


def test_running_twice_changes_nothing(office):
    office.send(a_file())
    before = office._state()
    office.run()
    assert office._state() == before


def test_the_original_is_kept_as_it_came(office):
    content = office.drop("fiche.pdf", a_file())
    office.run()
    assert office.archive.content(hashlib.sha256(content).hexdigest()) == content


def test_the_same_bytes_are_not_opened_again(office):
    content = office.drop("fiche.pdf", a_file())
    first = office.run().receipts[0]
    office.unsafe_names.add("Zarrivo.pdf")
    again = office.send(content, "Zarrivo.pdf")
    assert (again.outcome, again.earlier, again.subject) == (
        Outcome.DUPLICATE,
        first.id,
        first.subject,
    )
    assert (again.hint, again.filling_date) == (first.hint, first.filling_date)
    assert not again.name_is_safe
    assert office.opened == ["fiche.pdf"]


def test_rejected_bytes_are_read_again(office):
    content = office.drop("fiche.pdf", UnreadableFile(Code.FILE_LIMIT, {"limit": "time"}))
    office.run()
    office._found[content] = a_file()
    assert office.send(content).outcome is Outcome.LOADED


def test_a_file_being_copied_waits_for_the_next_run(office):
    office.drop("fiche.pdf", a_file())
    office.inbox.unfinished.add("fiche.pdf")
    assert (waiting(office.run()), office.run().receipts) == (["fiche.pdf"], ())


@pytest.mark.parametrize("change", ["changed", "gone", "locked"])
def test_a_file_that_is_not_the_same_any_more_waits_and_stops_nothing(office, change):
    office.drop("1.pdf", a_file())
    office.drop("2.pdf", changed(letters="ZZ"))
    real = office.inbox.chunks

    def chunks(source):
        if source.name == "2.pdf":
            return real(source)
        if change == "changed":
            return iter([b"other bytes"])
        raise FileNotFoundError if change == "gone" else PermissionError(13, "locked")

    office.inbox.chunks = chunks
    told = []
    run = process_inbox(office.desk, lambda receipt, total: told.append((receipt, total)))
    assert (waiting(run), [r.source.name for r in run.receipts]) == (["1.pdf"], ["2.pdf"])
    assert told == [(None, 2), (run.receipts[0], 2)]


def test_one_failing_file_stops_no_other_and_says_only_where_it_failed(office, caplog):
    office.drop("1.pdf", RuntimeError("QA 17/04/1961"))
    office.drop("2.pdf", a_file())
    run = office.run()
    assert [r.outcome for r in run.receipts] == [Outcome.REVIEW, Outcome.LOADED]
    assert codes(run.receipts[0]) == ["INTERNAL_ERROR"]
    assert run.has_our_fault
    assert not run.is_clean
    assert "RuntimeError" in caplog.text
    assert "1961" not in caplog.text


def test_a_failure_in_understanding_a_file_stops_no_other(office, monkeypatch):
    office.drop("1.pdf", a_file())
    office.drop("2.pdf", changed(letters="ZZ"))
    failures = iter([RuntimeError("QA")])

    def is_safe(name):
        for failure in failures:
            raise failure
        return True

    desk = office.desk
    desk = replace(desk, study=replace(desk.study, is_safe_name=is_safe))
    run = process_inbox(desk, lambda _receipt, _total: None)
    assert [codes(r) for r in run.receipts] == [["INTERNAL_ERROR"], []]


def test_what_a_person_must_mend_stops_the_run_and_leaves_the_file(office):
    office.drop("fiche.pdf", StudyError("centres.csv is wrong"))
    with pytest.raises(StudyError):
        office.run()
    assert list(office.store.receipts()) == []
    assert not office.inbox.is_empty


@pytest.mark.parametrize(
    "problem",
    [
        UnreadableFile(Code.FILE_EMPTY),
        UnreadableFile(Code.FILE_PROTECTED, {"kind": "pdf"}),
        UnreadableFile(Code.FILE_LIMIT, {"limit": "memory"}),
    ],
)
def test_an_unreadable_file_has_a_receipt_that_says_why(office, problem):
    receipt = office.send(problem)
    assert codes(receipt) == [problem.code]
    assert receipt.findings[0].context == problem.context
    assert (receipt.language, receipt.form, receipt.name_is_safe) == ("fr", None, True)


def test_a_clean_run_has_no_file_for_the_coordinator(office):
    office.send(a_file())
    office.drop("b.pdf", changed(height="14"))
    assert office.run().is_clean
    office.drop("c.pdf", changed(born=""))
    assert not office.run().is_clean


class PowerCut(BaseException):
    """The power goes off before, or after, one step."""


STEPS = {
    "archive": ("keep",),
    "store": ("save", "step", "mark_delivered"),
    "outbox": ("deliver",),
    "review": ("show", "withdraw"),
    "inbox": ("remove",),
}


class Cut:
    """A part of the desk that stops the program at the n-th step of a run."""

    def __init__(self, part, names, count, *, early):
        self._part, self._names, self._count, self._early = part, names, count, early

    def __getattr__(self, name):
        method = getattr(self._part, name)
        if name not in self._names:
            return method

        def step(*arguments):
            self._count[0] -= 1
            if self._count[0] == 0 and self._early:
                raise PowerCut
            result = method(*arguments)
            if self._count[0] == 0:
                raise PowerCut
            return result

        return step


def three_files():
    office = PlainOffice()
    office.drop("1.pdf", changed(height="haut", agreed=""))
    office.drop("2.pdf", changed(born=""))
    office.drop("3.pdf", changed(height="13", agreed="", filled="09/10/2026"))
    return office


def cut_run(office, steps, *, early):
    """Run until a step; say whether the power was cut."""
    count = [steps]
    desk = office.desk
    parts = {
        name: Cut(getattr(desk.keeping, name), names, count, early=early)
        for name, names in STEPS.items()
    }
    desk = replace(desk, keeping=replace(desk.keeping, **parts))
    try:
        process_inbox(desk, lambda _receipt, _total: None)
    except PowerCut:
        return True
    return False


def left(office):
    receipts = dict(office.outbox.receipts)
    asked = list(office.store.queries())
    return receipts, office.records(), office.review.pages.keys(), office.archive.originals, asked


@pytest.mark.parametrize("early", [True, False], ids=["before", "after"])
def test_wherever_the_power_is_cut_the_next_run_leaves_the_same(early):
    whole = three_files()
    whole.run()
    cuts = 0
    for steps in range(1, 50):
        office = three_files()
        if not cut_run(office, steps, early=early):
            break
        cuts += 1
        office.run()
        assert left(office) == left(whole), steps
        assert office.inbox.is_empty
        assert office.store.undelivered() == ()
    assert cuts > 16


def test_a_file_is_never_taken_from_the_inbox_before_its_receipt_is_written(office):
    office.drop("fiche.pdf", a_file())
    office.outbox.closed.add("000001")
    run = office.run()
    assert late(run) == ("000001",)
    assert not office.inbox.is_empty


def test_answers_read_by_any_rung_keep_it(office):
    office.send(a_file(Code.FILE_PRINTED, rung=Rung.PRINTED_TEXT))
    (page,) = office.review.pages.values()
    assert {value.rung for value in page[0].submission.values} == {Rung.PRINTED_TEXT}


def test_a_receipt_comes_with_the_form_version_it_names(office):
    newer = StampClaim("field", stamp(version="1.1.0", fingerprint="0A1B2C3E"))
    office.send(a_file(claims=(newer,)))
    assert office.outbox.forms["000001"].version == "1.1.0"
