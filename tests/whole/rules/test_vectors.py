"""Worked examples, from published tables or by hand: record in, computed values out."""

from __future__ import annotations

import pytest

from tests.kit.rules.records import compute, form, without

HS = ("immunosupp", "temperature", "organomegaly", "cytopenias", "ferritin", "triglycerides")
HS += ("fibrinogen", "asat", "marrow")


def patient(*answers):
    imm, temp, organs, hb, wbc, plt, ferritin, tg, fib, asat, marrow = answers
    organ = {"both": ("1", "1"), "one": ("1", "0"), "none": ("0", "0")}[organs]
    return {
        "mas_immunosupp": imm,
        "mas_fever": "1",
        "mas_temp_max": temp,
        "mas_hepatomegaly": organ[0],
        "mas_splenomegaly": organ[1] if organs != "one" else "0",
        "lab_hb_dx": hb,
        "lab_wbc_dx": wbc,
        "lab_plt_dx": plt,
        "lab_ferritin_dx": ferritin,
        "lab_tg_dx": tg,
        "lab_tg_unit": "mmol",
        "lab_fib_dx": fib,
        "lab_asat_dx": asat,
        "bm_done": "asp",
        "bm_hphago": marrow,
    }


V1 = patient("0", 40.0, "both", 7.7, 2.9, 79.0, 1020.0, 1.479, 1.17, 195.0, "1")
V2 = patient("1", 39.6, "both", 8.1, 1.8, 42.0, 12500.0, 4.6, 1.2, 310.0, "1")
V5 = patient("1", 39.4, "one", 9.0, 3.0, 150.0, 6000.0, 4.0, 3.4, 85.0, "0")
HSCORES = [
    (V1, [0, 49, 38, 34, 0, 0, 30, 19, 35], 205, "88 to 93 %", "≥ 169"),
    (V2, [18, 49, 38, 34, 50, 64, 30, 19, 35], 337, "> 99 %", "≥ 169"),
    (
        patient("0", 38.4, "one", 9.2, 5.0, 110.0, 2000.0, 1.5, 2.5, 30.0, "0"),
        [0, 33, 23, 34, 35, 44, 30, 19, 0],
        218,
        "93 to 96 %",
        "≥ 169",
    ),
    (
        patient("0", 38.3, "none", 9.3, 5.1, 111.0, 1999.0, 1.49, 2.51, 29.0, "0"),
        [0] * 9,
        0,
        "< 1 %",
        "< 169",
    ),
    (V5, [18, 33, 23, 24, 35, 44, 0, 19, 0], 196, "80 to 88 %", "≥ 169"),
    (
        patient("1", 39.5, "none", 8.0, 2.0, 60.0, 6001.0, 4.01, 2.0, 100.0, "0"),
        [18, 49, 0, 34, 50, 64, 30, 19, 0],
        264,
        "> 99 %",
        "≥ 169",
    ),
]


@pytest.mark.parametrize(("record", "points", "total", "band", "category"), HSCORES)
def test_the_hscore_of_each_worked_example_is_exact(record, points, total, band, category):
    found = compute(record)
    assert [found[f"d_hscore_{part}"] for part in HS] == points
    assert found["d_hscore_min"] == found["d_hscore_max"] == found["d_hscore_dx"] == total
    assert found["d_hscore_known"] == 9
    assert (found["d_hscore_prob_band"], found["d_hscore_cat"]) == (band, category)


def test_the_same_example_in_the_units_of_its_report_counts_the_same():
    in_mg = V1 | {"lab_tg_dx": 131.0, "lab_tg_unit": "mgdl"}
    assert compute(in_mg)["d_hscore_dx"] == 205
    assert compute(V1 | {"lab_tg_dx": 1.31, "lab_tg_unit": "gl"})["d_hscore_dx"] == 205


def test_a_marrow_that_was_not_studied_counts_nothing_at_the_bedside():
    record = without(V2, "bm_hphago", bm_done="NOTDONE")
    found = compute(record)
    assert (found["d_hscore_min"], found["d_hscore_max"]) == (302, 337)
    assert (found["d_hscore_dx"], found["d_hscore_cat"]) == (302, "≥ 169")


def test_a_marrow_of_which_nothing_is_known_leaves_the_score_open():
    assert "d_hscore_dx" not in compute(without(V2, "bm_hphago", bm_done="UNK"))
    assert "d_hscore_dx" not in compute(V2 | {"bm_hphago": "9"})


