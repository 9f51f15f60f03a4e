"""Numbers, dates, values and findings, said in a language."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from intake.findings.wording import finding_words
from intake.model.definition import DataType, Item, MissingReason, NumberLimits, Option
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode
from intake.words.catalogue import LANGUAGES, Words, in_every_language, with_part
from intake.words.word_lists import identity_words
from tests.kit.places import ROOT
from tests.rooms.reports.samples import FORM

FR, EN = Words("fr"), Words("en")
NBSP = "\N{NO-BREAK SPACE}"


def item_of(data_type: DataType, **more: object) -> Item:
    return Item(name="x", code="X1", data_type=data_type, section="s", label={}, **more)


WEIGHT = item_of(DataType.DECIMAL, unit={"fr": "g", "en": "g"}, limits=NumberLimits())
DAY = item_of(DataType.PARTIAL_DATE)
COLOUR = item_of(
    DataType.MULTIPLE_CHOICE,
    options=(
        Option("red", {"fr": "Rouge", "en": "Red"}),
        Option("blue", {"fr": "Bleu ciel", "en": "Sky blue"}),
    ),
)


def test_every_language_of_the_catalogue_is_there_with_its_word_lists_the_fallback_last() -> None:
    parts = {path.name.split(".")[1] for path in (ROOT / "intake" / "words").glob("*.toml")}
    assert {"fr", "en"} <= parts
    assert sorted(LANGUAGES) == sorted(parts)
    assert LANGUAGES[-1] == "en"
    assert set(identity_words("titles")) == parts


def test_an_unknown_key_and_a_missing_placeholder_are_errors() -> None:
    with pytest.raises(KeyError):
        FR.text("no.such.key")
    with pytest.raises(KeyError):
        FR.text("receipt.page")


def test_a_value_with_braces_is_said_as_it_is() -> None:
    assert FR.text("receipt.quote", text="{page}") == f"«{NBSP}{{page}}{NBSP}»"


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (Decimal("8.5"), "8,5", "8.5"),
        (Decimal("0.00012"), "0,00012", "0.00012"),
        (12500, f"12{NBSP}500", f"12{NBSP}500"),
        (-3, "-3", "-3"),
        (Decimal("1.4790"), "1,479", "1.479"),
    ],
)
def test_a_number_keeps_every_decimal_and_cannot_be_misread(
    number: Decimal, french: str, english: str
) -> None:
    assert FR.number(number) == french
    assert EN.number(number) == english


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2019-03-14", "14/03/2019"),
        ("2019-03", "03/2019"),
        ("2019", "2019"),
        ("2019-02-31", "2019-02-31"),
        ("hier", "hier"),
        ("", ""),
        ("2019-03-14-01", "2019-03-14-01"),
    ],
)
def test_a_date_is_said_with_the_precision_it_has(iso: str, said: str) -> None:
    assert FR.date(iso) == said


def test_plural_forms_follow_the_language() -> None:
    one, other = "réponse à confirmer", "réponses à confirmer"
    said = [FR.text("receipt.count.query", count=count) for count in (0, 1, 2, 60)]
    assert said == [one, one, other, other]
    assert EN.text("receipt.count.query", count=0) == "answers to confirm"


def test_a_list_is_a_phrase() -> None:
    assert FR.list(["a", "b", "c"]) == "a, b et c"
    assert EN.list(["a", "b"], "or") == "a or b"


def test_a_language_without_words_reads_english_with_its_own_numbers() -> None:
    dutch = Words("nl")
    assert dutch.text("outcome.duplicate") == EN.text("outcome.duplicate")
    assert dutch.number(Decimal("1.5")) == "1,5"
    assert dutch.text("receipt.count.query", count=1) == "answer to confirm"
    assert Words("zz").number(Decimal("1.5")) == "1.5"


def test_words_of_a_schema_fall_back_to_english_then_to_any() -> None:
    assert Words("nl").local({"nl": "Jan", "en": "Jen"}) == "Jan"
    assert Words("nl").local({"fr": "Jean", "en": "Jen"}) == "Jen"
    assert Words("nl").local({"fr": "Jean"}) == "Jean"
    assert Words("nl").local({}) == ""


@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        (WEIGHT, Decimal("8.5"), f"8,5{NBSP}g"),
        (WEIGHT, "12500", f"12{NBSP}500{NBSP}g"),
        (WEIGHT, "<30", f"<{NBSP}30{NBSP}g"),
        (WEIGHT, "ERR", "En attente"),
        (WEIGHT, "lourd", "lourd"),
        (DAY, "2019-03", "03/2019"),
        (DAY, "NAV", "Non disponible"),
        (COLOUR, ("red", "blue"), f"Rouge{NBSP}; Bleu ciel"),
        (COLOUR, "red;blue", f"Rouge{NBSP}; Bleu ciel"),
        (COLOUR, "green", "green"),
        (item_of(DataType.INTEGER), 7, "7"),
    ],
)
def test_a_value_is_said_as_a_person_reads_it(item: Item, value: str, said: str) -> None:
    assert FR.value(item, value) == said


def test_a_code_of_a_codelist_comes_before_a_missing_reason_of_the_same_name() -> None:
    item = item_of(DataType.SINGLE_CHOICE, options=(Option("NA", {"fr": "Namur"}),))
    assert FR.value(item, "NA") == "Namur"
    assert FR.value(WEIGHT, MissingReason.NA.value) == "Non applicable"


def test_schema_words_are_set_for_a_page_and_kept_as_written_elsewhere() -> None:
    text = {"fr": "L'âge est-il connu : « 1 500 » ?", "en": "The tree's age: 1 500?"}
    assert FR.local(text) == text["fr"]
    said = f"L’âge est-il connu{NBSP}: «{NBSP}1{NBSP}500{NBSP}»{NBSP}?"
    assert FR.printed(text) == said
    assert EN.printed(text) == f"The tree’s age: 1{NBSP}500?"


def test_a_finding_with_all_its_context_is_said_precisely() -> None:
    finding = Finding(
        code=FindingCode.RANGE_HARD,
        severity=Severity.ERROR,
        item="height",
        context={"entered": "1200", "low": "0.5", "high": "60"},
    )
    said = finding_words(FR, finding, FORM)
    assert f"(attendu{NBSP}: de 0,5 à 60 m)" in said.sentence
    assert said.message.endswith("Merci de vérifier la valeur et l’unité.")


@pytest.mark.parametrize(
    ("low", "high", "french", "english"),
    [
        ("299", "299", "recalculé : 299", "recomputed: 299; 299"),
        ("299", "337", "recalculé : de 299 à 337", "recomputed: from 299 to 337; 299 to 337"),
    ],
)
def test_an_interval_whose_ends_are_equal_is_said_as_one_value(low, high, french, english):
    said = {"a_min": low, "a_max": high}
    assert FR.filled("recalculé : de {a_min} à {a_max}", said) == french
    told = EN.filled("recomputed: from {a_min} to {a_max}; {a_min} to {a_max}", said)
    assert told == english


def test_a_length_of_so_many_characters_is_said_once() -> None:
    context = {"low": "2", "high": "2"}
    finding = Finding(code=FindingCode.TEXT_LENGTH, severity=Severity.ERROR, context=context)
    assert "(2 caractères)" in finding_words(FR, finding, None).sentence


SCALE = item_of(DataType.INTEGER, unit={"en": "/80"})
RATIO = replace(item_of(DataType.DECIMAL, unit={"en": "see X9"}), name="ratio", unit_item="which")
WHICH = replace(item_of(DataType.SINGLE_CHOICE), name="which", code="X9")
UNITS = replace(FORM, elements=(SCALE, RATIO, WHICH))


def said_of(code: FindingCode, item: Item, **context: str) -> str:
    finding = Finding(code=code, severity=Severity.ERROR, item=item.name, context=context)
    return finding_words(EN, finding, UNITS).sentence


def test_a_scale_is_not_said_twice() -> None:
    assert said_of(FindingCode.RANGE_HARD, SCALE, low="0", high="80").endswith(
        "(expected: 0 to 80)."
    )
    assert "0 to 60 /80" in said_of(FindingCode.RANGE_HARD, SCALE, low="0", high="60")


def test_a_unit_that_another_question_asks_is_named_by_it() -> None:
    said = said_of(FindingCode.UNIT_UNKNOWN, RATIO, entered="3.4 g/L")
    assert said == "The unit written in “3.4 g/L” is not recognised. It is chosen in question X9."
    assert EN.value(RATIO, "3.4") == "3.4"


def test_a_finding_without_context_is_still_said() -> None:
    for code in FindingCode:
        for words in (FR, EN):
            said = finding_words(words, Finding(code=code, severity=Severity.ERROR), None)
            assert said.title
            assert "{" not in said.message


def test_a_finding_with_every_context_name_leaves_no_brace() -> None:
    names = ("low", "high", "first", "second", "value", "offered", "offered_from", "count", "kind")
    more = ("earliest", "latest", "closing", "section", "entered", "receipt", "revision", "version")
    context = dict.fromkeys((*names, *more, "centre", "form", "written", "stamped", "limit"), "pdf")
    for code in FindingCode:
        finding = Finding(code=code, severity=Severity.ERROR, item="height", context=context)
        assert "{" not in finding_words(FR, finding, FORM).message


def test_an_unknown_context_text_is_not_shown() -> None:
    finding = Finding(
        code=FindingCode.FORM_VERSION_UNKNOWN, severity=Severity.ERROR, context={"version": "?"}
    )
    assert "?" not in finding_words(FR, finding, None).message


def test_a_rule_of_the_schema_speaks_its_own_words_and_offers_a_reading() -> None:
    rule = Finding(
        code="R7",
        severity=Severity.ERROR,
        item="height",
        context={"offered": "8.5"},
        message={"fr": "En pieds ?", "en": "In feet?"},
    )
    assert finding_words(FR, rule, FORM).message == f"En pieds ? Faut-il lire 8,5 m{NBSP}?"
    assert finding_words(EN, rule, FORM).message == "In feet? Should it read 8.5 m?"
    assert finding_words(Words("nl"), rule, FORM).sentence == "In feet?"


def test_an_unknown_code_without_words_is_said_as_a_rule() -> None:
    said = finding_words(FR, Finding(code="R8", severity=Severity.QUERY), FORM)
    assert said.title == "Point à vérifier"


def test_a_word_of_the_dataset_is_said_in_every_language_and_a_part_in_those_of_its_whole() -> None:
    said = in_every_language("dataset.column.severity")
    assert said == {
        language: Words(language).text("dataset.column.severity") for language in LANGUAGES
    }
    assert (said["fr"], said["en"]) == ("Gravité", "Severity")
    label, part = {"fr": "Fièvre", "nl": "Koorts"}, {"fr": "oui", "en": "yes"}
    assert with_part(label, part) == {"fr": f"Fièvre{NBSP}: oui", "nl": "Koorts: yes"}
    with pytest.raises(KeyError):
        in_every_language("dataset.column.nothing")
