"""Tracked changes, hidden text, ticks, other programs, refused files: what Word forms suffer."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from intake.model.errors import UnreadableFile
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import Rung
from tests.broken import small
from tests.fillers.word_by_hand import MAIN, changed, control_of, fill, run, tag_of, with_part
from tests.formats.word.small_word import (
    BLANK,
    FULL,
    READER,
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
def test_a_struck_answer_is_doubted(mark):
    raw = read(damaged("ferritin", lambda c: _mark(c, mark)))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.READINGS_DISAGREE]


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


# Other programs


def strip_tags(root):
    """Take off what LibreOffice takes off: tags and locks, and titles of lists and boxes."""
    for control in root.iter(W + "sdt"):
        properties = control.find(W + "sdtPr")
        is_text = properties.find(W + "text") is not None
        for name in ("tag", "lock", "showingPlcHdr") + (() if is_text else ("alias",)):
            for found in properties.findall(W + name):
                properties.remove(found)


def test_a_form_without_tags_is_read_by_bookmark_and_line():
    raw = read(changed(FULL, strip_tags))

    assert texts(raw) == WRITTEN
    assert raw.findings == ()
    assert rungs(raw)["drug"] is Rung.BOOKMARK
    assert rungs(raw)["name"] is Rung.CONTROL


def only_text(root):
    """Leave text alone, as pandoc does: no control, no bookmark."""
    for control in list(root.iter(W + "sdt")):
        for child in list(shown(control)):
            control.addprevious(child)
        control.getparent().remove(control)
    for kind in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(root.iter(W + kind)):
            mark.getparent().remove(mark)


def test_a_form_of_text_alone_is_read_by_its_lines_with_one_note():
    raw = read(changed(FULL, only_text))

    assert texts(raw) == WRITTEN
    assert set(rungs(raw).values()) == {Rung.CODE_ROW}
    assert codes(raw) == [Code.CONTROL_LOST]


def test_a_value_doubled_by_a_program_is_doubted():
    def change(control):
        control.addnext(run("1,5"))

    assert codes(read(damaged("visit__1__dose", change))) == [Code.READINGS_DISAGREE]


def test_a_bookmark_and_a_line_that_differ_without_a_control_are_an_error():
    def change(root):
        control = control_of(root, "drug")
        strip_tags(root)
        control.getprevious().addprevious(run("pas "))
        control.getnext().addnext(run(" ?"))

    raw = read(changed(FULL, change))

    assert codes(raw) == [Code.READINGS_DISAGREE]
    assert raw.findings[0].item == "drug"


def test_a_bookmark_that_ends_too_soon_leaves_the_word_to_the_line():
    def change(control):
        shown(control).clear()
        shown(control).append(run("72"))
        control.getnext().addnext(run(",5"))
        control.addprevious(shown(control)[0])
        control.getparent().remove(control)

    raw = read(damaged("visit__1__dose", change))

    assert texts(raw)["visit__1__dose"] == "72,5"
    assert rungs(raw)["visit__1__dose"] is Rung.CODE_ROW
    assert codes(raw) == [Code.CONTROL_LOST]


@pytest.mark.parametrize(
    ("data", "address", "text"),
    [
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "signs__rash", "1"),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "x", None),
        (
            "<w:ddList><w:result w:val='1'/><w:listEntry w:val='Anakinra'/>"
            "<w:listEntry w:val='Méthotrexate'/></w:ddList>",
            "drug",
            "Méthotrexate",
        ),
        ("<w:textInput/>", "visit__2__dose", "3,5"),
    ],
)
def test_form_fields_of_older_programs_are_read(data, address, text):
    place = address if text else "signs__rash"
    marks = f'<x xmlns:w="{W[1:-1]}"><w:r><w:fldChar w:fldCharType="begin"><w:ffData>'
    marks += f'<w:name w:val="{place}"/>{data}</w:ffData></w:fldChar></w:r>'
    marks += "<w:r><w:instrText>FORM</w:instrText></w:r>"
    marks += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    marks += "<w:r><w:t>3,5</w:t></w:r>" if "textInput" in data else ""
    marks += '<w:r><w:fldChar w:fldCharType="end"/></w:r></x>'

    def change(control):
        cell = delete(control)
        for number, mark in enumerate(etree.fromstring(marks.encode())):
            cell.insert(1 + number, mark)

    raw = read(damaged(place, change, BLANK))

    assert texts(raw).get(place) == text
    assert text is None or rungs(raw)[place] is Rung.FIELD
    assert raw.findings == ()


# Refused or foreign


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin"])
def test_macros_and_embedded_objects_are_refused(name):
    with pytest.raises(UnreadableFile) as refused:
        READER.inspect(with_part(FULL, name, b""))

    assert refused.value.code == Code.FILE_UNSAFE


def test_a_document_without_a_body_is_damaged():
    with pytest.raises(UnreadableFile) as refused:
        READER.inspect(with_part(FULL, MAIN, b"<x/>"))

    assert refused.value.code == Code.FILE_DAMAGED


def test_another_document_has_no_fields_and_no_stamp():
    def change(root):
        for child in list(root.find(W + "body")):
            root.find(W + "body").remove(child)

    content = changed(FULL, change)
    for part in ("word/footer1.xml", "docProps/custom.xml"):
        content = with_part(content, part, b"<x/>")
    inspection = READER.inspect(content)

    assert inspection.claims == ()
    assert [f.code for f in inspection.findings] == [Code.FILE_NO_FIELDS]


def test_an_endless_text_stops_the_reading():
    with pytest.raises(UnreadableFile) as refused:
        READER.inspect(fill(BLANK, {"name": "a" * 200_000}))

    assert refused.value.code == Code.FILE_LIMIT


def test_an_empty_part_of_another_program_changes_nothing():
    raw = read(with_part(FULL, "customXml/item1.xml", b""))

    assert texts(raw) == WRITTEN


def test_the_tags_are_the_addresses():
    root = etree.fromstring(_document())

    assert {tag_of(sdt) for sdt in root.iter(W + "sdt")} == set(small.ANSWERS)


def _document():
    return zipfile.ZipFile(io.BytesIO(BLANK)).read(MAIN)
