"""What a receipt tells its reader to do: whom to answer, by when, what to send again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.model.mail.reply_to import ReplyTo
from intake.model.receipt import Outcome, ReviewAction, ReviewDecision
from intake.reports.receipt.next_steps import Addressed
from intake.reports.receipt.receipt_view import ReceiptView, receipt_view
from intake.words.catalogue import Words
from tests.rooms.reports.samples import FORM, LOADED, QUERIED, RECEIPTS, REFUSED, REJECTED

WORDS = Words("fr")
REPLY_TO = ReplyTo(
    service="Service des arbres",
    email="arbres@hopital.fr",
    phones=("Secrétariat : 01 99 00 00 00",),
    closes=dt.date(2027, 3, 31),
)


def view(name: str, reason: str = "") -> ReceiptView:
    return receipt_view(RECEIPTS[name], FORM, WORDS, Addressed(REPLY_TO, reason))


@pytest.mark.parametrize("name", RECEIPTS)
def test_every_receipt_says_whom_to_answer_and_by_when_in_three_steps_at_most(name: str) -> None:
    said = view(name)
    assert said.reply is not None
    assert said.reply.lines == ("Service des arbres", "arbres@hopital.fr", *REPLY_TO.phones)
    assert "31/03/2027" in said.reply.until + said.reply.closing
    assert len(said.steps) <= 3


def test_what_asks_for_an_answer_says_until_when_and_what_asks_nothing_does_not() -> None:
    assert view("queried").reply.until.startswith("Merci de répondre au plus tard")
    assert view("loaded").reply.until == ""


def test_after_the_closing_date_no_day_that_is_past_is_asked_for() -> None:
    late = replace(LOADED.source, received=dt.datetime(2027, 4, 2, tzinfo=dt.UTC))
    said = receipt_view(replace(QUERIED, source=late), FORM, WORDS, Addressed(REPLY_TO))
    assert said.reply.until.startswith("Le recueil est clos depuis le 31/03/2027")


@pytest.mark.parametrize("name", ["rejected", "refused"])
def test_what_was_refused_is_to_be_sent_again_and_where_to(name: str) -> None:
    again, where, discreet = view(name).steps
    assert again.startswith("La fiche est à renvoyer")
    assert "arbres@hopital.fr" in where
    assert "nom du patient" in discreet


@pytest.mark.parametrize("action", [ReviewAction.OBJECTION, ReviewAction.UNDO])
def test_what_a_person_took_away_is_not_asked_for_again(action: ReviewAction) -> None:
    decision = ReviewDecision(action=action, at=LOADED.source.received)
    gone = replace(LOADED, outcome=Outcome.REJECTED, decisions=(decision,))
    assert receipt_view(gone, FORM, WORDS, Addressed(REPLY_TO)).steps == ()


def test_a_refused_form_says_why_and_no_longer_that_it_is_being_verified() -> None:
    said = view("refused", "fiche d’essai")
    assert said.reason == WORDS.text("receipt.quote", text="fiche d’essai")
    assert [one.words.message for one in said.of_file] == [""] * len(said.of_file)
    assert said.of_file


def test_a_reason_that_names_somebody_or_is_of_another_decision_is_not_told() -> None:
    assert view("refused", "c’est Mme Dupont").reason == ""
    assert view("decided", "fiche d’essai").reason == ""
    assert REFUSED.outcome is REJECTED.outcome
