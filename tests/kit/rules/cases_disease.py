"""Cases of the rules R01 to R34: the patient, the disease, the trigger, the severity."""

from __future__ import annotations

from tests.kit.rules.answers import AB, DX, HIGHEST, LOWEST, NO_SKIN, dm, tx

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
]
