"""How questions are set: blocks, captions, typography, the field font, the layout audit."""

from __future__ import annotations

import dataclasses
import itertools
import json

import pytest

from intake.expressions.sayable import condition
from intake.formats.pdf import anchors
from intake.formats.pdf.font import field_font, to_unicode
from intake.formats.pdf.rect import Rect
from intake.formats.pdf.write.audit import break_faults, layout_faults
from intake.formats.pdf.write.drawn_places import DrawnPlace
from intake.formats.pdf.write.layout.answers import Sheet
from intake.formats.pdf.write.layout.blocks import (
    Cards,
    ChoiceTable,
    Matrix,
    PairTable,
    Questions,
    Rows,
    pair_stem,
    section_blocks,
)
from intake.formats.pdf.write.layout.card_lines import SPANS, packed
from intake.formats.pdf.write.layout.geometry import MM
from intake.formats.pdf.write.layout.page_model import page_model
from intake.formats.pdf.write.layout.sections import _column_head
from intake.formats.pdf.write.layout.spec import FieldSpec, Kind
from intake.formats.pdf.write.tag_tree import Heard
from intake.formats.wording.captions import caption, clauses
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.schema.compile.definition import compile_definition
from intake.words.catalogue import Words
from intake.words.typography import JOINER, printed
from tests.kit.places import DM_SAM


@pytest.fixture(scope="module")
def definition():
    path = DM_SAM
    return compile_definition(json.loads(path.read_text(encoding="utf-8")))


def kinds(definition, section):
    return [type(block) for block in section_blocks(definition, section)]


def test_each_section_gets_the_blocks_that_suit_it(definition):
    assert ChoiceTable in kinds(definition, "dm_skin")
    assert kinds(definition, "dm_antibodies").count(ChoiceTable) == 2
    assert PairTable in kinds(definition, "mas_labs")
    assert kinds(definition, "mas_followup_labs") == [Matrix]
    assert kinds(definition, "mas_treatment") == [Questions, Cards]
    assert kinds(definition, "outcome") == [Questions, Rows, Questions]


def test_every_item_is_in_exactly_one_block(definition):
    seen = []
    for section in definition.sections:
        for block in section_blocks(definition, section.name):
            if isinstance(block, PairTable):
                seen += [item.name for row in block.rows for item in row.items]
            elif isinstance(block, Matrix | Rows | Cards):
                seen += [item.name for item in block.group.items]
                seen += [block.closing.name] if block.closing else []
            else:
                seen += [item.name for item in block.items]
    assert seen == list(definition.items)


def test_a_quantity_asked_twice_is_named_once(definition):
    one, two = definition.items["lab_ferritin_dx"], definition.items["lab_ferritin_worst"]
    assert pair_stem(one, two, "fr") == ("Ferritine", "au diagnostic", "valeur la plus haute")
    assert pair_stem(one, two, "en") == ("Ferritin", "at diagnosis", "highest value")


def test_endings_of_a_column_are_said_together_then_apart():
    head, rest = _column_head(["lowest value", "highest value", "lowest value"])
    assert (head, rest) == ("lowest / highest value", ["lowest", "highest", "lowest"])
    assert _column_head(["au diagnostic"] * 2) == ("au diagnostic", ["", ""])


def test_conditions_are_said_in_words(definition):
    words = Words("fr")
    items = definition.items
    above = items["dm_ild"]
    assert caption(definition, words, items["dm_ild_rapid"], above=above) == "Si oui"
    assert caption(definition, words, items["dm_ild_rapid"]) == "Si G01 : Oui"
    assert caption(definition, words, items["death_date"]) == "Si U10 : Décédé"
    shared = items["mtrt_drug"].relevant
    assert caption(definition, words, items["mtrt_stop_date"], given=shared) == "Si S13 : Non"
    text = caption(definition, words, items["bm_date"])
    assert text == "Si R01 : « Myélogramme », « Biopsie ostéomédullaire » ou « Les deux »"


@pytest.mark.parametrize(
    "source",
    [
        "dm_ild && dm_cancer",
        "size(mas_trigger) > 1",
        'dm_ild == "7"',
        'nobody == "1"',
        "!(dm_ild && dm_cancer)",
        "(dm_ild) == true",
        "dm_subtype",
        "dm_ild || size(mas_trigger) > 1",
        "",
    ],
)
def test_a_condition_that_cannot_be_said_is_not_half_said(definition, source):
    item = dataclasses.replace(definition.items["dm_ild_rapid"], relevant=source)
    assert caption(definition, Words("fr"), item) == ""


