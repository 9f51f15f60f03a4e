"""Two patients in one file: whatever program joined them, never read as one patient."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from intake.formats.pdf.read.inspection import inspect as inspect_pdf
from intake.formats.pdf.read.reader import PdfReader
from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken import merges
from tests.kit.broken.damage import changed, filled
from tests.kit.broken.small import ANSWERS, blank, definition

READER = PdfReader()
FIRST = filled(blank(), ANSWERS)
SECOND = filled(blank(), {**ANSWERS, "name": "Autre", "alive": "1"})


def program(name):
    return [
        pytest.mark.programs,
        pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed"),
    ]


MERGES = [
    merges.by_pypdf,
    pytest.param(merges.by_qpdf, marks=program("qpdf")),
    pytest.param(merges.by_pdftk, marks=[*program("pdftk"), pytest.mark.slow]),
    pytest.param(merges.by_poppler, marks=program("pdfunite")),
]


def read(content):
    return READER.read(READER.inspect(content), definition())


@pytest.mark.parametrize("merge", MERGES)
@pytest.mark.parametrize("second", [SECOND, FIRST, blank()], ids=["other", "same", "blank"])
def test_two_forms_in_one_file_are_said_to_be_several(merge, second):
    raw = read(merge(FIRST, second))

    assert Code.SEVERAL_FORMS in {finding.code for finding in raw.findings}


@pytest.mark.parametrize("merge", MERGES)
def test_several_forms_are_known_by_their_fields_even_without_footers(merge):
    def without_footers(pdf):
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(b"")

    raw = read(merge(changed(FIRST, without_footers), changed(SECOND, without_footers)))
    codes = {finding.code for finding in raw.findings}

    assert codes & {Code.SEVERAL_FORMS, Code.FIELD_DUPLICATE}


def test_every_field_of_a_second_form_is_known_for_a_copy_the_stamp_too():
    first = inspect_pdf(FIRST)
    copies = tuple(replace(f, address=f"{f.address}+1") for f in first.fields)
    raw = READER.read(replace(first, fields=first.fields + copies), definition())

    assert [(f.code, f.context) for f in raw.findings] == [
        (Code.SEVERAL_FORMS, {"count": str(len(copies))})
    ]
