"""A form beside the record that it may belong to: what differs, letter by letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.file.container import Contents, Reply, ReplyLine
from intake.model.finding_codes import FindingCode as Code
from intake.model.receipt import Correction
from intake.pipeline.review.correct import correct
from intake.pipeline.review.withdraw import withdraw
from intake.reports.pages import review_page
from intake.reports.review.beside import KnownSide, Piece, differences, pieces, subjects_in_doubt
from intake.reports.review.document import HeldFile, held_document
from intake.reports.review.review_choices import choices
from intake.reports.review.review_view import Waiting, review_view
from intake.wiring.known_sides import known_sides
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.garden import GARDEN, a_file, answers, changed
from tests.kit.plain_office import WHY, PlainOffice

FR = Words("fr")


@pytest.fixture
def office():
    made = PlainOffice()
    made.send(a_file(entered=answers(remark="au nord", visits__1__count="4")))
    return made


def sides(office, receipt):
    return tuple(known_sides(office.store, receipt, lambda source: f"../originals/{source.name}"))


def waiting(office, receipt):
    entry = office.store.entry(receipt.id)
    return Waiting(
        entry=entry, definition=GARDEN, pictures=(), original="../new.pdf",
        known=sides(office, receipt),
    )  # fmt: skip


def held(office, receipt, *, identity=False):
    entry = office.store.entry(receipt.id)
    file = HeldFile(
        entry=entry, definition=GARDEN, reasons=(), original="new.pdf", page=None,
        known=sides(office, receipt),
    )  # fmt: skip
    return held_document(file, identity=identity)


@pytest.mark.parametrize(
    ("text", "other", "marked"),
    [
        ("QA", "QO", ["A"]),
        ("17/04/1961", "17/04/1916", ["61"]),
        ("12.5", "12.55", []),
        ("12.55", "12.5", ["5"]),
        ("12.5", "12.5", []),
        ("", "QA", []),
        ("QA", "", ["QA"]),
        ("x" * 90, "y" * 90, ["x" * 90]),
    ],
)
def test_only_the_letters_that_differ_are_marked(text, other, marked):
    found = pieces(text, other)
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.is_other] == marked


def test_a_near_twin_is_shown_with_its_differences_first_those_of_the_patient(office):
    near = office.send(changed(letters="QO", height="14", remark="au nord", visits__1__count="4"))
    (side,) = sides(office, near)
    found = differences(GARDEN, side.submission, office.store.entry(near.id).submission)
    assert [one.place.code for one in found] == ["A02", "A06"]
    view = review_view(waiting(office, near), FR)
    (beside,) = view.beside
    assert (beside.link, beside.original) == ("../originals/fiche.pdf", "originals/fiche.pdf")
    letters = beside.lines[0]
    assert letters.known == (Piece("Q", is_other=False), Piece("A", is_other=True))
    assert letters.new == (Piece("Q", is_other=False), Piece("O", is_other=True))


def test_the_page_marks_the_letters_and_links_both_originals(office):
    near = office.send(changed(letters="QO", remark="au nord", visits__1__count="4"))
    page = review_page(waiting(office, near), "fr")
    assert "Q<mark>A</mark>" in page
    assert "Q<mark>O</mark>" in page
    assert 'href="../originals/fiche.pdf"' in page
    assert 'href="../new.pdf"' in page


def test_the_newest_revision_of_the_record_stands_beside_the_form(office):
    office.decide(correct, "ZAA-001", [Correction("height", "13")], WHY)
    near = office.send(changed(letters="QO"))
    (side,) = sides(office, near)
    assert (side.revision, side.receipt) == (2, "000002")


def test_data_hold_no_private_answer_unless_asked_for(office):
    near = office.send(changed(letters="QO", height="14"))
    (beside,) = held(office, near)["beside"]
    told = {one["code"]: one for one in beside["differences"]}
    assert (told["A02"]["hidden"], told["A02"]["known"], told["A02"]["new"]) == (True, None, None)
    assert (told["A06"]["known"], told["A06"]["new"]) == ("12.5", "14")
    assert (told["A08"]["hidden"], told["B02.1"]["known"]) == (True, "4")
    (named,) = held(office, near, identity=True)["beside"]
    assert (named["differences"][0]["known"], named["differences"][0]["new"]) == ("QA", "QO")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (changed(letters="QO"), "IDENTITY_NEAR"),
        (changed(place="ZBB"), "IDENTITY_OTHER_CENTRE"),
        (changed(filled="07/10/2026", height="13"), "REVISION_OLDER"),
        (changed(agreed="", colours__red="", height="", filled="09/10/2026"), "REVISION_PARTIAL"),
    ],
)
def test_whoever_is_in_doubt_stands_beside_the_form(office, sent, code):
    receipt = office.send(sent)
    assert code in [finding.code for finding in receipt.findings]
    assert subjects_in_doubt(receipt) == ("ZAA-001",)
    assert [side.subject for side in sides(office, receipt)] == ["ZAA-001"]


def test_a_form_in_no_doubt_of_its_patient_stands_alone(office):
    other = office.send(changed(Code.RULE_ERROR, letters="ZZ", born="02/02/1944"))
    assert sides(office, other) == ()
    assert held(office, other)["beside"] == []


def test_a_record_that_is_gone_is_not_beside(office):
    near = office.send(changed(letters="QO"))
    gone = replace(near, findings=tuple(
        replace(f, context={**f.context, "subject": "ZAA-009"}) for f in near.findings
    ))  # fmt: skip
    assert sides(office, gone) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_choice_says_what_follows_from_it(office, language):
    office.send(changed(letters="WW", born="03/03/1933"))
    office.decide(withdraw, "ZAA-002", WHY)
    sent = [
        changed(letters="QO"),
        changed(filled="07/10/2026", height="13"),
        changed(agreed="", colours__red="", height="", filled="09/10/2026"),
        changed(letters="WW", born="03/03/1933", filled="10/10/2026"),
        changed(Code.RULE_ERROR, letters="ZZ", born="02/02/1944"),
    ]
    for each in sent:
        receipt = office.send(each)
        entry = office.store.entry(receipt.id)
        for choice in choices(entry, GARDEN, Words(language)):
            assert choice.consequence
            assert "{" not in choice.consequence


def test_a_patient_who_objects_in_answers_to_questions_is_the_records(office):
    reply = Reply(("ZAA-001",), (ReplyLine("A06", "9"),))
    receipt = office.send(Contents(members=(), own_words=2, reply=reply), "reponse.eml")
    commands = [one["command"]["fr"] for one in held(office, receipt)["choices"]]

    assert 'crf-intake record withdraw ZAA-001 --objection --reason "…"' in commands
    assert not [command for command in commands if "review objection" in command]


def test_what_accepting_an_older_form_does_names_the_record(office):
    older = office.send(changed(filled="07/10/2026", height="13"))
    told = {one["command"]["fr"].split()[2]: one for one in held(office, older)["choices"]}
    assert "ZAA-001" in told["accept"]["consequence"]["fr"]
    assert "ZAA-001" in told["accept"]["consequence"]["en"]


def test_nothing_is_chosen_of_a_file_that_waits_no_more(office):
    assert held(office, office.receipt("000001"))["choices"] == []


def test_a_side_without_a_known_form_has_no_lines():
    side = KnownSide(subject="X", revision=1, receipt="1", original="o", submission=None)
    assert differences(None, side.submission, None) == ()
