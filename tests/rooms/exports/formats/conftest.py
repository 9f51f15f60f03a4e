"""A dataset of odd texts and bounds, written in CSV, and the way to have it in another format."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.exports.dataset import dataset_files, dataset_of
from intake.exports.writers.registry import write_in
from intake.exports.writers.written_dataset import WrittenDataset
from intake.model.file.export_format import ExportFormat
from intake.privacy.profiles import Profile

Rows = list[dict[str, str]]

ODD_TEXTS = [
    "=1+1",
    "#N/A",
    "@SUM(A1)",
    "-2+3",
    "\t=1",
    'a;b,"c"',
    "two\nlines",
    "2019-03",
    "1/2",
    "0012",
    "12e4",
    "mars 3",
    "VRAI",
    "1234567890123456",
    "é 😀 ≥ 3",
    "_x0041_",
    "plain",
]


def read(content: bytes, delimiter: str = ",") -> Rows:
    """Return the rows of a CSV file."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=delimiter, strict=True))


@pytest.fixture(scope="session")
def free_text(hive):
    return next(i.name for i in hive.single_items if i.is_free_text and not i.identifying)


@pytest.fixture(scope="session")
def odd_records(hive, hive_records, build, free_text):
    """Return records of samples, of odd texts, and of numbers that are bounds."""
    odd = [build(hive, {free_text: text}, 100 + n) for n, text in enumerate(ODD_TEXTS)]
    signs = enumerate(("<", "<=", ">", ">="), 200)
    bounds = [build(hive, {"_bound": {"hive_number": f"{sign}40"}}, n) for n, sign in signs]
    return [*hive_records, *odd, *bounds]


@pytest.fixture
def source(hive, odd_records, receipts_for, tmp_path) -> WrittenDataset:
    """Return the dataset in CSV, profile full."""
    return written([hive], odd_records, receipts_for(*odd_records), tmp_path / "csv")


@pytest.fixture
def sent(source, tmp_path) -> Callable[[ExportFormat], Path]:
    """Return what writes the dataset in a format and tells the folder."""

    def send(to: ExportFormat, name: str = "sent") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        assert set(write_in(to, source, folder)) == {path.name for path in folder.iterdir()}
        return folder

    return send


def written(forms, records, receipts, folder, profile=Profile.FULL) -> WrittenDataset:
    """Write a dataset in CSV and return it."""
    folder.mkdir()
    for name, content in dataset_files(records, receipts, forms, profile=profile).items():
        (folder / name).write_bytes(content)
    dataset = dataset_of(forms, profile)
    files = tuple(described.file for described in dataset.files)
    return WrittenDataset(folder, files, dataset.form.languages)
