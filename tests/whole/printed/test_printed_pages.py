"""Printed forms of another study: pages moved, lost, doubled; marks and texts in doubt."""

from __future__ import annotations

import io
import shutil
from functools import cache, partial

import pikepdf
import pytest

from intake.formats.paper.printed_file import read_printed
from intake.formats.pdf.anchors import MULTILINE
from intake.formats.pdf.write import typesetting, writer
from intake.formats.pdf.write.writer import PdfWriter
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from tests.kit.broken.flatteners import IN_PROCESS, by_pdfium
from tests.kit.fillers import forms, pdfium
from tests.kit.fillers.kinds import entries, radio_states, ticks
from tests.whole.printed.readings import reading, score, stamp_of


@cache
def blank():
    return forms.blank(forms.OTHER)


@cache
def answers():
    """Give an answer to every place: 12,5 where text is written."""
    form = blank()
    chosen = {name: codes[-1] for name, codes in {**radio_states(form), **entries(form)}.items()}
    with pikepdf.open(io.BytesIO(form)) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        texts = [f for f in fields if f.get("/FT") == "/Tx"]
        written = {str(f.T): "12,5"[: int(f.get("/MaxLen", 4))] for f in texts}
        fixed = {str(f.T) for f in fields if f.get("/Ff", 0) & 1}
    every = {**dict.fromkeys(ticks(form), "1"), **chosen, **written}
    return {name: text for name, text in every.items() if name not in fixed}


@cache
def printed(**changed):
    return by_pdfium(pdfium.fill(blank(), {**answers(), **changed}))


def read(content):
    return reading(content, blank())


def changed(content, change):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def answer(found, address):
    return next(one for one in found.answers if one.address == address)


def text_place():
    return next(name for name, text in answers().items() if text == "12,5")


@pytest.mark.parametrize("flattener", IN_PROCESS, ids=lambda flattener: flattener.name)
def test_every_answer_of_a_flattened_form_is_read_and_none_is_wrong(flattener):
    found = read(flattener.flatten(pdfium.fill(blank(), answers())))
    result = score(found, answers(), forms.definition(forms.OTHER))
    assert (result.wrong, result.doubted, result.right) == ((), 0, len(answers()))
    assert (found.missing, found.cut, found.repeated, found.stray) == ((), (), 0, 0)
    assert not found.lacks_a_kind


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Return what writes the form with another head of its pages than today's."""
    stamp = stamp_of(blank())

    def write(title):
        folder = tmp_path / "template"
        shutil.copytree(typesetting.TEMPLATE.parent, folder)
        page = folder / typesetting.TEMPLATE.name
        text = page.read_text(encoding="utf-8")
        assert "upper(section.title)" in text
        page.write_text(text.replace("upper(section.title)", title), encoding="utf-8")
        monkeypatch.setattr(writer, "typeset", partial(typesetting.typeset, template=page))
        form = forms.definition(forms.OTHER)
        return PdfWriter().write(form, FormRequest(language=stamp.language, stamp=stamp))

    return write


@pytest.mark.parametrize(
    ("title", "said"), [("section.title + h(60mm)", False), ('"Vu le 12" + h(60mm)', True)]
)
def test_a_head_in_other_capitals_is_the_form_and_another_head_is_said(edition, title, said):
    returned = by_pdfium(pdfium.fill(edition(title), answers()))
    found = read(returned)
    assert (found.missing, bool(found.stray)) == ((), said)


@pytest.mark.slow
def test_a_form_printed_smaller_on_other_paper_reads_the_same():
    def on_letter(pdf):
        for page in pdf.pages:
            page.contents_add(b"q .92 0 0 .92 30 12 cm\n", prepend=True)
            page.contents_add(b"\nQ")
            page.MediaBox = [0, 0, 612, 792]
            for key in ("/CropBox", "/TrimBox"):
                if key in page:
                    del page[key]

    found = read(changed(printed(), on_letter))
    assert score(found, answers(), forms.definition(forms.OTHER)).wrong == ()
    assert [(a.address, a.text) for a in found.answers] == [
        (a.address, a.text) for a in read(printed()).answers
    ]


def test_pages_in_another_order_are_found_by_their_numbers():
    def turn(pdf):
        pages = list(pdf.pages)
        del pdf.pages[:]
        pdf.pages.extend(reversed(pages))

    found = read(changed(printed(), turn))
    assert score(found, answers(), forms.definition(forms.OTHER)).right == len(answers())
    count = len({one.page for one in read(printed()).answers})
    assert max(one.page for one in found.answers) >= count


