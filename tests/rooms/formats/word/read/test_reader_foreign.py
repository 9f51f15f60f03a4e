"""Word forms of other programs, form fields of older ones, refused and foreign files."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import Rung
from tests.kit.broken import small
from tests.kit.broken.small_word import (
    BLANK,
    FULL,
    READER,
    WRITTEN,
    W,
    codes,
    damaged,
    delete,
    read,
    rungs,
    shown,
    texts,
)
from tests.kit.fillers.word_by_hand import MAIN, changed, control_of, fill, run, with_part

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

    assert {tag.get(W + "val") for tag in root.iter(W + "tag")} == set(small.ANSWERS)


def _document():
    return zipfile.ZipFile(io.BytesIO(BLANK)).read(MAIN)
