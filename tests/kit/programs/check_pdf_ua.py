"""Say what two checkers of accessible PDF complain of: one line each, nothing when all is well.

`outloud` looks at what is heard, `pdfua` at the rules of ISO 14289-1 that a file alone decides. A
rule that a checker could not evaluate is a complaint too: silence is no success.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import outloud
import pdfua

_UNTRIED = ("UA-14-001",)
"""Empty headings: pdfua 0.1.3 stumbles over pikepdf 10 there. `outloud` looks at headings too."""


def complaints(path: str) -> Iterator[str]:
    """Yield the errors, warnings and notes of both, and the rules that they left out."""
    heard = outloud.check(path)
    if heard.error:
        yield f"outloud: {heard.error}"
    for run in heard.runs:
        if run.status == "crashed":
            yield f"{run.rule}: {run.reason}"
    for found in heard.findings:
        yield f"{found.rule}, page {found.page}: {found.message} ({found.evidence})"
    report = pdfua.validate(path)
    for outcome in report.outcomes:
        if outcome.skipped_reason and outcome.rule_id not in _UNTRIED:
            yield f"{outcome.rule_id}: {outcome.skipped_reason}"
    for found in report.findings:
        yield f"{found.rule_id}, {found.location.describe()}: {found.message}"


for complaint in complaints(sys.argv[1]):
    print(complaint)  # noqa: T201 - what the program is for