def test_an_unknown_ferritin_leaves_an_interval():
    found = compute(without(V5, "bm_hphago", bm_done="NOTDONE", lab_ferritin_dx="NAV"))
    assert (found["d_hscore_min"], found["d_hscore_max"]) == (161, 246)
    assert "d_hscore_dx" not in found
    assert found["d_hscore_cat"] == "undetermined"


def test_a_total_of_169_is_52_point_6_percent():
    # 18 + 49 + 0 + 24 + 0 + 44 + 0 + 0 + 35 is 170; 0 + 33 + 38 + 34 + 0 + 64 + 0 + 0 + 0 is 169.
    record = patient("0", 39.0, "both", 8.0, 4.0, 100.0, 900.0, 4.5, 3.0, 20.0, "0")
    found = compute(record)
    assert found["d_hscore_dx"] == 169
    assert found["d_hscore_prob"] == pytest.approx(52.6)
    assert found["d_hscore_cat"] == "≥ 169"
    assert found["d_hscore_prob_band"] == "40 to 54 %"


def test_284_totals_are_possible():
    (table,) = (each for each in form().tables if each.name == "hscore_totals")
    assert len(table.numbers) == 284
    assert (min(table.numbers), max(table.numbers)) == (0, 337)


@pytest.mark.parametrize(
    ("bound", "points"), [("<30", (0, 0)), ("<35", (0, 19)), (">30", (19, 19)), ("<=30", (0, 19))]
)
def test_a_bound_on_asat_counts_when_all_that_it_allows_agrees(bound, points):
    record = without(V5, "lab_asat_dx") | {"_bound": {"lab_asat_dx": bound}}
    found = compute(record)
    rest = 196 - 19
    ends = (found["d_hscore_min"] - rest, found["d_hscore_max"] - rest)
    assert ends == points


@pytest.mark.parametrize(("bound", "points"), [(">40000", (50, 50)), (">1650", (0, 50))])
def test_a_bound_on_ferritin_counts_when_all_that_it_allows_agrees(bound, points):
    record = without(V5, "lab_ferritin_dx") | {"_bound": {"lab_ferritin_dx": bound}}
    found = compute(record)
    rest = 196 - 35
    assert (found["d_hscore_min"] - rest, found["d_hscore_max"] - rest) == points


def test_a_worst_value_known_by_a_bound_is_not_replaced_by_the_first_one():
    record = V5 | {"lab_ferritin_dx": 600.0, "_bound": {"lab_ferritin_worst": ">40000"}}
    found = compute(record)
    assert found["d_hscore_ferritin"] == 0
    assert found["d_hscore_worst_ferritin"] == 50


def test_liver_known_and_spleen_unknown_leave_23_to_38():
    found = compute(V5 | {"mas_hepatomegaly": "1", "mas_splenomegaly": "9"})
    rest = 196 - 23
    assert (found["d_hscore_min"] - rest, found["d_hscore_max"] - rest) == (23, 38)


H1 = V1 | {
    "lab_anc_dx": 1.0,
    "lab_scd25": 999.0,
    "lab_scd25_unit": "pgml",
    "lab_scd25_uln": 1000.0,
    "lab_nk": "unk",
}
H2 = {
    "mas_fever": "1",
    "mas_temp_max": 38.5,
    "mas_splenomegaly": "0",
    "lab_hb_dx": 9.0,
    "lab_plt_dx": 99.0,
    "lab_anc_dx": 1.0,
    "lab_tg_dx": 3.0,
    "lab_tg_unit": "mmol",
    "lab_fib_dx": 3.0,
    "bm_done": "asp",
    "bm_hphago": "0",
    "lab_ferritin_dx": 500.0,
    "lab_nk": "nd",
    "lab_scd25": 2400.0,
    "lab_scd25_unit": "uml",
}
HLH = [
    (H1, 6, 7, 7, "met"),
    (H2, 4, 5, 7, "undetermined"),
    (H2 | {"lab_nk": "nor"}, 4, 4, 8, "not met"),
    (H2 | {"lab_hb_dx": 8.9}, 5, 6, 7, "met"),
    (H2 | {"lab_nk": "nor", "gen_test": "path"}, 4, 4, 8, "met"),
]


