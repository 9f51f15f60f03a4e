"""Forms and answers for the tests of the checks: two real studies and items made by hand."""

from __future__ import annotations

import datetime as dt
from functools import cache

from intake.checks.checker import Checker
from intake.model.definition import AcceptedUnit, DataType, FormDefinition, Item, Option
from intake.model.finding import Finding, Location
from intake.model.submission import FileFormat, RawAnswer, RawSubmission, Rung, Submission, Value
from tests.kit.blanks import definition
from tests.kit.places import HIVE

RECEIVED = dt.date(2021, 3, 2)
RECEIVED_HIVE = dt.date(2026, 3, 5)


def dm_sam() -> FormDefinition:
    """Return the form shipped."""
    return definition()


def hive() -> FormDefinition:
    """Return a form of another field, in three languages."""
    return definition(HIVE)


@cache
def _checker(form: str) -> Checker:
    return Checker(dm_sam() if form == "dm-sam" else hive())


def raw(answers: dict[str, str], file_format: FileFormat = FileFormat.PDF) -> RawSubmission:
    """Return answers by address as a reader gives them."""
    found = tuple(RawAnswer(a, t, Rung.FIELD, Location(page=1)) for a, t in answers.items())
    return RawSubmission(format=file_format, answers=found)


def check(answers: dict[str, str], *, language: str = "fr", form: str = "dm-sam") -> Submission:
    """Return the submission that these answers make."""
    received = RECEIVED if form == "dm-sam" else RECEIVED_HIVE
    return _checker(form).check(raw(answers), language=language, received=received)


def check_raw(submission: RawSubmission, *, language: str = "fr") -> Submission:
    """Return the submission of a whole raw submission of the form shipped."""
    return _checker("dm-sam").check(submission, language=language, received=RECEIVED)


def value(submission: Submission, item: str, row: int | None = None) -> Value | None:
    """Return the stored value of one item, or None."""
    found = (v for v in submission.values if (v.item, v.row) == (item, row))
    return next(found, None)


def findings(submission: Submission, item: str, row: int | None = None) -> list[Finding]:
    """Return the findings about one item."""
    return [f for f in submission.findings if (f.item, f.row) == (item, row)]


def codes(submission: Submission, item: str, row: int | None = None) -> list[str]:
    """Return the codes of the findings about one item."""
    return [finding.code for finding in findings(submission, item, row)]


def an_item(data_type: DataType = DataType.DECIMAL, **more) -> Item:
    """Return an item of no study."""
    named = {"name": "amount", "code": "A01", "section": "one", "label": {"fr": "Quantité"}}
    return Item(data_type=data_type, **(named | more))


def a_choice(*options: Option, **more) -> Item:
    """Return a single choice of no study."""
    return an_item(DataType.SINGLE_CHOICE, options=options, **more)


def a_unit(symbol: str, factor: str = "", offset: str = "0", *, exact: bool = True) -> AcceptedUnit:
    """Return an accepted unit."""
    return AcceptedUnit(symbol, factor, offset, exact)
