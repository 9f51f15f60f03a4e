"""Each rule of the form shipped: a record that breaks it, one that does not, one that lacks.

One line per condition of a rule. ``None`` in the last place: the rule speaks of emptiness,
so that there is nothing it lacks.
"""

from __future__ import annotations

import pytest

from tests.rules.records import fired, fired_ids, form, rows, without

DX = {"mas_dx_date": "2019-03-14"}


def tx(**row):
    return {"mas_tx": rows(row)}


def dm(**row):
    return {"dm_tx": rows(row)}


def fu(timepoint, date, **more):
    return {"mas_fu": [{"_row": 1, "fu_timepoint": timepoint, "fu_date": date}]} | more


def rel(**row):
    return {"mas_relapse": rows(row)}


LOW = ["alb", "creat", "ddimer", "asat", "ldh"]
AB = ["mda5", "mi2", "tif1g", "nxp2", "sae", "jo1", "srp", "hmgcr", "ro52", "pmscl", "ku", "rnp"]
LOWEST = ["hb", "plt", "wbc", "anc", "fib", "na", "alb", "pt"]
HIGHEST = ["ferritin", "tg", "asat", "alat", "ldh", "bili", "crp", "pct", "ddimer", "creat"]
NO_SKIN = {"dm_heliotrope": "0", "dm_gottron_papules": "0", "dm_gottron_sign": "0"}
LOW_SCORE = {
    "mas_immunosupp": "0",
    "mas_fever": "0",
    "mas_hepatomegaly": "0",
    "mas_splenomegaly": "0",
    "lab_hb_dx": 12.0,
    "lab_wbc_dx": 8.0,
    "lab_plt_dx": 200.0,
    "lab_anc_dx": 4.0,
    "lab_ferritin_dx": 300.0,
    "lab_tg_dx": 1.0,
    "lab_tg_unit": "mmol",
    "lab_fib_dx": 3.0,
    "lab_asat_dx": 20.0,
    "bm_hphago": "0",
}

HIGH_SCORE = {
    "lab_ferritin_dx": 7000.0,
    "lab_tg_dx": 5.0,
    "lab_fib_dx": 1.0,
    "lab_asat_dx": 90.0,
    "mas_immunosupp": "1",
}

