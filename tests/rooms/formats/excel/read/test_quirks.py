"""What programs and people do to one cell: read as entered, or said."""

from __future__ import annotations

import pytest

from intake.formats.excel.read.reader import ExcelReader
from intake.model.finding_codes import FindingCode
from tests.kit.broken.small_excel import form, small_blank
from tests.kit.broken.workbook import WORKBOOK, replaced, with_cell

READER = ExcelReader()
FULL, PARTIAL, NUMBER, TEXT = "seen", "onset", "dose", "note"
YES_NO, TICK = "fever", "signs__rash"
CONVERTED, UNSURE = FindingCode.CELL_DATE_CONVERTED, FindingCode.CELL_DATE_UNSURE
OTHERWISE = FindingCode.CELL_SHOWN_OTHERWISE


def read(content):
    raw = READER.read(READER.inspect(content), form())
    return {answer.address: answer.text for answer in raw.answers}, raw.findings


def cell(address, inside, **how):
    """Return the text read from one changed cell, and the codes of what is said of it."""
    answers, findings = read(with_cell(small_blank(), address, inside, **how))
    item = address.split("__")[0]
    assert [f for f in findings if f.item != item] == []
    return answers.get(address, ""), {FindingCode[f.code] for f in findings}


@pytest.mark.parametrize(
    ("address", "raw", "shown", "text", "codes"),
    [
        (FULL, "42075", "date", "2015-03-12", {CONVERTED}),
        (FULL, "42075.75", "date", "2015-03-12", {CONVERTED}),
        (FULL, "42075", "General", "2015-03-12", {CONVERTED}),
        (FULL, "17999", "General", "17999", set()),
        (FULL, "60001", "General", "60001", set()),
        (PARTIAL, "42064", "month", "2015-03", {CONVERTED}),
        (PARTIAL, "2015", "date", "2015", {CONVERTED}),
        (PARTIAL, "2015", "General", "2015", set()),
        (PARTIAL, "45000", "day", "2023-03-15", {UNSURE}),
        (FULL, "60", "date", "60", {UNSURE}),
        (FULL, "-5", "date", "-5", {UNSURE}),
        (FULL, "99999999", "date", "99999999", {UNSURE}),
        (FULL, "0.5", "time", "12:00", {UNSURE}),
        (NUMBER, "0.354166666666667", "time", "08:30", {UNSURE}),
        (NUMBER, "7", "time", "7", {UNSURE}),
        (NUMBER, "45000", "date", "2023-03-15", {UNSURE}),
        (NUMBER, "45000", "General", "45000", set()),
        (TEXT, "42064", "month", "2015-03", {UNSURE}),
        (NUMBER, "0.5", "percent", "50 %", set()),
        (NUMBER, "0.125", "0.0%", "12.5 %", set()),
        (NUMBER, "0.05", '"<"0%', "<5 %", set()),
        (NUMBER, "0.05", '0%" env."', "5 % env.", set()),
        (NUMBER, "0.125", '"<"0%', "12.5 %", {OTHERWISE}),
        (NUMBER, "72.500000000000014", "General", "72.5", set()),
        (NUMBER, "0.30000000000000004", "General", "0.3", set()),
        (NUMBER, "7.25E1", "General", "72.5", set()),
        (NUMBER, "1E5", "General", "100000", set()),
        (NUMBER, "72.5", "", "72.5", set()),
        (NUMBER, "30", '"<"0', "<30", set()),
        (NUMBER, "85", '0.0" g/L"', "85 g/L", set()),
        (NUMBER, "85", "#,##0.00\\ [$€-40C]", "85", set()),
        (NUMBER, "85", '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "85", set()),
        (NUMBER, "85", "0,", "85", {OTHERWISE}),
        (NUMBER, "20", '[<30]"<30";0', "20", {OTHERWISE}),
        (NUMBER, "20", '"néant"', "20", {OTHERWISE}),
        (FULL, "42075", "dd/mm/yyyy", "2015-03-12", {CONVERTED}),
        (FULL, "42075", "[$-40C]d mmmm yyyy;@", "2015-03-12", {CONVERTED}),
        (PARTIAL, "42075", "yyyy", "2015", {CONVERTED}),
        (PARTIAL, "42075", "[h]:mm:ss", "2015-03-12", {UNSURE}),
    ],
)
def test_a_number_is_read_as_it_was_typed_or_its_change_is_said(address, raw, shown, text, codes):
    assert cell(address, f"<v>{raw}</v>", shown=shown) == (text, codes)


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    content = with_cell(small_blank(), FULL, "<v>40613</v>", shown="date")
    content = replaced(content, WORKBOOK, b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    answers, findings = read(content)
    assert answers[FULL] == "2015-03-12"
    assert [finding.code for finding in findings] == [CONVERTED]


@pytest.mark.parametrize(
    ("stored", "text"), [("2015-03-12T00:00:00", "2015-03-12"), ("2015-03-12", "2015-03-12")]
)
def test_a_date_stored_as_iso_text_is_read(stored, text):
    assert cell(FULL, f"<v>{stored}</v>", kind="d", shown="date") == (text, {CONVERTED})


@pytest.mark.parametrize(
    ("address", "inside", "kind", "text", "code"),
    [
        (NUMBER, "<f>70+2</f><v>72</v>", "", "72", FindingCode.CELL_FORMULA),
        (NUMBER, "<f>70+2</f>", "", "=70+2", FindingCode.CELL_FORMULA_EMPTY),
        (NUMBER, "<f>70+2</f><v></v>", "", "=70+2", FindingCode.CELL_FORMULA_EMPTY),
        (NUMBER, '<f t="shared" si="0"/>', "", "=", FindingCode.CELL_FORMULA_EMPTY),
        (TEXT, '<f>A1&amp;"x"</f><v>sein x</v>', "str", "sein x", FindingCode.CELL_FORMULA),
        (NUMBER, "<v>#N/A</v>", "e", "#N/A", FindingCode.CELL_ERROR),
        (NUMBER, "<v>#REF!</v>", "e", "#REF!", FindingCode.CELL_ERROR),
        (NUMBER, "<v>12abc</v>", "", "12abc", FindingCode.CELL_ERROR),
        (TEXT, "<v>999999</v>", "s", "", FindingCode.CELL_ERROR),
    ],
)
def test_a_formula_or_an_error_is_never_an_empty_cell(address, inside, kind, text, code):
    assert cell(address, inside, kind=kind) == (text, {code})


@pytest.mark.parametrize(
    ("address", "stored", "text"),
    [(YES_NO, "1", "1"), (YES_NO, "0", "0"), (TICK, "1", "TRUE"), (NUMBER, "1", "TRUE")],
)
def test_true_and_false_answer_only_yes_or_no_questions(address, stored, text):
    assert cell(address, f"<v>{stored}</v>", kind="b") == (text, set())


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<is><r><t>sein</t></r><r><rPr><b/></rPr><t> droit</t></r></is>", "sein droit"),
        ("<is><t>sein</t><rPh sb='0' eb='1'><t>lu</t></rPh></is>", "sein"),
        ("<is><t>a_x000D__x000A_b</t></is>", "a\nb"),
        ("<is><t>_x005F_x000D_</t></is>", "_x000D_"),
        ("<is><t>_xD83D__xDE00_</t></is>", "😀"),
        ("<is><t xml:space='preserve'> sein </t></is>", " sein "),
        ("<is><t>=1+1</t></is>", "=1+1"),
        ("<is><t>&#233;te&#769;</t></is>", "été"),
    ],
)
def test_a_text_is_read_as_it_was_typed(inside, text):
    assert cell(TEXT, inside, kind="inlineStr") == (text, set())
