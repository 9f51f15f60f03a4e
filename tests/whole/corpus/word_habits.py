"""What people do to a Word form: type elsewhere, strike, colour, comment, let Word correct."""

from __future__ import annotations

from lxml import etree

from tests.kit.fillers.word_by_hand import changed, control_of, run, with_part
from tests.whole.corpus.word_damage import (
    HB,
    WEIGHT,
    Element,
    W,
    at,
    cells_of,
    everywhere,
    field,
    form,
    line_of,
    marked_run,
    paragraph,
    replace_by,
    show,
    word_case,
)

_RELATIONS = "word/_rels/document.xml.rels"
_DATE = "mas_dx_date"


def _over_the_label(control: Element) -> None:
    """Type the answer over the question, and leave its place empty."""
    question = cells_of(control)[1].find(W + "p")
    for piece in question.findall(W + "r"):
        question.remove(piece)
    question.append(run("9,1 g/dL"))


def _behind_the_label(control: Element) -> None:
    cells_of(control)[1].find(W + "p").append(run(" : 9,1"))


def _over_the_unit(text: str):
    """Return the change of typing in the place of the printed unit."""

    def change(control: Element) -> None:
        for piece in control.getparent().findall(W + "r"):
            control.getparent().remove(piece)
        control.getparent().append(run(text))

    return change


def _second_paragraph(control: Element) -> None:
    cells_of(control)[2].append(paragraph("9,1"))


def _whole_cell(text: str):
    """Return the change of selecting the whole answer cell and typing."""

    def change(control: Element) -> None:
        cell = cells_of(control)[2]
        for old in cell.findall(W + "p"):
            cell.remove(old)
        for line in text.split("\n"):
            cell.append(paragraph(line))

    return change


def _commented() -> bytes:
    words = "<w:comment w:id='1'><w:p><w:r><w:t>9,1 g/dL</w:t></w:r></w:p></w:comment>"
    comments = f'<w:comments xmlns:w="{W[1:-1]}">{words}</w:comments>'

    def link(root: Element) -> None:
        etree.SubElement(root, root[0].tag, Id="c", Type="x/comments", Target="comments.xml")

    content = with_part(form(lab_hb_dx=""), "word/comments.xml", comments.encode())
    return changed(content, link, _RELATIONS)


def _with_picture(control: Element) -> None:
    holder = etree.Element(W + "r")
    etree.SubElement(holder, W + "drawing")
    control.addnext(holder)


def _in_smart_tag(control: Element) -> None:
    outer = etree.Element(W + "smartTag", {W + "element": "date"})
    outer.append(run("12/05/2016"))
    show(control, outer)


def _simple_field(control: Element) -> None:
    outer = etree.Element(W + "fldSimple", {W + "instr": r' DATE \@ "dd/MM/yyyy" '})
    outer.append(run("08/10/2026"))
    show(control, outer)


def _hyphens(control: Element) -> None:
    made = etree.Element(W + "r")
    for number, text in enumerate(("12", "05", "2016")):
        if number:
            etree.SubElement(made, W + "noBreakHyphen")
        etree.SubElement(made, W + "t").text = text
    show(control, made)


def _foreign_prompt(control: Element) -> None:
    """Leave the prompt of a Spanish Word in an emptied control."""
    properties = control.find(W + "sdtPr")
    if properties.find(W + "showingPlcHdr") is None:
        etree.SubElement(properties, W + "showingPlcHdr")
    show(control, run("Haga clic o pulse aquí para escribir texto."))


def _cell_deleted(control: Element) -> None:
    properties = cells_of(control)[2].find(W + "tcPr")
    etree.SubElement(properties, W + "cellDel", {W + "id": "900"})


def _moved(root: Element) -> None:
    """Move an answer in tracked changes from one place to the next."""
    one, two = control_of(root, "lab_hb_worst"), control_of(root, HB)
    gone, come = etree.Element(W + "moveFrom"), etree.Element(W + "moveTo")
    gone.append(run("9,1"))
    come.append(run("9,1"))
    show(one, gone)
    show(two, come)


def _numbered(control: Element) -> None:
    """Let Word make a numbered list of « 9. 1 »."""
    properties = control.getparent().find(W + "pPr")
    numbering = etree.SubElement(properties, W + "numPr")
    etree.SubElement(numbering, W + "numId", {W + "val": "1"})


def _between_tables(root: Element) -> None:
    table = next(line_of(control_of(root, HB)).iterancestors(W + "tbl"))
    table.addnext(paragraph("Hb 9,1 g/dL"))


def _label_ticked(control: Element) -> None:
    """Write a cross behind the label and leave the box empty."""
    control.getparent().append(run(" X"))


