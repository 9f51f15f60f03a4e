"""The receipt's page: what a centre must find in it, and what it must never hold."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from intake.findings.wording import finding_words
from intake.model.finding import Finding, Location, Settled, Severity
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Change, Outcome, Receipt
from intake.model.stamp import SheetStamp
from intake.reports.pages import receipt_page
from intake.reports.receipt.title import receipt_title
from intake.words.catalogue import Words
from tests.rooms.reports.samples import (
    BIRTH_CANARY,
    DECIDED,
    DUPLICATE,
    FORM,
    LETTERS_CANARY,
    LOADED,
    PLOT_CANARY,
    QUERIED,
    RECEIPTS,
    REFUSED,
    REJECTED,
    REVIEW,
    REVISION,
    ROW,
    RULE,
    TEXT_CANARY,
    finding,
)

NBSP = "\N{NO-BREAK SPACE}"
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """The visible words of a page, its tags in order, and whether they are well nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another tag"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"[ \n]+", " ", " ".join(self.words)).strip()


def shown(receipt: Receipt, language: str = "fr") -> Page:
    return Page(receipt_page(receipt, FORM if receipt.form else None, language))


@pytest.mark.parametrize("name", RECEIPTS)
@pytest.mark.parametrize("language", ["fr", "en", "nl"])
def test_a_page_says_first_what_became_of_the_file(name: str, language: str) -> None:
    receipt = RECEIPTS[name]
    page = shown(receipt, language)
    html = receipt_page(receipt, FORM, language)
    status = receipt_title(receipt, Words(language))
    assert re.search(rf"<h1>{re.escape(status)}</h1>", html)
    assert f'<html lang="{language}">' in html
    assert page.tags.count("h1") == 1
    assert page.open == []


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_page_needs_nothing_from_outside_and_runs_nothing(name: str) -> None:
    html = receipt_page(RECEIPTS[name], FORM, "fr")
    page = Page(html)
    forbidden = {"script", "link", "img", "iframe", "form", "object", "embed", "base", "a"}
    assert not forbidden & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert not re.search(r"https?:|url\(|@import|javascript:", html)


@pytest.mark.parametrize("name", RECEIPTS)
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(tag[1]) for tag in shown(RECEIPTS[name]).tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


@pytest.mark.parametrize("name", RECEIPTS)
def test_no_birth_date_no_letters_and_no_free_text_are_shown(name: str) -> None:
    for definition in (FORM, None):
        html = receipt_page(RECEIPTS[name], definition, "fr")
        for canary in (
            LETTERS_CANARY,
            BIRTH_CANARY,
            "03/02/1931",
            TEXT_CANARY,
            PLOT_CANARY,
            "Canari",
        ):
            assert canary not in html


def test_a_centre_finds_its_patient_by_hint_number_and_filling_date() -> None:
    text = shown(LOADED).text
    assert f"REI · DU/MA (n°{NBSP}REI-007)" in text
    assert "18/11/2026" in text
    assert "104 questions remplies sur 104" in text


def test_a_file_name_is_escaped_and_shown_only_when_safe() -> None:
    html = receipt_page(LOADED, FORM, "fr")
    assert "arbres &lt;b&gt;2&lt;/b&gt;.pdf" in html
    assert "<b>2</b>" not in html
    hidden = receipt_page(replace(LOADED, name_is_safe=False), FORM, "fr")
    assert "arbres" not in hidden
    assert "pièce jointe" in hidden


def test_a_good_form_asks_nothing() -> None:
    page = shown(LOADED)
    assert "h2" not in page.tags
    assert "Vous n’avez rien à faire." in page.text


def test_what_to_do_comes_in_form_order_with_page_code_answer_and_advice() -> None:
    text = shown(QUERIED).text
    places = re.findall(r"\b([ABC]\d\d(?:\.\d)?) page", text)
    assert places == ["A01", "A02", "A03", "B01", "C01.2", "B04"]
    acts = ["À corriger A01 page", "À confirmer", "B04 page", "À compléter", "B02 Question bark"]
    assert sorted(acts, key=text.index) == acts
    assert "« 1200 »".replace(" ", NBSP) in text
    assert "« 31/02/2019 »".replace(" ", NBSP) in text
    assert "Question leaf_date, ligne 2" in text
    assert "Merci de vérifier la valeur et l’unité." in text
    assert "texte non recopié, car il pourrait nommer quelqu’un" in text


def test_each_question_counts_once_at_its_highest_severity() -> None:
    text = shown(QUERIED).text
    assert "5 réponses à corriger" in text
    assert "2 réponses à confirmer" in text
    assert "1 réponse à compléter" in text
    assert "1 rubrique à compléter" in text


