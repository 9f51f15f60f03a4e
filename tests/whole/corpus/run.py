"""Run a case in a real workspace and say what became of it, as data a person can read.

What was meant is read by the checks alone, from the texts as entered; what came out is read
from the store. A value is right when both are the same. Where they differ, a finding about
that answer must say so; a finding about the whole file may excuse a value that is lost, never
one that is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from intake.checks.checker import Checker
from intake.model.finding import Finding, Location, Severity
from intake.model.finding_codes import Effect, engine_code, is_partly_read
from intake.model.receipt import Receipt
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung, Submission, Value
from tests.kit.office.office import Office, demo_answers, the_form
from tests.whole.corpus.case import Case

RECEIVED = dt.date(2026, 11, 2)
RIGHT, REMARKED, SILENT = "right", "with a finding", "silently wrong"
Key = tuple[str, int | None]
Said = tuple[object, ...]


def outcome_of_case(case: Case, folder: Path) -> dict[str, Any]:
    """Return what becomes of a case: outcome, findings, and how its values came out."""
    return outcome_of_file(case, case.build(), folder)


def outcome_of_file(case: Case, content: bytes, folder: Path) -> dict[str, Any]:
    """Return what becomes of the file of a case, made already."""
    office = Office(folder)
    office.change_study(closes="2099-12-31")
    receipt = office.send(f"fiche.{case.suffix}", content)
    verdicts = dict(_verdicts(case, receipt, _values(office, receipt)))
    counts = {kind: list(verdicts.values()).count(kind) for kind in (RIGHT, REMARKED, SILENT)}
    unlike = sorted(_named(key) for key, verdict in verdicts.items() if verdict != RIGHT)
    return {
        "about": case.about,
        "outcome": receipt.outcome.value,
        "values": counts,
        "not right": unlike if counts[RIGHT] else ["all"],
        "silently wrong": sorted(_named(k) for k, v in verdicts.items() if v == SILENT),
        "findings": [_finding(finding) for finding in receipt.findings],
    }


@cache
def _checker() -> Checker:
    return Checker(the_form())


def meant(case: Case) -> Submission:
    """Return what the checks make of the texts as the person meant to enter them."""
    texts = demo_answers(**case.meant)
    answers = tuple(RawAnswer(a, text, Rung.FIELD, Location()) for a, text in texts.items())
    raw = RawSubmission(format=FileFormat.PDF, answers=answers)
    return _checker().check(raw, language="fr", received=RECEIVED)


def _values(office: Office, receipt: Receipt) -> dict[Key, Value] | None:
    """Return the values that are loaded, or wait for a person; None when none were read."""
    if receipt.record_id and receipt.outcome.is_loaded:
        held: Submission | None = office.app.store.current(receipt.record_id).submission
    else:
        held = office.app.store.entry(receipt.id).submission
    return None if held is None else {(value.item, value.row): value for value in held.values}


def _verdicts(
    case: Case, receipt: Receipt, found: dict[Key, Value] | None
) -> Iterator[tuple[Key, str]]:
    wanted = {(value.item, value.row): value for value in meant(case).values}
    for key in dict.fromkeys([*wanted, *(found or {})]):
        one, other = wanted.get(key), (found or {}).get(key)
        if _is_printed(key[0]) and one is None:
            continue
        is_same = _said(one) == _said(other)
        if found is None:
            yield key, REMARKED if receipt.findings else SILENT
        elif is_same and (other is None or other.missing != "ERR"):
            yield key, RIGHT
        else:
            is_said = _is_said(key, receipt.findings, is_lost=_is_nothing(other))
            yield key, REMARKED if is_said else SILENT


def _is_printed(item: str) -> bool:
    """Say whether the form itself prints an item: the time points of a group's rows."""
    return item in {group.fixed_item for group in the_form().groups.values()}


def _said(value: Value | None) -> Said:
    return () if value is None else (value.value, value.missing, value.bound)


def _is_nothing(value: Value | None) -> bool:
    return value is None or value.missing is not None


def _is_said(key: Key, findings: tuple[Finding, ...], *, is_lost: bool) -> bool:
    """Say whether a finding tells a person to look at a value, or at the file for a lost one."""
    item, row = key
    for finding in findings:
        if finding.severity is Severity.NOTE:
            continue
        if item == finding.item and finding.row in (row, None):
            return True
        if item in finding.items:
            return True
        if is_lost and finding.item is None and _is_of_the_whole(finding.code):
            return True
    return False


def _is_of_the_whole(code: str) -> bool:
    """Say whether a finding sends a person to the whole file."""
    known = engine_code(code)
    return is_partly_read(code) or (known is not None and known.effect is Effect.REJECT)


def _named(key: Key) -> str:
    item, row = key
    return item if row is None else f"{item} ({row})"


def _finding(finding: Finding) -> dict[str, Any]:
    """Return what a person checks of a finding; nothing that differs from run to run."""
    place = {"item": finding.item, "row": finding.row}
    several = {"items": list(finding.items)} if finding.items else {}
    said: dict[str, Any] = {"code": str(finding.code), "severity": finding.severity.value}
    return said | {name: held for name, held in place.items() if held is not None} | several
