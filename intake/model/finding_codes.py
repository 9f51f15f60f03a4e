"""The catalogue of engine finding codes. A code is never renamed or reused.

Each code has its severity here and its words, per language, in ``intake/words``.
Rules of a schema add their own ids (``R35``) with their own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from intake.model.finding import Finding, Location, Severity


class FindingCode(StrEnum):
    """Every code the engine itself can produce."""

    # The file
    FILE_EMPTY = "FILE_EMPTY"
    FILE_UNKNOWN = "FILE_UNKNOWN"
    """Not a kind of file that is read."""
    FILE_NOT_YET_READ = "FILE_NOT_YET_READ"
    """A known kind of file that this version cannot read (Word, Excel, email, image...)."""
    FILE_FOREIGN = "FILE_FOREIGN"
    """Of a program whose files are not read; its owner can save it as one that is."""
    FILE_NOT_CONVERTED = "FILE_NOT_CONVERTED"
    """Of an old or foreign kind, and the program that converts it is not installed."""
    FILE_CONVERTED = "FILE_CONVERTED"
    """Of an old or foreign kind: what was read is what a conversion made of it."""
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    FILE_PROTECTED = "FILE_PROTECTED"
    FILE_UNLOCKED = "FILE_UNLOCKED"
    """Opened by a person with its password: what it held has a receipt of its own."""
    FILE_DAMAGED = "FILE_DAMAGED"
    """Cannot be opened at all."""
    FILE_REPAIRED = "FILE_REPAIRED"
    """Opens only after repair: answers may be lost."""
    FILE_LIMIT = "FILE_LIMIT"
    """Reading was stopped by a limit (time, memory, number of fields)."""
    FILE_EXTENSION = "FILE_EXTENSION"
    """The name's extension does not fit the content."""
    FILE_NO_FIELDS = "FILE_NO_FIELDS"
    """A PDF without fields: printed, scanned or flattened."""
    FILE_PRINTED = "FILE_PRINTED"
    """A form without fields, read where its answers are printed: a person confirms."""
    PRINTED_UNSURE = "PRINTED_UNSURE"
    """A printed answer that may be cut, misread or marked twice."""
    PRINTED_PARTLY = "PRINTED_PARTLY"
    """Of a printed form, only the marks or only the texts can be seen."""
    PAGES_MISSING = "PAGES_MISSING"
    """Pages of a printed form that are not there, or not whole."""
    FILE_SCANNED = "FILE_SCANNED"
    """A scan or a photo: never read, its answers are typed by a person or asked for anew."""
    PAGES_SCANNED = "PAGES_SCANNED"
    """Some pages of a file are scans or photos: what stands on them was not read."""
    FILE_PHOTO_KIND = "FILE_PHOTO_KIND"
    """An image of a kind that cannot be opened (HEIC): to be saved as JPEG or PDF."""
    FILE_XFA = "FILE_XFA"
    FILE_UNSAFE = "FILE_UNSAFE"
    """Holds macros, or embedded or linked objects: not opened."""
    CONTAINER = "CONTAINER"
    """An email or an archive: the files it holds have receipts of their own."""
    CONTAINER_EMPTY = "CONTAINER_EMPTY"
    CONTAINER_CUT = "CONTAINER_CUT"
    """The end of an email is missing: files may be missing with it."""
    INTERNAL_ERROR = "INTERNAL_ERROR"
    # The form
    FORM_UNKNOWN = "FORM_UNKNOWN"
    """No stamp and no known field: another document."""
    FORM_OTHER_STUDY = "FORM_OTHER_STUDY"
    FORM_VERSION_UNKNOWN = "FORM_VERSION_UNKNOWN"
    FORM_EMPTY = "FORM_EMPTY"
    STAMP_CONFLICT = "STAMP_CONFLICT"
    STAMP_MISSING = "STAMP_MISSING"
    CENTRE_UNKNOWN = "CENTRE_UNKNOWN"
    CENTRE_MISMATCH = "CENTRE_MISMATCH"
    SENDER_CENTRE = "SENDER_CENTRE"
    """The email comes from another centre's address than the form's."""
    FIELD_MISSING = "FIELD_MISSING"
    PART_LOST = "PART_LOST"
    """A whole section or group of a converted file is gone: it is asked for again."""
    FIELD_UNKNOWN = "FIELD_UNKNOWN"
    FIELD_DUPLICATE = "FIELD_DUPLICATE"
    SEVERAL_FORMS = "SEVERAL_FORMS"
    READINGS_DISAGREE = "READINGS_DISAGREE"
    ANSWER_UNSURE = "ANSWER_UNSURE"
    """Read in one way only, but something odd stands at its place: it is to be confirmed."""
    CONTROL_LOST = "CONTROL_LOST"
    """Answers stand beside their places, or these are gone: read in the lines of the table."""
    TEXT_ELSEWHERE = "TEXT_ELSEWHERE"
    """Words were added where the form has no place to answer in: not read."""
    TEXT_HIDDEN = "TEXT_HIDDEN"
    """An answer holds text that the page does not show."""
    TEXT_REVISED = "TEXT_REVISED"
    """An answer lies in tracked changes: insertions are taken, deletions dropped."""
    LATE = "LATE"
    # The patient
    IDENTITY_INCOMPLETE = "IDENTITY_INCOMPLETE"
    IDENTITY_TOO_LONG = "IDENTITY_TOO_LONG"
    IDENTITY_NEAR = "IDENTITY_NEAR"
    IDENTITY_OTHER_CENTRE = "IDENTITY_OTHER_CENTRE"
    IDENTITY_FOLDED = "IDENTITY_FOLDED"
    OBJECTION = "OBJECTION"
    DUPLICATE_FILE = "DUPLICATE_FILE"
    DUPLICATE_CONTENT = "DUPLICATE_CONTENT"
    REVISION = "REVISION"
    REVISION_OLDER = "REVISION_OLDER"
    IDENTIFYING_TEXT = "IDENTIFYING_TEXT"
    # One answer
    REQUIRED = "REQUIRED"
    SECTION_INCOMPLETE = "SECTION_INCOMPLETE"
    HIDDEN_ANSWER = "HIDDEN_ANSWER"
    NUMBER_UNREADABLE = "NUMBER_UNREADABLE"
    NUMBER_AMBIGUOUS = "NUMBER_AMBIGUOUS"
    NUMBER_APPROXIMATE = "NUMBER_APPROXIMATE"
    """About a number: ``~ 40``, ``env. 40``, ``40 ?``."""
    NUMBER_NOT_WHOLE = "NUMBER_NOT_WHOLE"
    NUMBER_TOO_LONG = "NUMBER_TOO_LONG"
    BOUND_KEPT = "BOUND_KEPT"
    BOUND_UNREADABLE = "BOUND_UNREADABLE"
    UNIT_CONVERTED = "UNIT_CONVERTED"
    UNIT_INEXACT = "UNIT_INEXACT"
    UNIT_UNKNOWN = "UNIT_UNKNOWN"
    UNIT_SUSPECTED = "UNIT_SUSPECTED"
    RANGE_HARD = "RANGE_HARD"
    RANGE_SOFT = "RANGE_SOFT"
    DATE_UNREADABLE = "DATE_UNREADABLE"
    DATE_IMPOSSIBLE = "DATE_IMPOSSIBLE"
    DATE_AMBIGUOUS = "DATE_AMBIGUOUS"
    DATE_SHORT_YEAR = "DATE_SHORT_YEAR"
    DATE_INCOMPLETE = "DATE_INCOMPLETE"
    """A full date is needed and only a month or a year was given."""
    DATE_OUT_OF_RANGE = "DATE_OUT_OF_RANGE"
    DATE_UNUSUAL = "DATE_UNUSUAL"
    DAY_WANTED = "DAY_WANTED"
    CHOICE_UNKNOWN = "CHOICE_UNKNOWN"
    CHOICE_EXCLUSIVE = "CHOICE_EXCLUSIVE"
    CHOICE_BY_LABEL = "CHOICE_BY_LABEL"
    TICK_UNREADABLE = "TICK_UNREADABLE"
    TEXT_LENGTH = "TEXT_LENGTH"
    TEXT_PATTERN = "TEXT_PATTERN"
    REASON_AMBIGUOUS = "REASON_AMBIGUOUS"
    REASON_NOT_ALLOWED = "REASON_NOT_ALLOWED"
    FIXED_CHANGED = "FIXED_CHANGED"
    RULE_ERROR = "RULE_ERROR"
    # One cell of a workbook
    CELL_FORMULA = "CELL_FORMULA"
    """The answer is the stored result of a formula."""
    CELL_FORMULA_EMPTY = "CELL_FORMULA_EMPTY"
    """A formula whose result was never stored."""
    CELL_ERROR = "CELL_ERROR"
    """The cell holds an error of the program, such as ``#N/A``."""
    CELL_DATE_CONVERTED = "CELL_DATE_CONVERTED"
    """A number of days was read as the date it stands for."""
    CELL_DATE_UNSURE = "CELL_DATE_UNSURE"
    """The program made a date, or a time, of what was typed."""
    CELL_SHOWN_OTHERWISE = "CELL_SHOWN_OTHERWISE"
    """The cell's format may show another value than the one it holds."""
    CELL_MERGED = "CELL_MERGED"
    CELLS_BY_CODE = "CELLS_BY_CODE"
    """Cells that lost their names were found by their visible codes."""