def test_what_is_to_be_done_is_said_once_in_words() -> None:
    text = shown(QUERIED).text
    for act in ("À corriger", "À compléter", "À confirmer"):
        assert text.count(act) == 1


def test_how_to_reply_says_only_what_this_form_needs() -> None:
    queried = shown(replace(QUERIED, findings=(RULE,))).text
    assert "confirmé tel quel" in queried
    assert "NF (non fait)" not in queried
    missing = shown(replace(QUERIED, findings=(finding("REQUIRED", "bark"),))).text
    assert "NF (non fait)" in missing
    assert "confirmé tel quel" not in missing


def test_the_receipt_of_a_query_sheet_speaks_of_the_sheet_and_asks_for_no_whole_form() -> None:
    sheet = SheetStamp("ZAA-001", 2, 1)
    asked = shown(replace(QUERIED, findings=(RULE,), sheet=sheet)).text
    assert "La feuille de questions a bien été reçue" in asked
    assert "Une nouvelle feuille de questions" in asked
    assert "renvoyer entière" not in asked
    assert "renvoyer entière" in shown(replace(QUERIED, findings=(RULE,))).text


@pytest.mark.parametrize("said", [RULE, finding("RANGE_SOFT", "height", entered="59")])
def test_what_the_centre_confirmed_is_told_and_not_asked(said: Finding) -> None:
    told = replace(said, severity=Severity.NOTE, settled=Settled.CONFIRMED)
    text = shown(replace(LOADED, findings=(told,))).text
    assert "Vous avez confirmé cette réponse." in text
    assert "Arbre bien grand" not in text
    assert "Merci de confirmer" not in text


@pytest.mark.parametrize("said", [RULE, finding("RANGE_SOFT", "height", entered="59")])
def test_what_the_study_gave_up_is_no_business_of_the_centre(said: Finding) -> None:
    told = replace(said, severity=Severity.NOTE, settled=Settled.WITHDRAWN)
    text = shown(replace(LOADED, findings=(told,))).text
    assert text == shown(replace(LOADED, findings=())).text


def test_a_rule_names_every_question_it_compares() -> None:
    text = shown(replace(QUERIED, findings=(RULE,))).text
    assert "Question planted" in text
    assert "B01 Question height" in text
    assert "Arbre bien grand pour son âge." in text


def test_an_incomplete_section_is_one_line() -> None:
    text = shown(QUERIED).text
    assert "Rubriques à compléter C Feuilles 24 réponses manquent" in text


def test_notes_come_last_and_ask_nothing() -> None:
    html = receipt_page(QUERIED, FORM, "fr")
    notes = html[html.index("Pour information") :]
    assert (
        "« 850 cm » a été lu comme 8,5 m.".replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
        in notes
    )
    assert "01/10/2026" in notes
    assert html.index("À compléter") < html.index("Pour information")


def test_every_finding_is_somewhere_on_the_page() -> None:
    for code in FindingCode:
        if code == FindingCode.IDENTITY_OTHER_CENTRE:
            continue
        for item in (None, "height"):
            one = finding(code, item)
            page = shown(replace(QUERIED, findings=(one,)))
            said = finding_words(Words("fr"), one, FORM)
            if code is FindingCode.REQUIRED and item:
                assert "Ces réponses sont nécessaires." in page.text
            else:
                assert said.sentence in page.text, code


def test_what_is_asked_of_a_file_comes_before_its_questions() -> None:
    findings = (finding("REQUIRED", "bark"), finding("FIELD_MISSING", count="3"))
    lost = replace(QUERIED, findings=findings)
    text = shown(lost).text
    assert text.index("Cases disparues") < text.index("Question bark")


def test_a_finding_about_many_lost_places_is_about_the_file() -> None:
    lost = replace(finding("FIELD_MISSING", count="6"), items=tuple(FORM.items))
    text = shown(replace(REVIEW, findings=(lost,))).text
    assert "Question height" not in text
    assert "Cases disparues" in text


def test_a_later_form_of_that_patient_tells_no_more() -> None:
    later = replace(REVISION, hint="REI · DU/MA", subject="PAR-002")
    page = receipt_page(later, FORM, "fr")
    assert "PAR-002" not in page
    assert "8,5" not in page


def test_a_centre_does_not_learn_that_another_centre_knows_its_patient() -> None:
    text = shown(REVIEW).text
    assert "autre centre" not in text
    assert "transféré" not in text
    assert "PAR" not in text
    assert "L’identification du patient doit être vérifiée" in text


