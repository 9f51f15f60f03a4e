"""The scores of the form against the same tables written in R, on random patients."""

from __future__ import annotations

import csv
import io
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from intake.schema.sample.record import sample_record
from tests.kit.rules.records import compute, form
from tests.kit.tries import tries

SCRIPT = Path(__file__).with_name("scores.R")
ITEMS = [
    "mas_immunosupp",
    "mas_fever",
    "mas_temp_max",
    "mas_hepatomegaly",
    "mas_splenomegaly",
    "lab_hb_dx",
    "lab_wbc_dx",
    "lab_plt_dx",
    "lab_ferritin_dx",
    "lab_tg_dx",
    "lab_tg_unit",
    "lab_fib_dx",
    "lab_asat_dx",
    "bm_done",
    "bm_hphago",
    "birth_date",
    "dm_first_sign_date",
    "dm_muscle_biopsy",
    "dm_biopsy_features",
    "dm_weak_upper",
    "dm_weak_lower",
    "dm_weak_neckflex",
    "dm_weak_leg_prox",
    "dm_heliotrope",
    "dm_gottron_papules",
    "dm_gottron_sign",
    "dm_dysphagia",
    "ab_jo1",
    "dm_enzymes_elevated",
    "dm_emg",
]
NEAR = {
    "mas_temp_max": [38.3, 38.4, 39.4, 39.5],
    "lab_hb_dx": [9.2, 9.3],
    "lab_wbc_dx": [5.0, 5.1],
    "lab_plt_dx": [110.0, 111.0],
    "lab_ferritin_dx": [1999.0, 2000.0, 6000.0, 6001.0],
    "lab_tg_dx": [1.327, 1.49, 1.5, 3.54, 4.0, 4.01, 132.7, 354.0],
    "lab_fib_dx": [2.5, 2.51],
    "lab_asat_dx": [29.0, 30.0],
}
"""Values at the limits of the tables, which random ones rarely meet."""


def patient(seed):
    """Return a random record, often at a limit, without bounds and with full dates."""
    rng = random.Random(seed)
    record = sample_record(form(), rng, full=rng.random() < 0.4)
    record.pop("_bound", None)
    for name, values in NEAR.items():
        if rng.random() < 0.4:
            record[name] = rng.choice(values)
            record.get("_missing", {}).pop(name, None)
    for name in ("birth_date", "dm_first_sign_date"):
        if name in record:
            record[name] = (record[name] + "-07-15")[:10]
    return record


def cell(name, record):
    """Return an answer as R reads it; a code that says "unknown" is empty."""
    value = record.get(name, "")
    if name in ("bm_done", "dm_biopsy_features") or value == "":
        return ";".join(value) if isinstance(value, list) else value
    option = form().items[name].option(str(value)) if form().items[name].is_choice else None
    return "" if option is not None and option.reason is not None else str(value)


@pytest.mark.long(15)
@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript (r-base-core) is absent")
def test_r_finds_the_same_scores_on_patients_near_every_bound():
    records = [patient(seed) for seed in range(tries(800))]
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(ITEMS)
    writer.writerows([cell(name, record) for name in ITEMS] for record in records)
    done = subprocess.run(
        ["Rscript", "--vanilla", str(SCRIPT)],
        input=table.getvalue(),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(lines) == len(records)
    for seed, (record, line) in enumerate(zip(records, lines, strict=True)):
        found = compute(record)
        ours = {
            "lowest": str(found["d_hscore_min"]),
            "highest": str(found["d_hscore_max"]),
            "bedside": str(found.get("d_hscore_dx", "")),
            "tenths": str(round(found["d_eularacr_score"] * 10)),
            "class": found["d_eularacr_class"],
            "bohan": found.get("d_bp_class", ""),
        }
        assert ours == {name: line[name] for name in ours}, seed
        assert found["d_eularacr_prob"] == pytest.approx(float(line["probability"])), seed
    assert {line["class"] for line in lines} >= {"no", "definite", "probable"}
