"""The digest of a page changes with all that a reader of it would see, and with nothing else."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from intake.formats.pdf.read.page_content import UNKNOWN, page_digests
from tests.kit.blanks import blank


@cache
def few_pages():
    """Return the first pages of the form, without its boxes."""
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        del pdf.pages[3:], pdf.Root.AcroForm
        for page in pdf.pages:
            del page.obj["/Annots"]
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def digest(change=None):
    """Return the digest of a page of the form, after a change to it."""
    with pikepdf.open(io.BytesIO(few_pages())) as pdf:
        if change is not None:
            change(pdf, pdf.pages[1].obj)
        return page_digests(pdf)[1]


def of_resources(kind, entry):
    def change(pdf, page):
        page.Resources[kind] = Dictionary(
            {**dict(page.Resources.get(kind, Dictionary()).items()), "/New": entry(pdf)}
        )

    return change


def font_replaced(pdf, page):
    page.Resources.Font["/f0"] = Dictionary(Type=Name.Font, BaseFont=Name.Symbol)


def fonts_exchanged(_pdf, page):
    fonts = page.Resources.Font
    first, other = sorted(fonts.keys())[:2]
    fonts[first], fonts[other] = fonts[other], fonts[first]


def font_program_changed(pdf, page):
    descriptor = page.Resources.Font["/f0"].DescendantFonts[0].FontDescriptor
    descriptor.FontFile2 = pdf.make_stream(descriptor.FontFile2.read_bytes()[:-4] + b"\x01\x02\x03")


def drawing(pdf):
    return pdf.make_stream(b"0 0 9 9 re f", Dictionary(Subtype=Name.Form))


@pytest.mark.parametrize(
    "change",
    [
        font_replaced,
        fonts_exchanged,
        font_program_changed,
        lambda _, page: setattr(page.Resources.Font["/f0"].DescendantFonts[0], "DW", 900),
        lambda pdf, page: setattr(page.Resources.Font["/f0"], "ToUnicode", pdf.make_stream(b" ")),
        lambda _, page: page.Resources.ColorSpace.__setitem__("/c0", Name.DeviceRGB),
        of_resources("/XObject", drawing),
        of_resources("/ExtGState", lambda _: Dictionary(ca=0)),
        of_resources("/Properties", lambda _: Dictionary(Type=Name.OCG)),
        lambda _, page: setattr(page, "CropBox", Array([0, 0, 300, 400])),
        lambda _, page: setattr(page, "MediaBox", Array([0, 0, 600, 1000])),
        lambda _, page: setattr(page, "UserUnit", 2),
        lambda pdf, _: pdf.pages[1].contents_add(b"0 0 9 9 re f"),
        lambda pdf, page: setattr(page, "Contents", pdf.pages[2].obj.Contents),
        lambda _, page: page.__delitem__("/Contents"),
    ],
)
def test_what_changes_a_sheet_changes_its_digest(change):
    assert digest(change) not in (digest(), UNKNOWN)


def test_a_drawing_that_is_put_in_the_place_of_another_changes_the_page():
    other = of_resources("/XObject", lambda pdf: pdf.make_stream(b"9 9 9 9 re f"))
    assert digest(of_resources("/XObject", drawing)) != digest(other)


def drawn_by(content):
    def change(pdf, page):
        page.Contents = pdf.make_stream(content)

    return change


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"(\0\n\0 ) Tj", b"(\0 \0\n) Tj"),
        (b"(a\\)  b) Tj", b"(a\\) b) Tj"),
        (b"0 0 m 9 9 l S Q", b"0 0 m 9 9 l S\vQ"),
    ],
)
def test_white_space_in_drawn_text_is_letters_and_what_is_none_joins_words(one, other):
    assert digest(drawn_by(one)) != digest(drawn_by(other))


def test_white_space_between_words_is_nothing():
    spaced = drawn_by(b"\r\n0 0   m\t9 9 l\nS  (a b)\nTj ")
    assert digest(spaced) == digest(drawn_by(b"0 0 m 9 9 l S (a b) Tj"))


def in_the_tree(pdf, page):
    pdf.Root.Pages.Resources = page.Resources
    del page["/Resources"]


def led_to(pdf, page):
    fonts = page.Resources.Font
    fonts["/f0"] = pdf.make_indirect(Dictionary(fonts["/f0"]))
    page.Resources.Font = pdf.make_indirect(fonts)
    page.Resources = pdf.make_indirect(page.Resources)


def split(pdf, page):
    data = page.Contents.read_bytes()
    half = data.index(b"\n", len(data) // 2)
    page.Contents = Array([pdf.make_stream(data[:half]), pdf.make_stream(data[half:])])


def rounded(_pdf, page):
    box = page.Resources.Font["/f0"].DescendantFonts[0].FontDescriptor.FontBBox
    for at, side in enumerate(box.as_list()):
        box[at] = round(float(side), 3)


@pytest.mark.parametrize(
    "change",
    [
        in_the_tree,
        led_to,
        split,
        rounded,
        lambda pdf, page: setattr(page, "Contents", pdf.make_stream(page.Contents.read_bytes())),
        lambda _, page: setattr(page, "Rotate", 90),
        lambda _, page: setattr(page, "CropBox", page.MediaBox),
        lambda _, page: setattr(page, "CropBox", Array([0, 0, 5000, 5000])),
        lambda _, page: setattr(page, "Annots", Array([Dictionary(Subtype=Name.Link)])),
    ],
)
def test_what_programs_write_otherwise_and_nobody_sees_changes_nothing(change):
    assert digest(change) == digest()


def bomb(pdf, page):
    held = pdf.make_indirect(String("x" * 1000))
    for _ in range(20):
        held = pdf.make_indirect(Array([held] * 50))
    page.Resources.X = held


def chain(pdf, page):
    held = Dictionary()
    for _ in range(60):
        held = pdf.make_indirect(Dictionary(A=held))
    page.Resources.X = held


def badly_packed(pdf, page):
    page.Contents = pdf.make_stream(b"0 0 m", Dictionary(Filter=Name.LZWDecode))


def shown_by_other_bytes(pdf, page):
    page.Contents.DecodeParms = Dictionary(Predictor=12, Columns=400)


@pytest.mark.parametrize("change", [bomb, chain, badly_packed, shown_by_other_bytes])
def test_a_page_that_cannot_be_told_cheaply_is_looked_at(change):
    assert digest(change) == UNKNOWN


def test_what_leads_back_to_itself_is_told_once():
    def loop(pdf, page):
        page.Resources.X = pdf.make_indirect(Dictionary())
        page.Resources.X.A = page.Resources.X

    assert digest(loop) not in (digest(), UNKNOWN)
