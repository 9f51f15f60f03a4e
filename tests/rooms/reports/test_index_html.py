"""The coordinator's list of receipts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from intake.reports import index_html
from intake.reports.index_html import receipts_index
from tests.rooms.reports.samples import LOADED, QUERIED, RECEIPTS, SOURCE


def test_each_receipt_is_a_line_that_leads_to_its_page() -> None:
    html = receipts_index(RECEIPTS.values(), "fr")
    for receipt in RECEIPTS.values():
        assert f'href="20261120-{receipt.id}/receipt.html"' in html
    assert f"{len(RECEIPTS)} fichiers reçus" in html


def test_the_latest_file_comes_first() -> None:
    later = replace(SOURCE, received=SOURCE.received + dt.timedelta(days=1))
    html = receipts_index([LOADED, replace(QUERIED, source=later)], "fr")
    assert html.index("R-000002") < html.index("R-000001")


def test_only_remarks_that_ask_something_are_counted() -> None:
    html = receipts_index([QUERIED], "fr")
    asked = sum(finding.severity.value != "note" for finding in QUERIED.findings)
    assert f'<td class="number">{asked}</td>' in html


def test_nothing_identifying_is_listed_and_names_are_escaped() -> None:
    html = receipts_index(RECEIPTS.values(), "fr")
    assert "DU/MA" not in html
    assert "<b>2" not in html
    hidden = receipts_index([replace(LOADED, name_is_safe=False)], "fr")
    assert "arbres" not in hidden


def test_no_receipt_is_said_in_words() -> None:
    assert "Aucun fichier n’a encore été reçu." in receipts_index([], "fr")
    assert "No file has been received yet." in receipts_index([], "en")


def test_a_long_list_says_that_it_is_cut(monkeypatch) -> None:
    monkeypatch.setattr(index_html, "MOST_SHOWN", 2)
    html = receipts_index(RECEIPTS.values(), "fr")
    assert "Les 2 plus récents sont affichés." in html
    assert html.count("receipt.html") == 2
