"""Compare the readings of one file; every difference becomes a finding.

The first reading (the walk) is the one carried. It is never replaced: where another program
reads something else, a person is told, whatever a majority says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from intake.formats.pdf.anchors import JOIN
from intake.formats.pdf.read.second import CHECKED, SecondOpinion
from intake.formats.pdf.read.walk import Walked, WalkedField
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import FieldKind

MAX_NAMED = 50
"""More differing fields than this are counted in one finding, not listed."""
_ADDRESS = re.compile(r"[A-Za-z0-9_+.]{1,60}")
Third = Callable[[], Mapping[str, str] | None]


def compare_readings(walked: Walked, second: SecondOpinion, third: Third) -> list[Finding]:
    """Return a finding for each field that two readings, or its own parts, dispute.

    ``third`` is asked only on a difference. Where it confirms the first reading the finding
    asks for a confirmation; else it is an error.
    """
    unsure = [field.name for field in walked.fields if not field.reading.sure]
    differing = _differing(walked.fields, second)
    confirmed = _confirmed(differing, walked.fields, third) if differing else set()
    names = dict.fromkeys([*unsure, *differing])
    if len(names) > MAX_NAMED:
        return [_disagree({"count": str(len(names))}, Severity.ERROR)]
    strict = FindingCode.READINGS_DISAGREE.severity
    mild = confirmed - set(unsure)
    return [
        _disagree({"address": shown_name(n)}, Severity.QUERY if n in mild else strict)
        for n in names
    ]


def shown_name(name: str) -> str:
    """Return a field's name if it looks like one; a returned file may name a field anything."""
    return name if _ADDRESS.fullmatch(name) else "?"


def _differing(fields: Sequence[WalkedField], second: SecondOpinion) -> list[str]:
    """Return the names whose two readings differ, in form order, then those only PDFium saw.

    Of a list in which several entries are chosen PDFium tells one, which proves nothing.
    """
    on_pages = {
        field.name: field.reading.told or field.reading.text
        for field in fields
        if field.page is not None and not _is_several(field)
    }
    differing = [
        name
        for name, text in on_pages.items()
        if second.values.get(name) != text or name in second.contested
    ]
    known = {field.name for field in fields}
    return differing + [name for name in second.values if name not in known]


def _is_several(field: WalkedField) -> bool:
    return field.kind is FieldKind.CHOICE and JOIN in field.reading.text


def _confirmed(names: list[str], fields: Sequence[WalkedField], third: Third) -> set[str]:
    """Return the names for which the third program reads what the first one read."""
    values = third()
    if values is None:
        return set()
    first = {field.name: field for field in fields}
    return {
        name
        for name in names
        if name in first and name in values and _same(first[name], values[name])
    }


def _same(first: WalkedField, text: str) -> bool:
    if first.kind is FieldKind.TICK:
        text = CHECKED if text else ""
    return (first.reading.told or first.reading.text) == text


def _disagree(context: dict[str, str], severity: Severity) -> Finding:
    return finding_of(FindingCode.READINGS_DISAGREE, context, severity=severity)
