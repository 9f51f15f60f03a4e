"""What letters say: golden texts in French and English, and what they must never hold."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest

from intake.model.receipt import Outcome, Receipt
from intake.pipeline.mail.compose import (
    Writing,
    common_places,
    pack_places,
    reminder_places,
    reply_places,
)
from intake.pipeline.mail.due import Heard
from intake.study.centres import Centre
from intake.study.letters import fill, parse_letter
from intake.study.model import Study
from intake.words.catalogue import Words
from tests.kit.places import ROOT
from tests.rooms.reports.samples import DUPLICATE, LOADED, QUERIED, REJECTED, REVIEW

GOLDEN = Path(__file__).parent / "golden"
CENTRE = Centre(
    id="REI", letters="REI", hospital="CHU fictif", contact="Secrétariat de dermatologie"
)
STUDY = Study.model_validate(
    {
        "study": {
            "form": "dm-sam",
            "title": {"fr": "Étude des arbres", "en": "Study of trees"},
            "sponsor": "CHU fictif",
            "languages": ["fr", "en"],
            "minutes": 45,
        },
        "contact": {
            "service": "Service des arbres",
            "email": "arbres@hopital.test",
            "phones": ["Secrétariat : 01 99 00 00 00"],
        },
        "calendar": {"opens": dt.date(2026, 10, 1), "closes": dt.date(2027, 4, 1)},
    }
)
RECEIPTS = (LOADED, QUERIED, replace(DUPLICATE, hint=""), REVIEW, REJECTED)


def writing(language: str, today: dt.date = dt.date(2026, 11, 12)) -> Writing:
    return Writing(study=STUDY, today=today, words=Words(language))


def letter(name: str, language: str, own: dict[str, str]) -> str:
    path = ROOT / "letters" / f"{name}.{language}.txt"
    template = parse_letter(path.read_bytes(), path.name, language)
    filled = fill(template, {**common_places(writing(language), CENTRE), **own})
    return f"{filled.subject}\n\n{filled.text}\n"


def own_places(name: str, language: str) -> dict[str, str]:
    words = Words(language)
    if name == "pack":
        files = {part: words.text(f"mail.file.{part}") for part in ("call", "sheet", "event")}
        return dict(pack_places(words, ["f.pdf", "f.docx", "f.xlsx"], **files))
    if name == "reply":
        return dict(reply_places(writing(language), RECEIPTS, sheets=1))
    heard = Heard() if name == "half-way" else Heard(received=3, open=1)
    return dict(reminder_places(words, heard))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "name", ["pack", "reply", "half-way", "half-way-answered", "last-week", "closing"]
)
def test_letters_read_as_they_were_agreed_on(name: str, language: str) -> None:
    text = letter(name, language, own_places(name, language))
    path = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_a_letter_holds_no_record_id_and_no_birth_date() -> None:
    for receipt in RECEIPTS:
        known = replace(receipt, record_id="3f9a00c2", hint="REI · DU/MA")
        said = " ".join(reply_places(writing("fr"), [known], sheets=0).values())
        assert "3f9a00c2" not in said
        assert "19" not in said.replace("2019", "")


def told(*receipts: Receipt, today: dt.date = dt.date(2026, 11, 12)) -> dict[str, str]:
    return dict(reply_places(writing("fr", today), receipts, sheets=0))


def test_a_day_to_answer_by_is_given_only_where_something_is_asked_and_while_it_is_ahead() -> None:
    assert told(LOADED)["deadline"] == ""
    assert "1er avril 2027" in told(QUERIED)["deadline"]
    assert "1er avril 2027" in told(REJECTED)["deadline"]
    assert told(QUERIED, today=dt.date(2027, 4, 2))["deadline"] == ""


def test_what_was_lost_is_said_to_be_sent_again() -> None:
    assert told(LOADED)["resend"] == ""
    assert "à renvoyer" in told(REJECTED)["resend"]


def test_a_file_is_named_by_its_patient_else_by_a_name_that_tells_nobody() -> None:
    nameless = replace(LOADED, hint="", subject=None, outcome=Outcome.REJECTED)
    assert "« arbres" in told(nameless)["summary"].replace("\N{NO-BREAK SPACE}", " ")
    hidden = replace(nameless, name_is_safe=False)
    assert "pièce jointe 1" in told(hidden)["summary"]


def test_a_study_without_telephone_or_minutes_leaves_the_lines_out() -> None:
    contact = STUDY.contact.model_copy(update={"phones": ()})
    study = STUDY.model_copy(
        update={"contact": contact, "study": STUDY.study.model_copy(update={"minutes": None})}
    )
    places = common_places(replace(writing("fr"), study=study), None)
    assert (places["phones"], places["minutes"], places["contact"]) == ("", "", "")
