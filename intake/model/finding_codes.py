"""The catalogue of engine finding codes: one row a code. A code is never renamed or reused.

A row says everything that follows from the code alone. Its words, per language, are in
``intake/words``. Rules of a schema add their own ids (``R35``) with their own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import assert_never

from intake.model.finding import Finding, Location, Severity


class Effect(StrEnum):
    """What a finding does to the file it is about, the strongest last."""

    NONE = "none"
    """By itself nothing: the file is loaded, with queries if the severity asks for one."""
    REVIEW = "review"
    """A person decides before anything is loaded."""
    REJECT = "reject"


class Subject(StrEnum):
    """What a finding is about."""

    FILE = "file"
    FORM = "form"
    PATIENT = "patient"
    ANSWER = "answer"


class Doubt(StrEnum):
    """What a person who loads a file with such a finding takes upon themselves."""

    CLEAR = "clear"
    """Nothing."""
    PARTLY_READ = "partly_read"
    """The file may hold more than was read. Its answers being known proves nothing, so it is
    never a duplicate (two patients in one file, a cut correction)."""
    POORLY_READ = "poorly_read"
    """The same, because of what carries the answers (print, scan, conversion): another file
    of the same answers takes its place."""
    OLDER = "older"
    """The answers are older than those that are known, or to an older version's questions."""
    WHICH_PATIENT = "which_patient"
    """It may be the form of a patient who is known."""
    NO_PATIENT = "no_patient"
    """The record lacks something that names the patient, whoever that is."""


ERROR, QUERY, NOTE = Severity.ERROR, Severity.QUERY, Severity.NOTE
NONE, REVIEW, REJECT = Effect.NONE, Effect.REVIEW, Effect.REJECT
FILE, FORM, PATIENT, ANSWER = Subject.FILE, Subject.FORM, Subject.PATIENT, Subject.ANSWER
CLEAR, OLDER = Doubt.CLEAR, Doubt.OLDER
PARTLY_READ, POORLY_READ = Doubt.PARTLY_READ, Doubt.POORLY_READ
WHICH_PATIENT, NO_PATIENT = Doubt.WHICH_PATIENT, Doubt.NO_PATIENT


