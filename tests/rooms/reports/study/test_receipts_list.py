"""The coordinator's list of receipts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from intake.model.receipt import MemberReceipt, Outcome, ReviewAction, ReviewDecision
from intake.model.tally import Newest, ReceiptLine
from intake.reports.receipt.title import receipt_title
from intake.reports.study import receipts_list
from intake.words.catalogue import Words
from tests.rooms.reports.samples import (
    DUPLICATE,
    LOADED,
    QUERIED,
    RECEIPTS,
    REJECTED,
    REVISION,
    SOURCE,
    finding,
)

NOON = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def listed(receipts, language="fr", superseded=()):
    """Return the page of some receipts, numbered in their order, all arrived one day."""
    known = {receipt.id: receipt for receipt in receipts}
    lines = [
        ReceiptLine(
            receipt=receipt.id,
            parent=receipt.parent,
            outcome=receipt.outcome,
            arrived=NOON,
            is_superseded=receipt.id in superseded,
        )
        for receipt in receipts
    ]
    return receipts_list.receipts_list(
        Newest(tuple(lines), len(lines)), lambda ids: [known[i] for i in ids], language
    )


def test_each_receipt_is_a_line_that_leads_to_its_page() -> None:
    html = listed(list(RECEIPTS.values()))
    for receipt in RECEIPTS.values():
        assert f'href="20261120-{receipt.id}/receipt.html"' in html
    assert f"{len(RECEIPTS)} fichiers reçus" in html


def test_the_latest_arrival_comes_first_whatever_its_message_says() -> None:
    sent_long_ago = replace(SOURCE, received=SOURCE.received - dt.timedelta(days=300))
    html = listed([LOADED, replace(QUERIED, source=sent_long_ago)])
    assert html.index("R-000002") < html.index("R-000001")
    assert html.count("01/12/2026") == 2


def test_only_remarks_that_ask_something_are_counted() -> None:
    html = listed([QUERIED])
    asked = sum(finding.severity.value != "note" for finding in QUERIED.findings)
    assert f'<td class="number">{asked}</td>' in html


def test_the_real_name_and_the_sender_are_shown_and_escaped() -> None:
    named = replace(SOURCE, name="DURAND <b>Claire</b>.pdf", sender="rhu@chu.test")
    html = listed([replace(LOADED, source=named, name_is_safe=False)])
    assert "DURAND &lt;b&gt;Claire&lt;/b&gt;.pdf" in html
    assert "rhu@chu.test" in html
    assert "DU/MA" not in html


def test_what_a_newer_form_replaced_is_folded_with_its_copies() -> None:
    html = listed([LOADED, DUPLICATE, REVISION], superseded=[LOADED.id])
    head, _, folded = html.partition("<details>")
    assert "R-000006/" in head
    assert "R-000001/" not in head
    assert "R-000001/" in folded
    assert "R-000005/" in folded
    assert "2 fichiers remplacés" in folded


def test_a_message_is_folded_once_all_that_it_held_is() -> None:
    inside = replace(LOADED, parent="R-000000")
    held = MemberReceipt(
        receipt=inside.id, folder=inside.folder, outcome=inside.outcome, file="a.pdf"
    )
    message = replace(REJECTED, id="R-000000", findings=(), members=(held,))
    assert "<details>" not in listed([message, inside])
    folded = listed([message, inside], superseded=[inside.id]).partition("<details>")[2]
    assert folded.index("R-000000/") < folded.index("R-000001/")


def test_no_receipt_is_said_in_words() -> None:
    assert "Aucun fichier n’a encore été reçu." in listed([])
    assert "No file has been received yet." in listed([], "en")


def test_a_long_list_says_that_it_is_cut_and_opens_no_more(monkeypatch) -> None:
    monkeypatch.setattr(receipts_list, "MOST_SHOWN", 2)
    html = listed(list(RECEIPTS.values()))
    assert "Les 2 plus récents sont affichés." in html
    assert html.count("receipt.html") == 2


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        ({"findings": (finding("FORM_EMPTY"),)}, "Fiche vide"),
        ({"findings": (finding("FORM_UNKNOWN"),)}, "Autre document, pas une fiche"),
        ({"findings": (finding("CONTAINER_EMPTY"),)}, "Message sans fiche"),
        ({"decisions": ReviewAction.REJECT}, "Fiche non retenue"),
        ({"decisions": ReviewAction.OBJECTION}, "Opposition du patient enregistrée"),
        ({}, "Illisible ou non reconnue"),
        ({"outcome": Outcome.LOADED, "decisions": ReviewAction.ACCEPT}, "Reçue, rien à corriger"),
        (
            {"outcome": Outcome.LOADED, "decisions": ReviewAction.WITHDRAW},
            "Dossier retiré des données",
        ),
    ],
)
def test_files_of_which_nothing_is_kept_have_different_titles(changed, title) -> None:
    if "decisions" in changed:
        decided = ReviewDecision(action=changed["decisions"], at=SOURCE.received)
        changed = changed | {"decisions": (decided,)}
    assert receipt_title(replace(REJECTED, **changed), Words("fr")) == title
