"""Does a text look like the answer that was asked, and may it be repeated."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from intake.model.definition import AcceptedUnit, DataType, Item, Option
from intake.model.finding import Finding, Location, Severity
from intake.privacy.answer_text import Reader, looks_like_answer
from intake.privacy.private import identifying_items, is_private, may_be_in_message
from intake.privacy.profiles import Disclosure, Profile, disclosure, least_open
from intake.privacy.quoting import may_repeat, quoted_answer, told_context, told_place
from tests.rooms.reports.samples import FORM

NUMBER = Item(
    name="n",
    code="A01",
    data_type=DataType.DECIMAL,
    section="s",
    label={},
    unit={"fr": "g/dL"},
    accepted_units=(AcceptedUnit("g/L", "0.1"), AcceptedUnit("/mm³", "0.001")),
)
DAY = replace(NUMBER, data_type=DataType.PARTIAL_DATE)
TEXT = replace(NUMBER, data_type=DataType.TEXT)
CHOICE = replace(
    NUMBER,
    data_type=DataType.MULTIPLE_CHOICE,
    options=(
        Option("hta", {"fr": "Hypertension", "en": "High pressure"}),
        Option("sky", {"fr": "Bleu ciel"}),
    ),
)
UNHEARD_OF = replace(NUMBER, data_type=cast("DataType", "video"))


def sender(text: str, item: Item) -> bool:
    return looks_like_answer(text, item, Reader.SENDER)


def analyst(text: str, item: Item) -> bool:
    return looks_like_answer(text, item, Reader.ANALYST)


@pytest.mark.parametrize(
    "text",
    [
        "85",
        "8,5 g",
        "< 30 g",
        "12 500",
        "45 000/mm3",
        "9 UI/L",
        "non fait",
        "ND",
        "150 x 10^9/L",
        "85 mg/L",
        "3 semaines",
        "12 µmol/L",
        "7 mUI/mL",
        "1,2 g/kg/j",
        "2 g/m²",
    ],
)
def test_numbers_with_units_and_reasons_may_be_quoted(text: str) -> None:
    assert sender(text, NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "Canari",
        "85 Canari",
        "vu par le Dr Canari",
        "06 12 34 56 78",
        "9" * 61,
        "a@b.fr",
        "85 DURANDAL/L",
        "85 %DURANDAL",
        "85 lina",
        "85 ann",
        "85 g/Jean",
        "85 \u202eg/L",
    ],
)
def test_words_in_a_number_may_hold_a_name_and_are_not_quoted(text: str) -> None:
    assert not sender(text, NUMBER)


def test_dates_and_choices_are_quoted_when_they_look_like_one() -> None:
    assert all(sender(t, DAY) for t in ("31/02/2019", "14 mars 2019", "févr. 2019", "March 2019"))
    assert not sender("mars Canari", DAY)
    assert sender("bleu CIEL", CHOICE)
    assert sender("hta;sky", CHOICE)
    assert not sender("Canari", CHOICE)


@pytest.mark.parametrize(
    "entered",
    [
        "85",
        "8,5",
        "> 40 000",
        "40\u202f000",
        "<30",
        "85 g/L",
        "8.5 G/DL",
        "1 800 /mm3",
        "1800/mm³",
        "12 %",
        "≥ 1.000,5",
    ],
)
def test_a_stranger_reads_a_number_with_a_unit_of_the_question(entered: str) -> None:
    assert analyst(entered, NUMBER)


@pytest.mark.parametrize(
    "entered",
    [
        "13/07/1961",
        "13.07.1961",
        "13-7-61",
        "13 07 1961",
        "1961-07-13",
        "12 Durand",
        "13071961",
        "0199000000",
        "Durand",
        "",
        "8 mg",
        "8 /mm3 Durand",
        "8 /1961",
    ],
)
def test_a_stranger_reads_no_date_no_name_and_no_other_unit(entered: str) -> None:
    assert not analyst(entered, NUMBER)


def test_a_stranger_reads_a_code_or_a_label_and_no_other_words() -> None:
    assert analyst("hta", CHOICE)
    assert analyst("HYPERTENSION", CHOICE)
    assert not analyst("Durand", CHOICE)
    assert not analyst("hta;Durand", CHOICE)


def test_figures_are_counted_in_the_whole_text_for_the_sender_in_the_number_for_a_stranger() -> (
    None
):
    assert sender("123 456", NUMBER)
    assert not sender("1 234 567", NUMBER)
    assert not sender("12345/mm36", NUMBER)
    assert analyst("1 234 567", NUMBER)
    assert analyst("1234567/mm3", NUMBER)
    assert not analyst("12 345 678", NUMBER)


def test_free_text_and_what_a_stranger_could_date_is_no_answer_for_anybody() -> None:
    assert not sender("12", TEXT)
    assert not analyst("12", TEXT)
    assert not analyst("2019", DAY)


def test_identifying_answers_are_never_repeated_whatever_they_look_like() -> None:
    asked = FORM.items["height"]
    assert may_repeat("12", asked, FORM)
    assert not may_repeat("12", replace(asked, identifying=True), FORM)
    key = next(iter(FORM.identity.items))
    assert not may_repeat("12", replace(asked, name=key), FORM)
    assert key in identifying_items(FORM)


def test_what_nobody_knows_is_private() -> None:
    asked = FORM.items["height"]
    assert is_private(None, FORM)
    assert is_private(asked, None)
    assert not is_private(asked, FORM)
    entered = Finding(code="X", severity=Severity.QUERY, item=asked.name, context={"entered": "12"})
    assert quoted_answer(entered, FORM) == "12"
    assert quoted_answer(entered, None) is None
    assert quoted_answer(replace(entered, item="nobody"), FORM) is None


def test_a_kind_of_answer_that_nobody_decided_on_is_withheld() -> None:
    assert is_private(UNHEARD_OF, FORM)
    assert not sender("12", UNHEARD_OF)
    assert not analyst("12", UNHEARD_OF)
    assert not may_repeat("12", UNHEARD_OF, FORM)
    assert disclosure(FORM, UNHEARD_OF, Profile.ANALYSIS) is Disclosure.WITHHELD
    assert not may_be_in_message({"type": "video"}, is_identity=False)


def test_a_finding_on_a_private_answer_keeps_the_limits_asked_alone() -> None:
    context = {"entered": "Canari", "low": "1", "offered": "12"}
    assert told_context(context, TEXT, FORM) == {"low": "1"}
    asked = FORM.items["height"]
    assert told_context(context, asked, FORM) == context


def test_the_strictest_of_several_ways_holds() -> None:
    assert least_open([Disclosure.OPEN, Disclosure.WITHHELD, Disclosure.DAYS]) == "withheld"
    assert least_open([Disclosure.OPEN, Disclosure.DAYS]) == "days"


@pytest.mark.parametrize(
    ("schema", "is_identity", "may"),
    [
        ({"type": "number"}, False, True),
        ({"type": "string", "oneOf": []}, False, True),
        ({"type": "array"}, False, True),
        ({"type": "number", "x-identifying": True}, False, False),
        ({"type": "number"}, True, False),
        ({"type": "string"}, False, False),
        ({"type": "string", "format": "date"}, False, False),
        ({}, False, False),
    ],
)
def test_a_message_may_print_only_numbers_and_choices(
    schema: dict[str, object], is_identity: bool, may: bool
) -> None:
    assert may_be_in_message(schema, is_identity=is_identity) is may


def test_the_centre_is_withheld_even_when_it_is_no_part_of_the_identity() -> None:
    asked = FORM.items["height"]
    assert disclosure(FORM, asked, Profile.ANALYSIS) is Disclosure.OPEN
    elsewhere = replace(FORM, identity=replace(FORM.identity, centre="height"))
    assert disclosure(elsewhere, asked, Profile.ANALYSIS) is Disclosure.WITHHELD
    assert disclosure(elsewhere, asked, Profile.FULL) is Disclosure.OPEN


@pytest.mark.parametrize("item", [NUMBER, DAY, CHOICE, replace(NUMBER, data_type=DataType.TIME)])
@pytest.mark.parametrize(
    "text",
    [
        "1 85 05 78 006 084 91",
        "1 85 05 78 006 084 90",
        "185057800608491",
        "1-85-05-78-006-084",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06/12/34/56/78",
        "06-12-34-56-78",
        "0612345678",
        "+33 6 12 34 56 78",
    ],
)
def test_a_personal_number_is_repeated_in_no_place(text: str, item: Item) -> None:
    assert not sender(text, item)


@pytest.mark.parametrize(
    "text",
    ["14032015", "14/03/2015 - 20/03/2015", "2015-03-14 00:00:00", "14.03.2015", "du 14/03/15 ?"],
)
def test_dates_are_repeated_however_many_figures_they_have(text: str) -> None:
    assert sender(text, DAY) is (text != "du 14/03/15 ?")


def test_choices_joined_are_repeated_and_long_numbers_in_their_place_are_not() -> None:
    codes = replace(CHOICE, options=tuple(Option(str(n), {"fr": f"n{n}"}) for n in range(1, 10)))
    assert sender("1;2;3;4;5;6;7;8;9", codes)
    assert not sender("1234567", codes)


def test_a_sheet_is_named_when_its_words_are_those_of_the_form() -> None:
    title = next(iter(FORM.sections[0].title.values()))
    for name in (title, f"A {title}", "Accueil", "Feuil1", "Sheet2", "Feuille 3"):
        where = Location(sheet=name, cell="B4")
        assert told_place(where, FORM) == where, name
    for name in ("DURANDAL Claire", f"{title} DURANDAL", "06 12 34 56 78", "185057800608491"):
        where = Location(sheet=name, cell="B4", code="A01")
        assert told_place(where, FORM) == replace(where, sheet=None), name
    assert told_place(Location(page=3), None) == Location(page=3)
    assert told_place(None, FORM) is None
