"""Cases of the rules from R38 on: laboratory, treatments, follow-up, outcome."""

from __future__ import annotations

from tests.kit.rules.answers import DX, HIGH_SCORE, LOW, LOW_SCORE, dm, fu, rel, tx
from tests.kit.rules.records import rows, without

CASES = [
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
