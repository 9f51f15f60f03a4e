"""A line through the picture of a box strikes its answer; borders and dividing lines do not."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from intake.formats.pdf.read.struck import is_struck

TEXT = b"/Tx BMC q BT /F 9 Tf 2 5 Td (62) Tj ET Q EMC "


def box(content: bytes) -> bool:
    """Say whether a box of 60 by 16 points with this picture is struck."""
    with pikepdf.new() as pdf:
        look = pdf.make_stream(content, Dictionary(BBox=Array([0, 0, 60, 16])))
        return is_struck(Dictionary(AP=Dictionary(N=look)))


@pytest.mark.parametrize(
    "line", [b"2 8 m 40 8 l S", b"0 0 m 60 16 l s", b"1 1 m 5 5 l 30 9 l B", b"0 5 m 9 9 l b*"]
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
        b"x 8 m 40 8 l S",
    ],
)
def test_what_programs_draw_in_a_box_strikes_nothing(drawn):
    assert not box(TEXT + drawn)


def test_a_box_without_a_picture_is_not_struck():
    assert not is_struck(Dictionary())
    assert not is_struck(Dictionary(AP=Dictionary(N=Dictionary())))
