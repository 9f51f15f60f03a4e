"""Answers exported from a form: FDF and XFDF hold them all, and a person confirms them."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from intake.formats.registry import READERS, inspect_file
from intake.formats.sniff import FileKind, sniff
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import FileFormat
from intake.pipeline.returns.identify import identify
from tests.kit.additions import exported
from tests.kit.blanks import definition
from tests.kit.fakes.forms import FewForms
from tests.kit.office.office import demo_answers, filled

ANSWERS = {"sex": "f", "comments": "œdème < 5", "lab_hb_dx": "9,1", "ab_method__dot": "Yes",
           "mas_tx__1__mtrt_drug": "ana", "mas_support__rbc": "Off"}  # fmt: skip
READ = {**ANSWERS, "mas_support__rbc": None}


def fdf(fields):
    body = b"".join(
        b"<</T(%s)/V<feff%s>>>" % (n.encode(), v.encode("utf-16-be").hex().encode())
        for n, v in fields.items()
    )
    return (
        b"%FDF-1.2\n1 0 obj\n<</FDF<</Fields["
        + body
        + b"]>>>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
    )


def read(content):
    inspection = inspect_file(content, "fiche.xfdf")
    raw = READERS[FileFormat.PDF].read(inspection, definition())
    return {answer.address: answer.text for answer in raw.answers}, raw


@pytest.mark.parametrize("made", [exported, fdf])
def test_every_answer_is_read_and_the_others_are_unanswered_not_missing(made):
    answers, raw = read(made(ANSWERS))
    assert answers == {name: text for name, text in READ.items() if text}
    assert {f.code for f in raw.findings} - {Code.FILE_EXTENSION} == {Code.FILE_FIELD_DATA}


def test_the_form_is_told_by_the_names_of_the_answers():
    inspection = inspect_file(exported(demo_answers()), "fiche.xfdf")
    assert identify(inspection, FewForms(definition())).definition == definition()


def test_names_that_are_nested_are_joined():
    inner = b'<field name="b"><value>7</value></field>'
    nested = b'<xfdf><fields><field name="a">' + inner + b"</field></fields></xfdf>"
    assert [(f.address, f.text) for f in inspect_file(nested, "a.xfdf").fields] == [("a.b", "7")]


def test_remarks_and_repeated_names_are_said():
    twice = exported({"sex": "f"}).replace(
        b"</fields>", b'<field name="sex"><value>m</value></field></fields><annots><ink/></annots>'
    )
    codes = {f.code for f in inspect_file(twice, "a.xfdf").findings}
    assert codes == {Code.FILE_FIELD_DATA, Code.FIELD_DUPLICATE, Code.FIELD_UNKNOWN}


@pytest.mark.parametrize(
    "content",
    [
        exported({"sex": "f"}).replace(b"<xfdf", b'<!DOCTYPE xfdf SYSTEM "file:///x"><xfdf'),
        b"%FDF-1.2\nno object\n",
        b"%FDF-1.2\n1 0 obj\n1 0 R\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF",
    ],
)
def test_a_hostile_or_damaged_one_is_refused(content):
    with pytest.raises(UnreadableFile) as refused:
        inspect_file(content, "a.xfdf")
    assert refused.value.code in (Code.FILE_DAMAGED, Code.FILE_UNKNOWN)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdftk") is None, reason="pdftk is not installed")
def test_what_pdftk_exports_of_a_filled_form_is_what_the_form_says(tmp_path):
    (tmp_path / "a.pdf").write_bytes(filled())
    wanted = READERS[FileFormat.PDF].read(inspect_file(filled(), "a.pdf"), definition())
    command = ["pdftk", str(tmp_path / "a.pdf"), "generate_fdf", "output", str(tmp_path / "a.fdf")]
    subprocess.run(command, check=True, timeout=60)
    content = (tmp_path / "a.fdf").read_bytes()
    assert sniff(content).kind is FileKind.FDF
    answers, raw = read(content)
    assert {n: "1" if t == "Yes" else t for n, t in answers.items()} == {
        answer.address: answer.text for answer in wanted.answers
    }
    assert Code.FILE_FIELD_DATA in {finding.code for finding in raw.findings}
