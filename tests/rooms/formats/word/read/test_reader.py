"""What the Word reader makes of controls deleted, typed beside, pasted, split."""

from __future__ import annotations

import copy

import pytest
from lxml import etree

from intake.formats.registry import inspect_file
from intake.model.finding import Severity
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import FileFormat, Rung
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
    form,
    line_of,
    read,
    rungs,
    shown,
    texts,
)
from tests.kit.fillers.word_by_hand import changed, control_of, fill, run

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


# Intact


def test_answers_are_read_with_their_visible_code_and_nothing_is_remarked():
    raw = read(FULL)

    assert texts(raw) == WRITTEN
    assert raw.findings == ()
    assert set(rungs(raw).values()) == {Rung.CONTROL}
    assert {a.address: a.location.code for a in raw.answers}["visit__1__dose"] == "B01.1"


def test_a_blank_form_has_no_answer_no_finding_and_three_equal_stamps():
    inspection = READER.inspect(BLANK)
    raw = READER.read(inspection, form())

    assert raw.answers == ()
    assert raw.findings == ()
    assert {claim.carrier for claim in inspection.claims} == {"field", "footer", "metadata"}
    assert {claim.stamp for claim in inspection.claims} == {small.STAMP}


def test_a_word_file_is_known_by_its_content():
    inspection = inspect_file(FULL, "fiche.docx")

    assert inspection.format is FileFormat.WORD
    assert inspection.findings == ()


# Controls deleted, emptied, duplicated


def test_a_value_typed_where_the_control_was_deleted_is_read_in_its_line_with_a_note():
    def change(control):
        delete(control).append(run("72,5"))

    raw = read(damaged("visit__1__dose", change))

    assert texts(raw) == WRITTEN | {"visit__1__dose": "72,5"}
    assert rungs(raw)["visit__1__dose"] is Rung.CODE_ROW
    assert codes(raw) == [Code.CONTROL_LOST]
    assert raw.findings[0].severity is Severity.NOTE


def test_the_printed_unit_is_no_part_of_a_value_read_in_its_line():
    def change(control):
        delete(control).insert(1, run("88"))

    assert texts(read(damaged("ferritin", change)))["ferritin"] == "88"


def test_a_value_typed_beside_an_untouched_control_is_read_and_doubted():
    def change(control):
        control.addnext(run("72,5"))

    raw = read(damaged("visit__2__dose", change))

    assert texts(raw) == WRITTEN | {"visit__2__dose": "72,5"}
    assert codes(raw) == [Code.ANSWER_UNSURE]
    assert (raw.findings[0].item, raw.findings[0].row) == ("dose", 2)


@pytest.mark.parametrize("keeps_control", [True, False])
@pytest.mark.parametrize("where", ["before", "behind", "behind the unit"])
def test_a_value_typed_beside_a_waiting_place_is_read_with_a_note(where, keeps_control):
    def change(control):
        cell = control.getparent()
        spot = {"before": cell.index(control), "behind": cell.index(control) + 1}
        if not keeps_control:  # as programs that know no text controls save it
            for word in shown(control):
                control.addprevious(word)
            cell.remove(control)
            spot["behind"] = spot["before"] + 1
        cell.insert(spot.get(where, len(cell)), run("90"))

    raw = read(damaged("ferritin", change, BLANK))

    assert texts(raw) == {"ferritin": "90"}
    assert codes(raw) == [Code.CONTROL_LOST]
    assert [finding.severity for finding in raw.findings] == [Severity.NOTE]


@pytest.mark.parametrize("torn", ["Écrire DUici", "Écrire iDUci", "ÉcDUrire ici"])
def test_a_value_typed_into_the_middle_of_a_placeholder_is_doubted(torn):
    def change(control):
        shown(control)[0].find(W + "t").text = torn

    raw = read(damaged("name", change, BLANK))

    assert texts(raw) == {"name": torn}
    assert Code.ANSWER_UNSURE in codes(raw)


