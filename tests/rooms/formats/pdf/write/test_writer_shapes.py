"""Forms of unusual shapes are laid out whole: long lists, many rows, tall cards, odd words."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from intake.formats.pdf import anchors
from intake.formats.pdf.write.writer import PdfWriter
from intake.model.definition import (
    DataType,
    FormDefinition,
    Identity,
    Item,
    ItemGroup,
    Option,
    Section,
)
from intake.model.stamp import FormStamp
from intake.ports import FormRequest

YES_NO = tuple(Option(code, {"en": word}) for code, word in (("1", "Yes"), ("0", "No")))


def item(name, data_type=DataType.DECIMAL, **more):
    return Item(
        name=name,
        code=f"A{len(name):02d}",
        data_type=data_type,
        section="a",
        label={"en": more.pop("label", f"Question {name}")},
        **more,
    )


def options(count, word="Answer"):
    return tuple(Option(f"o{n}", {"en": f"{word} number {n}"}) for n in range(count))


def form(*elements):
    return FormDefinition(
        id="shape",
        version="1.0.0",
        fingerprint="0A1B2C3D",
        languages=("en",),
        title={"en": "Shapes"},
        day_zero="x",
        sections=(Section("a", "A", {"en": "All"}),),
        elements=elements,
        identity=Identity(items=(), centre="x"),
    )


def group(items, rows, values=()):
    return ItemGroup(
        name="g",
        section="a",
        title={"en": "Rows"},
        items=items,
        rows=rows,
        fixed_item=items[0].name if values else None,
        fixed_values=values,
    )


def in_group(name, data_type=DataType.DECIMAL, **more):
    return item(name, data_type, group="g", **more)


def written(definition):
    stamp = FormStamp("shape", "1.0.0", "en", "0A1B2C3D")
    request = FormRequest(language="en", stamp=stamp)
    assert PdfWriter().audit(definition, request) == ()
    return PdfWriter().write(definition, request)


def fields_of(definition):
    with pikepdf.open(io.BytesIO(written(definition))) as pdf:
        found = {str(f.T): (str(f.FT), len(f.get("/Kids", []))) for f in pdf.Root.AcroForm.Fields}
        pages = len(pdf.pages)
    assert set(found) == {*anchors.fields(definition), "_stamp"}
    return found, pages


def test_a_long_single_choice_is_a_dropdown():
    found, _ = fields_of(form(item("long", DataType.SINGLE_CHOICE, options=options(45))))
    assert found["long"] == ("/Ch", 0)


def test_a_single_choice_of_a_page_is_a_radio_group():
    found, _ = fields_of(form(item("short", DataType.SINGLE_CHOICE, options=options(12))))
    assert found["short"] == ("/Btn", 12)


def test_more_printed_rows_than_a_page_is_wide_become_cards():
    times = tuple(f"o{n}" for n in range(20))
    rows = group(
        (
            in_group("moment", DataType.SINGLE_CHOICE, options=options(20)),
            in_group("value"),
            in_group("ill", DataType.SINGLE_CHOICE, options=YES_NO),
        ),
        rows=20,
        values=times,
    )
    found, _ = fields_of(form(rows))
    assert found["g__20__moment"][0] == "/Ch"


def pages_of_rows(questions, rows):
    """Return on which page each line of a table stands, below so many questions."""
    asked = [item(f"q{n:02d}", DataType.DATE, hint={"en": "In full."}) for n in range(questions)]
    lines = group((in_group("a"), in_group("bb", DataType.DATE)), rows)
    with pikepdf.open(io.BytesIO(written(form(*asked, lines)))) as pdf:
        found = {
            str(widget.T): number
            for number, page in enumerate(pdf.pages, start=1)
            for widget in page.Annots
            if "/T" in widget
        }
    return [found[f"g__{row}__a"] for row in range(1, rows + 1)]


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (4, [1, 1, 1, 1, 1, 1, 1, 1]),
        (11, [1, 1, 1, 1, 1, 2, 2, 2]),
        (15, [2, 2, 2, 2, 2, 2, 2, 2]),
    ],
)
def test_a_long_table_begins_where_a_page_has_room(questions, expected):
    assert pages_of_rows(questions, rows=8) == expected


def test_no_line_of_a_table_stands_alone_on_its_page():
    on_first = [pages_of_rows(questions, rows=8).count(1) for questions in range(9, 15)]
    assert on_first == [8, 6, 5, 4, 3, 0]


def test_a_short_table_stays_on_one_page():
    assert pages_of_rows(14, rows=4) == [2, 2, 2, 2]


def test_a_table_over_two_pages_says_its_heads_again():
    asked = [item(f"q{n:02d}", DataType.DATE, hint={"en": "In full."}) for n in range(11)]
    lines = group((in_group("a"), in_group("bb", DataType.DATE)), 8)
    document = pypdfium2.PdfDocument(written(form(*asked, lines)))
    assert [page.get_textpage().get_text_range().count("Question bb") for page in document] == [
        1,
        1,
    ]


def test_a_card_taller_than_a_page_goes_over_two():
    many = tuple(in_group(f"q{n}", DataType.MULTIPLE_CHOICE, options=options(9)) for n in range(14))
    _, pages = fields_of(form(group(many, rows=1)))
    assert pages >= 2


@pytest.mark.parametrize("limits", [(1, 4, 12), (60, 119, 120), (499, 500, 4000)])
def test_texts_of_any_length_have_their_box(limits):
    fields_of(form(*(part for limit in limits for part in texts_of(limit))))


def texts_of(limit):
    """Return a text of a length, alone and beside six numbers in a group."""
    name = f"g{limit}"
    numbers = tuple(item(f"{name}n{n}", DataType.DECIMAL, group=name) for n in range(6))
    text = item(f"{name}t", DataType.TEXT, group=name, max_length=limit)
    rows = replace(group((*numbers, text), rows=2), name=name)
    return item(f"free{limit}", DataType.TEXT, max_length=limit), rows


def test_long_words_do_not_become_column_heads():
    wordy = options(3, word="Electroencephalographically")
    many = tuple(item(f"q{n}", DataType.SINGLE_CHOICE, options=wordy) for n in range(4))
    fields_of(form(*many))


def test_a_group_says_the_hints_of_its_items_and_ends_with_its_own_tick():
    many = tuple(in_group(f"q{n}", hint={"en": f"Hint number {n}."}) for n in range(7))
    more = item("more", DataType.MULTIPLE_CHOICE, options=(Option("1", {"en": "Sheet enclosed"}),))
    definition = form(group(many, rows=2), more)
    stamp = FormStamp("shape", "1.0.0", "en", "0A1B2C3D")
    content = PdfWriter().write(definition, FormRequest(language="en", stamp=stamp))
    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert [text.count(f"Hint number {n}.") for n in range(7)] == [1] * 7
    assert text.index("A02.2") < text.index("Sheet enclosed")


def test_markup_in_words_is_only_words():
    odd = "#panic(1) $x$ *b* _i_ `c` \\ @ref <tag> [x] // no"
    fields_of(form(item("odd", label=odd)))
