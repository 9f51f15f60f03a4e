"""What is written in a form comes back: any valid record, any text, every format.

Each format joins by a row in ``FORMATS``: its writer, its reader, and a real program that
fills its blank form (never our own writer).
"""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.checks.checker import Checker
from intake.demo.fill_pdf import fill_by_hand
from intake.formats.excel.write.writer import ExcelWriter
from intake.formats.pdf.write.writer import PdfWriter
from intake.formats.registry import READERS
from intake.formats.word.write.writer import WordWriter
from intake.model.definition import DataType, FormDefinition, MissingReason
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest, FormWriter
from intake.schema.sample.record import sample_record
from tests.kit import blanks
from tests.kit.fillers import with_openpyxl, word_by_hand
from tests.kit.fillers.typed_texts import in_lists, texts
from tests.kit.places import DM_SAM, HIVE

STUDIES = {
    "dm-sam": DM_SAM,
    "hive": HIVE,
}
RECEIVED = dt.date(2026, 11, 2)


@dataclass(frozen=True)
class Format:
    """A format and the real program that fills its forms."""

    writer: FormWriter
    fill: Callable[[bytes, Mapping[str, str]], bytes]
    typed: Callable[[FormDefinition, Mapping[str, str], str], Mapping[str, str]] = (
        lambda _form, written, _language: written
    )
    """What a person types or chooses for answers given as codes and ticks."""


FORMATS = {
    FileFormat.PDF: Format(PdfWriter(), fill_by_hand),
    FileFormat.WORD: Format(WordWriter(), word_by_hand.fill),
    FileFormat.EXCEL: Format(ExcelWriter(), with_openpyxl.fill, in_lists),
}


def definition(study):
    return blanks.definition(STUDIES[study])


@cache
def checker(study):
    return Checker(definition(study))


def blank(study, file_format, language):
    return blanks.blank(STUDIES[study], file_format, language)


def read_back(study, file_format, language, written):
    """Fill a blank form with a real program and read it as a returned file."""
    empty = blank(study, file_format, language)
    raw = read_filled(definition(study), file_format, language, (empty, written))
    return checker(study).check(raw, language=language, received=RECEIVED)


def read_filled(form, file_format, language, filling):
    empty, written = filling
    kind, reader = FORMATS[file_format], READERS[file_format]
    filled = kind.fill(empty, kind.typed(form, written, language))
    return reader.read(reader.inspect(filled), form)


def cells(form, record):
    """Return every answer of a record by (item, row): value, reason or bound."""
    found = {}
    groups = {name: record.get(name, []) for name in form.groups}
    holders = [(None, record), *((row["_row"], row) for rows in groups.values() for row in rows)]
    for row, holder in holders:
        for name, item in form.items.items():
            if (item.group is None) == (row is None):
                for part in (holder, holder.get("_missing", {}), holder.get("_bound", {})):
                    if name in part and part[name] != MissingReason.NA:
                        found[name, row] = plain(part[name])
    return found


def plain(value):
    """Fold what a form may not keep: composition of accents, blanks around, number type."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    return list(value) if isinstance(value, list | tuple) else float(value)


def assert_faithful(form, written_record, submission):
    """Every answer equals what was written or carries a finding; nothing else appeared."""
    written, read = cells(form, written_record), cells(form, submission.record)
    fixed = {group.fixed_item for group in form.groups.values()}
    remarked = {(f.item, f.row) for f in submission.findings}
    wrong = {
        key: (written.get(key), read.get(key))
        for key in written.keys() | read.keys()
        if key[0] not in fixed and written.get(key) != read.get(key) and key not in remarked
    }
    assert wrong == {}
    lost = {key for key in written.keys() - read.keys() if key[0] not in fixed}
    assert lost <= remarked


@pytest.mark.parametrize("file_format", FORMATS)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(seed=st.integers(0, 2**32), language=st.sampled_from(["en", "fr", "de"]), full=st.booleans())
def test_any_record_of_the_second_study_comes_back(file_format, seed, language, full):
    form = definition("hive")
    record = sample_record(form, random.Random(seed), full=full)
    written = texts(form, record, language)
    assert_faithful(form, record, read_back("hive", file_format, language, written))


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize(
    ("language", "seed", "full"),
    [
        ("fr", 1, True),
        pytest.param("en", 2, False, marks=pytest.mark.slow),
        pytest.param("en", 1, True, marks=pytest.mark.slow),
        pytest.param("fr", 2, False, marks=pytest.mark.slow),
        pytest.param("fr", 3, False, marks=pytest.mark.slow),
        pytest.param("en", 3, False, marks=pytest.mark.slow),
    ],
)
def test_a_record_at_full_size_comes_back(file_format, seed, full, language):
    form = definition("dm-sam")
    record = sample_record(form, random.Random(seed), full=full)
    submission = read_back("dm-sam", file_format, language, texts(form, record, language))
    assert_faithful(form, record, submission)
    if full:
        assert len(cells(form, submission.record)) >= len(cells(form, record)) * 0.95


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("éèàùçœŒ€≥≤µ–’« »\u0301\"'<>&\\()=+@\t;,%#{}\n"),
        # PDFium itself drops what lies beyond the basic plane: it never reaches the file.
        st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc", "Co", "Cn"]),
    ),
    min_size=1,
    max_size=60,
)


@cache
def remarks_alone():
    """Return the second study's form with its identity and its longest text, and that text."""
    form = definition("hive")
    item = max(
        (i for i in form.single_items if i.data_type is DataType.TEXT and not i.identifying),
        key=lambda i: i.max_length or 0,
    )
    kept = tuple(i for i in form.single_items if i.name in (item.name, *form.identity.items))
    sections = tuple(s for s in form.sections if s.name in {i.section for i in kept})
    nothing = dict.fromkeys(("eligibility", "rules", "derived", "scores"), ())
    alone = {"elements": kept, "sections": sections, "objection": None, "fingerprint": "0000FEED"}
    return replace(form, **nothing, **alone), item


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(text=HOSTILE)
def test_any_text_comes_back_as_it_was_typed(file_format, text):
    form, item = remarks_alone()
    stamp = FormStamp(form.id, form.version, "en", form.fingerprint)
    empty = blanks.written(form, file_format, FormRequest(language="en", stamp=stamp))
    raw = read_filled(form, file_format, "en", (empty, {item.name: text}))
    submission = Checker(form).check(raw, language="en", received=RECEIVED)
    typed = plain("\n".join(text.splitlines()))
    stored = submission.record.get(item.name)
    remarked = any(f.item == item.name for f in submission.findings)
    assert (stored is not None and plain(stored) == typed) or remarked or not typed
