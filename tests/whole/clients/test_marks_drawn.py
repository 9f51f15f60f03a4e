"""Each mark of a filled form is drawn by every program, and no other, wished anew or not."""

from __future__ import annotations

import io
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from tests.kit.broken.damage import changed
from tests.kit.fillers.pictures import DRAWERS, SCALE
from tests.kit.fillers.process import run
from tests.kit.office.office import demo_answers, filled
from tests.whole.cases.whole_file import sent

MIDDLE = 0.3
"""What is left out of a box on each side, of its width: its edge is no mark."""
INK = 0.25
"""How dark the middle of a marked box is at least, of 1."""
EMPTY = 0.1


def wished(pdf):
    """Ask viewers to draw all fields anew, as scripts do after they filled them."""
    pdf.Root.AcroForm.NeedAppearances = True


def written_by_a_script(pdf):
    """Store choices as texts and ask for new drawings, as pypdf does by itself."""
    wished(pdf)
    for field in pdf.Root.AcroForm.Fields:
        if "/Kids" in field and field.get("/V", "/Off") != "/Off":
            field.V = pikepdf.String(str(field.V))


@cache
def form(*, is_wished):
    return changed(filled(), wished) if is_wished else filled()


def boxes(content):
    """Yield page, sides and whether it is marked, of each round and square box."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            height = float(page.mediabox[3])
            for widget in page.obj.Annots:
                field = widget if "/T" in widget else widget.Parent
                if field.get("/FT") == "/Btn":
                    left, bottom, right, top = (float(side) for side in widget.Rect)
                    is_marked = str(widget.AS) != "/Off"
                    yield number, (left, height - top, right, height - bottom), is_marked


def darkness(picture, sides):
    left, top, right, bottom = sides
    edge = (right - left) * MIDDLE
    inner = (left + edge, top + edge, right - edge, bottom - edge)
    box = picture.crop(tuple(round(side * SCALE) for side in inner))
    grey = box.tobytes()
    return 1 - sum(grey) / len(grey) / 255


def wrongly_drawn(pictures, content):
    """Return the boxes whose look is not what they hold."""
    wrong = []
    for number, sides, is_marked in boxes(content):
        dark = darkness(pictures[number], sides)
        if (is_marked and dark < INK) or (not is_marked and dark > EMPTY):
            wrong.append((number + 1, sides, is_marked, round(dark, 2)))
    return wrong


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.parametrize("is_wished", [False, True], ids=["as stored", "drawn anew"])
@pytest.mark.parametrize("drawer", DRAWERS, ids=[drawer.name for drawer in DRAWERS])
def test_every_mark_is_drawn_and_no_other(drawer, is_wished):
    reason = drawer.missing()
    if reason is not None:
        pytest.skip(reason)
    content = form(is_wished=is_wished)
    marks = [is_marked for _, _, is_marked in boxes(content)]
    assert sum(marks) > len(demo_answers()) / 3
    assert wrongly_drawn(drawer.draw(content), content) == []


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.parametrize("drawer", DRAWERS, ids=[drawer.name for drawer in DRAWERS])
def test_poppler_alone_draws_no_round_mark_that_a_script_stored_as_a_text(drawer):
    reason = drawer.missing()
    if reason is not None:
        pytest.skip(reason)
    content = changed(filled(), written_by_a_script)
    undrawn = wrongly_drawn(drawer.draw(content), content)
    assert bool(undrawn) is (drawer.name == "poppler")


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(shutil.which("pdftocairo") is None, reason="poppler is not installed")
def test_a_print_that_lost_its_round_marks_waits_and_says_so(tmp_path):
    content = changed(filled(), written_by_a_script)
    assert sent(tmp_path / "a", "a.pdf", content).outcomes == ("loaded",)
    came = sent(tmp_path / "b", "b.pdf", printed_by_poppler(content))
    assert (came.outcomes, "PRINTED_PARTLY" in came.codes) == (("review",), True)


def printed_by_poppler(content):
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(content)
        run(["pdftocairo", "-pdf", str(source), str(target)])
        return target.read_bytes()
