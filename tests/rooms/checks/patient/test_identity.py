"""Who the patient is, and keys that nearly agree."""

from __future__ import annotations

import pytest

from intake.checks.patient.near_keys import is_near, same_but_centre
from intake.checks.patient.patient_key import hint, identity_findings, patient_key
from intake.model.record import PatientKey
from tests.kit.forms import check, codes, dm_sam, findings, hive, value

PATIENT = {
    "id_surname2": "DU",
    "id_firstname2": "MA",
    "birth_date": "14/03/1950",
    "centre3": "REI",
}


def key(**changed) -> PatientKey:
    submission = check(PATIENT | changed)
    found = patient_key(dm_sam(), submission)
    assert found is not None
    return found


def test_the_key_is_the_folded_letters_and_the_full_birth_date():
    assert key().parts == ("DU", "MA", "1950-03-14", "REI")
    assert key().centre == "REI"
    assert key(id_surname2="d'ù", centre3="réi") == key()
    assert "DU" not in repr(key())


@pytest.mark.parametrize(
    ("item", "text", "code"),
    [
        ("id_surname2", "", "REQUIRED"),
        ("id_surname2", "D", "TEXT_LENGTH"),
        ("birth_date", "1950", "DATE_INCOMPLETE"),
        ("birth_date", "14/03/50", "DATE_SHORT_YEAR"),
        ("birth_date", "31/02/1950", "DATE_IMPOSSIBLE"),
        ("centre3", "RE1", "TEXT_PATTERN"),
    ],
)
def test_without_a_sure_part_there_is_no_key_and_no_value(item, text, code):
    submission = check(PATIENT | {item: text})
    assert patient_key(dm_sam(), submission) is None
    (incomplete,) = identity_findings(dm_sam(), submission)
    assert (incomplete.code, incomplete.items) == ("IDENTITY_INCOMPLETE", (item,))
    assert value(submission, item) is None
    assert item not in submission.record
    assert item not in submission.record.get("_missing", {})
    if text:
        (finding,) = findings(submission, item)
        assert finding.code == code
        assert text not in str(finding)


def test_too_many_letters_are_said_once_and_not_repeated():
    submission = check(PATIENT | {"id_surname2": "DUPONT"})
    assert codes(submission, "id_surname2") == ["IDENTITY_TOO_LONG"]
    assert identity_findings(dm_sam(), submission) == ()
    assert patient_key(dm_sam(), submission) is None
    assert "DUPONT" not in str(submission)


def test_a_birth_date_out_of_range_is_kept_with_a_finding():
    submission = check(PATIENT | {"birth_date": "14/03/1850"})
    assert submission.record["birth_date"] == "1850-03-14"
    (finding,) = findings(submission, "birth_date")
    assert (finding.code, set(finding.context)) == ("DATE_OUT_OF_RANGE", {"earliest", "latest"})
    assert value(submission, "birth_date").status == "queried"


def test_a_complete_identity_has_no_finding():
    assert identity_findings(dm_sam(), check(PATIENT)) == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"id_surname2": "DA"},
        {"id_surname2": "UD"},
        {"id_firstname2": "ME"},
        {"id_surname2": "MA", "id_firstname2": "DU"},
        {"birth_date": "15/03/1950"},
        {"birth_date": "14/04/1950"},
        {"birth_date": "14/03/1951"},
        {"centre3": "REN"},
    ],
)
def test_one_letter_or_one_date_part_away_is_near(changed):
    assert is_near(key(), key(**changed))
    assert is_near(key(**changed), key())


def test_day_and_month_exchanged_are_near():
    assert is_near(key(birth_date="03/04/1950"), key(birth_date="04/03/1950"))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"id_surname2": "BA"},
        {"birth_date": "15/04/1950"},
        {"id_surname2": "DA", "birth_date": "15/03/1950"},
        {"id_surname2": "DA", "id_firstname2": "ME"},
        {"centre3": "PAR"},
    ],
)
def test_more_than_that_is_another_patient(changed):
    assert not is_near(key(), key(**changed))


def test_the_same_patient_in_another_centre():
    assert same_but_centre(key(), key(centre3="PAR"))
    assert not same_but_centre(key(), key())
    assert not same_but_centre(key(), key(id_surname2="DA"))
    assert not same_but_centre(key(), key(centre3="PAR", id_surname2="DA"))


def test_numbers_that_differ_are_not_near():
    one, other = (PatientKey(("BRE", "0127", n), "BRE") for n in ("12", "13"))
    assert not is_near(one, other)
    assert not is_near(one, PatientKey(("BRE", "0128", "12"), "BRE"))
    assert not is_near(one, PatientKey(("BRE", "12", "0127"), "BRE"))


def test_keys_of_two_forms_are_never_near():
    assert not is_near(key(), PatientKey(("DU", "MA"), "MA"))
    assert not same_but_centre(key(), PatientKey(("DU", "MA"), "MA"))


def test_the_hint_has_letters_and_never_a_date():
    assert hint(dm_sam(), check(PATIENT)) == "REI · DU/MA"
    assert hint(dm_sam(), check(PATIENT | {"centre3": ""})) == "DU/MA"
    assert hint(dm_sam(), check({"centre3": "REI"})) == "REI"
    assert hint(dm_sam(), check({})) == ""


def test_another_study_has_another_identity():
    answers = {"region": "bre", "apiary_number": "0127", "hive_number": "12"}
    submission = check(answers, language="en", form="hive")
    found = patient_key(hive(), submission)
    assert found == PatientKey(("BRE", "0127", "12"), "BRE")
    assert hint(hive(), submission) == "BRE · 0127"
    assert codes(submission, "region") == ["IDENTITY_FOLDED"]
