"""Which receipts are told to whom: once for each outcome, to a centre known for sure."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from intake.model.finding_codes import FindingCode, finding_of
from intake.model.mail.message import MessageEvent, MessageKind, MessageState, ledger_of
from intake.model.receipt import (
    MemberReceipt,
    Outcome,
    Receipt,
    ReviewAction,
    ReviewDecision,
    SourceFile,
)
from intake.pipeline.mail.due import Conduct, Why
from intake.pipeline.mail.replies import (
    Reply,
    addressee,
    asked_about,
    centre_of,
    newest_of_a_centre,
    replies_due,
)
from intake.study.centres import Centre
from tests.rooms.pipeline.mail.six_months import CALENDAR

DAY = dt.date(2026, 11, 12)
NOON = dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)
PARIS = Centre(id="PAR", letters="PAR", hospital="Hôpital A", email="a@hopital.test")
PARIS_2 = Centre(id="PAR-2", letters="PAR", hospital="Hôpital B", email="b@hopital.test")
REIMS = Centre(id="REI", letters="REI", hospital="Hôpital C")
CENTRES = (PARIS, PARIS_2, REIMS)


def receipt(number: int, centre: str | None, *, sender: str = "", **more: object) -> Receipt:
    source = SourceFile("fiche.pdf", f"{number:064d}", 10, NOON, sender=sender)
    told = {"outcome": Outcome.LOADED, **more}
    return Receipt(id=f"{number:06d}", source=source, centre=centre, **told)


def due(*receipts: Receipt, events: tuple[MessageEvent, ...] = (), **more: bool) -> list[Reply]:
    conduct = Conduct(centres=CENTRES, calendar=CALENDAR, ledger=ledger_of(events), today=DAY)
    return list(replies_due(conduct, receipts, **more))


def said(reply: Reply) -> MessageEvent:
    one = reply.due
    return MessageEvent(
        key=one.key,
        kind=MessageKind.REPLY,
        centre=one.centre,
        state=MessageState.DRAFTED,
        at=NOON,
        about=one.about,
    )


def test_a_centre_gets_one_reply_about_all_it_sent() -> None:
    (reply,) = due(*(receipt(number, "REI", sender="c@hopital.test") for number in (1, 2)))
    assert reply.due.key == "REI-reply-20261112"
    assert [one.id for one in reply.receipts] == ["000001", "000002"]


def test_the_address_of_the_list_is_answered_to_and_not_that_of_the_sender() -> None:
    (reply,) = due(receipt(1, "PAR-2", sender="inconnu@ailleurs.test"))
    assert reply.due.to == "b@hopital.test"


def test_a_centre_without_an_address_is_answered_where_it_wrote_from() -> None:
    (reply,) = due(receipt(1, "REI", sender="dr@hopital.test"))
    assert (reply.due.centre, reply.due.to) == ("REI", "dr@hopital.test")


def test_two_senders_of_a_centre_without_an_address_are_not_told_of_each_other() -> None:
    sent = [
        receipt(1, "REI", sender="dr@hopital.test"),
        receipt(2, "REI", sender="x@ailleurs.test"),
    ]
    assert [(one.due.to, len(one.receipts)) for one in due(*sent, receipt(3, "REI"))] == [
        ("", 1),
        ("dr@hopital.test", 1),
        ("x@ailleurs.test", 1),
    ]


def test_letters_that_are_also_an_id_name_neither_of_their_centres() -> None:
    # A form sent to nobody by name, filled in the second centre of Paris: PAR is what it says.
    assert centre_of(CENTRES, receipt(1, "PAR"), "") is None
    assert centre_of(CENTRES, receipt(1, "PAR"), "b@hopital.test") == PARIS_2
    assert centre_of(CENTRES, receipt(1, "PAR"), "a@hopital.test") == PARIS


def test_what_another_listed_centre_sent_is_answered_to_who_sent_it() -> None:
    (reply,) = due(receipt(1, "PAR-2", sender="a@hopital.test"))
    assert (reply.due.centre, reply.due.to) == ("", "a@hopital.test")


def test_a_sender_that_is_no_address_leaves_the_recipient_to_be_written() -> None:
    for sender in ("x@y.test\nbcc: z@y.test", "x@y.test, z@y.test", "x", "<x@y.test>", "é@y.test"):
        (reply,) = due(receipt(1, None, sender=sender))
        assert reply.due.to == ""


def test_the_sheet_of_a_patient_goes_to_no_other_centre_that_sent_the_patient_too() -> None:
    asked = {"subject": "REI-001", "outcome": Outcome.LOADED_WITH_QUERIES}
    own = receipt(1, "REI", hint="REI · DU/MA", **asked)
    moved = receipt(2, "PAR-2", hint="PAR · DU/MA", **asked)
    assert asked_about([own, own]) == ("REI-001",)
    assert asked_about([moved]) == ()


def test_the_newest_revision_of_a_record_is_of_who_sent_it_and_a_correction_of_nobody_else() -> (
    None
):
    # Another centre sent a form of Reims by mistake; Reims corrected it, then the coordinator.
    decided = (ReviewDecision(action=ReviewAction.CORRECT, at=NOON),)
    mistaken = receipt(1, "REI", sender="a@hopital.test", revision=1)
    own = receipt(2, "REI", sender="c@hopital.test", revision=2)
    corrected = receipt(3, "REI", revision=3, decisions=decided)
    undone = receipt(4, "REI", sender="a@hopital.test", revision=4, outcome=Outcome.REVIEW)
    assert newest_of_a_centre([own, mistaken, corrected, undone]) is own
    assert newest_of_a_centre([corrected]) is None
    to = {reply.whom: [one.id for one in reply.receipts] for reply in due(mistaken, own)}
    assert to[addressee(CENTRES, (), own)] == ["000002"]
    assert to[addressee(CENTRES, (), mistaken)] == ["000001"]


def test_what_the_study_passed_on_to_itself_is_not_told_of_in_one_message_to_itself() -> None:
    own = "Recueil@etude.test"
    centres = enumerate((None, None, "REI"), 1)
    passed_on = [receipt(number, centre, sender=own) for number, centre in centres]
    conduct = Conduct(
        centres=CENTRES,
        calendar=CALENDAR,
        ledger=ledger_of(()),
        today=DAY,
        own={"recueil@etude.test"},
    )
    found = [(one.due.centre, one.due.to) for one in replies_due(conduct, passed_on)]
    assert found == [("", ""), ("", ""), ("REI", "")]


def test_a_long_list_of_receipts_is_told_in_several_messages() -> None:
    replies = due(*(receipt(number, "PAR-2") for number in range(1, 62)))
    assert [len(one.receipts) for one in replies] == [30, 30, 1]
    assert len({one.due.key for one in replies}) == 3


def test_what_was_told_of_another_patient_is_told_again() -> None:
    (reply,) = due(receipt(1, "REI", subject="REI-001"))
    (again,) = due(receipt(1, "REI", subject="REI-002"), events=(said(reply),))
    assert again.due.about == ("000001 loaded REI-002",)


def test_letters_that_two_centres_share_name_neither() -> None:
    assert centre_of(CENTRES, receipt(1, "PAR-2"), "") == PARIS_2
    shared = (replace(PARIS, id="PAR-1"), PARIS_2)
    assert centre_of(shared, receipt(1, "PAR"), "") is None
    assert centre_of(shared, receipt(1, "PAR"), "B@hopital.test") == PARIS_2


def test_who_is_in_no_list_is_answered_apart() -> None:
    replies = due(receipt(1, None, sender="x@y.test"), receipt(2, None, sender="z@y.test"))
    assert [(one.due.key, one.due.to) for one in replies] == [
        ("other-reply-20261112", "x@y.test"),
        ("other-reply-20261112~2", "z@y.test"),
    ]


def test_what_was_told_is_not_told_again_until_its_outcome_changes() -> None:
    first = receipt(1, "REI", outcome=Outcome.REVIEW)
    (reply,) = due(first, with_waiting=True)
    assert due(first, events=(said(reply),), with_waiting=True) == []
    (after,) = due(replace(first, outcome=Outcome.LOADED), events=(said(reply),))
    assert (after.due.key, after.due.about) == ("REI-reply-20261112~2", ("000001 loaded",))


def test_what_waits_for_a_person_is_told_once_it_is_decided_unless_asked_for() -> None:
    waiting = receipt(1, "REI", outcome=Outcome.REVIEW)
    (reply,) = due(waiting)
    assert reply.due.why is Why.UNDECIDED
    (reply,) = due(waiting, with_waiting=True)
    assert reply.due.why is Why.RECEIVED


def test_a_dropped_reply_is_due_again() -> None:
    (reply,) = due(receipt(1, "REI"))
    dropped = replace(said(reply), state=MessageState.DROPPED)
    (again,) = due(receipt(1, "REI"), events=(said(reply), dropped))
    assert again.due.key == "REI-reply-20261112~2"


def test_a_container_and_the_coordinators_own_corrections_are_not_told() -> None:
    member = MemberReceipt(receipt="000002", folder="f", outcome=Outcome.LOADED, file="a.pdf")
    corrected = ReviewDecision(action=ReviewAction.CORRECT, at=NOON)
    refused = finding_of(FindingCode.CORRECTION_REFUSED, {})
    assert due(receipt(1, "REI", members=(member,))) == []
    assert due(receipt(3, "REI", decisions=(corrected,))) == []
    assert due(receipt(4, "REI", outcome=Outcome.REJECTED, findings=(refused,))) == []


def test_two_files_of_unknown_origin_are_never_told_of_in_one_message() -> None:
    apart = due(receipt(1, None), receipt(2, None))
    assert [len(one.receipts) for one in apart] == [1, 1]
    (together,) = due(receipt(3, None, parent="000009"), receipt(4, None, parent="000009"))
    assert len(together.receipts) == 2
