"""Forms filled by one program and flattened or printed by another: nothing is wrong unsaid."""

from __future__ import annotations

from functools import cache

import pytest

from tests.kit.broken.flatteners import IN_PROCESS, PROGRAMS
from tests.kit.fillers import forms, pdf_js, pdfium, poppler
from tests.kit.fillers.answers import every_answer
from tests.kit.office.office import demo_answers
from tests.whole.printed.readings import reading, score

FILLERS = (pdfium, pdf_js, poppler)
EVERY = (*IN_PROCESS, *PROGRAMS)
LOSING = {("poppler", "qpdf")}
"""qpdf drops the texts that poppler writes: only the marks are left on the page."""
DOUBTED = {"LibreOffice Draw": {"mas_fu__2__fu_date", "mas_fu__4__fu_date"}}
"""Dates that a program draws up to the edge of their boxes: they could have been cut."""
pytestmark = [pytest.mark.slow, pytest.mark.programs]


@cache
def filled(filler, entered):
    if filler.missing():
        pytest.skip(filler.missing())
    return filler.fill(forms.blank(), dict(entered))


def flattened(filler, flattener, entered):
    if flattener.missing:
        pytest.skip(flattener.missing)
    return flattener.flatten(filled(filler, tuple(sorted(entered.items()))))


def pairs():
    return [
        pytest.param(filler, flattener, id=f"{filler.NAME}-{flattener.name}")
        for filler in FILLERS
        for flattener in EVERY
    ]


@pytest.mark.parametrize(("filler", "flattener"), pairs())
def test_a_patient_s_answers_are_all_read(filler, flattener):
    entered = demo_answers()
    read = reading(flattened(filler, flattener, entered), forms.blank())
    assert (read.missing, read.cut, read.repeated) == ((), (), 0)
    if (filler.NAME, flattener.name) in LOSING:
        assert read.lacks_a_kind
        return
    result = score(read, entered, forms.definition())
    doubted = {answer.address for answer in read.answers if answer.doubt}
    assert doubted <= DOUBTED.get(flattener.name, set())
    assert (result.wrong, result.right) == ((), len(entered) - len(doubted))


@pytest.mark.parametrize("flattener", [IN_PROCESS[1], PROGRAMS[2]], ids=lambda one: one.name)
def test_difficult_texts_are_right_or_doubted(flattener):
    """Signs, borrowed letters and texts too long for their boxes, as pdf.js draws them."""
    entered = every_answer(forms.blank())
    read = reading(flattened(pdf_js, flattener, entered), forms.blank())
    assert score(read, entered, forms.definition()).wrong == ()
