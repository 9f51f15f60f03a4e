"""Record ids and keyed hashes."""

from __future__ import annotations

import os
import re
import stat

import pytest

from intake.model.errors import StoreUnavailable
from intake.model.record import PatientKey
from intake.storage.proof.pseudonym import Pseudonyms, create_key, read_key

KEYS = Pseudonyms(bytes(range(32)))
PATIENT = PatientKey(("AB", "1951-07-29", "REI"), "REI")


def test_a_record_id_stays_the_same_for_ever():
    assert KEYS.record_id("garden", PATIENT) == "52dd222ad7aa4b6f"


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("other", PATIENT.parts),
        ("garden", ("AB", "1951-07-29", "PAR")),
        ("garden", ("A", "B1951-07-29", "REI")),
        ("garden", ("garden", *PATIENT.parts)),
        ("garden", PATIENT.parts[:2]),
    ],
)
def test_another_patient_or_form_has_another_record_id(form, parts):
    assert KEYS.record_id(form, PatientKey(parts, "REI")) != KEYS.record_id("garden", PATIENT)


def test_another_key_gives_other_ids_and_hashes():
    other = Pseudonyms(b"\x01" * 32)

    assert other.record_id("garden", PATIENT) != KEYS.record_id("garden", PATIENT)
    assert other.keyed_hash("AB") != KEYS.keyed_hash("AB")


def test_a_key_never_shows_in_a_log():
    assert KEYS.key.hex() not in repr(KEYS)
    assert str(KEYS.key) not in repr(KEYS)


def test_a_key_file_is_read_back(tmp_path):
    path = tmp_path / "keys" / "study.key"

    made = create_key(path)

    assert read_key(path) == made
    assert re.fullmatch(r"[0-9a-f]{64}\n", path.read_text())
    assert create_key(tmp_path / "other.key") != made
    assert [p.name for p in path.parent.iterdir()] == ["study.key"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_a_key_file_is_for_its_owner_alone(tmp_path):
    create_key(tmp_path / "study.key")

    assert stat.S_IMODE((tmp_path / "study.key").stat().st_mode) == 0o600


def test_a_key_file_copied_by_hand_may_end_with_blank_lines(tmp_path):
    path = tmp_path / "study.key"
    made = create_key(path)
    path.write_text(path.read_text() + "\r\n\n")

    assert read_key(path) == made


def test_no_key_file_is_no_key(tmp_path):
    assert read_key(tmp_path / "study.key") is None


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "g" * 64, "é" * 64])
def test_a_damaged_key_file_is_refused(tmp_path, text):
    path = tmp_path / "study.key"
    path.write_text(text, "utf-8")

    with pytest.raises(StoreUnavailable, match=r"key_damaged.*study\.key"):
        read_key(path)


def test_a_key_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "keys").write_text("a file where the folder should be")

    with pytest.raises(StoreUnavailable, match="not_written"):
        create_key(tmp_path / "keys" / "study.key")
