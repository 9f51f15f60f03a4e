"""Every item type through every room: what one place forgot is named here, or by the types."""

from __future__ import annotations

import atexit
import csv
import datetime as dt
import io
import json
import random
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from intake.checks.checker import Checker
from intake.checks.patient.content import content_digest
from intake.checks.patient.patient_key import patient_key
from intake.exports.dataset import dataset_files
from intake.expressions.bind import bind
from intake.expressions.program import compile_program
from intake.findings.wording import finding_words
from intake.formats.office.repack import unpacked
from intake.formats.registry import READERS, writers
from intake.model.address import item_places
from intake.model.definition import DataType, MissingReason
from intake.model.finding import Location
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import Entry, StoredReceipt
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung
from intake.pipeline.forms.record_faults import record_faults
from intake.pipeline.forms.written import written
from intake.ports import FormRequest
from intake.privacy.profiles import Disclosure, Profile
from intake.privacy.quoting import may_repeat
from intake.schema.check.document import check_document
from intake.schema.compile.definition import compile_definition
from intake.schema.sample.record import sample_record
from intake.schema.validate import structure_errors
from intake.storage.store import SqlStore
from intake.words.catalogue import LANGUAGES, Words
from tests.whole.item_types.examples import EXAMPLES, NAMED_PERSON, document

RECEIVED = dt.datetime(2024, 5, 2, 10, tzinfo=dt.UTC)
PATIENT = {"region": "NOR", "visit": "01/02/2024"}
every_type = pytest.mark.parametrize("data_type", DataType)


def form_of(data_type):
    return compile_definition(document(data_type))


def as_ticks(data_type, text):
    """Return the texts of the question's places that say one answer."""
    item = form_of(data_type).items["asked"]
    if not item.is_ticked:
        return {"asked": text}
    places = {p.address: p.option for p in item_places(item) if p.option}
    return {address: "1" for address, option in places.items() if option.code in text.split(";")}


def checked(data_type, text):
    answers = PATIENT | as_ticks(data_type, text)
    found = tuple(RawAnswer(a, t, Rung.FIELD, Location(page=1)) for a, t in answers.items())
    raw = RawSubmission(format=FileFormat.EXCEL, answers=found)
    return Checker(form_of(data_type)).check(raw, language="fr", received=RECEIVED.date())


def value_of(submission):
    return next((v for v in submission.values if v.item == "asked"), None)


def about(submission):
    return [f for f in submission.findings if f.item == "asked" and f.code != "R1"]


def store_in(folder, form):
    url, key = f"sqlite:///{folder}/s.sqlite", folder / "k.key"
    return SqlStore(url, key, lambda *_: form, lambda: RECEIVED)


@cache
def empty_store():
    """Return a folder with a store that holds nothing, made once: copying it is quicker."""
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    atexit.register(shutil.rmtree, folder)
    store_in(folder, None).close()
    return folder


def stored(data_type, text, folder):
    """Save an answer in a store and return the record that it gives back."""
    form, submission = form_of(data_type), checked(data_type, text)
    receipt = Receipt(
        source=SourceFile("fiche.pdf", "0" * 64, 1, RECEIVED, "fiche.pdf"),
        outcome=Outcome.LOADED,
        form=form.id,
        version=form.version,
        language="fr",
        format=FileFormat.PDF,
        centre="NOR",
        findings=submission.findings,
    )
    entry = Entry(
        receipt=receipt,
        submission=submission,
        key=patient_key(form, submission),
        content=content_digest(submission),
    )
    shutil.copytree(empty_store(), folder, dirs_exist_ok=True)
    store = store_in(folder, form)
    try:
        saved = store.save(entry)
        return store.current(saved.record_id), StoredReceipt(receipt=saved, delivered=True)
    finally:
        store.close()


def dataset(data_type, text, folder, profile):
    record, receipt = stored(data_type, text, folder)
    return dataset_files([record], [receipt], [form_of(data_type)], profile=profile)


def rows(files, name):
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


def text_of(value):
    return ";".join(value) if isinstance(value, list) else str(value)