@pytest.mark.parametrize(
    ("address", "expected"), [("comments", [Code.ANSWER_UNSURE]), ("ferritin", [])]
)
def test_a_filled_control_that_says_it_shows_a_placeholder_is_doubted_in_words_only(
    address, expected
):
    def change(control):
        control.find(W + "sdtPr").append(etree.Element(W + "showingPlcHdr"))

    raw = read(damaged(address, change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == expected
    assert {finding.severity for finding in raw.findings} <= {Severity.QUERY}


@pytest.mark.parametrize(
    "waiting", ["Écrire ici", "Write here", "Cliquez ou appuyez ici pour entrer du texte."]
)
def test_a_placeholder_without_its_flag_is_no_answer(waiting):
    raw = read(damaged("name", lambda c: shown(c).append(run(waiting)), fill(BLANK, {"name": ""})))

    assert "name" not in texts(raw)
    assert raw.findings == ()


def test_a_line_pasted_twice_with_the_same_value_is_one_answer():
    def change(control):
        line = line_of(control)
        line.addnext(copy.deepcopy(line))

    raw = read(damaged("name", change))

    assert texts(raw) == WRITTEN
    assert raw.findings == ()


def test_a_line_pasted_twice_with_another_value_is_an_error():
    def change(control):
        line = line_of(control)
        twin = copy.deepcopy(line)
        line.addnext(twin)
        next(t for t in twin.iter(W + "t") if t.text == WRITTEN["name"]).text = "autre"

    raw = read(damaged("name", change))

    assert codes(raw) == [Code.READINGS_DISAGREE]
    assert raw.findings[0].severity is Severity.ERROR


def test_two_forms_pasted_into_one_file_are_said():
    def change(root):
        body = root.find(W + "body")
        for table in list(root.iter(W + "tbl")):
            twin = copy.deepcopy(table)
            for sdt in twin.iter(W + "sdt"):
                for text in shown(sdt).iter(W + "t"):
                    text.text = "☒" if text.text in ("☐", "☒") else "autre"
            body.insert(0, twin)

    assert Code.SEVERAL_FORMS in codes(read(changed(FULL, change)))


def test_a_line_deleted_with_its_control_is_said_to_be_missing():
    def change(control):
        line = line_of(control)
        line.getparent().remove(line)

    raw = read(damaged("name", change))

    assert codes(raw) == [Code.FIELD_MISSING]
    assert raw.findings[0].items == ("name",)


def test_lines_in_another_order_change_nothing():
    def change(control):
        line = line_of(control)
        line.getparent().append(line)

    raw = read(damaged("name", change))

    assert texts(raw) == WRITTEN
    assert raw.findings == ()


def test_a_changed_visible_code_is_made_up_for_by_the_control_and_said():
    def change(control):
        next(line_of(control).iter(W + "t")).text = "?"

    raw = read(damaged("name", change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_ELSEWHERE]


def test_two_visible_codes_that_were_exchanged_are_an_error():
    def change(root):
        one, two = (
            next(line_of(control_of(root, name)).iter(W + "t")) for name in ("name", "comments")
        )
        one.text, two.text = two.text, one.text

    raw = read(changed(FULL, change))

    assert set(codes(raw)) == {Code.READINGS_DISAGREE, Code.TEXT_ELSEWHERE}


def test_a_control_added_by_hand_is_a_stranger():
    def change(control):
        twin = copy.deepcopy(control)
        twin.find(f"{W}sdtPr/{W}tag").set(W + "val", "another")
        cell = next(control.iterancestors(W + "tbl")).getnext()
        cell.append(twin)

    assert set(codes(read(damaged("name", change)))) == {Code.FIELD_UNKNOWN, Code.TEXT_ELSEWHERE}


def test_words_written_beside_a_question_or_between_tables_are_said_never_quoted():
    def change(control):
        table = next(control.iterancestors(W + "tbl"))
        line_of(control).findall(W + "tc")[1].find(W + "p").append(run(" secret"))
        table.getnext().append(run("secret"))

    raw = read(damaged("name", change))

    assert texts(raw) == WRITTEN
    assert codes(raw) == [Code.TEXT_ELSEWHERE] * 2
    assert [finding.items for finding in raw.findings] == [("name",), ()]
    assert [finding.context["count"] for finding in raw.findings] == ["1", "1"]
    assert "secret" not in repr(raw)


# Text in pieces


def test_a_value_in_several_runs_is_joined():
    def change(control):
        content = shown(control)
        content.clear()
        for piece in ("7", "2", ",5"):
            content.append(etree.Element(W + "proofErr"))
            content.append(run(piece))

    assert texts(read(damaged("visit__1__dose", change)))["visit__1__dose"] == "72,5"


@pytest.mark.parametrize("typed", ["72,5\nµg/L", "72,5\u00a0µg/L", "72,5\u202fµg/L", "72½", "–3"])
def test_units_spaces_and_fractions_are_kept_as_typed(typed):
    raw = read(fill(BLANK, {"ferritin": typed}))

    assert texts(raw) == {"ferritin": typed}
    assert raw.findings == ()


def test_line_breaks_that_moved_before_the_text_are_doubted():
    def change(control):
        broken = etree.Element(W + "r")
        broken.append(etree.Element(W + "br"))
        control.addprevious(broken)

    raw = read(damaged("comments", change))

    assert codes(raw) == [Code.ANSWER_UNSURE]


def test_one_of_two_alternatives_is_read():
    def change(control):
        both = etree.SubElement(etree.Element("x"), MC + "AlternateContent")
        for kind in ("Choice", "Fallback"):
            etree.SubElement(both, MC + kind).append(run("72,5"))
        shown(control).clear()
        shown(control).append(both)

    assert texts(read(damaged("visit__1__dose", change)))["visit__1__dose"] == "72,5"