def test_a_missing_page_is_named_and_the_others_are_read():
    def lose(pdf):
        del pdf.pages[0]

    found = read(changed(printed(), lose))
    assert found.missing == (1,)
    assert found.answers
    assert score(found, answers(), forms.definition(forms.OTHER)).wrong == ()


def test_two_forms_in_one_file_are_counted():
    def add(pdf):
        with pikepdf.open(io.BytesIO(printed(**{text_place(): "99"}))) as other:
            pdf.pages.extend(other.pages)

    found = read(changed(printed(), add))
    assert found.repeated
    assert answer(found, text_place()).text == "12,5"


def test_a_page_not_drawn_to_its_end_is_said():
    def stop(pdf):
        page = pdf.pages[0]
        page.contents_coalesce()
        data = page.Contents.read_bytes()
        page.Contents.write(data[: len(data) // 3])

    found = read(changed(printed(), stop))
    assert 1 in {*found.cut, *found.missing}


def test_marks_without_any_text_are_not_taken_for_unanswered_questions():
    marks = {name: text for name, text in answers().items() if text != "12,5"[: len(text)]}
    only = {name: text for name, text in marks.items() if name not in entries(blank())}
    assert read(by_pdfium(pdfium.fill(blank(), only))).lacks_a_kind


def endless_place():
    """Return a field of one line that takes any number of letters."""
    with pikepdf.open(io.BytesIO(blank())) as pdf:
        return next(
            str(f.T)
            for f in pdf.Root.AcroForm.Fields
            if f.get("/FT") == "/Tx" and not f.Ff & (1 | MULTILINE) and "/MaxLen" not in f
        )


def test_a_text_longer_than_its_box_is_doubted():
    place = endless_place()
    long = "1234567890 " * 12
    found = read(by_pdfium(pdfium.fill(blank(), {**answers(), place: long})))
    assert answer(found, place).doubt == "cut"


def drawing(address, content):
    """Draw over the first box of a place, in points from its lower left corner."""
    left, bottom, _, _ = answer(read(printed()), address).box

    def draw(pdf):
        page = pdf.pages[answer(read(printed()), address).page - 1]
        page.contents_add(f"\nq 1 0 0 1 {left} {bottom} cm {content} Q\n".encode())

    return changed(printed(), draw)


def test_ink_that_is_no_letter_is_doubted():
    place = text_place()
    assert answer(read(drawing(place, "40 3 m 46 9 l S")), place).doubt == "unread"


@pytest.mark.slow
def test_letters_without_ink_are_doubted():
    place = text_place()
    white = "1 g 2 2 60 12 re f"
    assert answer(read(drawing(place, white)), place).doubt == "unseen"


@pytest.mark.slow
def test_a_second_mark_in_a_single_choice_is_doubted():
    name, codes = next(item for item in radio_states(blank()).items() if len(item[1]) > 1)
    first = answer(read(printed(**{name: codes[0]})), name).box
    second = answer(read(printed(**{name: codes[-1]})), name).box

    def tick(pdf):
        page = pdf.pages[answer(read(printed()), name).page - 1]
        left, bottom = first[:2]
        page.contents_add(f"\nq 1 0 0 1 {left} {bottom} cm 3 3 4 4 re f Q\n".encode())

    assert first != second
    found = answer(read(changed(printed(), tick)), name)
    assert (found.doubt, sorted(found.text.split(";"))) == (
        "several",
        sorted({codes[0], codes[-1]}),
    )


@pytest.mark.slow
def test_a_faint_mark_is_doubted():
    name = next(iter(radio_states(blank())))
    unmarked = by_pdfium(pdfium.fill(blank(), {**answers(), name: ""}))
    left, bottom = answer(read(unmarked), name).box[:2]

    def touch(pdf):
        page = pdf.pages[answer(read(unmarked), name).page - 1]
        page.contents_add(f"\nq 1 0 0 1 {left} {bottom} cm 3 3 2.3 2.3 re f Q\n".encode())

    assert answer(read(changed(unmarked, touch)), name).doubt == "faint"


def test_a_blank_of_another_version_or_language_is_not_used():
    stamp = stamp_of(blank())
    other = FormStamp(stamp.form, stamp.version, stamp.language, "00000000")
    assert read_printed(printed(), blank(), other).answers == ()
