"""Every code has its words in every language, and the words are well written."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from intake.findings.wording import placeholders
from intake.model.definition import MissingReason
from intake.model.errors import ClusterFault, StoreFault
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome
from intake.words import messages as loader
from intake.words.catalogue import LANGUAGES, Words
from intake.words.messages import messages
from tests.kit.places import ROOT
from tools.findings_page import findings_page

FINDINGS_PAGE = ROOT / "docs" / "findings.md"
NBSP = "\N{NO-BREAK SPACE}"
CODES = [*FindingCode, "RULE"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_title_a_sentence_and_an_advice(language: str, code: str) -> None:
    table = messages(language)
    for part in ("title", "sentence", "advice"):
        assert table.get(f"finding.{code}.{part}"), f"{code}.{part} in {language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_has_two_to_five_words(language: str) -> None:
    for code in CODES:
        title = messages(language)[f"finding.{code}.title"]
        assert 1 < len(title.split()) <= 5, title


def test_no_words_are_kept_for_a_code_that_does_not_exist() -> None:
    for language in LANGUAGES:
        named = {k.split(".")[1] for k in messages(language) if k.startswith("finding.")}
        assert named == set(CODES)


def test_every_language_says_the_same_keys() -> None:
    keys = {language: {_without_plural(k) for k in messages(language)} for language in LANGUAGES}
    for language in LANGUAGES:
        assert keys[language] == keys["en"], f"{language} and en differ"


def test_placeholders_are_the_same_in_every_language() -> None:
    for language in LANGUAGES:
        for key, text in messages(language).items():
            if key in messages("en"):
                assert placeholders(text) == placeholders(messages("en")[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_sentence_needs_no_context(language: str) -> None:
    for code in CODES:
        for part in ("title", "sentence", "advice"):
            assert not placeholders(messages(language)[f"finding.{code}.{part}"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_closed_list_of_the_model_has_words(language: str) -> None:
    words = Words(language)
    assert all(words.outcome(outcome) for outcome in Outcome)
    assert all(words.severity(severity) for severity in Severity)
    assert all(words.missing(reason) for reason in MissingReason)
    assert all(f"cli.store.{fault.value}" in messages(language) for fault in StoreFault)
    assert all(f"cli.cluster.{fault.value}" in messages(language) for fault in ClusterFault)


def test_the_engine_words_of_the_rules_are_said_as_agreed() -> None:
    said = {
        FindingCode.RANGE_HARD: "Cette valeur paraît impossible dans l’unité demandée. "
        "Merci de vérifier la valeur et l’unité.",
        FindingCode.RANGE_SOFT: "Cette valeur est inhabituelle. "
        "Merci de la confirmer ou de la corriger.",
        FindingCode.REQUIRED: "Cette réponse est nécessaire. "
        "Si l’information manque, merci d’en indiquer la raison.",
        FindingCode.HIDDEN_ANSWER: "Cette réponse ne correspond pas à une question précédente "
        f"(«{NBSP}si oui{NBSP}»). Merci de vérifier les deux.",
        FindingCode.DAY_WANTED: f"Le jour exact est-il retrouvé{NBSP}? "
        "Sinon, merci de confirmer le mois ou l’année.",
    }
    table = messages("fr")
    for code, text in said.items():
        key = f"finding.{code}"
        assert f"{table[f'{key}.sentence']} {table[f'{key}.advice']}" == text


def test_french_has_typographic_apostrophes_and_quotes() -> None:
    for key, text in _on_pages("fr"):
        assert not set("'\"") & set(text), (key, text)


def test_french_has_no_breaking_space_before_punctuation_and_inside_quotes() -> None:
    wrong = re.compile(rf"[^{NBSP}][;?!»]|[^{NBSP}]:(?!\w|//)|«[^{NBSP}]")
    for key, text in _on_pages("fr"):
        assert not wrong.search(text), (key, text)


def test_english_has_typographic_quotes_and_no_french_spacing() -> None:
    for key, text in _on_pages("en"):
        assert not set("'\"") & set(text), (key, text)
        assert not re.search(rf"[ {NBSP}][:;?!]", text), (key, text)


def test_the_files_of_one_language_may_not_say_the_same_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.xx.toml", "two.xx.toml"):
        (tmp_path / name).write_text('[outcome]\nloaded = "?"\n', encoding="utf-8")
    monkeypatch.setattr(loader, "files", lambda _: tmp_path)
    loader.messages.cache_clear()
    with pytest.raises(ValueError, match=r"two\.xx\.toml: the key outcome\.loaded"):
        loader.messages("xx")
    loader.messages.cache_clear()


def test_the_page_of_findings_is_up_to_date() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        FINDINGS_PAGE.write_text(findings_page(), encoding="utf-8")
    assert FINDINGS_PAGE.read_text(encoding="utf-8") == findings_page(), (
        "docs/findings.md is stale: run the tests once with UPDATE_GOLDEN=1"
    )


def _on_pages(language: str) -> list[tuple[str, str]]:
    """Return the words of pages.

    Forms are set when they are laid out; terminals and the files of the dataset not at all.
    """
    elsewhere = ("cli.", "setup.", "fault.", "form.", "dataset.")
    return [(k, text) for k, text in messages(language).items() if not k.startswith(elsewhere)]


def _without_plural(key: str) -> str:
    return re.sub(r"\.(one|two|few|many|other)$", "", key)
