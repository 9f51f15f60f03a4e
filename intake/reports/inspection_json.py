"""What was seen in one file, as a document: ``inspect --json``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from intake.checks.parse.choice import parse_tick
from intake.findings.wording import finding_words
from intake.model.container import Contents
from intake.model.errors import UnreadableFile
from intake.model.finding import Finding, Location
from intake.model.finding_codes import finding_of
from intake.model.submission import FieldKind, FoundField, Inspection
from intake.words.catalogue import LANGUAGES, Words
from intake.words.shown import as_shown


def inspection_document(inspection: Inspection) -> dict[str, Any]:
    """Return the fields, the stamp and the notes of a form.

    A choice is its export name, a tick its own (``Yes``) or ``1``; unticked, it is empty.
    """
    stamps = list(dict.fromkeys(claim.stamp.text for claim in inspection.claims))
    return {
        "format": inspection.format.value,
        "stamp": stamps[0] if stamps else None,
        "fields": [_field(field) for field in _shown(inspection.fields)],
        "notes": [_note(finding) for finding in inspection.findings],
    }


def container_document(contents: Contents, kinds: Sequence[str]) -> dict[str, Any]:
    """Return the files that an email or archive holds, each with its kind; none is opened."""
    members = [
        {"file": as_shown(member.name), "kind": kind, "bytes": len(member.content)}
        for member, kind in zip(contents.members, kinds, strict=True)
    ]
    notes = [_note(finding) for finding in contents.findings]
    return {"format": None, "stamp": None, "fields": [], "members": members, "notes": notes}


def unreadable_document(problem: UnreadableFile) -> dict[str, Any]:
    """Return why a file could not be read."""
    note = _note(finding_of(problem.code, problem.context))
    return {"format": None, "stamp": None, "fields": [], "notes": [note]}


def _shown(fields: Sequence[FoundField]) -> Iterator[FoundField]:
    """Yield the fields without the sign of a box whose state says the same."""
    states = {(f.address, f.rung): bool(f.text) for f in fields if f.kind is FieldKind.TICK}
    for field in fields:
        state = states.get((field.address, field.rung))
        if field.kind is FieldKind.TICK or state is None or parse_tick(field.text) is not state:
            yield field


def _field(field: FoundField) -> dict[str, Any]:
    return {
        "address": field.address,
        "value": field.export or field.text,
        "reading": field.rung.value,
        "location": _place(field.location),
        "tick": field.kind is FieldKind.TICK,
    }


def _place(location: Location) -> dict[str, Any]:
    return {name: value for name, value in asdict(location).items() if value is not None}


def _note(finding: Finding) -> dict[str, Any]:
    messages = {
        language: finding_words(Words(language), finding, None).sentence
        for language in sorted(LANGUAGES)
    }
    return {"code": finding.code, "context": dict(finding.context), "message": messages}
