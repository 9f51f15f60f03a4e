"""Forms filled by real programs: what they draw, an unlike study, chains, tools on the way.

What each program leaves of the shipped form is ``tests/whole/clients``.
"""

from __future__ import annotations

import shutil
from functools import cache

import pytest

from intake.formats.pdf.read.reader import PdfReader
from intake.words.spelling import normal_text
from tests.kit.broken import small
from tests.kit.fillers import FILLERS, forms, pdf_js, pdfbox, pdfium, pdftk, poppler, with_pypdf
from tests.kit.fillers.answers import every_answer
from tests.kit.fillers.drawn import drawn_by_pdfium, drawn_by_poppler, holds, shows
from tests.kit.fillers.kinds import labels
from tests.kit.fillers.process import run

pytestmark = pytest.mark.slow
READER = PdfReader()
NOT_PYTHON = (pdf_js, pdfbox, poppler, pdftk)


def needed(*fillers):
    """Return the marks of a test that needs these programs."""
    program = [pytest.mark.programs] if set(fillers) & set(NOT_PYTHON) else []
    reasons = [reason for filler in fillers if (reason := filler.missing())]
    return [*program, pytest.mark.skipif(bool(reasons), reason="; ".join(reasons) or "-")]


EVERY = [pytest.param(filler, id=filler.NAME, marks=needed(filler)) for filler in FILLERS]


@cache
def filled(filler):
    return filler.fill(forms.blank(), every_answer(forms.blank()))


def read(content, definition):
    raw = READER.read(READER.inspect(content), definition)
    return {answer.address: answer.text for answer in raw.answers}, raw.findings


@pytest.mark.parametrize("filler", EVERY)
def test_every_answer_of_an_unlike_study_comes_back_as_it_was_entered(filler):
    blank, definition = forms.blank(forms.OTHER), forms.definition(forms.OTHER)
    entered = every_answer(blank)
    answers, findings = read(filler.fill(blank, entered), definition)

    assert answers == {address: normal_text(text) for address, text in entered.items()}
    assert findings == ()


def wrongly_drawn(filler, drawn):
    """Return the boxes that show neither their stored value nor the label of their code."""
    entered, lists = every_answer(forms.blank()), labels(forms.blank())
    borrowed = getattr(filler, "BORROWED", "")
    undrawn = getattr(filler, "undrawn", lambda _: False)
    return {
        name: (text, entered[name])
        for name, text in drawn.items()
        if name in entered
        for label in [lists.get(name, {}).get(entered[name], entered[name])]
        if not shows(text, entered[name], label, borrowed=borrowed)
        and not holds(text, entered[name], label)
        and not undrawn(entered[name])
    }


@pytest.mark.parametrize("filler", EVERY)
def test_what_each_box_shows_is_what_is_stored_in_it(filler):
    assert wrongly_drawn(filler, drawn_by_pdfium(filled(filler))) == {}


@pytest.mark.programs
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("filler", EVERY)
def test_what_poppler_draws_in_each_box_is_what_is_stored_in_it(filler):
    assert wrongly_drawn(filler, drawn_by_poppler(filled(filler))) == {}


def test_the_comparison_of_boxes_sees_a_box_that_shows_another_answer():
    assert shows("12,5", "12,5")
    assert not shows("12,5", "13,5")
    assert not shows("", "0")
    assert not shows("0", "12")
    assert holds("12 & \\(x\\)", "12")
    assert not holds("12,5 &", "12")


def test_the_blank_real_form_holds_its_printed_values_and_no_finding():
    inspection = READER.inspect(forms.blank())
    raw = READER.read(inspection, forms.definition())

    assert {answer.address.split("__")[-1] for answer in raw.answers} == {"fu_timepoint"}
    assert raw.findings == ()
    assert {claim.stamp for claim in inspection.claims} == {inspection.claims[0].stamp}
    assert {claim.carrier for claim in inspection.claims} == {"field", "footer", "metadata"}


CHAIN = (pdf_js, pdfium, poppler, with_pypdf, pdf_js)


@pytest.mark.parametrize("chain", [pytest.param(CHAIN, marks=needed(*CHAIN))], ids=["five"])
def test_answers_changed_by_one_program_after_another_are_the_last_ones(chain):
    content = small.blank()
    for step, filler in enumerate(chain):
        entered = {
            "name": f"étape {step}",
            "alive": small.YES_NO[step % 3][0],
            "drug": small.DRUGS[step % 2][0],
            "comments": f"ligne {step}\nfin",
        }
        content = filler.fill(content, entered)
        answers, findings = read(content, small.definition())
        assert answers == entered, filler.NAME
        assert findings == (), filler.NAME


def tool(*command):
    """Return a test parameter: a program that rewrites a file and may be absent."""
    absent = shutil.which(command[0]) is None
    skip = pytest.mark.skipif(absent, reason=f"{command[0]} is not installed")
    return pytest.param(command, id=" ".join(command[:2]), marks=[pytest.mark.programs, skip])


TOOLS = [
    tool("qpdf", "--linearize", "{a}", "{b}"),
    tool("qpdf", "--qdf", "{a}", "{b}"),
    tool("qpdf", "--object-streams=generate", "{a}", "{b}"),
    tool("qpdf", "--generate-appearances", "{a}", "{b}"),
    tool("qpdf", "--encrypt", "", "owner", "256", "--", "{a}", "{b}"),
    tool("pdftk", "{a}", "cat", "output", "{b}"),
]


@pytest.mark.parametrize("command", TOOLS)
def test_a_tool_on_the_way_changes_no_answer(command, tmp_path):
    entered = {name: text for name, text in small.ANSWERS.items() if text}
    paths = {"a": tmp_path / "a.pdf", "b": tmp_path / "b.pdf"}
    paths["a"].write_bytes(pdfium.fill(small.blank(), entered))
    run([part.format(**paths) for part in command])
    answers, findings = read(paths["b"].read_bytes(), small.definition())

    assert answers == entered
    assert findings == ()
