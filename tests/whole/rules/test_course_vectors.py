"""Worked examples of dates, units, treatment lines and eligibility: record in, values out."""

from __future__ import annotations

import pytest

from tests.kit.rules.records import compute, rows


def test_the_dates_of_the_worked_example():
    record = {
        "birth_date": "1966-03-15",
        "mas_dx_date": "2019-03-14",
        "dm_dx_date": "2018-11",
        "mas_outcome": "cr",
        "mas_remission_date": "2019-04-02",
        "last_news_date": "2020-06-30",
        "vital_status": "alive",
    }
    found = compute(record)
    assert found["d_age_mas"] == 52
    assert compute(record | {"mas_dx_date": "2019-03-15"})["d_age_mas"] == 53
    assert found["d_delay_dm_mas_days"] == 119
    assert found["d_delay_dm_mas_days_precision"] == "month"
    assert (found["d_time_remission_days"], found["d_remission_event"]) == (19, 1)
    assert (found["d_surv_days"], found["d_death"]) == (474, False)
    assert (found["d_death_d30"], found["d_death_d90"]) == (False, False)


def test_a_birth_on_29_february_counts_in_march_of_plain_years():
    born = {"birth_date": "1964-02-29"}
    assert compute(born | {"mas_dx_date": "2020-02-28"})["d_age_mas"] == 55
    assert compute(born | {"mas_dx_date": "2020-02-29"})["d_age_mas"] == 56


def test_units_convert_exactly():
    assert compute({"lab_tg_dx": 2.0, "lab_tg_unit": "gl"})["d_tg_dx"] == 2.258
    assert compute({"lab_tg_dx": 131.0, "lab_tg_unit": "mgdl"})["d_tg_dx"] == 1.47899


def test_a_death_of_a_month_is_a_death_within_30_days_only_when_sure():
    dead = {"mas_dx_date": "2019-03-10", "vital_status": "dead", "last_news_date": "2019-03"}
    assert compute(dead | {"death_date": "2019-03"})["d_death_d30"] is True
    assert "d_death_d30" not in compute(dead | {"death_date": "2019-04"})
    assert compute(dead | {"death_date": "2019-05"})["d_death_d30"] is False


TX = rows(
    {
        "mtrt_drug": "gc_po",
        "mtrt_line": 1,
        "mtrt_indication": ["mas"],
        "mtrt_start_date": "2019-03-10",
        "mtrt_ongoing": "0",
        "mtrt_stop_date": "2019-06-10",
        "mtrt_dose": 60.0,
        "mtrt_dose_unit": "mg_d",
        "mtrt_resp_d7": "pr",
        "mtrt_resp_d28": "dead",
    },
    {
        "mtrt_drug": "ana",
        "mtrt_line": 1,
        "mtrt_indication": ["mas"],
        "mtrt_start_date": "2019-03-13",
        "mtrt_ongoing": "1",
        "mtrt_resp_d7": "ne",
    },
    {
        "mtrt_drug": "eto",
        "mtrt_line": 1,
        "mtrt_indication": ["mas"],
        "mtrt_start_date": "2019-03-14",
        "mtrt_ongoing": "1",
    },
)


def test_drugs_started_within_three_days_make_one_line():
    record = {
        "mas_dx_date": "2019-03-12",
        "last_news_date": "2019-12-31",
        "mas_weight": 60.0,
        "mas_tx": TX,
    }
    found = compute(record)
    by_row = found["mas_tx"]
    assert [row["d_line_calc"] for row in by_row] == [1, 1, 2]
    assert [row["d_line_differs"] for row in by_row] == [False, False, True]
    assert [row["d_line_order"] for row in by_row] == [1, 2, 3]
    assert [row["d_combo"] for row in by_row] == [["ana"], ["gc_po"], ["gc_po", "ana"]]
    assert by_row[0]["d_tx_days"] == 93
    assert by_row[0]["d_dose_kg"] == 1.0
    assert [by_row[0]["d_resp7"], by_row[0]["d_resp28"]] == ["responder", "non-responder"]
    assert by_row[1]["d_resp7"] == "not evaluable"
    assert (found["d_time_first_tx_days"], found["d_time_first_tx_days_precision"]) == (-2, "day")


def test_a_treatment_without_a_start_leaves_lines_and_delay_open():
    lacking = [*TX[:2], {"_row": 3, "mtrt_indication": ["mas"], "_missing": {}}]
    found = compute({"mas_dx_date": "2019-03-12", "mas_tx": lacking})
    assert "d_time_first_tx_days" not in found
    assert all("d_line_calc" not in row for row in found["mas_tx"])


def test_the_drop_of_ferritin_is_that_of_day_7():
    record = {
        "lab_ferritin_dx": 10000.0,
        "mas_fu": [
            {"_row": 1, "fu_timepoint": "d3", "fu_ferritin": 9000.0},
            {"_row": 2, "fu_timepoint": "d7", "fu_ferritin": 4000.0, "fu_tg": 3.0},
        ],
    }
    found = compute(record)
    assert found["d_ferritin_drop_d7"] == pytest.approx(0.6)


ELIGIBLE = {
    "elig_dm_dx": "1",
    "elig_mas_dx": "1",
    "elig_mas_france": "1",
    "elig_info": "inf",
    "mas_dx_date": "2019-03",
}


@pytest.mark.parametrize(
    ("change", "eligible", "reasons"),
    [
        ({}, "yes", None),
        ({"elig_dm_dx": "0"}, "no", ["no_dm"]),
        ({"mas_dx_date": "2009"}, "no", ["outside_period"]),
        ({"mas_dx_date": "2020"}, "undetermined", ["period_unknown"]),
        ({"elig_mas_france": "9"}, "undetermined", ["france_unknown"]),
        ({"elig_info": "ong"}, "undetermined", ["information_under_way"]),
        ({"elig_mas_france": "9", "elig_mas_dx": "0"}, "no", ["no_mas", "france_unknown"]),
    ],
)
def test_eligibility_is_yes_no_or_undetermined_with_its_reasons(change, eligible, reasons):
    found = compute(ELIGIBLE | change)
    assert (found["d_eligible"], found.get("d_ineligible_reason")) == (eligible, reasons)


def test_nothing_known_is_undetermined():
    found = compute({})
    assert found["d_eligible"] == "undetermined"
    assert len(found["d_ineligible_reason"]) == 5


@pytest.mark.parametrize(
    ("change", "group"),
    [
        ({"ab_mda5": "pos"}, "mda5"),
        ({"ab_ars_other": ["pl7"]}, "synthetase"),
        ({"ab_jo1": "pos", "ab_srp": "pos"}, "several"),
        ({}, "none"),
        ({"ab_sae": "low"}, "untested or incomplete"),
        ({"ab_sae": "nd"}, "untested or incomplete"),
    ],
)
def test_the_serological_group(change, group):
    negative = {f"ab_{name}": "neg" for name in ("mda5", "mi2", "tif1g", "nxp2", "sae", "jo1")}
    assert compute(negative | change)["d_msa_group"] == group
