"""Images within messages: photographs of pages are files, logos and portraits are not."""

from __future__ import annotations

import struct

import pytest

from intake.formats.containers.decoration import Attached, is_decoration
from intake.formats.containers.picture_size import picture_size


def png(width, height):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def jpeg(width, height):
    frame = struct.pack(">BBHBHHB", 0xFF, 0xC2, 17, 8, height, width, 3)
    return b"\xff\xd8\xff\xe1\x00\x10Exif" + bytes(10) + b"\xff" + frame + bytes(10)


def gif(width, height):
    return b"GIF89a" + struct.pack("<HH", width, height) + bytes(9)


def shown(content, size, *, is_inline=True):
    return is_decoration(Attached("i", "image/x", content + bytes(size - len(content)), is_inline))


@pytest.mark.parametrize("made", [png, jpeg, gif])
def test_the_size_of_a_picture_is_told_by_its_first_bytes(made):
    assert picture_size(made(850, 1200)) == (850, 1200)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0", png(1, 1)[:18], png(0, 9), b"II*\0"])
def test_a_picture_that_does_not_tell_its_size_has_none(content):
    assert picture_size(content) is None


@pytest.mark.parametrize("made", [png, jpeg])
@pytest.mark.parametrize(("width", "height"), [(850, 1200), (1600, 1200), (1170, 2532)])
def test_a_photograph_of_a_page_shown_in_the_text_is_a_file(made, width, height):
    assert not shown(made(width, height), 120_000)


@pytest.mark.parametrize(("width", "height"), [(300, 120), (400, 400), (599, 800), (2400, 700)])
def test_a_logo_or_portrait_shown_in_the_text_is_decoration(width, height):
    assert shown(png(width, height), 150_000)
    assert shown(png(width, height), 900_000)


def test_a_picture_that_weighs_nothing_shows_no_page():
    assert shown(png(1600, 1200), 20_000)


def test_an_attached_image_is_a_file_whatever_its_size():
    assert not shown(png(300, 120), 20_001, is_inline=False)
