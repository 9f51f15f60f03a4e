"""Answers to the study's questions: written where they belong, or refused beside their question."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.model.errors import AnswersRefused, StudyError
from intake.study.answers import answered
from intake.study.questionnaire import questionnaire
from intake.study.toml_edit import changed_values, edited
from tests.kit.places import ROOT

SHIPPED = (ROOT / "study.toml").read_bytes()
WHOLE = {
    "study.sponsor": "Botany",
    "contact.service": "Botany office",
    "contact.email": "garden@botany.test",
}


def faults(answers, content=SHIPPED, **more):
    with pytest.raises(AnswersRefused) as caught:
        answered(content, answers, "study.toml", **more)
    return {key: text["en"] for key, text in caught.value.faults.items()}


def lines_changed(before, after):
    """Return the lines that are other, before and after."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return [x for x in old if x not in new], [x for x in new if x not in old]


def test_only_the_line_of_an_answer_changes():
    after, changed = answered(SHIPPED, {"calendar.closes": "2027-05-31"}, "study.toml")
    assert lines_changed(SHIPPED, after) == (
        [b"closes = 2027-03-31\n"],
        [b"closes = 2027-05-31\n"],
    )
    assert [(one.key, one.before, one.after) for one in changed] == [
        ("calendar.closes", "2027-03-31", "2027-05-31")
    ]


def test_an_answer_that_is_as_it_was_changes_no_byte():
    document = tomllib.loads(SHIPPED.decode())
    typed = {one.key: one.value for one in questionnaire(document, {}) if one.value}
    after, changed = answered(SHIPPED, typed, "study.toml")
    assert after == SHIPPED
    assert changed == ()


def test_each_fault_stands_beside_its_question():
    found = faults(
        {
            "contact.email": "garden",
            "calendar.closes": "31/03/2027",
            "study.minutes": "an hour",
            "study.sponsor": " ",
            "contact.service": "Botany (to be completed)",
        }
    )
    assert set(found) == {
        *("contact.email", "calendar.closes", "study.minutes", "study.sponsor"),
        "contact.service",
    }
    assert '"garden"' in found["contact.email"]
    assert "still to be filled in" in found["contact.service"]
    assert found["study.sponsor"] == "must be filled in"


def test_days_in_the_wrong_order_are_a_fault_of_the_day_that_can_be_changed():
    assert set(faults({"calendar.closes": "2026-01-01"})) == {"calendar.closes"}
    assert set(faults({"calendar.reminder": "2028-01-01"})) == {"calendar.reminder"}


def test_two_days_that_only_fit_together_are_taken_together():
    days = {"calendar.opens": "2028-01-01", "calendar.closes": "2028-06-30"}
    after, _ = answered(SHIPPED, {**days, "calendar.reminder": ""}, "study.toml")
    assert tomllib.loads(after.decode())["calendar"] == {
        "opens": dt.date(2028, 1, 1),
        "closes": dt.date(2028, 6, 30),
    }


def test_where_the_data_stand_is_not_changed_by_an_answer():
    assert "text editor" in faults({"store.url": "elsewhere.sqlite"})["store.url"]
    assert "calendar.closes" in faults({"calendar.close": "2027-01-01"})["calendar.close"]


def test_a_whole_study_has_no_placeholder_left():
    left = faults({"calendar.closes": "2027-05-31"}, whole=True)
    assert set(left) == {"study.sponsor", "contact.service", "contact.email"}
    after, _ = answered(SHIPPED, WHOLE, "study.toml", whole=True)
    assert tomllib.loads(after.decode())["contact"]["service"] == "Botany office"


def test_a_language_needs_a_title_and_a_form_that_has_it():
    assert set(faults({"study.languages": "fr, de"})) == {"study.title.de"}
    both = {"study.languages": "fr, de", "study.title.de": "Garten"}
    assert set(faults(both, spoken=("fr", "en"))) == {"study.languages"}
    after, _ = answered(SHIPPED, both, "study.toml", spoken=("fr", "de"))
    assert tomllib.loads(after.decode())["study"]["title"]["de"] == "Garten"


def test_a_line_left_out_comes_back_below_the_comments_about_it():
    without, _ = answered(SHIPPED, {"calendar.reminder": "", "study.minutes": ""}, "study.toml")
    days = {"calendar.reminder": "2026-12-31", "study.minutes": "45"}
    again, _ = answered(without, days, "study.toml")
    assert again == SHIPPED