class FindingCode(StrEnum):
    """Every code the engine itself can produce, with its row.

    A code without a whole row stops the program when it starts.
    """

    severity: Severity
    effect: Effect
    subject: Subject
    doubt: Doubt

    def __new__(
        cls, code: str, severity: Severity, effect: Effect, subject: Subject, doubt: Doubt
    ) -> FindingCode:
        """Make one code of its row."""
        made = str.__new__(cls, code)
        made._value_ = code
        made.severity, made.effect, made.subject, made.doubt = severity, effect, subject, doubt
        return made

    # The file
    FILE_EMPTY = "FILE_EMPTY", ERROR, REJECT, FILE, CLEAR
    FILE_UNKNOWN = "FILE_UNKNOWN", ERROR, REJECT, FILE, CLEAR
    """Not a kind of file that is read."""
    FILE_NOT_YET_READ = "FILE_NOT_YET_READ", ERROR, REJECT, FILE, CLEAR
    """A known kind of file that this version cannot read (Word, Excel, email, image...)."""
    CORRECTION_REFUSED = "CORRECTION_REFUSED", ERROR, REJECT, FILE, CLEAR
    """A correction written by the coordinator that cannot be applied to the record as it is."""
    FILE_FOREIGN = "FILE_FOREIGN", ERROR, REJECT, FILE, CLEAR
    """Of a program whose files are not read; its owner can save it as one that is."""
    FILE_NOT_CONVERTED = "FILE_NOT_CONVERTED", ERROR, REJECT, FILE, CLEAR
    """Of an old or foreign kind, and the program that converts it is not installed."""
    FILE_CONVERTED = "FILE_CONVERTED", NOTE, REVIEW, FILE, POORLY_READ
    """Of an old or foreign kind: what was read is what a conversion made of it."""
    FILE_TOO_LARGE = "FILE_TOO_LARGE", ERROR, REJECT, FILE, CLEAR
    FILE_PROTECTED = "FILE_PROTECTED", ERROR, REVIEW, FILE, CLEAR
    FILE_UNLOCKED = "FILE_UNLOCKED", NOTE, NONE, FILE, CLEAR
    """Opened by a person with its password: what it held has a receipt of its own."""
    FILE_DAMAGED = "FILE_DAMAGED", ERROR, REJECT, FILE, CLEAR
    """Cannot be opened at all."""
    FILE_REPAIRED = "FILE_REPAIRED", ERROR, REVIEW, FILE, PARTLY_READ
    """Opens only after repair: answers may be lost."""
    FILE_LIMIT = "FILE_LIMIT", ERROR, REJECT, FILE, CLEAR
    """Reading was stopped by a limit (time, memory, number of fields)."""
    FILE_EXTENSION = "FILE_EXTENSION", NOTE, NONE, FILE, CLEAR
    """The name's extension does not fit the content."""
    FILE_LINKED = "FILE_LINKED", NOTE, NONE, FILE, CLEAR
    """Linked to another file: read as it stands, the link not followed."""
    FILE_NO_FIELDS = "FILE_NO_FIELDS", ERROR, REVIEW, FILE, CLEAR
    """A PDF without fields: printed, scanned or flattened."""
    FILE_FIELD_DATA = "FILE_FIELD_DATA", ERROR, REVIEW, FILE, PARTLY_READ
    """The answers of a form exported without it (FDF, XFDF): nothing shows what was on screen."""
    FILE_PRINTED = "FILE_PRINTED", ERROR, REVIEW, FILE, POORLY_READ
    """A form without fields, read where its answers are printed: a person confirms."""
    PRINTED_UNSURE = "PRINTED_UNSURE", QUERY, NONE, ANSWER, CLEAR
    """A printed answer that may be cut, misread or marked twice."""
    PRINTED_PARTLY = "PRINTED_PARTLY", ERROR, REVIEW, FORM, POORLY_READ
    """Of a printed form, only the marks or only the texts can be seen."""
    PAGES_MISSING = "PAGES_MISSING", ERROR, REVIEW, FORM, POORLY_READ
    """Pages of a printed form that are not there, or not whole."""
    FILE_SCANNED = "FILE_SCANNED", ERROR, REVIEW, FILE, POORLY_READ
    """A scan or a photo: never read, its answers are typed by a person or asked for anew."""
    PAGES_SCANNED = "PAGES_SCANNED", ERROR, REVIEW, FORM, PARTLY_READ
    """Some pages of a file are scans or photos: what stands on them was not read."""
    FILE_PHOTO_KIND = "FILE_PHOTO_KIND", ERROR, REJECT, FILE, CLEAR
    """An image of a kind that cannot be opened (HEIC): to be saved as JPEG or PDF."""
    FILE_XFA = "FILE_XFA", ERROR, REVIEW, FILE, PARTLY_READ
    FILE_UNSAFE = "FILE_UNSAFE", ERROR, REJECT, FILE, CLEAR
    """Holds macros, or embedded or linked objects: not opened."""
    CONTAINER = "CONTAINER", NOTE, NONE, FILE, CLEAR
    """An email or an archive: the files it holds have receipts of their own."""
    CONTAINER_EMPTY = "CONTAINER_EMPTY", ERROR, REJECT, FILE, CLEAR
    CONTAINER_CUT = "CONTAINER_CUT", ERROR, REVIEW, FILE, CLEAR
    """The end of an email is missing: files may be missing with it."""
    MESSAGE_TEXT = "MESSAGE_TEXT", NOTE, NONE, FILE, CLEAR
    """A message has words of its sender beside its files: counted, never read."""
    MESSAGE_ANSWERS = "MESSAGE_ANSWERS", NOTE, REVIEW, FILE, CLEAR
    """A message answers questions in its own words: proposed to a person, never applied."""
    MESSAGE_SIGNED = "MESSAGE_SIGNED", NOTE, NONE, FILE, CLEAR
    """A signature was opened for what it wraps, and not verified."""
    MESSAGE_ENCRYPTED = "MESSAGE_ENCRYPTED", ERROR, REJECT, FILE, CLEAR
    """For one reader alone (S/MIME, PGP): nothing of it can be read here."""
    MESSAGE_LINK = "MESSAGE_LINK", ERROR, REJECT, FILE, CLEAR
    """A file was not attached: the message holds the address where it lies."""
    INTERNAL_ERROR = "INTERNAL_ERROR", ERROR, REVIEW, FILE, CLEAR
    # The form
    FORM_UNKNOWN = "FORM_UNKNOWN", ERROR, REJECT, FORM, CLEAR
    """No stamp and no known field: another document."""
    FORM_OTHER_STUDY = "FORM_OTHER_STUDY", ERROR, REJECT, FORM, CLEAR
    FORM_VERSION_UNKNOWN = "FORM_VERSION_UNKNOWN", ERROR, REVIEW, FORM, CLEAR
    FORM_EMPTY = "FORM_EMPTY", ERROR, REJECT, FORM, CLEAR
    STAMP_CONFLICT = "STAMP_CONFLICT", ERROR, REVIEW, FORM, PARTLY_READ
    STAMP_MISSING = "STAMP_MISSING", NOTE, REVIEW, FORM, PARTLY_READ
    CENTRE_UNKNOWN = "CENTRE_UNKNOWN", NOTE, NONE, FORM, CLEAR
    CENTRE_MISMATCH = "CENTRE_MISMATCH", QUERY, NONE, FORM, CLEAR
    SENDER_CENTRE = "SENDER_CENTRE", NOTE, NONE, FORM, CLEAR
    """The email comes from another centre's address than the form's."""
    FIELD_MISSING = "FIELD_MISSING", ERROR, REVIEW, FORM, PARTLY_READ
    PART_LOST = "PART_LOST", ERROR, NONE, FORM, PARTLY_READ
    """A whole section or group of a converted file is gone: it is asked for again."""
    FIELD_UNKNOWN = "FIELD_UNKNOWN", QUERY, NONE, FORM, PARTLY_READ
    SHEET_UNKNOWN = "SHEET_UNKNOWN", ERROR, REVIEW, FORM, CLEAR
    """A query sheet of no record here, or one that was not made here."""
    SHEET_NOT_LAID = "SHEET_NOT_LAID", ERROR, REVIEW, FORM, CLEAR
    """A query sheet whose answers cannot be laid over its record."""
    FIELD_DUPLICATE = "FIELD_DUPLICATE", ERROR, REVIEW, FORM, PARTLY_READ
    SEVERAL_FORMS = "SEVERAL_FORMS", ERROR, REVIEW, FORM, PARTLY_READ
    READINGS_DISAGREE = "READINGS_DISAGREE", ERROR, REVIEW, ANSWER, PARTLY_READ
    ANSWER_UNSURE = "ANSWER_UNSURE", QUERY, NONE, ANSWER, PARTLY_READ
    """Read in one way only, but something odd stands at its place: it is to be confirmed."""
    CONTROL_LOST = "CONTROL_LOST", NOTE, NONE, FORM, CLEAR
    """Answers stand beside their places, or these are gone: read in the lines of the table."""
    TEXT_ELSEWHERE = "TEXT_ELSEWHERE", QUERY, NONE, FORM, PARTLY_READ
    """Words were added where the form has no place to answer in: not read."""
    CONTENT_ADDED = "CONTENT_ADDED", QUERY, NONE, ANSWER, PARTLY_READ
    """Words or a drawing stand on the page at or beside an answer, or in its margin."""
    PAGE_ADDED_TO = "PAGE_ADDED_TO", ERROR, REVIEW, FORM, PARTLY_READ
    """Pages were written or drawn over, or are none of the form's: a person looks at them."""
    TEXT_HIDDEN = "TEXT_HIDDEN", QUERY, NONE, ANSWER, CLEAR
    """An answer holds text that the page does not show."""
    TEXT_REVISED = "TEXT_REVISED", QUERY, NONE, ANSWER, PARTLY_READ
    """An answer lies in tracked changes: insertions are taken, deletions dropped."""
    UNDONE = "UNDONE", NOTE, REVIEW, FORM, CLEAR
    """It was loaded, and a person took that back: it waits for another decision."""
    LATE = "LATE", NOTE, NONE, FORM, CLEAR
    # The patient
    IDENTITY_INCOMPLETE = "IDENTITY_INCOMPLETE", ERROR, REVIEW, PATIENT, NO_PATIENT
    IDENTITY_TOO_LONG = "IDENTITY_TOO_LONG", ERROR, REVIEW, PATIENT, NO_PATIENT
    IDENTITY_NEAR = "IDENTITY_NEAR", ERROR, REVIEW, PATIENT, WHICH_PATIENT
    IDENTITY_OTHER_CENTRE = "IDENTITY_OTHER_CENTRE", ERROR, REVIEW, PATIENT, WHICH_PATIENT
    PATIENT_IN_DOUBT = "PATIENT_IN_DOUBT", ERROR, REVIEW, PATIENT, WHICH_PATIENT
    """The key of a known patient, but what cannot change differs, or too much does."""
    RECORD_WITHDRAWN = "RECORD_WITHDRAWN", ERROR, REVIEW, PATIENT, CLEAR
    """Of a patient whose record a person took out of the dataset."""
    PATIENT_OBJECTED = "PATIENT_OBJECTED", ERROR, REVIEW, PATIENT, CLEAR
    """Of a patient who objected, whose answers were deleted: nothing is read into a record."""
    IDENTITY_FOLDED = "IDENTITY_FOLDED", NOTE, NONE, PATIENT, CLEAR
    OBJECTION = "OBJECTION", ERROR, REVIEW, PATIENT, CLEAR
    DUPLICATE_FILE = "DUPLICATE_FILE", NOTE, NONE, FILE, CLEAR
    DUPLICATE_CONTENT = "DUPLICATE_CONTENT", NOTE, NONE, FILE, CLEAR
    REVISION = "REVISION", NOTE, NONE, FORM, CLEAR
    REVISION_OLDER = "REVISION_OLDER", ERROR, REVIEW, FORM, OLDER
    REVISION_UNDATED = "REVISION_UNDATED", ERROR, REVIEW, FORM, CLEAR
    """Nothing but the file system could tell which of two forms of a patient is the newer."""
    REVISION_PARTIAL = "REVISION_PARTIAL", ERROR, REVIEW, FORM, CLEAR
    """Most answers of the form that it would replace are not in it."""
    REVISION_VERSION = "REVISION_VERSION", ERROR, REVIEW, FORM, OLDER
    """Its version of the form does not ask all that the form that it would replace answers."""
    IDENTIFYING_TEXT = "IDENTIFYING_TEXT", ERROR, REVIEW, ANSWER, CLEAR
    STUDY_QUESTION = "STUDY_QUESTION", QUERY, NONE, ANSWER, CLEAR
    """Asked by a person of the study, in their own words; no file raises it."""
    # One answer
    REQUIRED = "REQUIRED", ERROR, NONE, ANSWER, CLEAR
    SECTION_INCOMPLETE = "SECTION_INCOMPLETE", ERROR, NONE, FORM, CLEAR
    HIDDEN_ANSWER = "HIDDEN_ANSWER", QUERY, NONE, ANSWER, CLEAR
    FURTHER_ROWS = "FURTHER_ROWS", QUERY, NONE, ANSWER, CLEAR
    """Rows beyond the printed ones are known, and the form does not say that there are any."""
    TEXT_UNSEEN = "TEXT_UNSEEN", ERROR, NONE, ANSWER, CLEAR
    """Holds characters that are not drawn everywhere, or that turn the order of the others."""
    NUMBER_UNREADABLE = "NUMBER_UNREADABLE", ERROR, NONE, ANSWER, CLEAR
    NUMBER_AMBIGUOUS = "NUMBER_AMBIGUOUS", ERROR, NONE, ANSWER, CLEAR
    NUMBER_APPROXIMATE = "NUMBER_APPROXIMATE", ERROR, NONE, ANSWER, CLEAR
    """About a number: ``~ 40``, ``env. 40``, ``40 ?``."""
    NUMBER_NOT_WHOLE = "NUMBER_NOT_WHOLE", ERROR, NONE, ANSWER, CLEAR
    NUMBER_TOO_LONG = "NUMBER_TOO_LONG", ERROR, NONE, ANSWER, CLEAR
    BOUND_KEPT = "BOUND_KEPT", NOTE, NONE, ANSWER, CLEAR
    BOUND_UNREADABLE = "BOUND_UNREADABLE", ERROR, NONE, ANSWER, CLEAR
    UNIT_CONVERTED = "UNIT_CONVERTED", NOTE, NONE, ANSWER, CLEAR
    UNIT_INEXACT = "UNIT_INEXACT", ERROR, NONE, ANSWER, CLEAR
    UNIT_UNKNOWN = "UNIT_UNKNOWN", ERROR, NONE, ANSWER, CLEAR
    UNIT_SUSPECTED = "UNIT_SUSPECTED", ERROR, NONE, ANSWER, CLEAR
    RANGE_HARD = "RANGE_HARD", ERROR, NONE, ANSWER, CLEAR
    RANGE_SOFT = "RANGE_SOFT", QUERY, NONE, ANSWER, CLEAR
    DATE_UNREADABLE = "DATE_UNREADABLE", ERROR, NONE, ANSWER, CLEAR
    DATE_IMPOSSIBLE = "DATE_IMPOSSIBLE", ERROR, NONE, ANSWER, CLEAR
    DATE_AMBIGUOUS = "DATE_AMBIGUOUS", ERROR, NONE, ANSWER, CLEAR
    DATE_SHORT_YEAR = "DATE_SHORT_YEAR", ERROR, NONE, ANSWER, CLEAR
    DATE_INCOMPLETE = "DATE_INCOMPLETE", ERROR, NONE, ANSWER, CLEAR
    """A full date is needed and only a month or a year was given."""
    DATE_OUT_OF_RANGE = "DATE_OUT_OF_RANGE", ERROR, NONE, ANSWER, CLEAR
    DATE_UNUSUAL = "DATE_UNUSUAL", QUERY, NONE, ANSWER, CLEAR
    DAY_WANTED = "DAY_WANTED", QUERY, NONE, ANSWER, CLEAR
    TIME_UNREADABLE = "TIME_UNREADABLE", ERROR, NONE, ANSWER, CLEAR
    TIME_AMBIGUOUS = "TIME_AMBIGUOUS", ERROR, NONE, ANSWER, CLEAR
    """``8h``, ``08.05``, ``24:00``: a person may mean more than one time."""
    TIME_OUT_OF_RANGE = "TIME_OUT_OF_RANGE", ERROR, NONE, ANSWER, CLEAR
    TIME_UNUSUAL = "TIME_UNUSUAL", QUERY, NONE, ANSWER, CLEAR
    CHOICE_UNKNOWN = "CHOICE_UNKNOWN", ERROR, NONE, ANSWER, CLEAR
    CHOICE_EXCLUSIVE = "CHOICE_EXCLUSIVE", ERROR, NONE, ANSWER, CLEAR
    CHOICE_BY_LABEL = "CHOICE_BY_LABEL", NOTE, NONE, ANSWER, CLEAR
    TICK_UNREADABLE = "TICK_UNREADABLE", ERROR, NONE, ANSWER, CLEAR
    TEXT_LENGTH = "TEXT_LENGTH", ERROR, NONE, ANSWER, CLEAR
    TEXT_PATTERN = "TEXT_PATTERN", ERROR, NONE, ANSWER, CLEAR
    REASON_AMBIGUOUS = "REASON_AMBIGUOUS", NOTE, NONE, ANSWER, CLEAR
    REASON_NOT_ALLOWED = "REASON_NOT_ALLOWED", ERROR, NONE, ANSWER, CLEAR
    SHEET_UNCLEAR = "SHEET_UNCLEAR", QUERY, NONE, ANSWER, CLEAR
    """A sheet confirms an answer and gives another, or takes one away: left as it was."""
    SHEET_LATE = "SHEET_LATE", QUERY, NONE, ANSWER, CLEAR
    """A sheet speaks of an answer that a newer return changed: left as it is."""
    FIXED_CHANGED = "FIXED_CHANGED", ERROR, NONE, ANSWER, CLEAR
    RULE_ERROR = "RULE_ERROR", ERROR, REVIEW, FORM, CLEAR
    CORRECTION_UNDONE = "CORRECTION_UNDONE", QUERY, NONE, ANSWER, CLEAR
    """A newer form gives again the answer that a person had corrected."""
    # One cell of a workbook
    CELL_FORMULA = "CELL_FORMULA", QUERY, NONE, ANSWER, CLEAR
    """The answer is the stored result of a formula."""
    CELL_FORMULA_EMPTY = "CELL_FORMULA_EMPTY", ERROR, NONE, ANSWER, PARTLY_READ
    """A formula whose result was never stored."""
    CELL_ERROR = "CELL_ERROR", ERROR, NONE, ANSWER, PARTLY_READ
    """The cell holds an error of the program, such as ``#N/A``."""
    CELL_DATE_CONVERTED = "CELL_DATE_CONVERTED", NOTE, NONE, ANSWER, CLEAR
    """A number of days was read as the date it stands for."""
    CELL_TIME_CONVERTED = "CELL_TIME_CONVERTED", NOTE, NONE, ANSWER, CLEAR
    """A part of a day was read as the time of day that its cell shows."""
    CELL_DATE_TURNED = "CELL_DATE_TURNED", QUERY, NONE, ANSWER, CLEAR
    """A date that its cell shows month first: who read it day first saw another day."""
    CELL_DATE_UNSURE = "CELL_DATE_UNSURE", ERROR, NONE, ANSWER, PARTLY_READ
    """The program made a date, or a time, of what was typed."""
    CELL_SHOWN_OTHERWISE = "CELL_SHOWN_OTHERWISE", ERROR, NONE, ANSWER, PARTLY_READ
    """The cell's format may show another value than the one it holds."""
    CELL_MERGED = "CELL_MERGED", ERROR, NONE, ANSWER, PARTLY_READ
    CELLS_BY_CODE = "CELLS_BY_CODE", NOTE, NONE, FORM, CLEAR
    """Cells that lost their names were found by their visible codes."""


