"""study.toml: what is read, and how each fault is told."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from intake.model.errors import StudyError
from intake.study.model import Calendar
from intake.study.placeholders import study_left
from intake.study.settings import load_study, parse_study
from tests.kit.places import ROOT

MINIMAL = """
[study]
form = "garden"
title = { en = "Garden survey" }
sponsor = "Botany"
languages = ["en"]
[contact]
service = "Botany office"
email = "garden@example.org"
[calendar]
opens = 2030-01-01
closes = 2030-01-31
"""


def fault(text: str) -> str:
    with pytest.raises(StudyError) as caught:
        parse_study(text.encode())
    return str(caught.value)


def test_the_shipped_study_is_read_and_collects_for_six_months():
    study = load_study(ROOT)
    assert study.form == "dm-sam"
    assert study.language == "fr"
    assert study.calendar.opens == dt.date(2026, 10, 1)
    assert study.calendar.closes == dt.date(2027, 3, 31)
    assert study.calendar.reminder_date == dt.date(2026, 12, 31)
    assert study.title("en") != study.title("fr")


def test_the_shipped_study_says_which_keys_still_hold_a_placeholder():
    content = (ROOT / "study.toml").read_bytes()
    left = study_left(load_study(ROOT), content, "study.toml")
    lines = content.decode().splitlines()
    told = [(one.place, lines[one.line - 1].split(" = ")[0]) for one in left]
    assert told == [
        ("study.sponsor", "sponsor"),
        ("contact.service", "service"),
        ("contact.email", "email"),
    ]


def test_a_minimal_study_takes_every_default():
    study = parse_study(MINIMAL.replace("garden@example.org", "garden@botany.test").encode())
    assert study.privacy.key == "keys/pseudonym.key"
    assert study.store.url == "archive/store.sqlite"
    assert study.limits.file_megabytes == 25
    assert study.contact.lines == ("Botany office", "garden@botany.test")
    assert study_left(study, b"", "study.toml") == ()
    assert study.study.minutes is None
    assert study.title("fr") == "Garden survey"


def test_settings_cannot_be_changed_once_read():
    with pytest.raises(ValidationError):
        parse_study(MINIMAL.encode()).study.form = "other"


def test_a_reminder_left_out_falls_half_way_as_the_shipped_one_does():
    text = (ROOT / "study.toml").read_text(encoding="utf-8").replace("reminder = 2026", "# 2026")
    assert parse_study(text.encode()).calendar.reminder_date == dt.date(2026, 12, 31)


@given(opens=st.dates(max_value=dt.date(2200, 1, 1)), days=st.integers(1, 2000))
def test_the_reminder_is_as_far_from_the_opening_as_from_the_closing(opens, days):
    calendar = Calendar(opens=opens, closes=opens + dt.timedelta(days=days))
    before = calendar.reminder_date - calendar.opens
    after = calendar.closes - calendar.reminder_date
    assert before - after in (dt.timedelta(days=0), dt.timedelta(days=1))


def test_a_form_is_late_from_the_day_after_the_closing_date():
    calendar = parse_study(MINIMAL.encode()).calendar
    assert not calendar.is_late(dt.date(2030, 1, 31))
    assert calendar.is_late(dt.date(2030, 2, 1))
    assert calendar.days_left(dt.date(2030, 1, 30)) == 1
    assert calendar.days_left(dt.date(2030, 2, 2)) == -2


def test_a_file_that_is_not_there_says_which_command_makes_it(tmp_path):
    with pytest.raises(StudyError, match="crf-intake init"):
        load_study(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path):
    text = MINIMAL.replace("\n", "\r\n")
    (tmp_path / "study.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_study(tmp_path).form == "garden"


def test_a_file_in_another_encoding_names_the_line_and_asks_for_utf_8():
    with pytest.raises(StudyError, match=r"line 5.*UTF-8"):
        parse_study(MINIMAL.replace("Botany", "Été", 1).encode("cp1252"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("opens =", "opnes ="), "in [calendar], the key opnes is not known here; perhaps opens"),
        (("opens =", "opnes ="), "in [calendar], the key opens is missing; add a line opens ="),
        (("[contact]", "[kontact]"), "the section [kontact] is not known here; perhaps contact"),
        (("2030-01-31", '"31/01/2030"'), "in [calendar], the key closes is not a date; write year"),
        (("2030-01-31", "2030-01-31T10:00:00"), "closes holds a time of day"),
        (("2030-01-31", '"2030-02-30"'), "closes is 2030-02-30, a day that does not exist"),
        (("2030-01-31", "20300131"), "closes is not a date"),
        (("2030-01-31", "2029-01-31"), "[calendar] closes on 2029-01-31, which is not after opens"),
        (("2030-01-31", "2030-01-31\nreminder = 2031-01-01"), "has its reminder on 2031-01-01"),
        (('"Botany"', "12"), "in [study], the key sponsor is not a text; write it between"),
        (('"Botany"', '" "'), "in [study], the key sponsor is empty"),
        (('"garden"', '"Gar den"'), 'in [study], the key form is "Gar den"; write the name'),
        (('["en"]', '"en"'), "in [study], the key languages is not a list"),
        (('["en"]', "[]"), "in [study], the key languages is empty"),
        (('["en"]', '["en", "fr"]'), 'the section [study] has no title in "fr"'),
        (('["en"]', '["en", "en"]'), "names a language twice"),
        (('["en"]', '["anglais"]'), 'the key languages.1 is "anglais"; write a language as two'),
        (('{ en = "Garden survey" }', '"x"'), "in [study], the key title is not a list of lang"),
        (("garden@example.org", "garden at home"), '"garden at home", not an e-mail address'),
        (('["en"]', '["en"]\nminutes = "45"'), "the key minutes is not a whole number"),
        (('["en"]', '["en"]\nminutes = 0'), "in [study], the key minutes is 0; write at least 1"),
        (("[calendar]", "[limits]\nseconds = 0\n[calendar]"), "seconds is 0; write at least 1"),
        (("[calendar]", "[limits]\nseconds = true\n[calendar]"), "seconds is not a whole number"),
        (("[calendar]", "[folders]\ninbox = 'archive'\n[calendar]"), "inbox and archive the same"),
        (("[calendar]", "[privacy]\nkey = 'outbox/k'\n[calendar]"), "key of the pseudonyms inside"),
        (("[calendar]", "[privacy]\nkey = 'D\\nx'\n[calendar]".replace("'", '"')), "line break"),
    ],
)
def test_each_fault_names_the_key_and_what_to_write(change, told):
    told_whole = fault(MINIMAL.replace(*change))
    assert told in told_whole
    assert told_whole.startswith("study.toml: ")
    assert "pydantic" not in told_whole
    assert "Input should" not in told_whole


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("calcul:8786", 'is "calcul:8786"; write tls://host:port'),
        ("tls://calcul", 'is "tls://calcul"; write tls://host:port'),
        ("tcp://calcul.hopital.fr:8786", "forms would travel unencrypted"),
        ("tcp://127.0.0.1.hopital.fr:8786", "forms would travel unencrypted"),
        ("tcp://10.1.2.3:8786", "forms would travel unencrypted"),
        ("tls://calcul.hopital.fr:8786", "lacks a certificate"),
    ],
)
def test_a_cluster_off_this_machine_is_reached_by_certificates_or_not_at_all(address, told):
    text = f'{MINIMAL}\n[execution]\ncluster = "{address}"\n'
    assert told in fault(text)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "[::1]"])
def test_a_cluster_of_this_machine_needs_no_certificate(host):
    text = f'{MINIMAL}\n[execution]\ncluster = "tcp://{host}:8786"\n'
    assert parse_study(text.encode()).execution.cluster == f"tcp://{host}:8786"


@pytest.mark.parametrize(
    ("change", "line", "advice"),
    [
        (('"garden"', '"garden'), 3, "a closing quote is missing"),
        (("2030-01-31", "31/01/2030"), 12, "a date is written 2027-03-31, without quotes"),
        (("2030-01-31", "2030-02-30"), 12, "this day does not exist"),
        (('"Botany"', "Botany"), 5, "a text stands between double quotes"),
        (('"Botany"', '"C:\\Users\\x"'), 5, "in a path, write / instead of \\"),
        (("sponsor =", "form ="), 5, "written twice"),
        (("sponsor =", "sponsor"), 5, "each line is: key = value"),
    ],
)
def test_a_syntax_fault_names_its_line_shows_it_and_says_what_to_do(change, line, advice):
    text = MINIMAL.replace(*change)
    told = fault(text)
    assert f"study.toml, line {line}: " in told
    assert text.splitlines()[line - 1] in told
    assert advice in told


@given(st.binary(max_size=200))
def test_any_bytes_are_a_study_or_a_study_error(content):
    with pytest.raises(StudyError):
        parse_study(content)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("closes = 2027-03-31", "closes = 2026-09-01"),
            "finit le 2026-09-01 (closes), qui ne vient",
        ),
        (("opens =", "opnes ="), "dans [calendar], opnes n’est pas connu ici ; peut-être opens"),
        (("minutes = 45", "minutes = 0"), "dans [study], minutes vaut 0 ; écrire au moins 1"),
        (("minutes = 45", 'minutes = "45"'), "minutes n’est pas un nombre entier"),
        (("[calendar]", "[calendar"), "incompréhensible"),
        (("phones = []", 'phones = ["C:\\x"]'), "écrire / à la place de \\"),
    ],
)
def test_each_fault_is_told_in_french_too(change, told):
    text = (ROOT / "study.toml").read_text("utf-8")
    assert change[0] in text
    with pytest.raises(StudyError) as caught:
        parse_study(text.replace(*change).encode())
    assert told in caught.value.text["fr"]
