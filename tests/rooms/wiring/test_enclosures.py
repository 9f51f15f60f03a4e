"""The files of a reply: whose sheets go with it, and in which language its receipts are."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.pipeline.mail.compose import Writing
from intake.pipeline.mail.due import Conduct
from intake.pipeline.mail.replies import replies_due
from intake.study.centres import Centre
from intake.wiring.conduct import enclosures
from intake.words.catalogue import Words
from tests.rooms.pipeline.mail.six_months import CALENDAR

NOON = dt.datetime(2026, 11, 12, 12, tzinfo=dt.UTC)
LILLE = Centre(id="LIL", letters="LIL", hospital="A", email="lil@hopital.test")
REIMS = Centre(id="REI", letters="REI", hospital="B", email="rei@hopital.test")
PARIS_2 = Centre(id="PAR-2", letters="PAR", hospital="C", email="par2@hopital.test")
PARIS_3 = Centre(id="PAR-3", letters="PAR", hospital="D", email="par3@hopital.test")
CENTRES = (LILLE, REIMS, PARIS_2, PARIS_3)


def receipt(revision: int, centre: str, sender: str, **more: object) -> Receipt:
    letters = centre[:3]
    told = {"outcome": Outcome.LOADED_WITH_QUERIES, "hint": f"{letters} · DU/MA", **more}
    return Receipt(
        id=f"{revision:06d}",
        source=SourceFile("fiche.pdf", f"{revision:064d}", 10, NOON, sender=sender),
        centre=centre,
        subject=f"{letters}-001",
        revision=revision,
        **told,
    )


@pytest.fixture
def papers(monkeypatch):
    """Return the languages of the receipts that are made; a sheet is its name only."""
    made: list[str] = []
    sheet = SimpleNamespace(path=SimpleNamespace(name="sheet.pdf", read_bytes=lambda: b"x"))
    monkeypatch.setattr(enclosures, "sheet_within", lambda _app, _wanted: sheet)
    monkeypatch.setattr(enclosures, "definition_of", lambda _forms, _receipt: None)
    monkeypatch.setattr(enclosures, "receipt_paper", lambda *told: made.append(told[2]))
    monkeypatch.setattr(enclosures, "pdf_of", lambda _paper, _typeset: b"x")
    return made


def enclosed(tmp_path, *receipts: Receipt, language: str = "fr") -> dict[str, list[str]]:
    """Return the names of the files that each addressee gets."""
    facts = SimpleNamespace(email="recueil@etude.test", address="", user="")
    current = SimpleNamespace(receipt=receipts[-1].id, is_withdrawn=False)
    record = SimpleNamespace(record_id="r", current=current)
    app = SimpleNamespace(
        centres=CENTRES,
        study=SimpleNamespace(
            form="f", language="fr", contact=facts, mail=facts, calendar=CALENDAR
        ),
        store=SimpleNamespace(
            known_record=lambda _form, _name: record, receipts_of=lambda _record: receipts
        ),
        printed_forms=None,
        addressed=lambda _receipt: None,
        outbox=SimpleNamespace(folder=lambda one: tmp_path / one.id),
    )
    ledger = SimpleNamespace(told=dict, messages={})
    conduct = Conduct(centres=CENTRES, calendar=CALENDAR, ledger=ledger, today=NOON.date())
    writing = Writing(study=app.study, today=NOON.date(), words=Words(language))
    return {
        reply.due.to: [one.name for one in enclosures.reply_files(app, reply, writing)[1]]
        for reply in replies_due(conduct, receipts)
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("REI", "lil@hopital.test"), ("REI", "rei@hopital.test")),
        (("PAR-2", "par2@hopital.test"), ("PAR-3", "par3@hopital.test")),
    ],
)
@pytest.mark.usefixtures("papers")
def test_the_sheet_of_a_patient_goes_only_to_who_sent_its_newest_answers(tmp_path, first, second):
    found = enclosed(tmp_path, receipt(1, *first), receipt(2, *second))
    assert found == {
        first[1]: ["accuse-000001.pdf"],
        second[1]: ["accuse-000002.pdf", "sheet.pdf"],
    }


def test_the_receipt_of_a_file_that_is_no_form_is_in_the_language_of_its_letter(tmp_path, papers):
    of_form = receipt(1, "REI", "rei@hopital.test", form="f", language="fr")
    of_none = receipt(2, "REI", "rei@hopital.test", language="fr", outcome=Outcome.REJECTED)
    enclosed(tmp_path, of_form, of_none, language="en")
    assert papers == ["fr", "en"]
