"""Tracked changes, hidden text, fields, ticks: how the words of a Word form are marked."""

from __future__ import annotations

import pytest
from lxml import etree

from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken.small_word import (
    FULL,
    WRITTEN,
    W,
    codes,
    damaged,
    delete,
    line_of,
    read,
    shown,
    texts,
)
from tests.kit.fillers.word_by_hand import changed, control_of, run, with_part

# Tracked changes, hidden text, comments


def test_insertions_are_taken_deletions_dropped_and_a_person_is_told():
    def change(control):
        content = shown(control)
        content.clear()
        removed, added = etree.SubElement(content, W + "del"), etree.SubElement(content, W + "ins")
        old = run("70")
        old.find(W + "t").tag = W + "delText"
        removed.append(old)
        added.append(run("72,5"))

    raw = read(damaged("visit__1__dose", change))

    assert texts(raw)["visit__1__dose"] == "72,5"
    assert codes(raw) == [Code.TEXT_REVISED]
    assert (raw.findings[0].item, raw.findings[0].row) == ("dose", 1)
    assert "70" not in repr(raw)


def test_a_line_deleted_in_tracked_changes_is_missing_and_said():
    def change(control):
        etree.SubElement(line_of(control).find(W + "trPr"), W + "del")

    raw = read(damaged("name", change))

    assert set(codes(raw)) == {Code.TEXT_REVISED, Code.FIELD_MISSING}
    assert "name" not in texts(raw)


def test_hidden_text_is_read_and_remarked():
    def change(control):
        properties = etree.Element(W + "rPr")
        etree.SubElement(properties, W + "vanish")
        next(shown(control).iter(W + "r")).insert(0, properties)

    raw = read(damaged("name", change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_HIDDEN]


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_a_struck_answer_is_no_answer_and_is_asked_about(mark):
    raw = read(damaged("ferritin", lambda c: _mark(c, mark)))

    assert "ferritin" not in texts(raw)
    assert codes(raw) == [Code.ANSWER_UNSURE]
    assert raw.findings[0].context["kind"] == "struck"


def test_a_raised_figure_is_no_figure_of_a_number():
    def change(control):
        shown(control).clear()
        shown(control).append(run("5 x 10"))
        shown(control).append(run("9"))
        _mark_run(shown(control)[1], "vertAlign", "superscript")

    assert texts(read(damaged("ferritin", change)))["ferritin"] == "5 x 10⁹"


def test_a_line_that_a_program_numbers_is_doubted():
    def change(control):
        properties = control.getparent().find(W + "pPr")
        numbered = etree.SubElement(properties, W + "numPr")
        etree.SubElement(numbered, W + "numId", {W + "val": "1"})

    assert codes(read(damaged("ferritin", change))) == [Code.READINGS_DISAGREE]


@pytest.mark.parametrize("kind", ["altChunk", "footnoteReference", "contentPart"])
def test_what_is_shown_from_elsewhere_is_said(kind):
    raw = read(damaged("name", lambda c: c.addnext(etree.Element(W + kind))))

    assert codes(raw) == [Code.FIELD_UNKNOWN]


def _mark(control, name):
    _mark_run(next(shown(control).iter(W + "r")), name)


def _mark_run(found, name, value="1"):
    properties = etree.Element(W + "rPr")
    etree.SubElement(properties, W + name, {W + "val": value})
    found.insert(0, properties)


def test_white_text_is_read_and_remarked_like_hidden_text():
    raw = read(
        damaged("name", lambda c: _mark_run(next(shown(c).iter(W + "r")), "color", "ffffff"))
    )

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_HIDDEN]


@pytest.mark.parametrize(
    ("kind", "doubts"), [("DATE", 1), ("savedate", 1), ("DATED", 0), ("REF", 0)]
)
def test_a_field_that_follows_the_clock_is_doubted(kind, doubts):
    def change(control):
        marks = [etree.Element(W + "r") for _ in range(4)]
        for mark, step in zip(marks, ("begin", "", "separate", "end"), strict=True):
            name, told = ("fldChar", {W + "fldCharType": step}) if step else ("instrText", {})
            etree.SubElement(mark, W + name, told).text = "" if step else f" {kind} x "
        shown(control).clear()
        shown(control).extend([*marks[:3], run("12/03/2015"), marks[3]])

    raw = read(damaged("name", change))

    assert texts(raw)["name"] == "12/03/2015"
    assert codes(raw) == [Code.READINGS_DISAGREE] * doubts


def test_a_short_field_that_follows_the_clock_is_doubted():
    def change(control):
        outer = etree.Element(W + "fldSimple", {W + "instr": "TIME"})
        outer.append(run("12/03/2015"))
        shown(control).clear()
        shown(control).append(outer)

    assert codes(read(damaged("name", change))) == [Code.READINGS_DISAGREE]


