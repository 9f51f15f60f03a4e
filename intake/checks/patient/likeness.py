"""How alike the answers of two forms are, leaving out what names the patient.

Whether two forms may be two patients', whether a correction empties the record, whether two
keys hide one patient: all of it counted on the same answers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from intake.checks.assemble import Key
from intake.checks.patient.printed import as_printed
from intake.model.definition import FormDefinition, MissingReason
from intake.model.submission import Submission, Value, value_text
from intake.words.spelling import fold

ENOUGH = 10
"""Answers that two forms must share before their likeness means anything."""
_FEW = 3
"""Answers changed or gone that may be a correction, however few were given."""
_FULL_DATE = 3

Answers = Mapping[Key, str]
"""What was answered, by item and row, as text."""


def answers_given(definition: FormDefinition, submission: Submission) -> Answers:
    """Return the values and bounds given, those left out that name patient, form or centre.

    What is held back or missing is no answer; what a form prints or brings is none either, nor
    is a row that it has no place for.
    """
    left_out = _of_the_paper(definition)
    printed = as_printed(definition, submission).values
    given = (v for v in printed if v.item not in left_out)
    return {(v.item, v.row): text for v in given if (text := _text(v))}


def likeness_digest(definition: FormDefinition, submission: Submission) -> str:
    """Return the SHA-256 of the answers that do not name the patient; empty when too few."""
    given = answers_given(definition, submission)
    if len(given) < ENOUGH:
        return ""
    content = sorted((item, row or 0, text) for (item, row), text in given.items())
    text = json.dumps([definition.id, content], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def may_be_two_patients(definition: FormDefinition, before: Submission, after: Submission) -> bool:
    """Say whether what cannot change differs, or more than a third of the answers before."""
    old, new = answers_given(definition, before), answers_given(definition, after)
    changed = sum(key in new and new[key] != text for key, text in old.items())
    if changed >= _FEW and changed * 3 > len(old):
        return True
    constant = (name for name, item in definition.items.items() if item.constant)
    both = ((name, None) for name in constant if (name, None) in old.keys() & new.keys())
    return any(_differs(definition, key, old[key], new[key]) for key in both)


def is_mostly_emptied(definition: FormDefinition, before: Submission, after: Submission) -> bool:
    """Say whether most answers of the form before are not in the one after, not even a reason."""
    written = {(v.item, v.row) for v in after.values if v.missing is not MissingReason.NA}
    old = answers_given(definition, before)
    gone = sum(key not in written for key in old)
    return gone >= _FEW and gone * 2 > len(old)


def mostly_agree(definition: FormDefinition, one: Submission, other: Submission) -> bool:
    """Say whether two thirds of the answers given in both are the same, of enough of them."""
    left, right = answers_given(definition, one), answers_given(definition, other)
    shared = left.keys() & right.keys()
    same = sum(left[key] == right[key] for key in shared)
    return len(shared) >= ENOUGH and same * 3 >= len(shared) * 2


def same_slip(left: str, right: str) -> bool:
    """Say whether two ISO dates are the same but for a slip, on the parts that both have.

    A slip is one of day, month and year, or day and month exchanged.
    """
    one, other = left.split("-"), right.split("-")
    differing = sum(a != b for a, b in zip(one, other, strict=False))
    exchanged = len(one) == len(other) == _FULL_DATE and [one[0], one[2], one[1]] == other
    return differing <= 1 or exchanged


def _differs(definition: FormDefinition, key: Key, old: str, new: str) -> bool:
    if definition.items[key[0]].is_date:
        return not same_slip(old, new)
    return old != new


def _of_the_paper(definition: FormDefinition) -> frozenset[str]:
    """Return the items that say who and when, or that the form brings or prints."""
    identity = definition.identity
    printed = (group.fixed_item for group in definition.groups.values() if group.fixed_item)
    dated = (identity.filling_date,) if identity.filling_date else ()
    return frozenset((*identity.items, *dated, *definition.prefilled, *printed))


def _text(value: Value) -> str:
    if value.value is not None:
        return fold(value_text(value.value))
    return value.bound or ""
