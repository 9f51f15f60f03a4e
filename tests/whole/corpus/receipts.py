"""Write expected receipts and the table: ``python -m tests.whole.corpus.receipts [NAME...]``.

Run it after a change to a case or a reader, then look at what it wrote: each receipt says what
must become of a file, and is as much a decision as a line of code.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.kit.places import ROOT
from tests.whole.corpus.case import Case
from tests.whole.corpus.catalogue import FAMILIES, every_case
from tests.whole.corpus.run import REMARKED, RIGHT, SILENT, outcome_of_file

PAGE = ROOT / "docs" / "corpus.md"
EXPECTED = Path(__file__).parent / "expected"
_SECONDS = EXPECTED / "seconds.json"
_INTRODUCTION = """\
# The corpus of returned files

Made by `python -m tests.whole.corpus.receipts`; do not edit. Each case is the form of the first
demonstration patient, changed by a script or by the program it names, dropped in a workspace and
processed to its end. The whole receipt that a test compares with is `tests/whole/corpus/expected/`.

A value is right when the dataset holds what was meant, and has a finding when it is lost, held back
or in question and the receipt says so. A value that is wrong without a word would stand in the last
column but two: there must be none. Seconds are those of the processor of the machine that wrote the
table, from the inbox to the receipt. « By script » says that a program was not run, for its
licence, and that what it was measured to leave was made by hand.
"""
_COLUMNS = ("case", "what was done", "outcome", "remarks", RIGHT, REMARKED, SILENT, "seconds")
_HEAD = f"| {' | '.join(_COLUMNS)} |"
_RULE = "| --- | --- | --- | --- | ---: | ---: | ---: | ---: |"


def expected(case: Case) -> dict[str, Any]:
    """Return the receipt that a case must give. Raises OSError where none was written."""
    text = (EXPECTED / f"{case.name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def page() -> str:
    """Return the page that shows every case, from the expected receipts."""
    seconds = json.loads(_SECONDS.read_text(encoding="utf-8"))
    return "\n".join([_INTRODUCTION, *_tables(seconds)])


def _tables(seconds: Mapping[str, float]) -> Iterator[str]:
    for family, cases in FAMILIES.items():
        yield f"## {family}\n\n{_HEAD}\n{_RULE}"
        for case in cases:
            yield _line(case, seconds.get(case.name, 0.0))
        yield f"\n{_sum(cases, seconds)}\n"


def _sum(cases: Sequence[Case], seconds: Mapping[str, float]) -> str:
    counts = Counter[str]()
    for case in cases:
        counts.update(expected(case)["values"])
    slowest = max(cases, key=lambda case: seconds.get(case.name, 0.0))
    said = ", ".join(f"{counts[kind]:,} {kind}" for kind in (RIGHT, REMARKED, SILENT))
    return (
        f"{len(cases)} cases. Values: {said}."
        f" The slowest: {slowest.name}, {seconds.get(slowest.name, 0.0):.1f} s."
    )


def _line(case: Case, seconds: float) -> str:
    found = expected(case)
    codes = " ".join(dict.fromkeys(finding["code"] for finding in found["findings"]))
    counts = (str(found["values"][kind]) for kind in (RIGHT, REMARKED, SILENT))
    cells = (case.name, case.about, f"`{found['outcome']}`", codes, *counts, f"{seconds:.1f}")
    return f"| {' | '.join(cells)} |"


def write(cases: list[Case]) -> None:
    """Run cases, write what becomes of each, and the table."""
    seconds = json.loads(_SECONDS.read_text("utf-8")) if _SECONDS.exists() else {}
    if cases:
        _run(cases[0])  # programs of the form are compiled once for all: not counted
    for case in cases:
        reason = case.missing()
        if reason:
            print(f"{case.name}: not run, {reason}")  # noqa: T201 - a command speaks
            continue
        made, seconds[case.name] = _run(case)
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
        (EXPECTED / f"{case.name}.json").write_text(text, encoding="utf-8")
        print(case.name, made["outcome"], made["values"])  # noqa: T201 - a command speaks
    kept = {case.name: seconds[case.name] for case in every_case() if case.name in seconds}
    _SECONDS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


def _run(case: Case) -> tuple[dict[str, Any], float]:
    """Return what becomes of a case, and the processor's seconds until its receipt."""
    with tempfile.TemporaryDirectory() as folder:
        content = case.build()
        started = time.process_time()
        made = outcome_of_file(case, content, Path(folder, "workspace"))
        return made, round(time.process_time() - started, 1)


if __name__ == "__main__":
    wanted = set(sys.argv[1:])
    write([case for case in every_case() if not wanted or case.name in wanted])