@pytest.mark.parametrize(("record", "least", "most", "known", "category"), HLH)
def test_the_hlh_2004_criteria_of_each_worked_example(record, least, most, known, category):
    found = compute(record)
    assert (found["d_hlh2004_min"], found["d_hlh2004_max"]) == (least, most)
    assert (found["d_hlh2004_known"], found["d_hlh2004_cat"]) == (known, category)


def test_the_laboratory_limit_of_cd25_is_flagged():
    assert compute(H1)["d_scd25_lab_limit"] is True
    assert compute(H2)["d_scd25_lab_limit"] is False


def test_265_mg_per_dl_meets_the_criterion_that_its_conversion_would_miss():
    record = H2 | {"lab_tg_dx": 265.0, "lab_tg_unit": "mgdl", "lab_nk": "nor"}
    assert compute(record)["d_hlh2004_lipids"] == 1
    assert compute(record)["d_tg_dx"] == 2.99185
    assert compute(record | {"lab_tg_dx": 2.99185, "lab_tg_unit": "mmol"})["d_hlh2004_lipids"] == 0


R2016 = {
    "mas_fever": "1",
    "lab_ferritin_dx": 684.0,
    "lab_plt_dx": 50.0,
    "lab_asat_dx": 200.0,
    "lab_fib_dx": 3.61,
}


def test_the_2016_criteria_of_each_worked_example():
    assert compute(H1)["d_mas2016"] == "met"
    assert compute(R2016)["d_mas2016"] == "not met"
    limits = {"lab_ferritin_dx": 685.0, "lab_plt_dx": 181.0, "lab_asat_dx": 48.0}
    assert compute(R2016 | limits)["d_mas2016"] == "undetermined"
    assert compute(R2016 | limits | {"mas_fever": "0"})["d_mas2016"] == "not met"


def muscle(birth, onset, **more):
    signs = {
        "dm_heliotrope": "0",
        "dm_gottron_papules": "0",
        "dm_gottron_sign": "0",
        "dm_weak_upper": "0",
        "dm_weak_lower": "0",
        "dm_weak_neckflex": "0",
        "dm_weak_leg_prox": "0",
        "dm_dysphagia": "0",
        "dm_enzymes_elevated": "0",
        "ab_jo1": "neg",
        "dm_emg": "nd",
        "dm_muscle_biopsy": "nd",
    }
    return signs | {"birth_date": birth, "dm_first_sign_date": onset} | more


CLASSES = [
    (
        muscle(
            "1960-01-01",
            "2012-06-01",
            dm_weak_upper="1",
            dm_weak_lower="1",
            dm_heliotrope="1",
            dm_gottron_sign="1",
            dm_enzymes_elevated="1",
        ),
        (11.3, 0.9975, "definite", "probable"),
    ),
    (
        muscle("1980-01-01", "2010-06-01", dm_heliotrope="1", dm_gottron_papules="1"),
        (6.5, 0.763, "probable", "not classified"),
    ),
    (
        muscle(
            "1965-01-01",
            "2010-06-01",
            dm_weak_upper="1",
            dm_weak_lower="1",
            dm_gottron_sign="1",
            dm_dysphagia="1",
            dm_enzymes_elevated="1",
            dm_muscle_biopsy="pos",
            dm_biopsy_features=["peri", "pfa"],
        ),
        (12.2, 0.9967, "definite", "definite"),
    ),
    (
        muscle(
            "1950-01-01",
            "2010-06-01",
            dm_weak_upper="1",
            dm_weak_lower="1",
            dm_enzymes_elevated="1",
        ),
        (4.9, 0.394, "no", "not classified"),
    ),
]


@pytest.mark.parametrize(("record", "expected"), CLASSES)
def test_the_classification_of_each_worked_example(record, expected):
    score, probability, eular, bohan = expected
    found = compute(record)
    assert found["d_eularacr_score"] == score
    assert found["d_eularacr_prob"] == pytest.approx(probability, abs=0.0005)
    assert (found["d_eularacr_class"], found["d_bp_class"]) == (eular, bohan)


def test_without_a_skin_sign_a_biopsy_is_asked_for():
    record = CLASSES[3][0] | {"dm_weak_neckflex": "1", "dm_dysphagia": "1"}
    assert compute(record)["d_eularacr_class"] == "biopsy required"
    assert compute(record)["d_bp_not_done"] == 2
