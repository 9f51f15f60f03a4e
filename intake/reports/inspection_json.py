"""What was seen in one file, as a document: ``inspect``.

It tells of each place what a receipt would: an answer where it looks like what was asked and
is not private, else only that something stands there. The place of another's form has a name
and a kind; of a text there, how long it is. Values as they stand are for who asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from intake.checks.parse.choice import parse_tick
from intake.findings.wording import finding_words
from intake.model.address import UNANSWERED, places
from intake.model.definition import FormDefinition, Item
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding import Finding, Location
from intake.model.finding_codes import finding_of
from intake.model.stamp import FormStamp
from intake.model.submission import FieldKind, FoundField, Inspection
from intake.privacy.guard import file_name_holds_identity, holds_identity
from intake.privacy.quoting import may_repeat, told_place
from intake.words.catalogue import LANGUAGES, Words
from intake.words.shown import as_shown


@dataclass(frozen=True, slots=True)
class Telling:
    """The form that a file is, if it is one of the study's, and whether all may be told."""

    definition: FormDefinition | None = None
    is_safe_name: Callable[[str], bool] = lambda name: not file_name_holds_identity(name)
    with_values: bool = False


def inspection_document(inspection: Inspection, telling: Telling) -> dict[str, Any]:
    """Return the stamp, the fields and the notes of a form.

    A field's ``value`` is None where it is not told. A choice is its export name, a tick its
    own (``Yes``) or ``1``; unticked, it is empty.
    """
    items = _items(telling.definition)
    return {
        "format": inspection.format.value,
        "stamp": _stamp(inspection, telling),
        "fields": [_field(f, items.get(f.address), telling) for f in _shown(inspection.fields)],
        "notes": [_note(finding, telling.definition) for finding in inspection.findings],
    }


def container_document(
    contents: Contents, kinds: Sequence[str], telling: Telling
) -> dict[str, Any]:
    """Return the files that an email or archive holds, each with its kind; none is opened.

    A member whose name may be somebody's has none.
    """
    members = [
        {
            "file": as_shown(member.name) if _may_name(member.name, telling) else None,
            "kind": kind,
            "bytes": len(member.content),
        }
        for member, kind in zip(contents.members, kinds, strict=True)
    ]
    notes = [_note(finding, None) for finding in contents.findings]
    return {"format": None, "stamp": None, "fields": [], "members": members, "notes": notes}


def unreadable_document(problem: UnreadableFile) -> dict[str, Any]:
    """Return why a file could not be read."""
    note = _note(finding_of(problem.code, problem.context), None)
    return {"format": None, "stamp": None, "fields": [], "notes": [note]}


def _items(definition: FormDefinition | None) -> Mapping[str, Item]:
    """Return the questions of a form by the address, and the code, of each of their places."""
    every = tuple(places(definition)) if definition else ()
    by_code = {place.code: place.item for place in every}
    return by_code | {place.address: place.item for place in every}


def _stamp(inspection: Inspection, telling: Telling) -> str | None:
    """Return the stamp. What a foreign one calls itself, or its centre, may be anybody's name."""
    stamps = [claim.stamp for claim in inspection.claims]
    known = telling.definition.id if telling.definition else None
    own = next((s for s in stamps if telling.with_values or s.form == known), None)
    nameless = (replace(stamp, form="?", centre=None) for stamp in stamps)
    stamp: FormStamp | None = own or next(nameless, None)
    return stamp.text if stamp else None


def _shown(fields: Sequence[FoundField]) -> Iterator[FoundField]:
    """Yield the fields without the sign of a box whose state says the same."""
    states = {(f.address, f.rung): bool(f.text) for f in fields if f.kind is FieldKind.TICK}
    for field in fields:
        state = states.get((field.address, field.rung))
        if field.kind is FieldKind.TICK or state is None or parse_tick(field.text) is not state:
            yield field


def _field(field: FoundField, item: Item | None, telling: Telling) -> dict[str, Any]:
    is_filled = field.text.strip() not in ("", UNANSWERED)
    is_measured = item is None and field.kind is FieldKind.TEXT
    place = field.location if telling.with_values else _told_place(field, telling)
    return {
        "address": field.address if telling.with_values else _told_address(field, item, place),
        "kind": field.kind.value,
        "filled": is_filled,
        "length": len(field.text.strip()) if is_measured else None,
        "value": _value(field, item, telling) if is_filled else "",
        "reading": field.rung.value,
        "location": {name: value for name, value in asdict(place).items() if value is not None},
    }


def _value(field: FoundField, item: Item | None, telling: Telling) -> str | None:
    """Return an answer as far as it may be told, the file's own name for it first."""
    spellings = [text for text in (field.export, field.text) if text]
    if telling.with_values:
        return spellings[0]
    told = (text for text in spellings if may_repeat(text, item, telling.definition))
    return next(told, None)


def _told_place(field: FoundField, telling: Telling) -> Location:
    return told_place(field.location, telling.definition) or Location()


def _told_address(field: FoundField, item: Item | None, place: Location) -> str:
    """Return a field's name; in another's form, without the names of persons."""
    if item is not None:
        return field.address
    sheet = field.location.sheet
    name = field.address if sheet == place.sheet else field.address.replace(str(sheet), "?")
    return "?" if holds_identity(name) else name


def _may_name(name: str, telling: Telling) -> bool:
    return telling.with_values or telling.is_safe_name(name)


def _note(finding: Finding, definition: FormDefinition | None) -> dict[str, Any]:
    messages = {
        language: finding_words(Words(language), finding, definition).sentence
        for language in sorted(LANGUAGES)
    }
    return {"code": finding.code, "message": messages}