@every_type
def test_it_has_an_example_and_a_schema_that_is_accepted(data_type):
    assert data_type in EXAMPLES
    faults, definition = check_document(document(data_type)), form_of(data_type)
    assert list(faults) == []
    assert definition.items["asked"].data_type is data_type


@every_type
def test_stock_validators_take_its_values_and_refuse_others(data_type):
    form, example = form_of(data_type), EXAMPLES[data_type]
    assert structure_errors(form, {"asked": example.value}) == []
    assert structure_errors(form, {"asked": example.other}) == []
    assert structure_errors(form, {"asked": example.impossible}) != []


@every_type
def test_what_people_write_is_read_as_its_value(data_type):
    for text in EXAMPLES[data_type].writings:
        submission = checked(data_type, text)
        assert submission.record["asked"] == EXAMPLES[data_type].value
        assert about(submission) == [] or {f.code for f in about(submission)} == {"CHOICE_BY_LABEL"}


@every_type
def test_a_name_is_never_its_value_and_never_repeated(data_type):
    submission = checked(data_type, NAMED_PERSON)
    found = value_of(submission)
    if data_type is DataType.TEXT:
        assert {f.code for f in about(submission)} == {"IDENTIFYING_TEXT"}
    elif data_type is not DataType.MULTIPLE_CHOICE:  # nothing can be typed in a tick
        assert (found.value, found.missing) == (None, MissingReason.ERR)
        assert about(submission) != []
    form = form_of(data_type)
    assert not may_repeat(NAMED_PERSON, form.items["asked"], form)
    for finding in submission.findings:
        for language in LANGUAGES:
            said = finding_words(Words(language), finding, form)
            assert "Durand" not in f"{said}"


@every_type
def test_its_plain_answers_are_quoted_unless_any_words_are_one(data_type):
    form, text = form_of(data_type), EXAMPLES[data_type].writings[0]
    is_told = may_repeat(text, form.items["asked"], form)
    assert is_told is (data_type is not DataType.TEXT)


@every_type
def test_it_is_far_too_long_for_any_type_but_a_text(data_type):
    submission = checked(data_type, "9" * 501)
    assert about(submission) != [] or data_type is DataType.MULTIPLE_CHOICE


@every_type
def test_its_values_make_different_contents_and_survive_the_store(data_type, tmp_path):
    first, second = (written_value(data_type, v) for v in two_values(data_type))
    assert content_digest(checked(data_type, first)) != content_digest(checked(data_type, second))
    record, _ = stored(data_type, first, tmp_path)
    assert value_of(record.submission).value == value_of(checked(data_type, first)).value
    assert record.submission.record["asked"] == EXAMPLES[data_type].value


def two_values(data_type):
    return EXAMPLES[data_type].value, EXAMPLES[data_type].other


def written_value(data_type, value):
    """Return what the program writes in a form that holds a value."""
    texts = written(form_of(data_type), {"asked": value}, "fr")
    return texts["asked"] if "asked" in texts else text_of(value)


@every_type
def test_a_full_export_holds_the_value(data_type, tmp_path):
    files = dataset(data_type, EXAMPLES[data_type].writings[0], tmp_path, Profile.FULL)
    (line,) = rows(files, "records.csv")
    assert line["asked"] == text_of(EXAMPLES[data_type].value)
    (coded,) = [r for r in rows(files, "codebook.csv") if r["column"] == "asked"]
    assert coded["type"] == data_type.value


@every_type
def test_an_analysis_shows_it_as_its_type_may_be_shown(data_type, tmp_path):
    example = EXAMPLES[data_type]
    files = dataset(data_type, example.writings[0], tmp_path, Profile.ANALYSIS)
    (line,) = rows(files, "records.csv")
    everything = b"".join(files.values()).decode()
    match example.shown:
        case Disclosure.OPEN:
            assert line["asked"] == text_of(example.value)
        case Disclosure.DAYS:
            assert line["asked__earliest"].lstrip("-").isdigit()
            assert text_of(example.value) not in everything
        case Disclosure.WITHHELD:
            assert "asked" not in line
            assert text_of(example.value) not in everything


