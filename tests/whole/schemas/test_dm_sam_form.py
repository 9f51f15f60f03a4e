"""The shipped form: complete, in order, in both languages."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from intake.expressions.program import compile_program
from intake.model.address import places
from intake.model.definition import DataType, FormDefinition, Item, MissingReason
from intake.workspace.form_library import SchemaLibrary
from tests.kit.places import SCHEMAS


@pytest.fixture(scope="module")
def form() -> FormDefinition:
    found = SchemaLibrary(SCHEMAS).get("dm-sam", "1.0.0")
    assert found is not None
    return found


def test_holds_every_question_in_nineteen_sections(form):
    assert len(form.items) == 219
    assert len(form.single_items) == 176
    assert {name: (len(group.items), group.rows) for name, group in form.groups.items()} == {
        "dm_tx": (9, 6),
        "mas_tx": (18, 8),
        "mas_fu": (13, 7),
        "mas_relapse": (3, 3),
    }
    assert "".join(section.letter for section in form.sections) == "ABCDEFGHJKLMNPQRSTU"


def test_has_753_answer_places_with_addresses_that_every_format_can_carry(form):
    addresses = [place.address for place in places(form)]
    assert len(addresses) == 753
    assert len({address.lower() for address in addresses}) == 753
    assert max(map(len, addresses)) == 31
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", address) for address in addresses)


def test_codes_number_the_items_of_a_section_from_one_in_form_order(form):
    letters = {section.name: section.letter for section in form.sections}
    count: Counter[str] = Counter()
    for item in sorted(form.items.values(), key=lambda item: item.name.endswith("_more")):
        count[item.section] += 1
        assert item.code == f"{letters[item.section]}{count[item.section]:02d}"


def test_a_box_for_more_follows_each_group_that_can_run_out_of_rows(form):
    elements = [element.name for element in form.elements]
    for group, rows in {"dm_tx": "6", "mas_tx": "8", "mas_relapse": "3"}.items():
        box = form.items[f"{group}_more"]
        assert elements[elements.index(group) + 1] == box.name
        assert all(rows in option.title[lang] for option in box.options for lang in ("fr", "en"))


def test_sections_follow_each_other_without_coming_back(form):
    seen = list(dict.fromkeys(element.section for element in form.elements))
    assert seen == [section.name for section in form.sections]


def test_every_word_exists_in_french_and_english(form):
    texts = [form.title, *(section.title for section in form.sections)]
    texts += [group.title for group in form.groups.values()]
    for item in form.items.values():
        texts += [item.label, *(option.title for option in item.options)]
        texts += [words for words in (item.hint, item.unit) if words]
        texts += [unit.note for unit in item.accepted_units if unit.note]
    for words in texts:
        assert set(words) == {"fr", "en"}, words
        assert all(text.strip() == text and text for text in words.values()), words


def french_words(form):
    for item in form.items.values():
        yield from (words["fr"] for words in (item.label, item.hint) if words)
        yield from (option.title["fr"] for option in item.options)
        yield from (unit.note["fr"] for unit in item.accepted_units if unit.note)


def test_french_marks_are_kept_on_the_line_of_their_word(form):
    for text in french_words(form):
        assert not re.search(r" [:;?!»%]|« ", text), text
        assert not re.search(r"[^\s\u00a0\d][;?!»]", text), text


def test_french_numbers_have_a_decimal_comma(form):
    numbers = [text for text in french_words(form) if re.search(r"\d\.\d", text)]
    assert numbers == []


def test_every_condition_is_a_program_that_compiles(form):
    for item in form.items.values():
        for source in filter(None, (item.relevant, item.required)):
            compile_program(form, source, group=item.group, returns=bool)


def test_a_missing_reason_is_offered_once_either_as_an_option_or_in_the_place(form):
    for item in form.items.values():
        inside = [option.reason for option in item.options if option.reason]
        assert not (inside and item.missing), item.name


def test_unknown_and_not_done_are_reasons_wherever_they_are_options(form):
    reasons = {"9": MissingReason.UNK, "unk": MissingReason.UNK, "nd": MissingReason.NOTDONE}
    for item in form.items.values():
        for option in item.options:
            assert option.reason == reasons.get(option.code), (item.name, option.code)


def alone(item: Item) -> set[str]:
    return {option.code for option in item.options if option.exclusive}


def test_options_that_deny_the_others_stand_alone(form):
    for item in form.items.values():
        if item.data_type is DataType.MULTIPLE_CHOICE:
            denying = {"none", "unk", "nd"} & {option.code for option in item.options}
            assert alone(item) - {"nor", "nid"} == denying, item.name
        else:
            assert not alone(item), item.name
    assert "nor" in alone(form.items["pet_result"])
    assert "nid" in alone(form.items["mas_inf_agent"])


def test_only_four_items_identify_the_patient_and_none_is_ever_held_back(form):
    named = {name for name, item in form.items.items() if item.identifying}
    assert named == {"id_surname2", "id_firstname2", "birth_date", "centre3"}
    assert named <= form.never_held_back
    assert {"elig_dm_dx", "elig_info", "mas_dx_date"} <= form.never_held_back


def test_no_date_can_lie_in_the_future(form):
    for item in form.items.values():
        if item.is_date:
            assert None not in (item.dates.earliest, item.dates.latest), item.name


def test_soft_limits_lie_inside_hard_limits(form):
    for item in form.items.values():
        if item.is_number:
            low, high = item.limits.low, item.limits.high
            assert None not in (low, high), item.name
            assert low < high, item.name
            assert item.soft.low is None or item.soft.low >= low, item.name
            assert item.soft.high is None or item.soft.high <= high, item.name


def test_a_named_message_speaks_of_the_high_limit_it_was_written_for(form):
    named = {n: i.range_message for n, i in form.items.items() if i.range_message}
    numbers = {"R35": 3, "R36": 8, "R37": 3}
    assert Counter(message.id for message in named.values()) == numbers | {"R03": 1, "R11": 1}
    sides = {message.side for message in named.values() if message.id in numbers}
    assert sides == {"above"}
    assert form.items["fu_hb"].range_message.id == "R35"


def test_numbers_whose_unit_is_asked_accept_no_other_unit(form):
    asked = {n: i.unit_item for n, i in form.items.items() if i.unit_item}
    assert asked["lab_tg_dx"] == asked["fu_tg"] == "lab_tg_unit"
    assert asked["mtrt_dose"] == "mtrt_dose_unit"
    for name in asked:
        assert not form.items[name].accepted_units, name
    assert form.items["lab_tg_unit"].code in form.items["lab_tg_dx"].unit["fr"]


def test_the_schema_holds_no_member_twice_and_no_bare_escape():
    text = (SCHEMAS / "dm-sam" / "1.0.0.json").read_text(encoding="utf-8")
    assert json.loads(text)["x-form"]["id"] == "dm-sam"
    assert "\\u" not in text


def test_the_exact_day_is_asked_once_more_where_delays_hang_on_it(form):
    assert {name for name, item in form.items.items() if item.day_wanted} == {
        "mas_dx_date",
        "lab_dx_date",
        "mtrt_start_date",
        "death_date",
        "last_news_date",
    }


def test_a_birth_is_unusual_before_1920_and_impossible_after_the_study(form):
    birth = form.items["birth_date"]
    assert (birth.dates.earliest, birth.dates.latest) == ("1900-01-01", "2020-10-01")
    assert (birth.soft_dates.earliest, birth.soft_dates.latest) == ("1920-01-01", "2015-12-31")


def test_units_convert_only_where_the_factor_is_exact(form):
    units = {unit.symbol: unit for unit in form.items["lab_hb_dx"].accepted_units}
    assert (units["g/L"].factor, units["g/L"].exact) == ("0.1", True)
    assert (units["mmol/L"].factor, units["mmol/L"].exact) == ("1.611", False)
    fahrenheit = form.items["fu_temp_max"].accepted_units[0]
    assert (fahrenheit.symbol, fahrenheit.offset, fahrenheit.factor) == ("°F", "-32", "5/9")
    assert form.items["mas_ebv_load"].accepted_units[0].factor == ""
