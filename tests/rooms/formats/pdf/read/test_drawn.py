"""A box that shows another text than its field stores is doubted; a font's limits are not."""

from __future__ import annotations

from functools import cache

import pytest
from pikepdf import Dictionary, Name, Stream, String

from intake.formats.pdf.font import field_font
from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken.damage import changed, field
from tests.kit.broken.reading import codes, read
from tests.kit.broken.small import ANSWERS, blank
from tests.kit.fillers import pdfium

BOX = "name"


@cache
def filled():
    return pdfium.fill(blank(), ANSWERS)


def with_box(name, content, value, *, stale=False):
    """Return the form with another value and picture of one box, in the form's own font."""

    def change(pdf):
        entry = field(pdf, name)
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/FormField"))
        fonts = Dictionary({"/FormField": pdf.make_indirect(font), "/Other": Dictionary()})
        picture = Stream(pdf, content, Resources=Dictionary(Font=fonts))
        entry.AP = Dictionary(N=pdf.make_indirect(picture))
        entry.V = String(value)
        if stale:
            pdf.Root.AcroForm.NeedAppearances = True

    return changed(filled(), change)


def drawn(text):
    return (
        b"/Tx BMC q BT /FormField 9 Tf <%s> Tj ET Q EMC" % field_font().encode(text).hex().encode()
    )


def test_a_form_filled_by_a_program_is_not_doubted():
    assert codes(read(filled())) == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [("12,5", "12,6"), ("12,5", "12,"), ("≥ 88", "≥ 89"), ("", "12,5"), ("12,5", "-12,5")],
)
def test_a_box_that_shows_another_text_is_doubted(value, shown):
    assert Code.READINGS_DISAGREE in codes(read(with_box(BOX, drawn(shown), value)))


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("12,5", drawn("12,5")),
        ("12,5", b"/Tx BMC EMC"),
        ("12,5", b"/Tx BMC q BT /FormField 9 Tf [(1) -20 (2,) (5)] TJ ET Q EMC"),
        ("un deux", b"/Tx BMC q BT /FormField 9 Tf (un) Tj 0 -9 Td (deux) Tj ET Q EMC"),
        ("été", b"/Tx BMC q BT /FormField 9 Tf (e\x00t\x00e) Tj ET Q EMC"),
        ("5 😀", drawn("5 ?")),
        ("long " * 40, drawn("long " * 12)),
        ("12,5", b"/Tx BMC q BT /Other 9 Tf (34) Tj ET Q EMC"),
        ("12,5", b"/Tx BMC q BT /FormField 9 Tf (12,5"),
    ],
)
def test_what_a_box_cuts_lacks_or_hides_is_no_doubt(value, content):
    assert Code.READINGS_DISAGREE not in codes(read(with_box(BOX, content, value)))


def test_a_character_that_the_font_lacks_does_not_hide_another_number():
    assert Code.READINGS_DISAGREE in codes(read(with_box(BOX, drawn("? 88"), "😀 98")))


def test_pictures_to_be_drawn_anew_are_not_believed():
    assert codes(read(with_box(BOX, drawn("7"), "8", stale=True))) == []