_NOTES = {
    FindingCode.FILE_EXTENSION,
    FindingCode.FILE_CONVERTED,
    FindingCode.FILE_UNLOCKED,
    FindingCode.CONTAINER,
    FindingCode.SENDER_CENTRE,
    FindingCode.STAMP_MISSING,
    FindingCode.CENTRE_UNKNOWN,
    FindingCode.CONTROL_LOST,
    FindingCode.LATE,
    FindingCode.IDENTITY_FOLDED,
    FindingCode.DUPLICATE_FILE,
    FindingCode.DUPLICATE_CONTENT,
    FindingCode.REVISION,
    FindingCode.BOUND_KEPT,
    FindingCode.UNIT_CONVERTED,
    FindingCode.CHOICE_BY_LABEL,
    FindingCode.REASON_AMBIGUOUS,
    FindingCode.CELL_DATE_CONVERTED,
    FindingCode.CELLS_BY_CODE,
}
_QUERIES = {
    FindingCode.CENTRE_MISMATCH,
    FindingCode.HIDDEN_ANSWER,
    FindingCode.RANGE_SOFT,
    FindingCode.DATE_UNUSUAL,
    FindingCode.DAY_WANTED,
    FindingCode.FIELD_UNKNOWN,
    FindingCode.ANSWER_UNSURE,
    FindingCode.PRINTED_UNSURE,
    FindingCode.TEXT_ELSEWHERE,
    FindingCode.TEXT_HIDDEN,
    FindingCode.TEXT_REVISED,
    FindingCode.CELL_FORMULA,
}


def severity_of(code: FindingCode) -> Severity:
    """Return the fixed severity of an engine code."""
    if code in _NOTES:
        return Severity.NOTE
    return Severity.QUERY if code in _QUERIES else Severity.ERROR


def finding_of(
    code: FindingCode,
    context: Mapping[str, str] | None = None,
    *,
    severity: Severity | None = None,
    location: Location | None = None,
) -> Finding:
    """Return an engine finding, of its code's severity unless another is given."""
    return Finding(
        code=code,
        severity=severity or severity_of(code),
        context=context or {},
        location=location,
    )
