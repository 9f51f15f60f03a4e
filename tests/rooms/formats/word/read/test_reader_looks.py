"""Text is read as a person sees it, whether set direct, by a style, a theme or a place."""

from __future__ import annotations

import pytest
from lxml import etree

from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken.small_word import FULL, W, codes, line_of, read, shown, texts
from tests.kit.fillers.word_by_hand import changed, control_of, run, with_part

MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
STYLES = "word/styles.xml"
THEME = (
    b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
    b'<a:clrScheme name="x"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    b'<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1></a:clrScheme></a:themeElements>'
    b"</a:theme>"
)


def element(name, **attributes):
    return etree.Element(W + name, {W + key: value for key, value in attributes.items()})


def marked(text, *marks):
    """Return a run with properties."""
    made = run(text)
    properties = etree.Element(W + "rPr")
    properties.extend(marks)
    made.insert(0, properties)
    return made


def with_styles(content):
    """Add styles as people and programs name them, one based on another."""

    def change(root):
        for kind, name, *marks in (
            ("character", "Barre", element("strike")),
            ("character", "Barre2", element("b")),
            ("character", "Cache", element("vanish")),
            ("character", "Exposant", element("vertAlign", val="superscript")),
            ("paragraph", "BarrePara", element("strike")),
        ):
            style = etree.SubElement(root, W + "style", {W + "type": kind, W + "styleId": name})
            if name == "Barre2":
                style.append(element("basedOn", val="Barre"))
            properties = etree.SubElement(style, W + "rPr")
            properties.extend(marks)

    return changed(content, change, STYLES)


def answer(*runs, address="ferritin", style="", content=FULL):
    """Return what is read of one answer made of runs, and the codes and kinds of remarks."""

    def change(root):
        control = control_of(root, address)
        shown(control).clear()
        shown(control).extend(runs)
        if style:
            properties = next(control.iterancestors(W + "p")).find(W + "pPr")
            properties.find(W + "pStyle").set(W + "val", style)

    raw = read(changed(with_styles(content), change))
    said = [(f.code, f.context.get("kind", "")) for f in raw.findings]
    return texts(raw).get(address, ""), said


STRUCK = [(Code.ANSWER_UNSURE, "struck")]
HIDDEN = [(Code.TEXT_HIDDEN, "")]


def by(name):
    return element("rStyle", val=name)


@pytest.mark.parametrize(
    ("runs", "text", "said"),
    [
        ((marked("7", by("Barre")), run("4")), "4", STRUCK),
        ((marked("7", by("Barre2")), run("4")), "4", STRUCK),
        ((marked("7", by("Barre"), element("strike", val="0")), run("4")), "74", []),
        ((run("340"), marked("1", by("Exposant"))), "340¹", []),
        ((run("340"), marked("1", element("position", val="8"))), "340¹", []),
        ((run("340"), marked("1", element("position", val="2"))), "3401", []),
        ((run("H"), marked("2", element("position", val="-8"))), "H₂", []),
        ((run("9"), marked("8", by("Cache"))), "98", HIDDEN),
        ((run("9"), marked("8", element("sz", val="2"))), "98", HIDDEN),
        ((run("9"), marked("8", element("color", val="FEFEFE"))), "98", HIDDEN),
        (
            (marked("98", element("color", val="FFFFFF"), element("shd", fill="000000")),),
            "98",
            [],
        ),
        ((run("64 "), marked("m", element("rFonts", ascii="Symbol")), run("g/L")), "64 µg/L", []),
        ((marked("\uf0b3", element("rFonts", hAnsi="Symbol")), run(" 40")), "≥ 40", []),
        ((run("500 \uf06dg"),), "500 \ufffdg", [(Code.ANSWER_UNSURE, "sign")]),
    ],
)
def test_an_answer_is_read_as_it_is_set(runs, text, said):
    assert answer(*runs) == (text, said)


def test_a_strike_of_the_paragraph_style_counts_and_two_switches_are_off():
    assert answer(run("74"), style="BarrePara") == ("", STRUCK)
    twice, _ = answer(marked("74", by("Barre")), style="BarrePara")
    assert twice == "74"


