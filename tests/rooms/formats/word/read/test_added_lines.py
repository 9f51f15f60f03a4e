"""What is written in a document beside its answers is said, and where; nothing else is."""

from __future__ import annotations

import pytest
from lxml import etree

from intake.formats.word.read.reader import WordReader
from intake.formats.wording.first_page import Front, StudyWords
from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken.small_word import FULL, W, form, line_of
from tests.kit.fillers.word_by_hand import changed, control_of, run

READER = WordReader(StudyWords((Front(tuple(form().title.values())),)))
HEADER = "word/header1.xml"


def said(change, part="word/document.xml"):
    raw = READER.read(READER.inspect(changed(FULL, change, part)), form())
    return [
        (f.code, f.context.get("kind", ""), f.items, f.location and f.location.code)
        for f in raw.findings
    ]


def paragraph(text):
    made = etree.Element(W + "p")
    made.append(run(text))
    return made


def test_an_untouched_form_says_nothing():
    assert said(lambda _: None) == []


def test_the_label_of_an_option_typed_as_a_line_is_said():
    label = next(t for t in form().items["signs"].options[0].title.values())

    def change(root):
        next(control_of(root, "name").iterancestors(W + "tbl")).addnext(paragraph(f"☒ {label}"))

    ((code, _, _, _),) = said(change)
    assert code == Code.TEXT_ELSEWHERE


def test_a_label_alone_outside_its_line_is_no_word_of_the_form_there():
    label = next(t for t in form().items["signs"].options[0].title.values())

    def change(root):
        next(control_of(root, "name").iterancestors(W + "tbl")).addnext(paragraph(label))

    assert [found[0] for found in said(change)] == [Code.TEXT_ELSEWHERE]


@pytest.mark.parametrize("where", [0, 1, 2, 5])
def test_words_in_the_title_band_or_the_box_below_it_are_said(where):
    def change(root):
        front = list(root.iter(W + "tbl"))[:2]
        texts = [p for table in front for p in table.iter(W + "p") if "".join(p.itertext())]
        texts[where].append(run(" 8450"))

    assert said(change) == [(Code.TEXT_ELSEWHERE, "front", (), None)]


def test_a_table_before_the_first_question_is_said():
    def change(root):
        table = etree.fromstring(etree.tostring(next(root.iter(W + "tbl"))))
        for text in table.iter(W + "t"):
            text.text = "ferritine 8450"
        next(root.iter(W + "tbl")).addnext(table)

    assert [found[:2] for found in said(change)] == [(Code.TEXT_ELSEWHERE, "front")]


@pytest.mark.parametrize("text", ["voir courrier", "8450"])
def test_words_and_figures_in_the_head_of_pages_are_said(text):
    assert said(lambda root: root.append(paragraph(text)), HEADER) == [
        (Code.TEXT_ELSEWHERE, "heads", (), None)
    ]


def test_a_picture_in_the_head_of_pages_is_said():
    def change(root):
        etree.SubElement(next(root.iter(W + "p")), W + "drawing")

    assert said(change, HEADER) == [(Code.FIELD_UNKNOWN, "drawings", (), None)]


def test_words_in_the_cell_of_a_question_name_it():
    def change(root):
        line_of(control_of(root, "ferritin")).findall(W + "tc")[1][-1].append(run(" 8450"))

    ((code, _, items, place),) = said(change)
    assert (code, items) == (Code.TEXT_ELSEWHERE, ("ferritin",))
    assert place == form().items["ferritin"].code


def strike(element):
    """Strike all the letters of an element, as a person does who selects them."""
    strike_runs([*element.iter(W + "r")])


def strike_runs(runs):
    for one in runs:
        properties = one.find(W + "rPr")
        if properties is None:
            properties = etree.Element(W + "rPr")
            one.insert(0, properties)
        etree.SubElement(properties, W + "strike")


def test_a_question_that_is_struck_through_whole_is_said():
    def change(root):
        strike(line_of(control_of(root, "ferritin")).findall(W + "tc")[1])

    assert said(change) == [(Code.TEXT_ELSEWHERE, "", ("ferritin",), form().items["ferritin"].code)]


def test_one_printed_paragraph_struck_beside_others_is_said():
    def change(root):
        strike(line_of(control_of(root, "ferritin")).findall(W + "tc")[1].findall(W + "p")[-1])

    assert [found[0] for found in said(change)] == [Code.TEXT_ELSEWHERE]


def test_a_heading_between_tables_that_is_struck_is_said_once():
    def change(root):
        table = next(control_of(root, "ferritin").iterancestors(W + "tbl"))
        before = table.itersiblings(W + "p", preceding=True)
        strike(next(p for p in before if "".join(p.itertext()).strip()))

    assert [found[0] for found in said(change)] == [Code.TEXT_ELSEWHERE]


def test_a_struck_unit_leaves_its_answer_in_doubt():
    def change(root):
        cell = line_of(control_of(root, "ferritin")).findall(W + "tc")[-1]
        strike_runs(cell.findall(f"{W}p/{W}r"))

    assert [found[0] for found in said(change)] == [Code.ANSWER_UNSURE]


@pytest.mark.parametrize("change_code", [lambda t: setattr(t, "text", ""), strike])
def test_an_emptied_or_struck_code_of_the_first_line_is_said(change_code):
    def change(root):
        first = line_of(control_of(root, "name")).findall(W + "tc")[0]
        for found in [*first.iter(W + "t")]:
            change_code(found if change_code is not strike else first)

    assert [found[0] for found in said(change)] == [Code.TEXT_ELSEWHERE]


def test_words_between_tables_are_placed_behind_the_line_before():
    def change(root):
        next(control_of(root, "ferritin").iterancestors(W + "tbl")).addnext(paragraph("8450"))

    ((code, _, _, place),) = said(change)
    assert code == Code.TEXT_ELSEWHERE
    assert place
