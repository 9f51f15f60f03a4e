"""Answers that the cases of several rules begin with."""

from __future__ import annotations

from tests.kit.rules.records import rows

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
