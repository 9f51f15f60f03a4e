"""Stock validators agree with each other and with us on what standard keywords say.

Not compared, because no standard keyword says it: relevance, required answers, exclusive
codes, date limits, and partial dates such as 2019-02-30.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from random import Random

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from intake.schema.compile.definition import compile_definition
from intake.schema.sample.record import sample_record
from intake.schema.validate import structure_errors
from tests.kit.damaged_records import damaged
from tests.kit.places import DM_SAM, HIVE, PROGRAMS

STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\['([^']*)'\]")
EVERY_KIND = {
    *("type", "minimum", "maximum", "oneOf", "items", "uniqueItems", "minItems", "format"),
    *("pattern", "newline", "maxLength", "additionalProperties", "enum", "bound", "array"),
    "required",
}


def load(path):
    return compile_definition(json.loads(path.read_text(encoding="utf-8")))


def some_records(definition, count):
    """Return (record, what was broken or nothing): every second one is damaged once."""
    rng = Random(5)
    made = []
    for number in range(count):
        record = sample_record(definition, rng, full=number % 4 < 2)
        made.append(damaged(definition, record, rng) if number % 2 else (record, ""))
    return made


def ours(definition, record):
    """Return the failing places as JSON pointers."""
    paths = [path for path, _ in structure_errors(definition, record)]
    steps = [["".join(step) for step in STEP.findall(path)] for path in paths]
    return sorted({"".join(f"/{step}" for step in each) for each in steps})


def stock(definition, record):
    validator = Draft202012Validator(definition.document, format_checker=FormatChecker(["date"]))
    errors = validator.iter_errors(record)
    return sorted({"".join(f"/{step}" for step in error.absolute_path) for error in errors})


def ajv(path, records, folder):
    entered = folder / "records.json"
    entered.write_text(json.dumps(records), encoding="utf-8")
    done = subprocess.run(
        ["node", str(PROGRAMS / "validate.mjs"), str(path), str(entered)],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def missing_program():
    if shutil.which("node") is None:
        return "node is not installed"
    if not (PROGRAMS / "node_modules/ajv").is_dir():
        return "run `npm install` in tests/kit/programs"
    return ""


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(bool(missing_program()), reason=missing_program() or "-")
@pytest.mark.parametrize(("path", "count"), [(HIVE, 470), (DM_SAM, 30)], ids=["hive", "dm-sam"])
def test_ajv_jsonschema_and_we_give_the_same_verdict_at_the_same_places(path, count, tmp_path):
    definition = load(path)
    made = some_records(definition, count)
    theirs = ajv(path, [record for record, _ in made], tmp_path)

    for (record, broken), places in zip(made, theirs, strict=True):
        assert bool(places) == bool(broken), broken
        assert ours(definition, record) == places, broken
        if broken != "newline":  # Python's $ also stands before a last newline; ours does not
            assert stock(definition, record) == places, broken


@pytest.mark.parametrize("path", [HIVE, DM_SAM], ids=["hive", "dm-sam"])
def test_a_random_record_is_valid_and_a_damaged_one_is_not(path):
    definition = load(path)

    for record, broken in some_records(definition, 12):
        assert bool(structure_errors(definition, record)) == bool(broken), broken


def test_every_kind_of_damage_is_tried():
    kinds = {broken for _, broken in some_records(load(HIVE), 420)}

    assert kinds >= EVERY_KIND


def test_a_schema_is_valid_json_schema_for_the_stock_validator():
    for path in (HIVE, DM_SAM):
        Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
