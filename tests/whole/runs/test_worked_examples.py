"""The worked examples, from a form filled in each format to the exported value."""

from __future__ import annotations

import csv
import io

import pytest

from intake.demo.returns import HANDS
from intake.model.submission import FileFormat
from tests.kit.fillers.typed_texts import in_lists, texts
from tests.kit.office.office import Office, blank, the_form
from tests.kit.office.office_excel import blank_excel
from tests.kit.office.office_word import blank_word
from tests.kit.rules.records import compute
from tests.whole.rules.test_vectors import CLASSES, H1, HLH, HSCORES, R2016, V1, V2, V5

pytestmark = pytest.mark.slow

AS_REPORTED = {"lab_tg_dx": 131.0, "lab_tg_unit": "mgdl"}
"""``1,479`` is asked about when typed: it may mean 1 479. The report said 131 mg/dL."""
DATES = {
    "birth_date": "1966-03-15",
    "mas_dx_date": "2019-03-14",
    "dm_dx_date": "2018-11",
    "mas_outcome": "cr",
    "mas_remission_date": "2019-04-02",
    "last_news_date": "2020-06-30",
    "vital_status": "alive",
}
UNKNOWN = [
    V2 | {"bm_done": "nd", "bm_hphago": None},
    V5 | {"lab_ferritin_dx": None, "bm_done": "nd", "bm_hphago": None},
]
EXAMPLES = [
    *(case[0] for case in HSCORES[1:]),
    V1 | AS_REPORTED,
    *UNKNOWN,
    *(case[0] for case in HLH[1:]),
    H1 | AS_REPORTED,
    R2016,
    R2016 | {"lab_ferritin_dx": 685.0, "lab_plt_dx": 181.0, "lab_asat_dx": 48.0},
    *(case[0] for case in CLASSES),
    DATES,
]
SHOWN = (
    *(f"d_hscore_{name}" for name in ("min", "max", "dx", "cat", "prob_band", "known")),
    *(f"d_hlh2004_{name}" for name in ("min", "max", "known", "cat")),
    *("d_mas2016", "d_eularacr_score", "d_eularacr_class", "d_bp_class", "d_tg_dx"),
    *("d_age_mas", "d_age_dm_onset", "d_delay_dm_mas_days", "d_time_remission_days"),
    *("d_surv_days", "d_death"),
)
BLANKS = {
    FileFormat.PDF: blank,
    FileFormat.WORD: blank_word,
    FileFormat.EXCEL: blank_excel,
}


def a_record(number, example):
    """Return a patient of its own, three parts of the key apart, with an example's answers."""
    first, second = divmod(number, 26)
    letters = chr(65 + first) + chr(65 + second)
    identity = {
        "id_surname2": letters,
        "id_firstname2": letters,
        "centre3": "ZAA",
        "birth_date": f"{1950 + number}-02-03",
        "form_date": "2026-10-05",
        "mas_dx_date": "2016-05-12",
    }
    return {name: held for name, held in {**identity, **example}.items() if held is not None}


def exported_as(text, value):
    """Say whether a cell of the dataset holds a computed value."""
    if isinstance(value, bool):
        return text == ("1" if value else "0")
    if isinstance(value, int | float):
        return text != "" and float(text) == value
    return text == ("" if value is None else value)


@pytest.mark.parametrize("file_format", BLANKS)
def test_each_worked_example_typed_in_a_form_is_in_the_dataset(tmp_path, file_format):
    office, form = Office(tmp_path), the_form()
    records = [a_record(number, example) for number, example in enumerate(EXAMPLES)]
    for number, record in enumerate(records):
        written = texts(form, record, "fr")
        if file_format is FileFormat.EXCEL:
            written = in_lists(form, written, "fr")
        content = HANDS[file_format](BLANKS[file_format](), written)
        office.drop(f"{number}.{file_format.value}", content)
    receipts = office.run().receipts
    assert [receipt.outcome.is_loaded for receipt in receipts] == [True] * len(records)
    rows = csv.DictReader(io.StringIO(office.dataset("records.csv")))
    exported = {row["record_id"]: row for row in rows}
    for receipt, record in zip(receipts, records, strict=True):
        expected, row = compute(record), exported[receipt.record_id]
        wrong = {
            name: (row[name], expected.get(name))
            for name in SHOWN
            if not exported_as(row[name], expected.get(name))
        }
        assert wrong == {}