def test_the_white_of_the_theme_is_white():
    relations = "word/_rels/document.xml.rels"
    content = with_part(FULL, "word/theme/theme1.xml", THEME)

    def link(root):
        etree.SubElement(root, root[0].tag, Id="t", Type="x/theme", Target="theme/theme1.xml")

    content = changed(content, link, relations)
    white = element("color", val="000000", themeColor="background1")
    tinted = element("color", val="FFFFFF", themeColor="background1", themeShade="80")

    assert answer(marked("74", white), content=content) == ("74", HIDDEN)
    assert answer(marked("74", tinted), content=content) == ("74", [])


# Equations, fields, controls


def maths(kind, **parts):
    holder = etree.Element(MATHS + "oMath")
    made = etree.SubElement(holder, MATHS + kind)
    for name, text in parts.items():
        part = etree.SubElement(made, MATHS + name)
        etree.SubElement(etree.SubElement(part, MATHS + "r"), MATHS + "t").text = text
    return holder


EQUATION = [(Code.ANSWER_UNSURE, "equation")]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ((maths("f", num="1", den="320"),), " 1/320"),
        ((run("7"), maths("f", num="1", den="2")), "7 1/2"),
        ((maths("sSup", e="10", sup="9"),), "10⁹"),
        ((maths("rad", deg="", e="2"),), "2"),
    ],
)
def test_an_equation_is_written_out_and_asked_about(runs, text):
    assert answer(*runs) == (text, EQUATION)


def field(instruction, *result):
    """Return the runs of a field, with a result or none."""
    steps = [("fldChar", "begin"), ("instrText", instruction)]
    steps += [("fldChar", "separate")] if result else []
    made = []
    for name, told in steps:
        made.append(etree.Element(W + "r"))
        mark = etree.SubElement(made[-1], W + name)
        if name == "fldChar":
            mark.set(W + "fldCharType", told)
        else:
            mark.text = told
    end = etree.Element(W + "r")
    etree.SubElement(end, W + "fldChar", {W + "fldCharType": "end"})
    return [*made, *result, end]


def test_a_formula_may_show_an_older_result():
    assert answer(*field(" = 2+5 ", run("6"))) == ("6", [(Code.READINGS_DISAGREE, "")])


@pytest.mark.parametrize(
    ("instruction", "text"), [(r" EQ \f(1;320) ", " 1/320"), (r" EQ \r(3;2) ", "\ufffd")]
)
def test_an_equation_of_a_field_keeps_no_text_and_is_asked_about(instruction, text):
    found, said = answer(*field(instruction))

    assert found == text
    assert (Code.ANSWER_UNSURE, "equation") in said


def test_a_place_pasted_into_another_is_doubted():
    def change(root):
        inner = control_of(root, "name")
        shown(control_of(root, "ferritin")).append(inner)

    assert Code.READINGS_DISAGREE in codes(read(changed(FULL, change)))


# Marks without a word


@pytest.mark.parametrize(
    "mark",
    [
        element("shd", fill="FFFF00"),
        element("bdr", val="single"),
        element("color", val="FF0000"),
    ],
)
@pytest.mark.parametrize(("option", "expected"), [("rash", [Code.ANSWER_UNSURE]), ("fever", [])])
def test_the_label_of_an_empty_box_in_colour_or_frame_is_asked_about(mark, option, expected):
    def change(root):
        label = control_of(root, f"signs__{option}").getparent().findall(W + "r")[-1]
        properties = etree.Element(W + "rPr")
        properties.append(etree.fromstring(etree.tostring(mark)))
        label.insert(0, properties)

    assert codes(read(changed(FULL, change))) == expected


def test_a_shaded_paragraph_marks_its_option():
    def change(root):
        paragraph = next(control_of(root, "signs__rash").iterancestors(W + "p"))
        paragraph.find(W + "pPr").append(element("shd", fill="FFFF00"))

    assert codes(read(changed(FULL, change))) == [Code.ANSWER_UNSURE]


def test_an_answer_cell_merged_downward_is_said():
    def change(root):
        cell = line_of(control_of(root, "ferritin")).findall(W + "tc")[2]
        cell.find(W + "tcPr").append(element("vMerge"))

    raw = read(changed(FULL, change))

    assert (Code.CELL_MERGED, "ferritin") in [(f.code, f.item) for f in raw.findings]