def test_alternatives_on_one_question_are_joined(definition):
    source = '"drug" in mas_trigger || ("oth" in mas_trigger || dm_ild)'
    found = clauses(condition(definition, source, group=None))
    assert found == (("mas_trigger", ("drug", "oth")), ("dm_ild", ("1",)))


def test_french_signs_keep_to_their_words():
    assert printed("l'étude : « oui » ? 20 %", "fr") == (
        "l’étude\u00a0: «\u00a0oui\u00a0»\u00a0? 20\u00a0%"
    )
    assert printed("Yes: 10 000 IU/mL", "en") == f"Yes: 10\u00a0000\u00a0IU/{JOINER}mL"


def test_the_field_font_draws_what_clinicians_type():
    font = field_font()
    typed = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸàâäçéèêëîïôöùûüÿœŒæÆ€≥≤≠±µμ–’«»°²³×÷≈−αβγ½"
    assert [c for c in typed if not font.can_draw(c)] == []
    assert font.encode("e\u0301") == font.encode("é")
    assert font.encode("\u6f22") == b"?"
    assert font.width("ii", 10) < font.width("WW", 10)


def test_each_code_of_the_field_font_names_its_character():
    cmap = to_unicode().decode("ascii")
    font = field_font()
    for code, text in font.characters.items():
        assert f"<{code:02X}> <{ord(text):04X}>" in cmap
        assert font.encode(text) == bytes([code])
    assert 9 not in font.characters
    assert 10 not in font.characters


def sheet_specs(definition):
    stamp = FormStamp(definition.id, definition.version, "fr", definition.fingerprint)
    _, sheet = page_model(definition, FormRequest(language="fr", stamp=stamp))
    assert isinstance(sheet, Sheet)
    return sheet.book.specs


def place(target, left=60.0, bottom=300.0, *, width=100.0, height=15.0, page=1):
    rect = Rect(left, bottom, left + width, bottom + height)
    return DrawnPlace(target, page, rect, None)


def tidy(specs):
    """Return a place for every target, well apart."""
    targets = [target for spec in specs.values() for target in spec.targets]
    return [
        place(target, width=430, height=130, page=number)
        for number, target in enumerate(targets, 1)
    ]


def problems(definition, specs, drawn):
    return [(f.address, f.problem) for f in layout_faults(definition, specs, drawn)]


def test_the_audit_passes_places_that_are_well_apart(definition):
    specs = sheet_specs(definition)
    assert problems(definition, specs, tidy(specs)) == []


def test_the_audit_sees_a_place_lost_twice_drawn_or_unknown(definition):
    specs = sheet_specs(definition)
    drawn = tidy(specs)
    one, two = drawn[5].target, drawn[9].target
    drawn[9] = dataclasses.replace(drawn[9], target=one)
    drawn.append(place("nobody", page=5000))
    assert (one, "is drawn 2 times") in problems(definition, specs, drawn)
    assert (two, "is drawn 0 times") in problems(definition, specs, drawn)
    assert ("nobody", "is drawn but is no field") in problems(definition, specs, drawn)


def test_the_audit_sees_an_address_without_field(definition):
    specs = sheet_specs(definition)
    drawn = [p for p in tidy(specs) if p.target != "id_surname2"]
    del specs["id_surname2"]
    assert ("id_surname2", "has no field") in problems(definition, specs, drawn)
    specs["stranger"] = FieldSpec(name="stranger", kind=Kind.TEXT, label="")
    assert ("stranger", "is not an address of the form") in problems(definition, specs, drawn)


@pytest.mark.parametrize(
    ("left", "bottom", "width"),
    [(20.0, 300.0, 100.0), (500.0, 300.0, 90.0), (60.0, 20.0, 100.0), (60.0, 830.0, 100.0)],
)
def test_the_audit_sees_a_place_outside_the_body(definition, left, bottom, width):
    specs = sheet_specs(definition)
    drawn = tidy(specs)
    drawn[3] = place(drawn[3].target, left, bottom, width=width, page=4)
    assert (drawn[3].target, "leaves the body of page 4") in problems(definition, specs, drawn)


