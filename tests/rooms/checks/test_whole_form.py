"""A whole form as a clinician fills it: every trap at once, and nothing wrong in silence."""

from __future__ import annotations

from intake.schema.validate import structure_errors
from tests.kit.forms import check, dm_sam, findings, value

FILLED = {
    "id_surname2": "dû",
    "id_firstname2": "MA",
    "birth_date": "14/03/1950",
    "centre3": "REI",
    "form_date": "1er mars 2021",
    "elig_dm_dx": "1",
    "elig_mas_dx": "/1",
    "elig_mas_france": "Oui",
    "mas_dx_setting": "int",
    "elig_info": "inf",
    "sex": "Masculin",
    "mas_weight": "72,5 kg",
    "comorbidities__hta": "/Yes",
    "dm_dx_date": "mars 2014",
    "dm_mmt8": "72/80",
    "dm_ild": "0",
    "mas_dx_date": "03/2015",
    "mas_temp_max": "101,3 °F",
    "mas_fever": "1",
    "lab_dx_date": "14/03/15",
    "lab_hb_dx": "85",
    "lab_hb_worst": "85 g/L",
    "lab_plt_dx": "45 000/mm³",
    "lab_wbc_dx": "1,8",
    "lab_anc_dx": "NF",
    "lab_ferritin_dx": "> 40 000",
    "lab_ferritin_worst": "12.500",
    "lab_tg_dx": "2,65 g/L",
    "lab_tg_worst": "4 mmol/L",
    "lab_tg_unit": "gl",
    "lab_fib_dx": "150",
    "lab_asat_dx": "< 30",
    "lab_ldh_dx": "ND",
    "lab_crp_dx": "12 %",
    "lab_bili_dx": "1,479",
    "lab_creat_dx": "1 mg/dL",
    "lab_na_dx": "5,3",
    "mas_fu__2__fu_timepoint": "d7",
    "mas_fu__2__fu_date": "21/03/2015",
    "mas_fu__2__fu_hb": "8,5",
    "comments": "Évolution favorable sous étoposide, arrêt à J28.",
}


def test_each_answer_is_stored_as_written_or_carries_its_finding():
    submission = check(FILLED)
    record, reasons = submission.record, submission.record["_missing"]
    assert {name: record[name] for name in EXPECTED} == EXPECTED
    assert record["_bound"] == {"lab_asat_dx": "<30", "lab_ferritin_dx": ">40000"}
    held = {name for name, reason in reasons.items() if reason == "ERR"}
    assert held == HELD
    assert reasons["lab_anc_dx"] == "NOTDONE"
    assert reasons["lab_ldh_dx"] == "NI"
    assert reasons["dm_ild_pattern"] == "NA"
    assert record["mas_fu"] == [
        {"_row": 2, "fu_timepoint": "d7", "fu_date": "2015-03-21", "fu_hb": 8.5}
    ]
    told = {f.item: f.code for f in submission.findings if f.item and f.code != "REQUIRED"}
    assert told == TOLD


EXPECTED = {
    "id_surname2": "DU",
    "birth_date": "1950-03-14",
    "form_date": "2021-03-01",
    "elig_mas_dx": "1",
    "elig_mas_france": "1",
    "sex": "m",
    "mas_weight": 72.5,
    "dm_dx_date": "2014-03",
    "dm_mmt8": 72,
    "mas_dx_date": "2015-03",
    "mas_temp_max": 38.5,
    "lab_hb_worst": 8.5,
    "lab_plt_dx": 45.0,
    "lab_tg_dx": 2.65,
    "lab_bili_dx": 1.479,
    "lab_creat_dx": 88.4,
    "comments": "Évolution favorable sous étoposide, arrêt à J28.",
}
HELD = {
    "lab_dx_date",
    "lab_hb_dx",
    "lab_ferritin_worst",
    "lab_tg_worst",
    "lab_fib_dx",
    "lab_crp_dx",
    "lab_na_dx",
}
TOLD = {
    "id_surname2": "IDENTITY_FOLDED",
    "mas_dx_date": "DAY_WANTED",
    "mas_temp_max": "UNIT_CONVERTED",
    "lab_dx_date": "DATE_SHORT_YEAR",
    "lab_hb_dx": "R35",
    "lab_hb_worst": "UNIT_CONVERTED",
    "lab_plt_dx": "UNIT_CONVERTED",
    "lab_ferritin_dx": "BOUND_KEPT",
    "lab_ferritin_worst": "NUMBER_AMBIGUOUS",
    "lab_tg_worst": "UNIT_UNKNOWN",
    "lab_fib_dx": "R37",
    "lab_asat_dx": "BOUND_KEPT",
    "lab_ldh_dx": "REASON_AMBIGUOUS",
    "lab_crp_dx": "UNIT_UNKNOWN",
    "lab_bili_dx": "RANGE_SOFT",
    "lab_creat_dx": "UNIT_CONVERTED",
    "lab_na_dx": "RANGE_HARD",
}


def test_a_guessed_slip_is_held_back_and_the_converted_value_offered():
    submission = check(FILLED)
    (slip,) = findings(submission, "lab_hb_dx")
    assert (slip.code, slip.severity) == ("R35", "error")
    assert slip.message["fr"].startswith("L'hémoglobine semble saisie en g/L")
    assert (slip.context["entered"], slip.context["offered"]) == ("85", "8.5")
    stored = value(submission, "lab_hb_dx")
    assert (stored.value, stored.missing, stored.raw) == (None, "ERR", "85")
    assert stored.status == "held_back"


def test_the_record_is_valid_for_any_json_schema_validator():
    assert structure_errors(dm_sam(), check(FILLED).record) == []


def test_a_finding_of_the_file_comes_first_and_is_not_lost():
    from_reader = check(FILLED).findings
    assert all(f.severity in ("note", "query", "error") for f in from_reader)
    assert not any("MA" in f.context.values() for f in from_reader)


def test_every_value_remembers_its_place_and_its_text():
    for stored in check(FILLED).values:
        if stored.missing == "NA":
            continue
        assert stored.raw
        assert stored.location.page == 1
        assert stored.location.code
