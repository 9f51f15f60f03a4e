"""``inspect``: one file seen by its format, behind the same limits as any return."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from intake.checks.parse.choice import parse_tick
from intake.findings.wording import finding_words
from intake.formats.registry import open_file
from intake.formats.sniff import sniff
from intake.model.container import Contents
from intake.model.errors import UnreadableFile
from intake.model.finding import Finding, Location
from intake.model.finding_codes import finding_of
from intake.model.submission import FieldKind, FoundField, Inspection
from intake.pipeline.returns.look import down_the_rungs
from intake.study.model import Limits
from intake.wiring.execution import limited_executor
from intake.wiring.reading import lower_rungs
from intake.words.catalogue import LANGUAGES, Words


def inspection_document(path: Path) -> dict[str, Any]:
    """Return what each reading sees in a file: fields, stamp and notes. Loads nothing.

    A choice is its export name, a tick its own (``Yes``) or ``1``; unticked, it is empty. A
    file that cannot be read has no format and says why in its notes; one that must be
    converted first is, if that can be done.
    """
    try:
        with limited_executor(Limits()) as executor:
            content = path.read_bytes()
            begun = executor.submit(open_file, content, path.name)
            rungs = lower_rungs(executor)
            inspection = down_the_rungs(rungs, begun, path.name, lambda: content)
    except UnreadableFile as problem:
        finding = finding_of(problem.code, problem.context)
        return {"format": None, "stamp": None, "fields": [], "notes": [_note(finding)]}
    if isinstance(inspection, Contents):
        return _container(inspection)
    return _document(inspection)


def _container(contents: Contents) -> dict[str, Any]:
    """Return the files that an email or archive holds; they are not opened."""
    members = [
        {"file": m.name, "kind": sniff(m.content).kind.value, "bytes": len(m.content)}
        for m in contents.members
    ]
    notes = [_note(finding) for finding in contents.findings]
    return {"format": None, "stamp": None, "fields": [], "members": members, "notes": notes}


def _document(inspection: Inspection) -> dict[str, Any]:
    stamps = list(dict.fromkeys(claim.stamp.text for claim in inspection.claims))
    return {
        "format": inspection.format.value,
        "stamp": stamps[0] if stamps else None,
        "fields": [
            {
                "address": field.address,
                "value": field.export or field.text,
                "reading": field.rung.value,
                "location": _place(field.location),
                "tick": field.kind is FieldKind.TICK,
            }
            for field in _shown(inspection.fields)
        ],
        "notes": [_note(finding) for finding in inspection.findings],
    }


def _shown(fields: Sequence[FoundField]) -> Iterator[FoundField]:
    """Yield the fields without the sign of a box whose state says the same."""
    states = {(f.address, f.rung): bool(f.text) for f in fields if f.kind is FieldKind.TICK}
    for field in fields:
        state = states.get((field.address, field.rung))
        if field.kind is FieldKind.TICK or state is None or parse_tick(field.text) is not state:
            yield field


def _place(location: Location) -> dict[str, Any]:
    return {name: value for name, value in asdict(location).items() if value is not None}


def _note(finding: Finding) -> dict[str, Any]:
    messages = {
        language: finding_words(Words(language), finding, None).sentence
        for language in sorted(LANGUAGES)
    }
    return {"code": finding.code, "context": dict(finding.context), "message": messages}