def test_the_audit_sees_two_places_that_overlap(definition):
    specs = sheet_specs(definition)
    drawn = tidy(specs)
    drawn[4] = dataclasses.replace(drawn[4], page=drawn[3].page)
    found = problems(definition, specs, drawn)
    assert [text for _, text in found if text.startswith("overlaps")]


def test_the_audit_sees_a_dropdown_too_narrow_for_its_answers(definition):
    specs = sheet_specs(definition)
    name = "mas_tx__1__mtrt_drug"
    drawn = [
        place(p.target, width=20 * MM, page=p.page) if p.target == name else p for p in tidy(specs)
    ]
    assert any(
        address == name and problem.startswith("is too narrow")
        for address, problem in problems(definition, specs, drawn)
    )


@pytest.mark.parametrize(
    ("name", "width", "height", "problem"),
    [
        ("ab_other", 30 * MM, 15.0, "is too small for 250 characters"),
        ("mas_dx_date", 12 * MM, 15.0, "is too narrow for 30/12/2000"),
        ("lab_ferritin_dx", 9 * MM, 15.0, "is too narrow for > 40 000"),
    ],
)
def test_the_audit_sees_a_box_too_small_for_what_it_is_for(
    definition, name, width, height, problem
):
    specs = sheet_specs(definition)
    drawn = [
        place(p.target, width=width, height=height, page=p.page) if p.target == name else p
        for p in tidy(specs)
    ]
    assert problems(definition, specs, drawn) == [(name, problem)]


APART = "is parted from its words on page 1"


def heading(page):
    return Heard("/H1", page)


def words(page):
    return Heard("/P", page)


def answer_place(page, target="one"):
    return Heard("/Link", page, target)


@pytest.mark.parametrize(
    ("heard", "faults"),
    [
        ([heading(1), words(1), answer_place(1), words(2), answer_place(2, "two")], []),
        ([heading(1), words(2), answer_place(2)], ["is parted from its heading on page 1"]),
        ([heading(2), words(1), answer_place(2)], [APART]),
        ([words(1), answer_place(1, "one=a"), words(1), answer_place(2, "one=b")], []),
        ([words(1), answer_place(1, "g__1__m__a"), words(1), answer_place(2, "g__1__m__b")], []),
        ([words(1), answer_place(1, "g__1__m"), words(1), answer_place(2, "g__1__n")], [APART]),
        ([words(1), answer_place(2, anchors.STAMP_FIELD)], []),
    ],
)
def test_the_audit_sees_what_a_page_break_tears_apart(heard, faults):
    found = [fault.problem for fault in break_faults(heard)]
    assert found == faults


def card_lines(definition, group, language):
    sheet = Sheet(definition, Words(language), {})
    return packed(sheet, definition.groups[group].items, None)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("group", ["dm_tx", "mas_tx"])
def test_a_card_holds_every_item_once_in_order_on_lines_that_fit(definition, group, language):
    lines = card_lines(definition, group, language)
    assert [item for line in lines for item in line.items] == list(definition.groups[group].items)
    for line in lines:
        assert sum(line.spans) <= SPANS
        assert all(span >= cell.least for cell, span in zip(line.cells, line.spans, strict=True))


def test_no_line_of_a_card_would_fit_on_the_one_above(definition):
    lines = card_lines(definition, "mas_tx", "fr")
    for above, below in itertools.pairwise(lines):
        assert sum(cell.least for cell in (*above.cells, *below.cells)) > SPANS


def test_a_lone_tick_under_a_groups_condition_is_its_last_line(definition):
    blocks = section_blocks(definition, "mas_treatment")
    assert blocks[-1].closing is definition.items["mas_tx_more"]
    other = dataclasses.replace(definition.items["mas_tx_more"], relevant=None)
    elements = [other if e is blocks[-1].closing else e for e in definition.elements]
    apart = dataclasses.replace(definition, elements=tuple(elements))
    assert kinds(apart, "mas_treatment") == [Questions, Cards, Questions]


def test_a_code_and_its_state_are_two_ways_to_write_one_thing():
    assert anchors.code_of(anchors.on_state("gc_po")) == "gc_po"
    assert anchors.code_of(anchors.OFF) == ""