def test_after_an_objection_nothing_else_of_the_form_is_said() -> None:
    objected = replace(QUERIED, outcome=Outcome.REVIEW)
    objected = replace(objected, findings=(*QUERIED.findings, finding("OBJECTION")))
    text = shown(objected).text
    assert "Une opposition est indiquée" in text
    assert "Question" not in text


def test_changes_are_a_table_of_before_and_after() -> None:
    text = shown(REVISION).text
    assert f"B01 Question height 12{NBSP}m 8,5{NBSP}m" in text
    assert "B02 Question bark sans réponse Lisse" in text
    assert "B03 Question planted 03/2019 En attente" in text
    assert "B04 Question comment non recopié non recopié" in text


def test_a_rejected_file_shows_only_what_is_known() -> None:
    text = shown(REJECTED).text
    assert "Fichier endommagé" in text
    assert "Patient" not in text
    assert "questions remplies" not in text


def test_a_duplicate_names_the_receipt_it_repeats() -> None:
    assert "R-000001" in shown(DUPLICATE).text


def test_a_spreadsheet_place_is_a_sheet_and_a_cell() -> None:
    place = Location(sheet="Tronc", cell="C12", code="B01")
    found = replace(finding("RANGE_SOFT", "height"), location=place)
    assert "feuille Tronc, case C12" in shown(replace(QUERIED, findings=(found,))).text


def test_a_finding_without_a_place_still_shows_its_code() -> None:
    found = replace(ROW, location=None)
    assert "C01.2" in shown(replace(QUERIED, findings=(found,))).text


def test_two_findings_on_one_answer_are_shown_together() -> None:
    findings = (finding("RANGE_SOFT", "height", entered="59"), finding("HIDDEN_ANSWER", "height"))
    text = shown(replace(QUERIED, findings=findings)).text
    assert text.count("Question height") == 1
    assert "1 réponse à confirmer" in text


def test_the_heaviest_remark_on_an_answer_comes_first_and_marks_it() -> None:
    findings = (finding("RANGE_SOFT", "height"), finding("RANGE_HARD", "height"))
    text = shown(replace(QUERIED, findings=findings)).text
    assert text.index("impossible") < text.index("inhabituelle")
    assert "À corriger" in text
    assert "À confirmer" not in text


def test_hostile_texts_are_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    rule = Finding(
        code="R1", severity=Severity.ERROR, item="height", message={"fr": hostile, "en": hostile}
    )
    receipt = replace(
        QUERIED, findings=(rule,), hint=hostile, centre=hostile, subject=hostile, version=hostile
    )
    assert "<script" not in receipt_page(receipt, FORM, "fr")


def test_a_page_tells_the_centre_what_the_coordinator_decided() -> None:
    words = " ".join(Page(receipt_page(DECIDED, FORM, "fr")).words)
    assert "Décision du coordonnateur" in words
    assert "réponse donnée pour A01" in words
    refused = receipt_page(REFUSED, FORM, "fr")
    assert "n’a pas été retenue par le coordonnateur" in refused
    assert "n’a pu être lue" not in refused


def test_a_centre_does_not_learn_that_another_one_knows_its_patient() -> None:
    for language in ("fr", "en"):
        page = receipt_page(DECIDED, FORM, language)
        assert "PAR-002" not in page
        assert Words(language).text("finding.REVISION.title") not in page
        assert "8.5" not in page
        assert "8,5" not in page


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_page_forbids_itself_all_but_its_style_and_its_pictures(name: str) -> None:
    page = receipt_page(RECEIPTS[name], FORM, "fr")
    assert page.count("Content-Security-Policy") == 1
    assert page.index("default-src 'none'") < page.index("<title>")


def test_a_mark_that_turns_a_text_round_is_shown_and_what_a_file_says_is_isolated() -> None:
    changed = Change(item="height", row=None, code="A05", before="\u202e58", after="85")
    source = replace(REVISION.source, name="fiche \u202e58.pdf")
    receipt = replace(REVISION, changes=(changed,), source=source, name_is_safe=True)
    page = receipt_page(receipt, FORM, "fr")
    assert "\u202e" not in page
    assert "<bdi>[U+202E]58" in page
    assert "<bdi>fiche \ufffd58.pdf</bdi>" in page


def test_an_answer_with_such_a_mark_is_not_repeated() -> None:
    asked = next(f for f in QUERIED.findings if f.context.get("entered") and f.item)
    for text, shown in (("85", True), ("\u202e85", False)):
        told = replace(asked, item="height", context={**asked.context, "entered": text})
        page = receipt_page(replace(QUERIED, findings=(told,)), FORM, "fr")
        assert ("85" in page) is shown
