"""What stands around the answers of a Word form: added lines and columns, head, foot, repeats."""

from __future__ import annotations

import copy

import pytest
from lxml import etree

from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import Rung
from tests.kit.broken.small_word import (
    BLANK,
    FULL,
    WRITTEN,
    W,
    codes,
    damaged,
    delete,
    line_of,
    read,
    rungs,
    shown,
    texts,
)
from tests.kit.fillers.word_by_hand import changed, control_of, fill, run


def paragraph(text):
    made = etree.Element(W + "p")
    made.append(run(text))
    return made


def test_a_row_added_below_the_printed_ones_is_said():
    def change(control):
        line = line_of(control)
        twin = copy.deepcopy(line)
        line.addnext(twin)
        next(twin.iter(W + "t")).text = "B01.9"
        twin.findall(W + "tc")[2].clear()
        twin.findall(W + "tc")[2].append(paragraph("12"))

    raw = read(damaged("visit__2__dose", change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_ELSEWHERE]


def test_an_empty_column_behind_the_answers_changes_nothing():
    def change(root):
        for line in root.iter(W + "tr"):
            etree.SubElement(etree.SubElement(line, W + "tc"), W + "p")

    raw = read(changed(FULL, change))

    assert texts(raw) == WRITTEN
    assert raw.findings == ()


def test_a_remark_in_a_column_behind_the_answers_is_said():
    def change(control):
        etree.SubElement(line_of(control), W + "tc").append(paragraph("à contrôler"))

    raw = read(damaged("visit__1__dose", change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_ELSEWHERE]


@pytest.mark.parametrize("name", ["header1", "header2", "footer1"])
def test_words_added_at_the_head_or_foot_of_pages_are_said(name):
    raw = read(changed(FULL, lambda root: root.append(paragraph("dose 12")), f"word/{name}.xml"))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_ELSEWHERE]
    assert raw.findings[0].context["count"] == "1"


def test_page_numbers_that_a_program_wrote_beside_the_stamp_are_no_words():
    def change(root):
        list(root.iter(W + "p"))[-1].append(run(" · 3/16"))

    assert read(changed(FULL, change, "word/footer1.xml")).findings == ()


def test_a_letter_above_the_form_is_said():
    raw = read(changed(FULL, lambda root: root.find(W + "body").insert(0, paragraph("Bonjour,"))))

    assert codes(raw) == [Code.TEXT_ELSEWHERE]


def test_an_answer_that_stands_twice_the_same_is_one():
    def change(control):
        cell = delete(control)
        cell.append(run("72,5\n72,5"))

    raw = read(damaged("visit__1__dose", change))

    assert texts(raw)["visit__1__dose"] == "72,5"
    assert rungs(raw)["visit__1__dose"] is Rung.CODE_ROW
    assert codes(raw) == [Code.CONTROL_LOST]


def test_two_different_answers_on_two_lines_stay_two():
    raw = read(damaged("visit__1__dose", lambda c: delete(c).append(run("72,5\n27,5"))))

    assert texts(raw)["visit__1__dose"].split() == ["72,5", "27,5"]


def test_a_prompt_that_stands_twice_is_no_answer():
    raw = read(damaged("name", lambda c: delete(c).append(run("Écrire ici\nÉcrire ici")), BLANK))

    assert "name" not in texts(raw)
    assert codes(raw) == [Code.CONTROL_LOST]


def test_free_text_may_repeat_itself():
    raw = read(fill(BLANK, {"comments": "idem\nidem"}))

    assert texts(raw) == {"comments": "idem\nidem"}
    assert raw.findings == ()


def test_an_empty_place_and_an_empty_control_beside_a_text_are_one_answer_to_confirm():
    def change(root):
        control = control_of(root, "ferritin")
        shown(control).clear()
        line_of(control).findall(W + "tc")[2].insert(0, paragraph("88"))

    raw = read(changed(FULL, change))

    assert texts(raw)["ferritin"].strip() == "88"
    assert codes(raw) == [Code.ANSWER_UNSURE]
    assert raw.findings[0].severity is Severity.QUERY


def test_an_answer_typed_in_a_control_pasted_into_another_line_is_no_answer_to_its_own():
    def change(root):
        source, target = control_of(root, "ferritin"), control_of(root, "visit__1__dose")
        twin = copy.deepcopy(source)
        shown(twin).clear()
        shown(twin).append(run("74"))
        delete(target).append(twin)

    raw = read(changed(fill(BLANK, {"name": "AB"}), change))

    disagreeing = {f.item for f in raw.findings if f.code == Code.READINGS_DISAGREE}
    assert "ferritin" in disagreeing
    assert texts(raw)["visit__1__dose"] == "74"


def test_a_line_of_the_table_that_is_hidden_is_remarked():
    def change(control):
        etree.SubElement(line_of(control).find(W + "trPr"), W + "hidden")

    raw = read(damaged("ferritin", change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_HIDDEN]
