"""A record filled in by the form's own writer reads back as the same record, in every format."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.formats.registry import READERS
from intake.model.definition import DataType
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.pipeline.forms.record_faults import record_faults
from intake.pipeline.forms.written import written
from intake.ports import FormRequest
from intake.schema.sample.record import sample_record
from tests.whole.roundtrip.test_round_trip import (
    FORMATS,
    RECEIVED,
    cells,
    checker,
    definition,
)


def prefilled(study, file_format, language, record):
    """Return the form of a study that holds a record when it is sent."""
    form = definition(study)
    stamp = FormStamp(form.id, form.version, language, form.fingerprint)
    prefill = written(form, record, language)
    request = FormRequest(language=language, stamp=stamp, prefill=prefill)
    return FORMATS[file_format].writer.write(form, request)


def read_again(study, file_format, language, record):
    """Write a prefilled form and read it as a returned file."""
    reader = READERS[file_format]
    content = prefilled(study, file_format, language, record)
    raw = reader.read(reader.inspect(content), definition(study))
    return checker(study).check(raw, language=language, received=RECEIVED)


def differences(form, record, submission):
    """Return what was read otherwise than sent, a bound beyond its hard limit set aside."""
    sent, read = cells(form, record), cells(form, submission.record)
    beyond = {(f.item, f.row) for f in submission.findings if f.code == "RANGE_HARD"}
    return {
        key: (sent.get(key), read.get(key))
        for key in sent.keys() | read.keys()
        if tidy(sent.get(key)) != tidy(read.get(key)) and key not in beyond
    }


def tidy(value):
    """Return a bound without the zero that a float brings."""
    return value.removesuffix(".0") if isinstance(value, str) else value


@pytest.mark.slow
@pytest.mark.parametrize("file_format", FORMATS)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(seed=st.integers(0, 2**32), language=st.sampled_from(["en", "fr", "de"]), full=st.booleans())
def test_any_record_of_the_second_study_reads_back(file_format, seed, language, full):
    form = definition("hive")
    record = sample_record(form, random.Random(seed), full=full)
    assert record_faults(form, record) == ()
    assert differences(form, record, read_again("hive", file_format, language, record)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("seed", "full"), [(11, True), (12, False), (13, False)])
def test_a_record_at_full_size_reads_back(file_format, language, seed, full):
    form = definition("dm-sam")
    record = sample_record(form, random.Random(seed), full=full)
    assert record_faults(form, record) == ()
    submission = read_again("dm-sam", file_format, language, record)
    assert differences(form, record, submission) == {}


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_prefilled_form_has_the_same_bytes_each_time(file_format):
    record = sample_record(definition("hive"), random.Random(5), full=True)
    first = prefilled("hive", file_format, "fr", record)
    assert first == prefilled("hive", file_format, "fr", record)


@pytest.mark.slow
@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("text", ["=1+1", "a < b & « c »", "deux\nlignes", "œuvre, ≥ 3"])
def test_a_text_that_programs_like_to_break_reads_back(file_format, text):
    form = definition("hive")
    item = max(
        (i for i in form.single_items if i.data_type is DataType.TEXT and not i.identifying),
        key=lambda i: i.max_length or 0,
    )
    record = {item.name: text}
    assert record_faults(form, record) == ()
    assert read_again("hive", file_format, "en", record).record[item.name] == text


@pytest.mark.slow
@pytest.mark.parametrize("bound", ["<3.25", "<=3", ">=40000", ">1.234"])
def test_a_bound_keeps_its_sign_and_its_number(bound):
    record = {"_bound": {"lab_ferritin_dx": bound}}
    assert record_faults(definition("dm-sam"), record) == ()
    submission = read_again("dm-sam", FileFormat.WORD, "fr", record)
    assert submission.record["_bound"] == {"lab_ferritin_dx": bound}
