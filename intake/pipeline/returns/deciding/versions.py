"""Forms of several versions beside each other: the older answers under the newer one's names."""

from __future__ import annotations

from dataclasses import replace

from intake.model.carry import carried
from intake.model.definition import FormDefinition, version_order
from intake.model.record import KnownForm, KnownPatients, KnownRecord
from intake.model.submission import Submission


def seen_from(definition: FormDefinition, known: KnownPatients) -> KnownPatients:
    """Return what is known with the answers of older versions carried to one.

    A form is compared with earlier ones question by question; a question that was renamed
    would seem emptied and answered anew. Forms of newer versions stay as they are.
    """

    def carry(form: KnownForm) -> KnownForm:
        return replace(form, submission=carried(form.submission, definition))

    def carry_all(record: KnownRecord) -> KnownRecord:
        return replace(record, forms=tuple(carry(form) for form in record.forms))

    return replace(
        known,
        records=tuple(carry_all(record) for record in known.records),
        waiting=tuple(carry(form) for form in known.waiting),
    )


def is_of_older_version(definition: FormDefinition, current: Submission) -> bool:
    """Say whether a form cannot ask all that the current one of its record answers."""
    return version_order(definition.version) < version_order(current.version)
