"""Emails and archives: each file inside has its receipt, at any depth, within limits."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from intake.model.errors import StoreFault, StoreUnavailable, UnreadableFile
from intake.model.file.container import Contents, Member
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.receipt import Outcome, SourceFile
from intake.model.run import Why
from intake.model.submission import Rung
from intake.pipeline.returns import budget
from intake.pipeline.returns import look as looking
from intake.pipeline.returns.file_away import Filing, file_away
from intake.pipeline.returns.looked import Looked, NotLookedInto
from tests.kit.garden import a_file, changed
from tests.kit.plain_office import NOON, PlainOffice, codes

SENT = dt.datetime(2026, 10, 20, 8, 30, tzinfo=dt.UTC)
SENDER = "a@hopital.example"


@pytest.fixture
def office():
    return PlainOffice()


def holding(office, *found, **more):
    members = (office.member(f"{n}.pdf", one) for n, one in enumerate(found, 1))
    return Contents(members=tuple(members), **more)


def sent(office, found):
    """Return the receipts of one returned file, the outermost first."""
    office.drop("envoi.eml", found)
    return office.run().receipts


def test_the_files_of_a_message_have_receipts_of_their_own(office):
    container, form, other = sent(office, holding(office, a_file(), changed(letters="ZZ")))
    assert (container.id, form.parent, other.parent) == ("000001", "000001", "000001")
    assert [member.receipt for member in container.members] == [form.id, other.id]
    assert [member.file for member in container.members] == ["1.pdf", "2.pdf"]
    assert (container.outcome, form.outcome) == (Outcome.LOADED, Outcome.LOADED)
    assert codes(container) == ["CONTAINER"]
    assert container.findings[0].context["receipts"] == f"{form.id}, {other.id}"
    assert not container.is_in_dataset


def test_every_member_is_archived_before_anything_is_saved_and_the_next_file_goes_on(office):
    contents = holding(office, a_file())
    (member,) = contents.members
    office.drop("envoi.eml", contents)
    office.drop("fiche.pdf", changed(letters="ZZ"))
    save = office.store.save

    def save_only(entry):
        if entry.receipt.source.name == "fiche.pdf":
            return save(entry)
        raise TypeError("QA 17/04/1961")

    office.store.save = save_only
    run = office.run()
    assert [(one.name, one.why) for one in run.left] == [("envoi.eml", Why.FAILED)]
    assert [receipt.source.name for receipt in run.receipts] == ["fiche.pdf"]
    assert run.has_our_fault
    assert hashlib.sha256(member.content).hexdigest() in office.archive.originals


def test_a_container_is_what_calls_for_most_attention_in_it(office):
    container, *_ = sent(office, holding(office, a_file(), changed(born="")))
    assert container.outcome is Outcome.REVIEW


def test_what_was_lost_of_a_message_is_said_before_its_files(office):
    cut = holding(office, a_file(), findings=(finding_of(Code.CONTAINER_CUT),), ignored=2)
    container, form = sent(office, cut)
    assert (container.outcome, form.outcome) == (Outcome.REVIEW, Outcome.LOADED)
    assert codes(container) == ["CONTAINER", "CONTAINER_CUT"]
    assert container.findings[0].context["ignored"] == "2"


def test_a_message_without_files_is_said_to_be_empty(office):
    (receipt,) = sent(office, Contents(members=()))
    assert (receipt.outcome, codes(receipt)) == (Outcome.REJECTED, ["CONTAINER_EMPTY"])
    assert receipt.language == "fr"


def test_files_come_when_their_message_came_from_who_sent_it(office):
    inner = holding(office, a_file(), sent=SENT.replace(year=2025), sender="")
    container, middle, form = sent(office, holding(office, inner, sent=SENT, sender=SENDER))
    assert {r.source.received for r in (container, middle, form)} == {SENT}
    assert (middle.source.sender, form.source.sender) == (SENDER, SENDER)


def test_a_message_inside_an_archive_dates_its_own_files_only(office):
    message = holding(office, a_file(), sent=SENT, sender=SENDER)
    archive, *_ = sent(office, holding(office, message, changed(letters="ZZ")))
    by_name = {s.receipt.parent: s.receipt for s in office.store.receipts() if s.receipt.hint}
    assert archive.source.received == NOON
    assert by_name[archive.id].source.received == NOON
    assert [r.source.received for p, r in by_name.items() if p != archive.id] == [SENT]


def test_a_date_that_cannot_be_is_not_believed(office):
    future = NOON + dt.timedelta(days=1)
    _, form = sent(office, holding(office, a_file(), sent=future))
    assert form.source.received == NOON


def test_the_same_form_twice_in_one_message_is_loaded_once(office):
    form = office.member("a.pdf", a_file())
    container, first, second = sent(office, Contents(members=(form, form)))
    assert (first.outcome, second.outcome) == (Outcome.LOADED, Outcome.DUPLICATE)
    assert (second.earlier, container.outcome) == (first.id, Outcome.LOADED)


def test_a_known_message_is_not_opened_again(office):
    content = office.drop("envoi.eml", holding(office, a_file()))
    office.run()
    office.opened.clear()
    again = office.send(content, "encore.eml")
    assert (again.outcome, codes(again)) == (Outcome.DUPLICATE, ["DUPLICATE_FILE"])
    assert office.opened == []


def test_the_same_message_twice_in_one_run_is_opened_once_and_said_to_be_known(office):
    content = office.drop("envoi.eml", holding(office, a_file()))
    office.drop("encore.eml", content)
    first, form, again = office.run().receipts
    assert (first.members[0].receipt, again.members) == (form.id, ())
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, first.id)


def test_the_forms_inside_give_the_language_and_centre_that_they_share(office):
    container, *_ = sent(office, holding(office, a_file(), changed(letters="ZZ")))
    assert (container.language, container.centre) == ("fr", "ZAA")
    other = PlainOffice()
    container, *_ = sent(other, holding(other, a_file(), changed(place="ZOR", letters="ZZ")))
    assert container.centre is None


def nested(office, depth):
    found = a_file()
    for _ in range(depth):
        found = holding(office, found)
    return found


def test_containers_are_followed_three_deep_and_no_further(office):
    assert [r.outcome for r in sent(office, nested(office, 3))] == [Outcome.LOADED] * 4
    other = PlainOffice()
    deep = sent(other, nested(other, 4))
    assert [r.outcome for r in deep] == [Outcome.REJECTED] * 4
    assert (codes(deep[-1]), deep[-1].findings[0].context) == (["FILE_LIMIT"], {"limit": "depth"})


def test_an_archive_that_holds_itself_is_refused_and_stops_nothing(office):
    form = office.member("fiche.pdf", a_file())
    own = office.bytes_of(None)
    office._found[own] = Contents(members=(form, Member("same.zip", own)))
    container, loaded, same = sent(office, own)
    assert (loaded.outcome, same.outcome) == (Outcome.LOADED, Outcome.REJECTED)
    assert codes(same) == ["FILE_LIMIT"]
    assert container.outcome is Outcome.LOADED_WITH_QUERIES


@pytest.mark.parametrize(("limit", "most"), [("MOST_MEMBERS", 4), ("MOST_BYTES", 40)])
def test_limits_hold_for_all_that_one_file_holds(office, monkeypatch, limit, most):
    monkeypatch.setattr(budget, "MOST_MEMBERS", most if limit == "MOST_MEMBERS" else 99)
    monkeypatch.setattr(budget, "most_unpacked", lambda _: most if limit == "MOST_BYTES" else 999)
    inner = (holding(office, a_file(), a_file(), a_file()) for _ in range(2))
    receipts = sent(office, holding(office, *inner))
    refused = [r for r in receipts if codes(r) == ["FILE_LIMIT"]]
    assert refused
    assert refused[0].findings[0].context["limit"] == limit.removeprefix("MOST_").lower().replace(
        "bytes", "size"
    )


def test_an_unreadable_member_is_said_under_its_own_receipt(office):
    damaged = UnreadableFile(Code.FILE_DAMAGED, {"kind": "pdf"})
    container, bad, good = sent(office, holding(office, damaged, a_file()))
    assert (codes(bad), good.outcome) == (["FILE_DAMAGED"], Outcome.LOADED)
    assert container.outcome is Outcome.LOADED_WITH_QUERIES


def test_a_failure_inside_undoes_the_whole_container(office, monkeypatch):
    calls = []
    real = office.store.save

    def save(entry):
        calls.append(entry)
        if len(calls) == 2:
            raise StoreUnavailable(StoreFault.DISK_FULL, store="store")
        return real(entry)

    monkeypatch.setattr(office.store, "save", save)
    with pytest.raises(StoreUnavailable):
        sent(office, holding(office, a_file(), changed(letters="ZZ")))
    assert list(office.store.receipts()) == []
    monkeypatch.undo()
    assert len(office.run().receipts) == 3


def test_bytes_that_are_forgotten_before_they_are_saved_are_looked_into_again(office):
    content = office.drop("fiche.pdf", changed(born=""))
    office.run()
    office.drop("encore.pdf", content)
    started = looking.begin(office.desk, *_archived(office, content))
    assert started.inspection is None
    office.store._entries.clear()  # another run has rejected it meanwhile
    looked = looking.look(office.desk, started)
    assert looked.found is not None
    (receipt,) = file_away(Filing(office.store, office.desk.study, lambda: NOON), looked)
    assert receipt.outcome is Outcome.REVIEW


def test_known_bytes_whose_place_is_taken_in_the_same_archive_are_read_again(office):
    printed = a_file(Code.FILE_PRINTED, rung=Rung.PRINTED_TEXT)
    waiting = office.drop("papier.pdf", printed)
    office.run()
    lot = Contents(members=(office.member("fiche.pdf", a_file()), Member("papier.pdf", waiting)))
    office.drop("lot.zip", lot)
    office.drop("suivante.pdf", changed(letters="ZZ"))
    _, form, again, after = office.run().receipts
    assert (form.outcome, after.outcome) == (Outcome.LOADED, Outcome.LOADED)
    assert (office.receipt("000001").outcome, office.receipt("000001").earlier) == (
        Outcome.DUPLICATE, form.id,
    )  # fmt: skip
    assert again.outcome in (Outcome.DUPLICATE, Outcome.REVIEW)


def test_bytes_that_come_again_by_a_later_message_are_read_in_an_archive_too(office):
    early, late = SENT, SENT + dt.timedelta(days=4)
    first = office.member("fiche.pdf", a_file())
    office.drop("un.eml", Contents(members=(first,), sent=early))
    office.run()
    corrected = holding(office, changed(height="1,60"), sent=SENT + dt.timedelta(days=2))
    again = Contents(members=(first,), sent=late)
    office.drop("lot.zip", holding(office, corrected, again))
    office.run()
    (record,) = office.records()
    asked = [s.receipt for s in office.store.receipts() if s.receipt.outcome is Outcome.REVIEW]
    assert record.revision == 2
    assert [r.earlier for r in asked if not r.members] == ["000002"]


@pytest.mark.parametrize(("is_dated", "outcome"), [(True, "duplicate"), (False, "review")])
def test_replaced_bytes_that_come_bare_wait_unless_their_own_date_is_older(is_dated, outcome):
    office = PlainOffice()
    office.has_dates = is_dated
    first = office.member("fiche.pdf", a_file())
    office.drop("un.eml", Contents(members=(first,), sent=SENT))
    office.drop("deux.eml", holding(office, changed(height="1,60"), sent=SENT.replace(day=24)))
    office.run()
    again = office.send(first.content)
    assert (again.outcome, office.records()[0].revision) == (outcome, 2)


def test_nothing_is_looked_into_while_the_transaction_is_open(office):
    source = _archived(office, office.bytes_of(a_file()))[0]
    with pytest.raises(NotLookedInto):
        file_away(Filing(office.store, office.desk.study, lambda: NOON), Looked(source, None))
    assert (list(office.store.receipts()), office.opened) == ([], [])


def _archived(office, content):
    source = SourceFile("f.pdf", hashlib.sha256(content).hexdigest(), len(content), NOON, "f.pdf")
    office.archive.keep(source, [content])
    return source, [content]