def test_a_cell_deleted_and_an_answer_moved_away_in_tracked_changes_are_said():
    def change(root):
        etree.SubElement(
            line_of(control_of(root, "ferritin")).findall(W + "tc")[2].find(W + "tcPr"),
            W + "cellDel",
        )
        content = shown(control_of(root, "name"))
        gone = etree.SubElement(content, W + "moveFrom")
        gone.append(content[0])

    raw = read(changed(FULL, change))

    assert "name" not in texts(raw)
    assert {finding.item for finding in raw.findings} == {"ferritin", "name"}
    assert set(codes(raw)) == {Code.TEXT_REVISED}


@pytest.mark.parametrize("mark", ["highlight", "u", "b"])
@pytest.mark.parametrize(("option", "expected"), [("rash", [Code.ANSWER_UNSURE]), ("fever", [])])
def test_the_label_of_an_empty_box_that_stands_out_is_asked_about(mark, option, expected):
    def change(control):
        _mark_run(control.getparent().findall(W + "r")[-1], mark, "yellow")

    raw = read(damaged(f"signs__{option}", change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == expected
    assert {(finding.item, "=" in finding.location.code) for finding in raw.findings} <= {
        ("signs", False)
    }


def test_words_in_the_margin_or_laid_over_the_page_are_said_never_quoted():
    comments = f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="1"><w:p><w:r><w:t>secret</w:t>'
    comments += "</w:r></w:p></w:comment></w:comments>"
    relations = "word/_rels/document.xml.rels"

    def link(root):
        etree.SubElement(root, root[0].tag, Id="c", Type="x/comments", Target="comments.xml")

    content = with_part(FULL, "word/comments.xml", comments.encode())
    content = changed(content, link, relations)
    content = damaged("name", lambda c: c.addnext(_picture()), content)
    raw = read(content)

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.FIELD_UNKNOWN, Code.FIELD_UNKNOWN]
    assert "secret" not in repr(raw)


def _picture():
    holder = etree.Element(W + "r")
    etree.SubElement(holder, W + "drawing")
    return holder


# Ticks


@pytest.mark.parametrize("mark", ["☒", "☑", "✓", "✔", "x", "X", "[x]", "[X]"])
def test_a_tick_drawn_by_hand_counts(mark):
    raw = read(damaged("signs__rash", lambda c: _retype(c, f"{mark} ")))

    assert texts(raw)["signs__rash"] == "1"
    assert codes(raw) == [Code.CONTROL_LOST]


@pytest.mark.parametrize("mark", ["☐", "□", "[ ]", "[]"])
def test_an_empty_box_drawn_by_hand_does_not(mark):
    raw = read(damaged("signs__fever", lambda c: _retype(c, f"{mark} ")))

    assert "signs__fever" not in texts(raw)
    assert codes(raw) == [Code.CONTROL_LOST]


def _retype(control, mark):
    cell = delete(control)
    cell.insert(1, run(mark))


def test_a_label_whose_box_was_deleted_says_nothing():
    raw = read(damaged("signs__fever", delete))

    assert "signs__fever" not in texts(raw)
    assert codes(raw) == [Code.FIELD_MISSING]


def test_words_added_to_an_option_are_doubted():
    def change(control):
        control.getparent().append(run(" depuis 2015"))

    raw = read(damaged("signs__fever", change))

    assert texts(raw)["signs__fever"] == "1"
    assert codes(raw) == [Code.ANSWER_UNSURE]


def test_a_box_that_shows_another_state_than_it_holds_is_an_error():
    def change(control):
        next(shown(control).iter(W + "t")).text = "☐"

    raw = read(damaged("signs__fever", change))

    assert codes(raw) == [Code.READINGS_DISAGREE]
    assert raw.findings[0].item == "signs"


@pytest.mark.parametrize(("char", "ticked"), [("F0FE", True), ("F0FD", True), ("F0A8", False)])
def test_boxes_of_picture_fonts_are_understood(char, ticked):
    def change(control):
        cell = delete(control)
        holder = etree.Element(W + "r")
        etree.SubElement(holder, W + "sym", {W + "font": "Wingdings", W + "char": char})
        cell.insert(1, holder)

    assert ("signs__rash" in texts(read(damaged("signs__rash", change)))) is ticked


def test_a_sign_of_an_unknown_font_is_never_taken_for_an_empty_box():
    def change(control):
        content = shown(control)
        content.clear()
        holder = etree.SubElement(content, W + "r")
        etree.SubElement(holder, W + "sym", {W + "font": "Webdings", W + "char": "F061"})

    raw = read(damaged("signs__rash", change))

    assert set(codes(raw)) == {Code.READINGS_DISAGREE, Code.ANSWER_UNSURE}
    assert any(finding.severity is Severity.ERROR for finding in raw.findings)
