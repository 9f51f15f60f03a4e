"""The code of each page is read from poor scans, photos and pages turned round; bombs are not."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from intake.execution.child import Terms
from intake.execution.limited import LimitedPool
from intake.formats.paper.image_file import image_pages
from intake.formats.paper.scanned_file import read_scanned
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from intake.model.stamp import find_token
from tests.kit.broken.scanners import (
    Scanner,
    as_jpeg,
    as_tiff,
    page_pictures,
    photographed,
    scanned,
)
from tests.kit.office.office import filled

SCANNERS = {
    "clean": Scanner(150),
    "turned, noisy": Scanner(150, turned=-3, noise=20, blur=0.18, quality=50),
    "blurred": Scanner(150, turned=3, noise=20, blur=0.25, quality=50),
    "fine, blurred": Scanner(200, turned=3, noise=20, blur=0.25, quality=50),
    "upside down": Scanner(150, turned=-2, noise=12, blur=0.06, upside_down=True),
}


def pages_of(codes):
    return [token.page for code in codes if (token := find_token(code)) is not None]


@pytest.mark.slow
@pytest.mark.parametrize("scanner", SCANNERS.values(), ids=SCANNERS)
def test_every_page_of_a_scan_is_recognised(scanner):
    codes = read_scanned(scanned(filled(), scanner), is_pdf=True)
    assert pages_of(codes) == list(range(1, len(codes) + 1))
    assert len(codes) > 10


def test_a_page_of_a_poor_scan_is_recognised():
    scan = scanned(filled(), SCANNERS["blurred"], pages=(4,))
    assert pages_of(read_scanned(scan, is_pdf=True)) == [4]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_turned_round_is_recognised(angle):
    (picture,) = page_pictures(filled(), pages=(2,))
    content = as_jpeg(picture.rotate(angle, expand=True))
    assert pages_of(read_scanned(content, is_pdf=False)) == [2]


def test_a_photo_from_aside_is_recognised():
    (picture,) = page_pictures(filled(), pages=(6,))
    assert pages_of(read_scanned(photographed(picture), is_pdf=False)) == [6]


def test_each_page_of_a_tiff_file_is_recognised():
    content = as_tiff(page_pictures(filled(), pages=(1, 3)))
    assert pages_of(read_scanned(content, is_pdf=False)) == [1, 3]


def test_a_photo_of_something_else_has_no_code():
    content = as_jpeg(Image.effect_noise((900, 700), 90))
    assert read_scanned(content, is_pdf=False) == ("",)


def bomb(side):
    """Return a PNG of a few hundred kilobytes that unfolds into a square of that side."""

    def chunk(name, data):
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side)) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


@pytest.mark.slow
def test_a_bomb_is_refused_before_it_is_unfolded():
    content = bomb(30_000)
    assert len(content) < 2_000_000
    with LimitedPool(terms=Terms(seconds=20)) as pool, pytest.raises(UnreadableFile) as refused:
        pool.submit(read_scanned, content, is_pdf=False).result()
    assert (refused.value.code, refused.value.context) == (
        FindingCode.FILE_LIMIT,
        {"limit": "dots"},
    )


def test_too_many_pages_and_a_cut_file_are_refused():
    one = Image.new("1", (8, 8))
    many = as_tiff([one] * 61)
    picture = as_jpeg(Image.effect_noise((300, 300), 50))
    for content, code in ((many, "FILE_LIMIT"), (picture[: len(picture) // 2], "FILE_DAMAGED")):
        with pytest.raises(UnreadableFile) as refused:
            read_scanned(content, is_pdf=False)
        assert refused.value.code == code


def test_a_picture_laid_on_its_side_by_a_camera_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    target = io.BytesIO()
    Image.new("L", (40, 20)).save(target, "JPEG", exif=exif)
    (page,) = image_pages(target.getvalue(), longest=100)
    assert page.size == (20, 40)