def _option_written(control: Element) -> None:
    control.getparent().append(run(" : sous traitement"))


def _highlighted(control: Element) -> None:
    """Highlight the label of an option and leave its box empty."""
    label = control.getparent().findall(W + "r")[-1]
    properties = etree.Element(W + "rPr")
    etree.SubElement(properties, W + "highlight", {W + "val": "yellow"})
    label.insert(0, properties)


def _crossed_out(control: Element) -> None:
    """Strike the label of an option out."""
    label = control.getparent().findall(W + "r")[-1]
    properties = etree.Element(W + "rPr")
    etree.SubElement(properties, W + "strike")
    label.insert(0, properties)


def _others_deleted(control: Element) -> None:
    """Keep the option that applies and delete the others."""
    kept = control.getparent()
    for paragraph_of in list(kept.getparent().findall(W + "p")):
        if paragraph_of is not kept:
            kept.getparent().remove(paragraph_of)


CASES = (
    word_case(
        "h01-over-the-label",
        "answer typed over its question",
        lambda: at(HB, _over_the_label, form(lab_hb_dx="")),
        meant={HB: "9,1"},
    ),
    word_case(
        "h02-behind-the-label",
        "answer typed behind its question",
        lambda: at(HB, _behind_the_label, form(lab_hb_dx="")),
        meant={HB: "9,1"},
    ),
    word_case(
        "h03-over-the-unit",
        "answer typed over the unit, its place left empty",
        lambda: at(HB, _over_the_unit(" 9,1 g/dL"), form(lab_hb_dx="")),
    ),
    word_case(
        "h04-other-unit-printed",
        "printed unit overtyped with another one",
        lambda: at(HB, _over_the_unit(" g/L"), form(lab_hb_dx="91")),
        meant={HB: "91 g/L"},
    ),
    word_case(
        "h05-unit-typed-too",
        "unit typed behind the number, as dictated",
        lambda: form(lab_hb_dx="9,1 g/dl", mas_weight="62 kgs"),
        meant={HB: "9,1", WEIGHT: "62 kgs"},
    ),
    word_case(
        "h06-second-paragraph",
        "answer typed below its place",
        lambda: at(HB, _second_paragraph, form(lab_hb_dx="")),
    ),
    word_case(
        "h07-whole-cell-retyped",
        "whole cell retyped, unit included",
        lambda: at(HB, _whole_cell("9,1 g/dL")),
    ),
    word_case(
        "h08-two-choices",
        "two answers typed for a single choice",
        lambda: at("sex", lambda c: replace_by(c, run("Féminin / Masculin"))),
        meant={"sex": "Féminin / Masculin"},
    ),
    word_case(
        "h09-choice-typed",
        "a choice typed in capitals where its list was deleted",
        lambda: at("sex", lambda c: replace_by(c, run("FEMININ"))),
    ),
    word_case(
        "h10-exclusive-options",
        "« aucune » ticked beside another option",
        lambda: form(comorbidities__none="1"),
        meant={"comorbidities__none": "1"},
    ),
    word_case(
        "h11-options-retyped",
        "a list of boxes overtyped with words",
        lambda: at("comorbidities__hta", _whole_cell("HTA traitée")),
    ),
    word_case(
        "h12-cross-behind-the-label",
        "a cross behind an option, its box left empty",
        lambda: at("comorbidities__dm2", _label_ticked),
        meant={"comorbidities__dm2": "1"},
    ),
    word_case(
        "h13-words-behind-an-option",
        "words added behind a ticked option",
        lambda: at("comorbidities__hta", _option_written),
    ),
    word_case(
        "h14-struck",
        "an answer struck through",
        lambda: at(HB, lambda c: show(c, marked_run("9,1", ("strike", "1")))),
    ),
    word_case(
        "h15-struck-and-corrected",
        "an answer struck through, another written behind it",
        lambda: at(HB, lambda c: show(c, marked_run("7,7", ("strike", "1")), run(" 9,1"))),
    ),
    word_case(
        "h16-coloured",
        "answers in red and in bold",
        lambda: at(HB, lambda c: show(c, marked_run("9,1", ("color", "FF0000"), ("b", "1")))),
    ),
    word_case(
        "h17-hidden",
        "an answer in hidden text",
        lambda: at(HB, lambda c: show(c, marked_run("9,1", ("vanish", "1")))),
    ),
    word_case(
        "h18-white-text",
        "an answer in white on white",
        lambda: at(HB, lambda c: show(c, marked_run("9,1", ("color", "FFFFFF")))),
    ),
    word_case(
        "h19-raised",
        "a power of ten with a raised figure",
        lambda: at(
            "lab_plt_dx",
            lambda c: show(
                c, run("74 x10"), marked_run("9", ("vertAlign", "superscript")), run("/L")
            ),
        ),
        meant={"lab_plt_dx": "74 x10⁹/L"},
    ),
    word_case("h20-comment", "an answer in a comment only", _commented, meant={HB: "9,1"}),
    word_case(
        "h21-picture",
        "a picture pasted beside an empty place",
        lambda: at(HB, _with_picture, form(lab_hb_dx="")),
        meant={HB: "9,1"},
    ),
    word_case(
        "h22-between-tables",
        "an answer written between two tables",
        lambda: everywhere(_between_tables, form(lab_hb_dx="")),
        meant={HB: "9,1"},
    ),
    word_case("h23-smart-tag", "a date that Word tagged", lambda: at(_DATE, _in_smart_tag)),
    word_case(
        "h24-date-of-the-day",
        "a date inserted as a field that follows the clock",
        lambda: at("form_date", lambda c: show(c, *field(r' DATE \@ "dd/MM/yyyy" ', "08/10/2026"))),
    ),
    word_case(
        "h25-date-of-the-day-short",
        "the same, in the short form that Word saves",
        lambda: at("form_date", _simple_field),
    ),
    word_case("h26-hyphens", "a date with non-breaking hyphens", lambda: at(_DATE, _hyphens)),
    word_case(
        "h27-number-in-words",
        "a number dictated in words",
        lambda: form(lab_hb_dx="neuf virgule un"),
        meant={HB: "neuf virgule un"},
    ),
    word_case(
        "h28-reasons",
        "« NF » and « non disponible » in the place of numbers",
        lambda: form(lab_ldh_worst="NF", lab_crp_worst="non disponible"),
        meant={"lab_ldh_worst": "NF", "lab_crp_worst": "non disponible"},
    ),
    word_case(
        "h29-american-date",
        "a date with the month first",
        lambda: form(mas_dx_date="05/12/2016"),
        meant={_DATE: "05/12/2016"},
    ),
    word_case(
        "h30-foreign-prompt",
        "the prompt of a Spanish Word left in free text and in a number",
        lambda: at("comments", _foreign_prompt, at("lab_ldh_worst", _foreign_prompt)),
        meant={"lab_ldh_worst": ""},
    ),
    word_case(
        "h31-cell-deleted",
        "a cell deleted in tracked changes",
        lambda: at(HB, _cell_deleted),
    ),
    word_case(
        "h32-moved",
        "an answer moved to the next line in tracked changes",
        lambda: everywhere(_moved, form(lab_hb_dx="", lab_hb_worst="9,1")),
        meant={HB: "9,1", "lab_hb_worst": ""},
    ),
    word_case(
        "h41-prompt-left",
        "answers typed behind the prompt, in their places",
        lambda: form(lab_hb_dx="Écrire ici 9,1", mas_dx_date="JJ/MM/AAAA 12/05/2016"),
    ),
    word_case(
        "h42-prompt-half-overtyped",
        "a date typed over half of its prompt",
        lambda: form(mas_dx_date="12/05/AAAA"),
        meant={_DATE: "12/05/AAAA"},
    ),
    word_case("h33-numbered", "a line that Word made a numbered list", lambda: at(HB, _numbered)),
    word_case(
        "h34-accents-apart",
        "accents in two pieces, as a Mac types them",
        lambda: form(comments="Ge\u0301ne\u0301raliste pre\u0301venu"),
        meant={"comments": "Généraliste prévenu"},
    ),
    word_case(
        "h35-highlighted",
        "the label of an option highlighted, its box left empty",
        lambda: at("comorbidities__dm2", _highlighted),
        meant={"comorbidities__dm2": "1"},
    ),
    word_case(
        "h36-ticked-and-highlighted",
        "the label of a ticked option highlighted",
        lambda: at("comorbidities__hta", _highlighted),
    ),
    word_case(
        "h37-struck-option",
        "the label of an option struck out",
        lambda: at("comorbidities__dm2", _crossed_out),
    ),
    word_case(
        "h38-other-options-deleted",
        "the options that do not apply deleted",
        lambda: at("comorbidities__hta", _others_deleted),
    ),
    word_case(
        "h39-remark-in-the-place",
        "a remark typed behind the number, in its place",
        lambda: form(lab_hb_dx="9,1 (8,4 la veille)"),
        meant={HB: "9,1 (8,4 la veille)"},
    ),
    word_case(
        "h40-remark-behind-the-place",
        "a remark with another number behind the place",
        lambda: at(HB, lambda c: c.addnext(run(" (8,4 la veille)"))),
    ),
)
