"""Choices by code and label, ticks, missing reasons and identifying letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.checks.parse.answer import Setting, parse_answer
from intake.checks.parse.choice import parse_tick, parse_ticks
from intake.checks.parse.reason import find_reason
from intake.model.definition import DataType, MissingReason, Option
from tests.kit.forms import RECEIVED, a_choice, an_item, dm_sam, hive

ANY = (MissingReason.NOTDONE, MissingReason.NAV, MissingReason.UNK)
BIOPSY = a_choice(
    Option("pos", {"fr": "Compatible", "en": "Compatible"}),
    Option("oed", {"fr": "Œdème musculaire", "en": "Muscle oedema"}),
    Option("nd", {"fr": "Non faite", "en": "Not done"}, reason=MissingReason.NOTDONE),
    Option("unk", {"fr": "Inconnu", "en": "Unknown"}, reason=MissingReason.UNK),
)


def read(item, text: str, language: str = "fr", **more):
    setting = Setting(language=language, received=RECEIVED, **more)
    return parse_answer(item, text, setting)


def codes(parsed) -> list[str]:
    return [remark.code for remark in parsed.remarks]


@pytest.mark.parametrize("text", ["oed", "/oed", "Œdème musculaire", "Muscle oedema", " oed "])
def test_a_code_or_a_label_is_taken_in_silence(text):
    parsed = read(BIOPSY, text)
    assert (parsed.value, parsed.remarks) == ("oed", ())


@pytest.mark.parametrize(
    "text", ["œdème musculaire", "OEDEME MUSCULAIRE", "oedeme  musculaire", "muscle OEDEMA"]
)
def test_a_folded_label_is_taken_with_a_note(text):
    parsed = read(BIOPSY, text)
    assert (parsed.value, codes(parsed)) == ("oed", ["CHOICE_BY_LABEL"])
    assert not parsed.faulty


@pytest.mark.parametrize("text", ["", " ", "_", "Off", "/Off", "\u200b"])
def test_an_unanswered_choice_is_no_answer(text):
    parsed = read(BIOPSY, text)
    assert parsed.is_empty
    assert parsed.remarks == ()


YES_NO = a_choice(
    Option("1", {"fr": "Oui", "en": "Yes"}),
    Option("0", {"fr": "Non", "en": "No"}),
    Option("9", {"fr": "Inconnu", "en": "Unknown"}, reason=MissingReason.UNK),
)
SEX = a_choice(
    Option("f", {"fr": "Féminin", "en": "Female"}), Option("m", {"fr": "Masculin", "en": "Male"})
)
VIRUS = a_choice(
    Option("b", {"fr": "Hépatite B", "en": "Hepatitis B"}),
    Option("p", {"fr": "Positif", "en": "Positive"}),
    Option("l", {"fr": "Possible", "en": "Possible"}),
    Option("o", {"fr": "Autre", "en": "Other"}),
)


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        (SEX, "F", "f"), (SEX, "M", "m"), (SEX, "Masc", "m"), (SEX, "fém", "f"),
        (YES_NO, "O", "1"), (YES_NO, "y", "1"), (YES_NO, "N", "0"), (YES_NO, "n", "0"),
        (VIRUS, "posit", "p"), (VIRUS, "Aut", "o"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_label_cut_short_is_read_where_it_can_be_no_other(item, text, expected, language):
    setting = Setting(language=language, received=RECEIVED, picked=False)
    assert parse_answer(item, text, setting).value == expected


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (VIRUS, "pos"), (VIRUS, "hépat"), (VIRUS, "hépatite"), (VIRUS, "a"), (VIRUS, "po"),
        (SEX, "fe"), (SEX, "H"), (YES_NO, "i"), (YES_NO, "u"), (SEX, "f."), (SEX, "f m"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_label_cut_where_it_may_be_another_is_asked(item, text, language):
    setting = Setting(language=language, received=RECEIVED, picked=False)
    assert parse_answer(item, text, setting).value is None


@pytest.mark.parametrize("text", ["POS", "Co", "autre", "pos;oed", "1", "//pos", "nd faite"])
def test_anything_else_is_held_back(text):
    parsed = read(BIOPSY, text)
    assert (parsed.value, codes(parsed)) == (None, ["CHOICE_UNKNOWN"])
    assert parsed.faulty


def test_a_label_shared_by_two_options_is_refused():
    item = a_choice(Option("a", {"fr": "Autre"}), Option("b", {"fr": "autre"}))
    assert read(item, "Autre").value == "a"
    assert codes(read(item, "AUTRE")) == ["CHOICE_UNKNOWN"]


def test_a_text_that_is_one_options_code_and_anothers_label_is_refused():
    item = a_choice(Option("non", {"fr": "Aucun"}), Option("x", {"fr": "non"}))
    assert codes(read(item, "non")) == ["CHOICE_UNKNOWN"]


def test_a_reason_word_is_the_option_that_stands_for_it():
    for text in ("NF", "non fait", "pas fait", "Non fait(e)"):
        parsed = read(BIOPSY, text)
        assert (parsed.value, codes(parsed)) == ("nd", ["CHOICE_BY_LABEL"])
    assert read(BIOPSY, "NSP").value == "unk"


def test_nd_typed_in_a_french_form_is_never_taken_for_not_done():
    for text in ("ND", "N.D.", "nd."):
        parsed = read(BIOPSY, text)
        assert parsed.value is None
        assert parsed.faulty
    assert read(BIOPSY, "nd").value == "nd", "picked from the list, it is the code"
    assert read(BIOPSY, "nd", picked=False).value is None, "typed, it may mean two things"
    assert read(BIOPSY, "pos", picked=False).value == "pos"
    assert read(BIOPSY, "ND", language="en").value == "nd"


def test_a_choice_that_accepts_reasons_keeps_them_apart():
    item = a_choice(Option("a", {"fr": "Oui"}), missing=ANY)
    assert read(item, "NDI").missing is MissingReason.NAV
    assert read(item, "ND").missing is MissingReason.NI


CHOICES = [
    item
    for form in (dm_sam(), hive())
    for item in form.items.values()
    if item.data_type is DataType.SINGLE_CHOICE
]


@given(item=st.sampled_from(CHOICES), data=st.data())
def test_every_code_and_label_of_real_forms_reads_back(item, data):
    option = data.draw(st.sampled_from(item.options))
    title = data.draw(st.sampled_from(sorted(option.title.values())))
    for text in (option.code, f"/{option.code}", title):
        assert read(item, text).value == option.code
    assert read(item, title.upper()).value == option.code


@given(st.text(max_size=20))
def test_no_text_makes_the_choice_reader_fail(text):
    parsed = read(BIOPSY, text)
    assert parsed.value is None or BIOPSY.option(parsed.value) is not None


@pytest.mark.parametrize(
    "text", ["1", "x", "X", "oui", "Oui", "OUI", "yes", "Yes", "/Yes", "vrai", "VRAI", "true"]
)
def test_words_that_tick_a_box(text):
    assert parse_tick(text) is True


@pytest.mark.parametrize("text", ["☒", "☑", "✓", "✔", " x "])
def test_marks_that_tick_a_box(text):
    assert parse_tick(text) is True


@pytest.mark.parametrize(
    "text", ["", " ", "0", "Off", "/Off", "off", "non", "No", "faux", "false", "☐", "_"]
)
def test_words_that_leave_a_box_empty(text):
    assert parse_tick(text) is False


@pytest.mark.parametrize("text", ["2", "xx", "peut-être", "?", "-", "oui non", "11", "ND"])
def test_any_other_mark_is_not_understood(text):
    assert parse_tick(text) is None


def test_ticked_options_come_in_the_order_of_the_codelist():
    item = dm_sam().items["comorbidities"]
    parsed = parse_ticks(item, {"hiv": "x", "hta": "/Yes", "dm2": "Off", "none": "0"})
    assert (parsed.value, parsed.remarks) == (("hta", "hiv"), ())


def test_one_unclear_box_makes_the_whole_answer_unclear():
    parsed = parse_ticks(dm_sam().items["comorbidities"], {"hta": "1", "dm2": "peut-être"})
    assert (parsed.value, codes(parsed)) == (None, ["TICK_UNREADABLE"])
    assert parsed.remarks[0].context == {"option": "dm2"}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("NF", "fr", "NOTDONE"),
        ("nf", "fr", "NOTDONE"),
        ("N.F.", "fr", "NOTDONE"),
        ("non fait", "fr", "NOTDONE"),
        ("Non faite", "fr", "NOTDONE"),
        ("non fait(e)", "fr", "NOTDONE"),
        ("PAS FAIT", "fr", "NOTDONE"),
        ("NDI", "fr", "NAV"),
        ("non disponible", "fr", "NAV"),
        ("Introuvable", "fr", "NAV"),
        ("INC", "fr", "UNK"),
        ("inconnu", "fr", "UNK"),
        ("Inconnue", "fr", "UNK"),
        ("NSP", "fr", "UNK"),
        ("ne sait pas", "fr", "UNK"),
        ("unknown", "fr", "UNK"),
        ("NA", "fr", "NA"),
        ("sans objet", "fr", "NA"),
        ("ND", "fr", "NI"),
        ("nd", "fr", "NI"),
        ("NC", "fr", "NI"),
        ("NR", "fr", "NI"),
        ("?", "fr", "NI"),
        ("-", "fr", "NI"),
        ("–", "fr", "NI"),
        ("/", "fr", "NI"),
        ("???", "fr", "NI"),
        ("ND", "en", "NOTDONE"),
        ("not done", "en", "NOTDONE"),
        ("NAV", "en", "NAV"),
        ("UNK", "en", "UNK"),
        ("Unknown", "en", "UNK"),
        ("N/A", "en", "NA"),
        ("non fait", "en", "NOTDONE"),
        ("-", "en", "NI"),
        ("-", "de", "NI"),
    ],
)
def test_a_reason_means_what_it_means_in_the_forms_language(text, language, expected):
    assert find_reason(text, language) == expected


@pytest.mark.parametrize("text", ["NF", "NDI", "INC", "NSP"])
def test_a_french_abbreviation_is_no_word_of_an_english_form(text):
    assert find_reason(text, "en") is None


@pytest.mark.parametrize("text", ["UNK", "NAV", "fait", "non", "0", "", "n", "nf 3", "12", "--5"])
def test_other_texts_are_no_reason(text):
    assert find_reason(text, "fr") is None


@pytest.mark.parametrize(
    ("text", "missing", "expected"),
    [
        ("NF", ANY, []),
        ("ND", ANY, ["REASON_AMBIGUOUS"]),
        ("ND", (MissingReason.UNK,), ["REASON_AMBIGUOUS"]),
        ("NF", (MissingReason.UNK,), ["REASON_NOT_ALLOWED"]),
        ("NA", ANY, ["REASON_NOT_ALLOWED"]),
        ("ND", (), ["REASON_NOT_ALLOWED"]),
        ("INC", (), ["REASON_NOT_ALLOWED"]),
    ],
)
def test_a_reason_counts_only_where_the_item_accepts_it(text, missing, expected):
    for data_type in (DataType.DECIMAL, DataType.DATE, DataType.PARTIAL_DATE):
        assert codes(read(an_item(data_type, missing=missing), text)) == expected


def test_free_text_without_reasons_is_kept_as_written():
    for text in ("ND", "-", "?", "NF", "Inconnu"):
        assert read(an_item(DataType.TEXT), text).value == text


def test_text_with_reasons_keeps_what_is_no_reason():
    item = an_item(DataType.TEXT, missing=ANY)
    assert read(item, "NF").missing is MissingReason.NOTDONE
    assert read(item, "NF puis refait").value == "NF puis refait"


def test_free_text_is_composed_and_trimmed_and_nothing_else():
    item = an_item(DataType.TEXT)
    assert read(item, "  e\u0301tat\r\nfe\u0301brile\rµ \n").value == "état\nfébrile\nµ"
    assert (
        read(item, "½ dose, 10\u202f000 UI, CD25 ↑ ²").value == "½ dose, 10\u202f000 UI, CD25 ↑ ²"
    )
    assert read(item, "a\x00b\ud800c").value == "a\ufffdb\ufffdc"


LETTERS = an_item(DataType.TEXT, min_length=2, max_length=2, pattern="^[A-Z]{2}$", identifying=True)


def letters(text: str, item=LETTERS):
    return read(item, text, letters=True)


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        ("DU", "DU", []),
        (" DU ", "DU", []),
        ("du", "DU", ["IDENTITY_FOLDED"]),
        ("Éa", "EA", ["IDENTITY_FOLDED"]),
        ("E\u0301A", "EA", ["IDENTITY_FOLDED"]),
        ("d'A", "DA", ["IDENTITY_FOLDED"]),
        ("d’A", "DA", ["IDENTITY_FOLDED"]),
        ("D-A", "DA", ["IDENTITY_FOLDED"]),
        ("D A", "DA", ["IDENTITY_FOLDED"]),
        ("Œ", "OE", ["IDENTITY_FOLDED"]),
        ("Ça", "CA", ["IDENTITY_FOLDED"]),
        ("ND", "ND", []),
        ("NA", "NA", []),
    ],
)
def test_letters_are_folded_to_capitals_with_a_note(text, expected, notes):
    parsed = letters(text)
    assert (parsed.value, codes(parsed)) == (expected, notes)
    assert parsed.remarks == () or parsed.remarks[0].context == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DUP", "IDENTITY_TOO_LONG"),
        ("D'Arc", "IDENTITY_TOO_LONG"),
        ("D", "TEXT_LENGTH"),
        ("D1", "TEXT_PATTERN"),
        ("D?", "TEXT_PATTERN"),
        ("ДУ", "TEXT_PATTERN"),
        ("--", "TEXT_PATTERN"),
    ],
)
def test_letters_that_do_not_fit_are_absent_and_not_repeated(text, code):
    parsed = letters(text)
    assert (parsed.value, codes(parsed)) == (None, [code])
    assert parsed.remarks[0].context == {}


def test_an_identity_of_figures_is_read_as_figures():
    item = hive().items["apiary_number"]
    assert letters("0127", item).value == "0127"
    assert codes(letters("01-27", item)) == ["IDENTITY_FOLDED"]
    assert codes(letters("A127", item)) == ["TEXT_PATTERN"]
    assert codes(letters("01275", item)) == ["IDENTITY_TOO_LONG"]
