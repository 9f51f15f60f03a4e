"""Every PDF form passes two PDF/UA checkers without a word, and says that it conforms."""

from __future__ import annotations

import datetime as dt
import io
import random
from dataclasses import replace

import pikepdf
import pytest

from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.pipeline.forms.written import written as as_written
from intake.ports import FormRequest
from intake.schema.sample.record import sample_record
from tests.kit.accessible import complaints
from tests.kit.blanks import definition, written
from tests.kit.places import DM_SAM, HIVE, SCHEMAS

*OLDER, NEWEST = sorted((SCHEMAS / "dm-sam").glob("*.json"))
CONTACT = ("Département des insectes sociaux", "soin+ruches@example.org", "https://example.org/a.")


def request(schema, language, **more):
    form = definition(schema)
    stamp = FormStamp(form.id, form.version, language, form.fingerprint)
    asked = FormRequest(
        language=language, stamp=stamp, contact=CONTACT, closing_date=dt.date(2027, 3, 31)
    )
    return replace(asked, **more)


def made(schema, language, **more):
    asked = request(schema, language, **more)
    return written(definition(schema), FileFormat.PDF, asked)


@pytest.mark.parametrize(
    ("schema", "language"),
    [
        (HIVE, "en"),
        *(pytest.param(NEWEST, code, marks=pytest.mark.slow) for code in ("fr", "en")),
        *(
            pytest.param(path, code, marks=pytest.mark.slow)
            for path in OLDER
            for code in ("fr", "en")
        ),
        *(pytest.param(HIVE, code, marks=pytest.mark.slow) for code in ("de", "fr")),
    ],
)
def test_neither_checker_complains_of_a_blank_form(schema, language):
    assert complaints(made(schema, language)) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_neither_checker_complains_of_a_form_that_holds_a_record(language):
    record = sample_record(definition(), random.Random(14), full=True)
    prefill = as_written(definition(), record, language)
    assert len(prefill) > 100
    assert complaints(made(DM_SAM, language, prefill=prefill)) == []


def test_the_form_claims_what_the_checkers_found():
    with pikepdf.open(io.BytesIO(made(HIVE, "en"))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_an_address_is_followed_by_a_click_and_told_before_it():
    with pikepdf.open(io.BytesIO(made(HIVE, "en"))) as pdf:
        links = [a for page in pdf.pages for a in page.Annots if a.Subtype == "/Link"]
        told = {str(link.A.URI): str(link.Contents) for link in links}
    assert set(told) == {"mailto:soin+ruches@example.org", "https://example.org/a"}
    assert "soin+ruches@example.org" in told["mailto:soin+ruches@example.org"]


def untagged(pdf):
    del pdf.Root.StructTreeRoot


def unclaimed(pdf):
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def unnamed(pdf):
    for field in pdf.Root.AcroForm.Fields:
        del field.TU


def unspoken(pdf):
    del pdf.Root.Lang


@pytest.mark.parametrize("spoil", [untagged, unclaimed, unnamed, unspoken])
def test_the_checkers_do_complain_of_a_form_that_was_spoilt(spoil):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made(HIVE, "en"))) as pdf:
        spoil(pdf)
        pdf.save(out)
    assert complaints(out.getvalue())