@every_type
def test_no_analysis_holds_a_name_that_was_typed(data_type, tmp_path):
    files = dataset(data_type, NAMED_PERSON, tmp_path, Profile.ANALYSIS)
    everything = b"".join(files.values()).decode()
    assert "Durand" not in everything
    assert "06 12" not in everything


@every_type
def test_the_data_package_says_its_type(data_type, tmp_path):
    files = dataset(data_type, EXAMPLES[data_type].writings[0], tmp_path, Profile.FULL)
    package = json.loads(files["datapackage.json"])
    records = next(r for r in package["resources"] if r["path"] == "records.csv")
    (field,) = [f for f in records["schema"]["fields"] if f["name"] == "asked"]
    assert field["type"] == EXAMPLES[data_type].column
    assert field.get("format", "") == EXAMPLES[data_type].column_format


@every_type
def test_conditions_see_it(data_type):
    form, example = form_of(data_type), EXAMPLES[data_type]
    program = compile_program(form, example.holds, group=None, returns=bool)
    assert program.evaluate(bind(form, {"asked": example.value}, None)).is_true
    assert not program.evaluate(bind(form, {"asked": example.other}, None)).is_true
    assert not program.evaluate(bind(form, {}, None)).known


@pytest.mark.parametrize(
    "data_type", sorted(set(DataType) - {DataType.TEXT, DataType.MULTIPLE_CHOICE})
)
def test_conditions_say_that_a_value_of_another_kind_is_our_fault(data_type):
    form, example = form_of(data_type), EXAMPLES[data_type]
    program = compile_program(form, example.holds, group=None, returns=bool)
    assert program.evaluate(bind(form, {"asked": example.impossible}, None)).error is not None


@every_type
def test_random_records_hold_valid_values_of_it(data_type):
    form = form_of(data_type)
    for seed in range(20):
        record = sample_record(form, random.Random(seed), full=True)
        assert structure_errors(form, record) == []
        assert record_faults(form, record) == ()


@every_type
def test_a_record_with_an_impossible_value_is_refused_in_words(data_type):
    (fault,) = record_faults(form_of(data_type), {"asked": EXAMPLES[data_type].impossible})
    assert fault.startswith("asked")


@every_type
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_has_words(data_type, language):
    item = form_of(data_type).items["asked"]
    value = EXAMPLES[data_type].value
    said = Words(language).value(item, tuple(value) if isinstance(value, list) else value)
    assert said
    assert "None" not in said


def shown(file_format, content):
    """Return the texts that a form shows: its pages' words, its document's, its cells'."""
    match file_format:
        case FileFormat.PDF:
            pages = list(pypdfium2.PdfDocument(content))
            return " ".join(page.get_textpage().get_text_range() for page in pages)
        case FileFormat.WORD:
            return unpacked(content)["word/document.xml"].decode()
        case FileFormat.EXCEL:
            book = openpyxl.load_workbook(io.BytesIO(content))
            cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
            return " ".join(str(value) for value in cells if value is not None)


@every_type
@pytest.mark.parametrize("file_format", READERS)
def test_each_form_says_how_to_answer(data_type, file_format):
    form = form_of(data_type)
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint)
    content = writers()[file_format].write(form, FormRequest(language="fr", stamp=stamp))
    assert EXAMPLES[data_type].beside in shown(file_format, content)


def test_every_format_that_is_sent_is_read():
    assert set(writers()) == set(READERS)


@every_type
@pytest.mark.parametrize("file_format", READERS)
def test_each_writer_draws_it_and_each_reader_reads_it_back(data_type, file_format):
    form, example = form_of(data_type), EXAMPLES[data_type]
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint)
    blank = FormRequest(language="fr", stamp=stamp)
    filled = replace(blank, prefill=written(form, {"asked": example.value}, "fr"))
    for request, answer in ((blank, None), (filled, example.value)):
        writer, reader = writers()[file_format], READERS[file_format]
        assert writer.audit(form, request) == ()
        raw = reader.read(reader.inspect(writer.write(form, request)), form)
        submission = Checker(form).check(raw, language="fr", received=RECEIVED.date())
        assert submission.record.get("asked") == answer
        assert about(submission) == []