def test_windows_line_ends_and_its_mark_stay():
    content = b"\xef\xbb\xbf" + SHIPPED.replace(b"\n", b"\r\n")
    after, _ = answered(content, {"expected.patients": "60", "study.minutes": "30"}, "study.toml")
    assert after.startswith(b"\xef\xbb\xbf# L")
    assert b"[expected]\r\npatients = 60\r\n" in after
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_placeholder_is_no_answer_and_what_was_typed_stays():
    document = tomllib.loads(SHIPPED.decode())
    typed = {"contact.email": "garden@"}
    shown = {one.key: one for one in questionnaire(document, typed, {})}
    assert shown["contact.service"].value == ""
    assert shown["contact.email"].value == "garden@"
    assert shown["calendar.opens"].value == "2026-10-01"
    assert all(one.why["fr"] and one.example["en"] for one in shown.values())


def test_a_language_that_was_typed_has_its_title_asked():
    document = tomllib.loads(SHIPPED.decode())
    shown = {one.key: one for one in questionnaire(document, {"study.languages": "de fr"})}
    assert shown["study.title.de"].is_needed
    assert not shown["study.title.en"].is_needed


SPACES = st.sampled_from(["", " ", "  ", "\t"])
WORD = st.text("abcdefghij", min_size=1, max_size=5)
COMMENT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12).map("# {}".format)


@st.composite
def odd_files(draw):
    """Draw a file with comments, blanks and unknown lines anywhere, and the keys that it has."""
    lines, keys = [], []
    for section in draw(st.lists(WORD, unique=True, min_size=1, max_size=4)):
        lines.append(f"{draw(SPACES)}[{section}]{draw(SPACES)}{draw(COMMENT)}")
        for name in draw(st.lists(WORD, unique=True, max_size=4)):
            value = draw(st.sampled_from(["1", '"a # b"', "2027-01-31", '[ "x", # y\n "z" ]']))
            lines += draw(st.lists(st.one_of(COMMENT, SPACES), max_size=2))
            lines.append(f"{draw(SPACES)}{name}{draw(SPACES)}={draw(SPACES)}{value}{draw(SPACES)}")
            keys.append(f"{section}.{name}")
        lines += draw(st.lists(st.one_of(COMMENT, SPACES), max_size=2))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines), keys


@settings(max_examples=60, deadline=None)
@given(odd_files(), st.data())
def test_what_is_not_named_stays_byte_for_byte(odd, data):
    text, keys = odd
    known = data.draw(st.sampled_from([*keys, "zz.new", f"{(keys or ['zz.a'])[0]}z"]))
    content = text.encode()
    after = edited(content, {known: "other"}, "x.toml")
    assert tomllib.loads(after.decode()) == changed_values(tomllib.loads(text), {known: "other"})
    if known not in keys:  # a line, or a section, more: all else is there in its order
        rest = iter(after.decode().splitlines())
        assert all(line in rest for line in text.splitlines())
        return
    value = f"{known.split('.')[1]}"
    before, changed = text, after.decode()
    start = next(i for i, (a, b) in enumerate(zip(before, changed, strict=False)) if a != b)
    assert value in before[:start]
    kept = before[start:].splitlines(keepends=True)[4:]
    assert changed.endswith("".join(kept))


def test_a_file_that_cannot_be_changed_safely_is_left_alone(monkeypatch):
    monkeypatch.setattr("intake.study.toml_edit._edited", lambda text, _: text)
    with pytest.raises(StudyError, match="text editor"):
        edited(SHIPPED, {"study.minutes": 3}, "study.toml")


ODD = (
    'study.form="a"\nstudy.title={fr="t"}\nstudy.sponsor="s"\n'
    'contact={service="x",email="a@b.fr"}\ncalendar={opens=2027-01-01,closes=2027-02-01}\n',
    '[study]\nform="a"\nsponsor="s"\n[study.title]\nfr="t"\n[contact]\nservice="""x"""\n'
    'email=\'a@b.fr\'\nphones=[\n "1", # one\n]\n[calendar]\nopens="2027-01-01"\ncloses=2027-02-01',
)


@pytest.mark.parametrize("text", ODD, ids=["inline", "tables"])
@pytest.mark.parametrize(
    "key", ["contact.service", "contact.phones", "study.title.en", "mail.smtp"]
)
def test_however_the_file_is_written_the_answer_gets_where_it_belongs(text, key):
    after, changed = answered(text.encode(), {key: "Other"}, "study.toml")
    assert [one.after for one in changed] == ["Other"]
    assert tomllib.loads(after.decode())["calendar"] == tomllib.loads(text)["calendar"]
    assert after.decode().splitlines()[0] == text.splitlines()[0]


@pytest.mark.parametrize("text", ["a\x7fb", "q \" \\ # '''", "\N{GRINNING FACE}", "a\x85b"])
def test_what_is_typed_is_what_is_read_again(text):
    after, _ = answered(SHIPPED, {"contact.service": text}, "study.toml")
    assert tomllib.loads(after.decode())["contact"]["service"] == text