def engine_code(code: str) -> FindingCode | None:
    """Return the engine's own code that a finding bears; None for a rule's id."""
    return FindingCode.__members__.get(code)


def doubt_of(code: str) -> Doubt:
    """Return the doubt that a finding's code brings; a rule's brings none."""
    known = engine_code(code)
    return known.doubt if known is not None else Doubt.CLEAR


def is_missing_answer(code: str) -> bool:
    """Say whether a finding asks for an answer that is not there: only an answer can give it."""
    return code in (
        FindingCode.REQUIRED,
        FindingCode.SECTION_INCOMPLETE,
        FindingCode.PART_LOST,
    )


def is_partly_read(code: str) -> bool:
    """Say whether a file with such a finding may hold more than was read."""
    return doubt_of(code) in (Doubt.PARTLY_READ, Doubt.POORLY_READ)


def awaits_decision(code: str) -> bool:
    """Say whether a finding keeps its file until a person has decided."""
    known = engine_code(code)
    return known is not None and known.effect is Effect.REVIEW


def needs_reason(code: str) -> bool:
    """Say whether loading a file with such a finding goes against what the program sees."""
    match doubt_of(code):
        case Doubt.PARTLY_READ | Doubt.POORLY_READ | Doubt.OLDER:
            return True
        case Doubt.CLEAR | Doubt.WHICH_PATIENT | Doubt.NO_PATIENT:
            return False
        case unknown:
            assert_never(unknown)


def finding_of(
    code: FindingCode,
    context: Mapping[str, str] | None = None,
    *,
    severity: Severity | None = None,
    location: Location | None = None,
    items: tuple[str, ...] = (),
) -> Finding:
    """Return an engine finding, of its code's severity unless another is given."""
    return Finding(
        code=code,
        severity=severity or code.severity,
        context=context or {},
        location=location,
        items=items,
    )