CASES = [
    ("R01", {"elig_dm_dx": "0"}, {"elig_dm_dx": "1", "elig_mas_dx": "1"}, {"elig_dm_dx": "1"}),
    ("R01", {"elig_mas_dx": "9"}, {"elig_dm_dx": "1", "elig_mas_dx": "1"}, {}),
    ("R02", {"elig_mas_france": "0"}, {"elig_mas_france": "1"}, {"elig_mas_france": "9"}),
    ("R04", {"mas_dx_setting": "oth"}, {"mas_dx_setting": "int"}, {}),
    ("R09", DX | {"birth_date": "2019-03-14"}, DX | {"birth_date": "2019-03-13"}, DX),
    (
        "R09",
        {"birth_date": "1980-05-01", "dm_dx_date": "1980-04"},
        {"birth_date": "1980-05-01", "dm_dx_date": "1980-06"},
        {"birth_date": "1980-05-01", "dm_dx_date": "1980"},
    ),
    (
        "R09",
        {"birth_date": "2000-05-01"} | tx(mtrt_start_date="1999"),
        {"birth_date": "2000-05-01"} | tx(mtrt_start_date="2001"),
        {"birth_date": "2000-05-01"} | tx(mtrt_start_date="2000"),
    ),
    (
        "R09",
        {"birth_date": "2000-05-01"} | dm(dtrt_start_date="1999"),
        {"birth_date": "2000-05-01"} | dm(dtrt_start_date="2001"),
        {"birth_date": "2000-05-01"} | dm(dtrt_drug="hcq"),
    ),
    ("R10", DX | {"birth_date": "2003-03-15"}, DX | {"birth_date": "2003-03-14"}, DX),
    ("R10", DX | {"birth_date": "1928-03-14"}, DX | {"birth_date": "1928-03-15"}, DX),
    ("R11", DX | {"form_date": "2019-03-13"}, DX | {"form_date": "2021-01-01"}, DX),
    (
        "R12",
        {"dm_dx_date": "2017", "dm_first_sign_date": "2018-01"},
        {"dm_dx_date": "2018-02", "dm_first_sign_date": "2018-01"},
        {"dm_dx_date": "2018", "dm_first_sign_date": "2018-01"},
    ),
    (
        "R13",
        DX | {"dm_dx_date": "2019-04", "mas_dm_timing": "fla"},
        DX | {"dm_dx_date": "2019-04", "mas_dm_timing": "ina"},
        DX | {"dm_dx_date": "2019-04", "mas_dm_timing": "unk"},
    ),
    (
        "R14",
        DX | {"dm_dx_date": "2018-12-13", "mas_dm_timing": "ina"},
        DX | {"dm_dx_date": "2018-12-14", "mas_dm_timing": "ina"},
        DX | {"dm_dx_date": "2018-12-13"},
    ),
    (
        "R15",
        DX | {"mas_first_sign_date": "2019-03-15"},
        DX | {"mas_first_sign_date": "2019-03-14"},
        DX | {"mas_first_sign_date": "2019-03"},
    ),
    (
        "R16",
        DX | {"mas_first_sign_date": "2018-09-14"},
        DX | {"mas_first_sign_date": "2018-09-15"},
        {"mas_first_sign_date": "2018-09-14"},
    ),
    ("R17", NO_SKIN | {"dm_subtype": "cla"}, NO_SKIN | {"dm_subtype": "sin"}, NO_SKIN),
    ("R17", NO_SKIN | {"dm_subtype": "amy"}, NO_SKIN | {"dm_gottron_sign": "1"}, {}),
    (
        "R18",
        {"dm_subtype": "amy", "dm_mri": "oed"},
        {"dm_subtype": "cla", "dm_mri": "oed"},
        {"dm_subtype": "amy", "dm_mri": "nd"},
    ),
    (
        "R19",
        {"dm_subtype": "hyp", "dm_weak_lower": "1"},
        {"dm_subtype": "hyp", "dm_weak_upper": "0", "dm_weak_lower": "0"},
        {"dm_subtype": "hyp", "dm_weak_upper": "9"},
    ),
    (
        "R20",
        {"dm_mmt8": 80, "dm_weak_upper": "1"},
        {"dm_mmt8": 79, "dm_weak_upper": "1", "dm_weak_lower": "1"},
        {"dm_mmt8": 80, "dm_weak_upper": "9"},
    ),
    (
        "R20",
        {"dm_mmt8": 71, "dm_weak_upper": "0", "dm_weak_lower": "0"},
        {"dm_mmt8": 72, "dm_weak_upper": "0", "dm_weak_lower": "0"},
        {"dm_mmt8": 71, "dm_weak_upper": "0"},
    ),
    (
        "R21",
        {"dm_enzymes_elevated": "0", "dm_ck_max": 300.1},
        {"dm_enzymes_elevated": "0", "dm_ck_max": 300.0},
        {"dm_enzymes_elevated": "9", "dm_ck_max": 900.0},
    ),
    (
        "R22",
        {"dm_ild": "0", "mas_dm_active_domains": ["skin", "lung"]},
        {"dm_ild": "0", "mas_dm_active_domains": ["skin"]},
        {"dm_ild": "0", "mas_dm_active_domains": ["unk"]},
    ),
    *[
        (
            "R23",
            {"ab_method": ["nd"], f"ab_{a}": "neg"},
            {"ab_method": ["dot"], f"ab_{a}": "neg"},
            None,
        )
        for a in AB
    ],
    (
        "R24",
        {"ab_mda5": "pos", "ab_ars_other": ["ej"]},
        {"ab_mda5": "pos", "ab_jo1": "low"},
        None,
    ),
    *[
        (
            "R25",
            {"ab_method": ["dot"], f"ab_{a}": "low"},
            {"ab_method": ["dot", "elisa"], f"ab_{a}": "low"},
            {f"ab_{a}": "low"},
        )
        for a in AB
    ],
    (
        "R27",
        {"mas_trigger": ["mal"], "dm_cancer": "0"},
        {"mas_trigger": ["mal"], "dm_cancer": "1"},
        {"mas_trigger": ["mal"], "dm_cancer": "9"},
    ),
    (
        "R28",
        {"mas_cmv_pcr": "pos", "mas_trigger": ["fla"]},
        {"mas_cmv_pcr": "pos", "mas_trigger": ["inf"]},
        {"mas_cmv_pcr": "pos", "mas_trigger": ["unk"]},
    ),
    (
        "R29",
        {"mas_fever": "1", "mas_temp_max": 37.9},
        {"mas_fever": "1", "mas_temp_max": 38.0},
        {"mas_fever": "1"},
    ),
    (
        "R29",
        {"mas_fever": "0", "mas_temp_max": 38.0},
        {"mas_fever": "0", "mas_temp_max": 37.9},
        {"mas_temp_max": 38.0},
    ),
    (
        "R30",
        {"lab_anc_dx": 5.3, "lab_wbc_dx": 5.1},
        {"lab_anc_dx": 5.2, "lab_wbc_dx": 5.1},
        {"lab_anc_dx": 5.2},
    ),
    (
        "R31",
        {"lab_anc_worst": 5.3, "lab_wbc_worst": 5.1},
        {"lab_anc_worst": 5.2, "lab_wbc_worst": 5.1},
        {"lab_wbc_worst": 5.1},
    ),
    (
        "R31",
        {"lab_anc_dx": 3.0, "lab_lymph_dx": 2.5, "lab_wbc_dx": 5.1},
        {"lab_anc_dx": 3.0, "lab_lymph_dx": 2.4, "lab_wbc_dx": 5.1},
        {"lab_anc_dx": 3.0, "lab_wbc_dx": 5.1},
    ),
    *[
        (
            "R32",
            {f"lab_{lab}_worst": 100.1, f"lab_{lab}_dx": 100.0},
            {f"lab_{lab}_worst": 100.0, f"lab_{lab}_dx": 100.0},
            {f"lab_{lab}_worst": 100.1},
        )
        for lab in LOWEST
    ],
    *[
        (
            "R33",
            {f"lab_{lab}_worst": 99.9, f"lab_{lab}_dx": 100.0},
            {f"lab_{lab}_worst": 100.0, f"lab_{lab}_dx": 100.0},
            {f"lab_{lab}_dx": 100.0},
        )
        for lab in HIGHEST
    ],
    (
        "R34",
        {"lab_ferritin_dx": 499.9, "lab_ferritin_worst": 499.9},
        {"lab_ferritin_dx": 499.9, "lab_ferritin_worst": 500.0},
        {"lab_ferritin_dx": 499.9},
    ),
    ("R38", {"lab_tg_unit": "unk"}, {"lab_tg_unit": "gl"}, None),
    ("R38", {"lab_tg_dx": 3.0}, {"lab_tg_dx": 3.0, "lab_tg_unit": "gl"}, None),
    (
        "R38",
        {"mas_fu": [{"_row": 1, "fu_timepoint": "d3", "fu_tg": 2.0}]},
        {"mas_fu": [{"_row": 1, "fu_timepoint": "d3", "fu_hb": 9.0}]},
        None,
    ),
    *[
        ("R39", {f"lab_{lab}_{v}": 7.0}, {f"lab_{lab}_{v}": 100.0}, {})
        for lab in LOW
        for v in ("dx", "worst")
    ],
    (
        "R40",
        {"lab_pt_dx": 10.0, "lab_inr_dx": 1.9},
        {"lab_pt_dx": 10.0, "lab_inr_dx": 2.0},
        {"lab_pt_dx": 10.0},
    ),
    (
        "R41",
        {"lab_scd25": 800.0, "lab_scd25_unit": "pgml"},
        {"lab_scd25": 800.0, "lab_scd25_unit": "uml"},
        {"lab_scd25": 800.0},
    ),
    ("R42", DX | {"lab_dx_date": "2019-03-10"}, DX | {"lab_dx_date": "2019-03-11"}, DX),
    ("R42", DX | {"lab_dx_date": "2019-03-17"}, DX | {"lab_dx_date": "2019-03-16"}, DX),
    ("R61", DX | {"lab_dx_date": "2019-02-11"}, DX | {"lab_dx_date": "2019-02-12"}, DX),
    ("R61", DX | {"lab_dx_date": "2019-04-14"}, DX | {"lab_dx_date": "2019-04-13"}, DX),
    ("R43", DX | {"bm_date": "2019-02-11"}, DX | {"bm_date": "2019-02-12"}, DX),
    ("R43", DX | {"bm_date": "2019-05-14"}, DX | {"bm_date": "2019-05-13"}, DX),
    (
        "R44",
        {"mas_immunosupp": "0", "comorbidities": ["hiv"]},
        {"mas_immunosupp": "1", "comorbidities": ["hiv"]},
        {"mas_immunosupp": "9", "comorbidities": ["hiv"]},
    ),
    (
        "R44",
        {"mas_immunosupp": "0", "comorbidities": ["hta"], "mas_first_sign_date": "2019-03-01"}
        | dm(dtrt_drug="mtx", dtrt_ongoing="1", dtrt_start_date="2018-12"),
        {"mas_immunosupp": "0", "comorbidities": ["hta"], "mas_first_sign_date": "2019-03-01"}
        | dm(dtrt_drug="hcq", dtrt_ongoing="1", dtrt_start_date="2019-01"),
        {"mas_immunosupp": "0", "comorbidities": ["hta"], "mas_first_sign_date": "2019-03-01"}
        | dm(dtrt_drug="mtx", dtrt_ongoing="1", dtrt_start_date="2019"),
    ),
    ("R45", LOW_SCORE | {"hscore_reported": 18}, LOW_SCORE | {"hscore_reported": 0}, LOW_SCORE),
    ("R45", {"hscore_reported": 1}, {"hscore_reported": 205}, None),
    (
        "R46",
        LOW_SCORE | {"hlh2004_reported": 5},
        LOW_SCORE | {"hlh2004_reported": 2},
        LOW_SCORE,
    ),
    ("R47", LOW_SCORE, LOW_SCORE | HIGH_SCORE, None),
    ("R48", {"mas_tx_any": "1"}, {"mas_tx_any": "1"} | tx(mtrt_drug="eto"), {"mas_tx_any": "9"}),
    ("R48", {"dm_tx_any": "0"} | dm(dtrt_drug="mtx"), {"dm_tx_any": "0"}, dm(dtrt_drug="mtx")),
    (
        "R48",
        {"mas_relapse_any": "1"},
        {"mas_relapse_any": "1"} | rel(rel_date="2019"),
        {},
    ),
    (
        "R49",
        tx(mtrt_start_date="2019-03-14", mtrt_stop_date="2019-03-13"),
        tx(mtrt_start_date="2019-03-14", mtrt_stop_date="2019-03-14"),
        tx(mtrt_start_date="2019-03-14", mtrt_stop_date="2019-03"),
    ),
    (
        "R49",
        dm(dtrt_start_date="2019-03", dtrt_stop_date="2018"),
        dm(dtrt_start_date="2018", dtrt_stop_date="2019"),
        dm(dtrt_start_date="2019-03", dtrt_stop_date="2019"),
    ),
    (
        "R50",
        {"last_news_date": "2019-12-01"} | tx(mtrt_start_date="2019-12-02"),
        {"last_news_date": "2019-12-01"} | tx(mtrt_start_date="2019-12-01"),
        {"last_news_date": "2019-12-01"} | tx(mtrt_start_date="2019-12"),
    ),
    (
        "R50",
        DX | dm(dtrt_start_date="2019-04"),
        DX | dm(dtrt_start_date="2019-02"),
        DX | dm(dtrt_start_date="2019-03"),
    ),
    (
        "R51",
        {"mas_first_sign_date": "2019-03-10"}
        | tx(mtrt_indication=["mas"], mtrt_start_date="2019-03-02"),
        {"mas_first_sign_date": "2019-03-10"}
        | tx(mtrt_indication=["mas"], mtrt_line=2, mtrt_start_date="2019-03-03"),
        {"mas_first_sign_date": "2019-03-10"} | tx(mtrt_start_date="2019-03-02"),
    ),
    (
        "R51",
        DX | tx(mtrt_line=1, mtrt_start_date="2019-04-14", mtrt_indication=["dm"]),
        DX | tx(mtrt_line=1, mtrt_start_date="2019-04-13", mtrt_indication=["dm"]),
        DX | tx(mtrt_line=1, mtrt_indication=["dm"]),
    ),
    ("R52", tx(mtrt_line=2), tx(mtrt_line=1), {"mas_tx": rows({"mtrt_line": 2}, {})}),
    (
        "R52",
        {"mas_tx": rows({"mtrt_line": 1}, {"mtrt_line": 3})},
        {"mas_tx": rows({"mtrt_line": 1}, {"mtrt_line": 2})},
        {"mas_tx": rows({"mtrt_line": 1}, {"mtrt_line": 3}, {})},
    ),
    (
        "R52",
        {
            "mas_tx": rows(
                {"mtrt_line": 1, "mtrt_start_date": "2019-05"},
                {"mtrt_line": 2, "mtrt_start_date": "2019-04"},
            )
        },
        {
            "mas_tx": rows(
                {"mtrt_line": 1, "mtrt_start_date": "2019-04"},
                {"mtrt_line": 2, "mtrt_start_date": "2019-05"},
            )
        },
        {
            "mas_tx": rows(
                {"mtrt_line": 1, "mtrt_start_date": "2019-05"},
                {"mtrt_line": 2, "mtrt_start_date": "2019"},
            )
        },
    ),
    (
        "R53",
        tx(mtrt_drug="eto", mtrt_dose=201.0, mtrt_dose_unit="mg_m2"),
        tx(mtrt_drug="eto", mtrt_dose=200.0, mtrt_dose_unit="mg_m2"),
        tx(mtrt_drug="eto", mtrt_dose=9000.0, mtrt_dose_unit="mg"),
    ),
    (
        "R54",
        tx(mtrt_drug="ivig", mtrt_route="po"),
        tx(mtrt_drug="ivig", mtrt_route="sc"),
        tx(mtrt_drug="ivig", mtrt_route="unk"),
    ),
    (
        "R55",
        {"death_date": "2019-03-18", "vital_status": "dead"}
        | tx(mtrt_start_date="2019-03-14", mtrt_resp_d7="pr"),
        {"death_date": "2019-03-19", "vital_status": "dead", "last_news_date": "2019-03-19"}
        | tx(mtrt_start_date="2019-03-14", mtrt_resp_d7="pr"),
        {"last_news_date": "2019-03"} | tx(mtrt_start_date="2019-03-14", mtrt_resp_d28="unk"),
    ),
    (
        "R55",
        {"last_news_date": "2019-04-03"} | tx(mtrt_start_date="2019-03-14", mtrt_resp_d28="nr"),
        {"last_news_date": "2019-04-04"} | tx(mtrt_start_date="2019-03-14", mtrt_resp_d28="nr"),
        tx(mtrt_start_date="2019-03-14", mtrt_resp_d28="nr"),
    ),
    (
        "R55",
        {"vital_status": "alive"} | tx(mtrt_resp_d7="dead"),
        {"vital_status": "dead"} | tx(mtrt_resp_d7="dead"),
        tx(mtrt_resp_d7="dead"),
    ),
    ("R56", DX | {"last_news_date": "2019-02"}, DX | {"last_news_date": "2019-04"}, DX),
    (
        "R56",
        {"form_date": "2021-01-01", "last_news_date": "2021-02"},
        {"form_date": "2021-01-01", "last_news_date": "2020"},
        {"form_date": "2021-01-01", "last_news_date": "2021-01"},
    ),
    ("R57", DX | {"death_date": "2019-02"}, DX | {"death_date": "2019-04"}, DX),
    (
        "R57",
        {"death_date": "2019-04-01", "last_news_date": "2019-04-02"},
        {"death_date": "2019-04-01", "last_news_date": "2019-04-01"},
        {"death_date": "2019-04-01", "last_news_date": "2019-04"},
    ),
    ("R57", {"vital_status": "dead"}, without({"vital_status": "dead"}, death_date="UNK"), None),
    (
        "R58",
        {"mas_outcome": "dcd", "vital_status": "lost"},
        {"mas_outcome": "dcd", "vital_status": "dead"},
        {"mas_outcome": "dcd"},
    ),
    (
        "R58",
        {"death_cause": "mas", "death_mas_related": "0"},
        {"death_cause": "inf", "death_mas_related": "0"},
        {"death_cause": "mas", "death_mas_related": "9"},
    ),
    (
        "R58",
        {"vital_status": "alive"} | rel(rel_outcome="dcd"),
        {"vital_status": "dead"} | rel(rel_outcome="dcd"),
        rel(rel_outcome="dcd"),
    ),
    ("R59", DX | {"mas_remission_date": "2019-03-13"}, DX | {"mas_remission_date": "2019-04"}, DX),
    (
        "R59",
        {"last_news_date": "2019-05", "mas_remission_date": "2019-06"},
        {"last_news_date": "2019-07", "mas_remission_date": "2019-06"},
        {"last_news_date": "2019", "mas_remission_date": "2019-06"},
    ),
    (
        "R59",
        {"mas_remission_date": "2019-06-01"} | rel(rel_date="2019-06-01"),
        {"mas_remission_date": "2019-06-01", "last_news_date": "2020"} | rel(rel_date="2019-07"),
        {"mas_remission_date": "2019-06-01"} | rel(rel_date="2019-06"),
    ),
    (
        "R59",
        {"last_news_date": "2019-06"} | rel(rel_date="2019-07"),
        {"last_news_date": "2019-08", "mas_remission_date": "2019-06"} | rel(rel_date="2019-07"),
        {"last_news_date": "2019-07"} | rel(rel_date="2019-07"),
    ),
    *[
        ("R60", fu(t, early, **DX), fu(t, right, **DX), fu(t, right))
        for t, early, right in [
            ("d3", "2019-03-15", "2019-03-16"),
            ("d3", "2019-03-19", "2019-03-18"),
            ("d7", "2019-03-18", "2019-03-19"),
            ("d14", "2019-04-01", "2019-03-31"),
            ("d28", "2019-04-03", "2019-04-04"),
            ("m3", "2019-05-13", "2019-05-14"),
            ("m6", "2019-10-31", "2019-10-28"),
            ("m12", "2019", "2020-03"),
        ]
    ],
    (
        "R62",
        fu("d3", "2019-03-18", last_news_date="2019-03-17"),
        fu("d3", "2019-03-17", last_news_date="2019-03-17"),
        fu("d3", "2019-03-18", last_news_date="2019-03"),
    ),
    ("R64", {"elig_mas_france": "9"}, {"elig_mas_france": "1"}, None),
    ("R64", {"elig_info": "ong"}, {"elig_info": "dcd"}, {}),
    ("R65", {"dm_tx_more": ["1"]}, {"dm_tx_any": "1"}, {}),
    ("R65", {"mas_tx_more": ["1"]}, {"mas_tx_any": "1"}, {}),
    ("R65", {"mas_relapse_more": ["1"]}, {"mas_relapse_any": "1"}, {}),
]


@pytest.mark.parametrize(("rule", "breaking", "keeping", "lacking"), CASES)
def test_a_rule_fires_when_broken_and_only_then(rule, breaking, keeping, lacking):
    assert rule in fired_ids(breaking)
    assert rule not in fired_ids(keeping)
    assert lacking is None or rule not in fired_ids(lacking)


def test_every_rule_of_the_form_has_its_lines():
    assert {rule.id for rule in form().rules} == {case[0] for case in CASES}


def test_a_rule_of_a_row_says_which_row():
    record = {"mas_tx": rows({"mtrt_drug": "gc_po"}, {"mtrt_drug": "rux", "mtrt_route": "iv"})}
    assert ("R54", 2) in fired(record)
    assert ("R54", 1) not in fired(record)


def test_every_rule_of_a_row_begins_with_a_question_of_the_row():
    in_rows = [rule for rule in form().rules if rule.group is not None]
    assert len(in_rows) == 22
    assert all(form().items[rule.items[0]].group == rule.group for rule in in_rows)


def test_a_month_between_bounds_fires_nothing_and_a_year_certainly_outside_does():
    assert "R43" not in fired_ids(DX | {"bm_date": "2019-02"})
    assert "R43" in fired_ids(DX | {"bm_date": "2018"})
