"""A line through the picture of a box strikes its answer; borders and dividing lines do not."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from intake.formats.pdf.read.struck import is_struck

TEXT = b"/Tx BMC q BT /F 9 Tf 2 5 Td (62) Tj ET Q EMC "


def box(content: bytes) -> bool:
    """Say whether a box of 60 by 16 points with this picture is struck."""
    with pikepdf.new() as pdf:
        inner = pdf.make_stream(b"2 0 m 40 0 l S", Dictionary(Subtype=Name.Form))
        held = Dictionary(XObject=Dictionary(Line=inner))
        look = pdf.make_stream(content, Dictionary(BBox=Array([0, 0, 60, 16]), Resources=held))
        return is_struck(Dictionary(AP=Dictionary(N=look)))


@pytest.mark.parametrize(
    "line",
    [
        b"2 8 m 40 8 l S",
        b"0 0 m 60 16 l s",
        b"1 1 m 5 5 l 30 9 l B",
        b"0 5 m 9 9 l b*",
        b"1 7.6 50 0.8 re f",
        b"1 8.4 50 -0.8 re f*",
        b"1 7.6 50 0.8 re S",
        b"1 7 m 50 7 l 50 8 l 1 8 l h f",
        b"1 8 m 20 9 50 7 58 8 c S",
        b"1 8 m 50 7 58 8 v S",
        b"1 8 m 50 7 58 8 y S",
        b"q 1 0 0 1 0 8 cm 1 0 m 50 0 l S Q",
        b"q 4 0 0 4 0 0 cm q 1 0 0 1 0 2 cm .2 0 m 10 0 l S Q Q",
        b"q 1 0 0 1 0 8 cm /Line Do Q",
        b"2 8 m 40 8 l S%a note",
        b"x 8 m 2 8 m 40 8 l S",
        b"q" + b" 0 g" * 20_000 + b" 2 8 m 40 8 l S Q",  # too long to be looked at
    ],
)
def test_a_line_across_is_seen_before_or_after_the_text(line):
    assert box(TEXT + line)
    assert box(line + b" " + TEXT)


@pytest.mark.parametrize(
    "drawn",
    [
        b"",
        b"0.5 0.5 59 15 re S",
        b"1 1 m 59 1 l 59 15 l 1 15 l s",  # a border
        b"0 1 m 60 1 l S",  # an underlined box
        b"20 0 m 20 16 l S 40 0 m 40 16 l S",  # one place a letter
        b"50 6 m 54 6 l 52 3 l f 0 0 m S",  # the arrow of a list
        b"2 8 m 40 8 l n",
        b"2 8 m S",
        b"q 1 0 0 1 0 8 cm Q 1 0 m 50 0 l S",
        b"0 0 60 1 re f 0 15 60 1 re f",  # a border of filled sides
        b"2 2 56 12 re f",  # a chosen line of a list
        b"2 3 40 9 re W n",
        b"20 0 0.5 16 re f",
        b"/Line Do",
        b"/None Do 5 Do (Line) Do Do",
        b"(letters) Tj " * 6_000,
        b"99999999999999999999 1e999 m 1 2 3 re S Q Q cm ] l S",
        b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI",
        b"x 8 m 40 8 l S",
    ],
)
def test_what_programs_draw_in_a_box_strikes_nothing(drawn):
    assert not box(TEXT + drawn)


def test_a_box_without_a_picture_is_not_struck():
    assert not is_struck(Dictionary())
    assert not is_struck(Dictionary(AP=Dictionary(N=Dictionary())))


def test_a_picture_packed_in_an_unknown_way_or_placing_too_many_is_said():
    with pikepdf.new() as pdf:
        look = pdf.make_stream(TEXT, Dictionary(BBox=Array([0, 0, 60, 16])))
        look.Resources = Dictionary(
            XObject=Dictionary(Line=pdf.make_stream(b"", Dictionary(Subtype=Name.Form)))
        )
        look.write(b"/Line Do " * 20)
        assert is_struck(Dictionary(AP=Dictionary(N=look)))
        look.write(TEXT, filter=Name.LZWDecode)
        assert is_struck(Dictionary(AP=Dictionary(N=look)))
