"""From a filled PDF to the exported column: what is computed, and what rules ask."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from tests.kit.office.office import Office, codes, demo_answers, filled

V1 = {
    "mas_immunosupp": "0",
    "mas_temp_max": "40",
    "mas_hepatomegaly": "1",
    "mas_splenomegaly": "1",
    "lab_hb_dx": "7,7",
    "lab_wbc_dx": "2,9",
    "lab_plt_dx": "79",
    "lab_ferritin_dx": "1 020",
    "lab_tg_dx": "131",
    "lab_tg_unit": "mgdl",
    "lab_fib_dx": "1,17",
    "lab_asat_dx": "195",
    "bm_done": "asp",
    "bm_hphago": "1",
}
V5 = V1 | {
    "mas_immunosupp": "1",
    "mas_temp_max": "39,4",
    "mas_splenomegaly": "0",
    "lab_hb_dx": "9,0",
    "lab_wbc_dx": "3,0",
    "lab_plt_dx": "150",
    "lab_ferritin_dx": "6000",
    "lab_tg_dx": "4,0",
    "lab_tg_unit": "mmol",
    "lab_fib_dx": "3,4",
    "lab_asat_dx": "85",
    "bm_hphago": "0",
}
V8 = V5 | {"lab_ferritin_dx": "NDI", "bm_done": "nd", "bm_date": "", "bm_hphago": ""}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (V1, ("205", "205", "205", "88 to 93 %", "≥ 169")),
        (V5, ("196", "196", "196", "80 to 88 %", "≥ 169")),
        (V8, ("161", "246", "", "", "undetermined")),
        (V5 | {"lab_asat_dx": "< 30"}, ("177", "177", "177", "54 to 70 %", "≥ 169")),
    ],
)
def test_a_worked_example_typed_in_a_form_is_in_the_dataset(tmp_path, answers, expected):
    office = Office(tmp_path)
    assert office.send("fiche.pdf", filled(demo_answers(**answers))).outcome.is_loaded
    (record,) = rows(office.dataset("records.csv"))
    names = ("min", "max", "dx", "prob_band", "cat")
    assert tuple(record[f"d_hscore_{name}"] for name in names) == expected


def test_both_profiles_hold_what_is_computed_typed_and_described(tmp_path):
    office = Office(tmp_path)
    office.send("fiche.pdf", filled(demo_answers(**V1)))
    for profile in ("analysis", "full"):
        out = tmp_path / profile
        done = CliRunner().invoke(
            main,
            [
                *("export", "--workspace", str(tmp_path), "--to", str(out)),
                *("--profile", profile, "--yes"),
            ],
        )
        assert done.exit_code == 0, done.output
        (record,) = rows((out / "records.csv").read_text(encoding="utf-8"))
        assert record["d_hscore_dx"] == "205"
        assert record["d_eligible"] == "yes"
        assert record["d_age_mas"].isdecimal()
        assert record["d_death"] in ("0", "1")
        lines = rows((out / "mas_tx.csv").read_text(encoding="utf-8"))
        assert lines[0]["d_line_calc"] == "1"
        book = rows((out / "codebook.csv").read_text(encoding="utf-8"))
        (score,) = [line for line in book if line["column"] == "d_hscore_dx"]
        assert score["source"] == "Fardet 2014 (HScore)"
        assert score["computed"] == "d_hscore_min"
        assert score["label_fr"].startswith("HScore")
        package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
        fields = {f["name"]: f for f in package["resources"][0]["schema"]["fields"]}
        assert fields["d_hscore_dx"]["type"] == "integer"
        assert fields["d_eularacr_score"]["type"] == "number"
        assert fields["d_hscore_cat"]["type"] == "string"
        assert set(record) == set(fields)
        assert not any(name.startswith(("hs_", "tx_", "elig_no")) for name in record)


def test_a_rule_is_a_query_with_its_words_and_place_in_the_receipt(tmp_path):
    office = Office(tmp_path)
    receipt = office.send("fiche.pdf", filled(demo_answers(hscore_reported="12")))
    assert codes(receipt) == ["R45"]
    path = office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json"
    (finding,) = json.loads(path.read_text(encoding="utf-8"))["findings"]
    assert finding["message"]["fr"].startswith("Le HScore noté diffère du score recalculé")
    assert finding["message"]["en"].startswith("The reported HScore differs")
    assert finding["location"]["page"]
    assert finding["location"]["code"] == "R05"
    assert finding["severity"] == "query"


@pytest.mark.slow
def test_a_correction_changes_what_is_computed(tmp_path):
    office = Office(tmp_path)
    office.send("fiche.pdf", filled(demo_answers(**V5)))
    later = demo_answers(**V5 | {"bm_hphago": "1", "form_date": "20/11/2026"})
    office.send("fiche 2.pdf", filled(later))
    (record,) = rows(office.dataset("records.csv"))
    assert (record["revision"], record["d_hscore_dx"]) == ("2", "231")
