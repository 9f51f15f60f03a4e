"""Pictures of a returned file: every answer is in the strip that shows it, whatever the file."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest

from intake.formats.paper.page_pictures import grey_png, page_dots
from intake.model.address import places_by_address
from intake.model.errors import DecisionRefused, UnreadableFile
from intake.model.finding import Location
from intake.model.submission import Value
from intake.pipeline.review.refuse import reject
from intake.reports.review.crops import strip_of
from intake.wiring.page.deciding import pictures
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.coordinator import WHY, decide
from tests.kit.office.office import filled, the_form


@pytest.fixture
def receipt(looked_at):
    return looked_at.receipts[1]


def size(png):
    """Return columns and rows of a PNG file, once its checks agree."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">I", png[29:33])[0] == zlib.crc32(png[12:29])
    return struct.unpack(">II", png[16:24])


@pytest.fixture(scope="module")
def drawn():
    content = filled()
    first = page_dots(content, 1)
    return [first, *(page_dots(content, number) for number in range(2, first.pages + 1))]


def test_the_strip_of_every_answer_of_a_form_holds_all_its_boxes(drawn):
    missed = set(places_by_address(the_form()))
    for page in drawn:
        for box in page.boxes:
            sides = pictures.boxes_of(page, box.name, None)
            strip = strip_of(page.height, sides)
            for left, bottom, right, top in sides:
                assert 0 <= left < right <= page.width
                assert strip.top <= page.height - top < page.height - bottom <= strip.bottom
            missed.discard(box.name)
    printed = {a for a, p in places_by_address(the_form()).items() if _is_fixed(p)}
    assert missed <= printed


def _is_fixed(place):
    group = the_form().groups.get(place.item.group or "")
    return group is not None and group.fixed_item == place.item.name


def test_fields_are_drawn_with_what_stands_in_them():
    empty, full = page_dots(filled({}), 1), page_dots(filled(), 1)
    (box,) = [box.sides for box in full.boxes if box.name == "birth_date"]
    assert _inside(full, box) != _inside(empty, box)


def _inside(page, box):
    scale = page.columns / page.width
    left, right = int(box[0] * scale), int(box[2] * scale)
    rows = range(int((page.height - box[3]) * scale), int((page.height - box[1]) * scale))
    return [page.dots[row * page.columns + left : row * page.columns + right] for row in rows]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_boxes_of_a_page_that_was_turned_are_where_it_is_drawn(turn, drawn):
    with pikepdf.open(io.BytesIO(filled())) as pdf:
        pdf.pages[0].rotate(turn, relative=False)
        target = io.BytesIO()
        pdf.save(target)
    page = page_dots(target.getvalue(), 1)
    upright = {box.name: box.sides for box in drawn[0].boxes}["birth_date"]
    (left, bottom, right, top) = {box.name: box.sides for box in page.boxes}["birth_date"]
    width, height = upright[2] - upright[0], upright[3] - upright[1]
    assert sorted((right - left, top - bottom)) == pytest.approx(sorted((width, height)), abs=0.3)
    assert 0 <= left < right <= page.width
    assert 0 <= bottom < top <= page.height


def test_an_answer_is_cut_out_of_its_page(looked_at, receipt):
    whole = size(pictures.page_of(looked_at.app, receipt.id, 1))
    cut = size(pictures.crop_of(looked_at.app, receipt.id, "birth_date"))
    assert cut[0] == whole[0]
    assert 60 < cut[1] < whole[1] / 4


def test_an_answer_of_which_nothing_is_kept_is_found_on_its_page(looked_at, receipt):
    values = looked_at.app.store.entry(receipt.id).submission.values
    assert not [value for value in values if value.item == "id_surname2" and value.raw]
    assert pictures.crop_of(looked_at.app, receipt.id, "id_surname2")


def test_a_page_is_drawn_once(looked_at, receipt, monkeypatch):
    assert pictures.crop_of(looked_at.app, receipt.id, "birth_date")
    monkeypatch.setattr(pictures, "drawing_executor", None)
    assert pictures.page_of(looked_at.app, receipt.id, 1)


def test_what_cannot_be_drawn_is_no_error_and_is_tried_again_later(looked_at, receipt, monkeypatch):

    def fails(_content, _page):
        raise UnreadableFile("FILE_LIMIT")

    monkeypatch.setattr(pictures, "page_dots", fails)
    assert pictures.page_of(looked_at.app, receipt.id, 1) is None
    assert pictures.crop_of(looked_at.app, receipt.id, "birth_date") is None
    assert pictures.page_count(looked_at.app, receipt.id) == 0
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "drawing_executor", lambda _limits: InProcess())
    assert pictures.page_of(looked_at.app, receipt.id, 1) is None
    monkeypatch.setattr(pictures, "_AGAIN", -1.0)
    assert pictures.page_of(looked_at.app, receipt.id, 1)


@pytest.mark.parametrize("page", [0, -1, 16, 10**9])
def test_a_page_that_is_not_there_is_none(looked_at, receipt, page):
    assert pictures.page_of(looked_at.app, receipt.id, page) is None


@pytest.mark.parametrize(
    "address", ["", "nowhere", "../../etc/passwd", "_stamp__", "birth_date__x"]
)
def test_an_address_of_no_answer_has_no_picture(looked_at, receipt, address):
    assert pictures.crop_of(looked_at.app, receipt.id, address) is None


def test_no_picture_is_given_of_a_file_that_was_decided(office):
    receipt = office.receipts[1]
    assert pictures.page_of(office.app, receipt.id, 1)
    decide(office, reject, receipt.id, WHY)
    with pytest.raises(DecisionRefused):
        pictures.page_of(office.app, receipt.id, 1)


def test_pictures_are_forgotten_beyond_so_many_bytes(looked_at, receipt, monkeypatch):
    monkeypatch.setattr(pictures, "_MOST_BYTES", 1)
    for page in (1, 9):
        assert pictures.page_of(looked_at.app, receipt.id, page)
    assert not pictures._KEPT.has(receipt.source.sha256, 1)


def test_a_frame_beyond_the_edge_of_a_page_is_cut_off(drawn):
    page = drawn[0]
    strip = strip_of(page.height, [(-40.0, page.height - 4, page.width + 40, page.height + 9)])
    assert size(pictures._cut(page, strip))[0] == page.columns
    assert strip_of(page.height, [(0, page.height + 1, 9, page.height + 9)]) is None
    assert strip_of(page.height, []) is None


def test_a_printed_answer_is_shown_where_it_was_read(drawn):
    value = Value(item="sex", raw="f", location=Location(page=1, box=(10.0, 20.0, 30.0, 40.0)))
    assert pictures.boxes_of(drawn[0], "sex", value) == [(10.0, 20.0, 30.0, 40.0)]


def test_dots_become_a_picture_of_as_many():
    assert size(grey_png(3, bytes(12))) == (3, 4)


def test_no_answer_that_was_read_is_without_its_place(looked_at, receipt, drawn):
    values = [v for v in looked_at.app.store.entry(receipt.id).submission.values if v.raw]
    assert len(values) > 150
    for value in values:
        page = drawn[value.location.page - 1]
        assert strip_of(page.height, pictures.boxes_of(page, value.address, value))
