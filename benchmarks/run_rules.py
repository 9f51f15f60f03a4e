"""The rules and computed values of one full record, beside jsonschema validating the same one.

Run: ``.venv/bin/python benchmarks/run_rules.py``
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from jsonschema import Draft202012Validator

from intake.checks.rules import Rules
from intake.expressions.computed.computing import Computer
from intake.schema.sample.record import sample_record
from intake.workspace.form_library import SchemaLibrary

ROOT = Path(__file__).resolve().parent.parent
RECORDS = 40


def main() -> None:
    """Print medians over records with every row filled, and what compiling costs once."""
    definition = SchemaLibrary(ROOT / "schemas").get("dm-sam", "1.0.0")
    if definition is None:
        raise SystemExit("schemas/dm-sam/1.0.0.json is not there.")
    start = time.perf_counter()
    computer, rules = Computer(definition), Rules(definition)
    compiled = time.perf_counter() - start
    schema = json.loads((ROOT / "schemas/dm-sam/1.0.0.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    chance = random.Random(1)  # noqa: S311 -- invented records, nothing secret
    records = [sample_record(definition, chance, full=True) for _ in range(RECORDS)]
    ours = [_taken(lambda r=r: rules.run(r, computer.compute(r).values, ())) for r in records]
    peer = [_taken(lambda r=r: list(validator.iter_errors(r))) for r in records]
    print(f"compiled once in {compiled * 1000:.0f} ms")
    print(f"rules and computed values: {median(ours) * 1000:.1f} ms a record")
    print(f"jsonschema, same record:   {median(peer) * 1000:.1f} ms")
    print(f"ratio: {median(ours) / median(peer):.2f}")


def _taken(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
