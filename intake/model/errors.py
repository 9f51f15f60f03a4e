"""Exceptions: for unreadable files, wrong set-up and bugs; never for data.

UnreadableFile      this file cannot be read; becomes a receipt
ChangedFile         this file changed while it was read; left for the next run
SetupError          something a person must mend before work can go on
  StudyError        study.toml, centres or keys
    AnswersRefused  what was typed for study.toml
  DefinitionError   a form schema
  RecordRefused     a record that cannot be written in a form
  StoreUnavailable  store or folder not reachable, or audit broken
  ClusterUnavailable  the machines that are to read files
  PartMissing     a part of the program that is installed apart
DecisionRefused     a person's decision that cannot be taken as it was given
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode
from intake.model.local_text import LocalText


class UnreadableFile(Exception):
    """A file that gives no answers; ``code`` says why."""

    def __init__(self, code: FindingCode, context: Mapping[str, str] | None = None) -> None:
        """Keep the code and the context of its message."""
        super().__init__(code, dict(context or {}))
        self.code = code
        self.context = dict(context or {})


def over_limit(limit: str) -> UnreadableFile:
    """Return the refusal of a file that passes a limit: ``pages``, ``size``, ``fields``..."""
    return UnreadableFile(FindingCode.FILE_LIMIT, {"limit": limit})


class ChangedFile(Exception):
    """A file whose bytes changed between two looks: it is left where it is."""


class SetupError(Exception):
    """Something to mend before the program can work; the text says what to do.

    ``text`` has it in each language that has words; as a text, the error is English.
    """

    def __init__(self, text: LocalText | str) -> None:
        """Keep the text, in several languages or, as a text, in English."""
        self.text: LocalText = {"en": text} if isinstance(text, str) else text
        super().__init__(self.text["en"])


class StudyError(SetupError):
    """``study.toml``, ``centres.csv`` or the keys are missing or wrong."""


class AnswersRefused(StudyError):
    """What was typed for the study cannot be taken; nothing of it was."""

    def __init__(self, text: LocalText, faults: Mapping[str, LocalText]) -> None:
        """Keep the fault of each question beside the whole, by the key of its line."""
        super().__init__(text)
        self.faults = dict(faults)


class DefinitionError(SetupError):
    """A form schema cannot be used."""


class RecordRefused(SetupError):
    """A record given to fill in a form holds what the form cannot take."""


class StoreFault(StrEnum):
    """Why the store cannot be worked with; the words are in ``intake.words``."""

    BAD_ADDRESS = "bad_address"
    UNSUPPORTED = "unsupported"
    NO_FOLDER = "no_folder"
    IN_USE = "in_use"
    READ_ONLY = "read_only"
    NO_PERMISSION = "no_permission"
    CANNOT_OPEN = "cannot_open"
    NOT_A_STORE = "not_a_store"
    SOMETHING_ELSE = "something_else"
    NEWER = "newer"
    DAMAGED = "damaged"
    DISK_FULL = "disk_full"
    DISK_SILENT = "disk_silent"
    RUN_UNDER_WAY = "run_under_way"
    SAVED_TWICE = "saved_twice"
    NOT_WRITTEN = "not_written"
    NOT_READ = "not_read"
    KEY_DAMAGED = "key_damaged"
    KEY_MISSING = "key_missing"
    KEY_OTHER = "key_other"
    OLDER_COPY = "older_copy"
    CHAIN_LINK = "chain_link"
    CHAIN_ROWS = "chain_rows"
    CHAIN_MORE_ROWS = "chain_more_rows"
    CHAIN_NEWEST = "chain_newest"
    CHAIN_RECEIPT = "chain_receipt"
    CHAIN_REASONS = "chain_reasons"
    CHAIN_QUERIES = "chain_queries"
    ORIGINAL_OTHER = "original_other"
    ORIGINAL_MISSING = "original_missing"
    ORIGINALS_NOT_WHOLE = "originals_not_whole"
    SERVER_NO_EXTRA = "server_no_extra"
    SERVER_ABSENT = "server_absent"
    SERVER_STARTING = "server_starting"
    SERVER_NO_PASSWORD = "server_no_password"  # noqa: S105 - why a store is not open, no secret
    SERVER_PASSWORD = "server_password"  # noqa: S105 - the same
    SERVER_REFUSES = "server_refuses"
    SERVER_NO_DATABASE = "server_no_database"
    SERVER_NO_SCHEMA = "server_no_schema"
    SERVER_NO_RIGHTS = "server_no_rights"
    SERVER_OLD = "server_old"
    SERVER_ENCODING = "server_encoding"
    SERVER_LOST = "server_lost"
    SERVER_BUSY = "server_busy"
    SERVER_IN_USE = "server_in_use"
    SERVER_READ_ONLY = "server_read_only"
    SERVER_RUN_ELSEWHERE = "server_run_elsewhere"
    NO_STORE = "no_store"
    NOT_EMPTY = "not_empty"
    COPY_DIFFERS = "copy_differs"


class StoreUnavailable(SetupError):
    """The store or a folder cannot be reached, or its audit chain is broken."""

    def __init__(self, why: StoreFault, **context: str) -> None:
        """Keep why, and what the sentence mentions: places and numbers, never an answer."""
        super().__init__(" ".join((why.value, *context.values())))
        self.why = why
        self.context = context


class ClusterFault(StrEnum):
    """Why files cannot be read on the cluster; the words are in ``intake.words``."""

    NO_EXTRA = "no_extra"
    UNREACHABLE = "unreachable"
    CERTIFICATES = "certificates"
    NOT_ENCRYPTED = "not_encrypted"
    NO_WORKERS = "no_workers"
    NO_PROGRAM = "no_program"
    OTHER_PROGRAM = "other_program"
    WRITES_TO_DISK = "writes_to_disk"
    NO_CHILD = "no_child"
    LOST = "lost"


class ClusterUnavailable(SetupError):
    """The machines that are to read the files cannot; what is saved stays saved."""

    def __init__(self, why: ClusterFault, **context: str) -> None:
        """Keep why, and what the sentence mentions: addresses and versions, never a file."""
        super().__init__(" ".join((why.value, *context.values())))
        self.why = why
        self.context = context


class PartMissing(SetupError):
    """What was asked needs a part of the program that is not installed."""

    def __init__(self, extra: str) -> None:
        """Keep the name of the extra."""
        super().__init__(f"part missing: {extra}")
        self.extra = extra


class MailFault(StrEnum):
    """Why a mail server, or what leads to it, refuses; the words are in ``intake.words``."""

    NO_SETTINGS = "no_settings"
    NO_EXTRA = "no_extra"
    NO_SECRET = "no_secret"  # noqa: S105 - why mail is refused, no secret
    NO_TOKEN = "no_token"  # noqa: S105 - the same
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    NOT_ENCRYPTED = "not_encrypted"
    LOGIN = "login"
    NO_PASSWORDS = "no_passwords"
    CLOSED_TO_PROGRAMS = "closed_to_programs"
    SENDER = "sender"
    RECIPIENT = "recipient"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    FOLDER = "folder"
    CONTENT = "content"
    OTHER = "other"

    @property
    def is_of_one_message(self) -> bool:
        """Say whether another message may well be taken."""
        cls = MailFault
        return self in (cls.RECIPIENT, cls.TOO_LARGE, cls.CONTENT)


class MailRefused(SetupError):
    """A mail server did not take something; it is known that nothing was sent."""

    def __init__(self, why: MailFault, **context: str) -> None:
        """Keep why, and what the sentence mentions: a server, its code; never a secret."""
        super().__init__(" ".join((why.value, *context.values())))
        self.why = why
        self.context = context


class MailUnsure(Exception):
    """The connection was lost after a message was given: nobody knows whether it left."""


class Refusal(StrEnum):
    """Why a decision of the coordinator is not taken; the words are in ``intake.words``."""

    UNKNOWN_RECEIPT = "unknown_receipt"
    NOT_IN_REVIEW = "not_in_review"
    IS_A_SHEET = "is_a_sheet"
    IS_A_CONTAINER = "is_a_container"
    NOTHING_READ = "nothing_read"
    NOT_PROTECTED = "not_protected"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - why a decision is refused, no secret
    CANNOT_UNLOCK = "cannot_unlock"
    NEEDS_PART = "needs_part"
    NOT_UNLOCKED = "not_unlocked"
    OBJECTED = "objected"
    KEY_MISSING = "key_missing"
    PATIENT_IN_DOUBT = "patient_in_doubt"
    ALREADY_LOADED = "already_loaded"
    UNKNOWN_PATIENT = "unknown_patient"
    OTHER_PATIENT = "other_patient"
    MOVES_PATIENT = "moves_patient"
    NOTHING_ASKED = "nothing_asked"
    NOTHING_TO_MERGE = "nothing_to_merge"
    NOT_MERGED = "not_merged"
    OLDER_VERSION = "older_version"
    ROWS_NOT_KEPT = "rows_not_kept"
    UNKNOWN_PLACE = "unknown_place"
    PRINTED_PLACE = "printed_place"
    EMPTY_VALUE = "empty_value"
    SHEET_OTHER_VERSION = "sheet_other_version"
    TWO_ANSWERS = "two_answers"
    MESSAGE_LATE = "message_late"
    NOTHING_CHANGES = "nothing_changes"
    KEY_CHANGED = "key_changed"
    WITHDRAWN = "withdrawn"
    NOT_CURRENT = "not_current"
    ALREADY_SENT = "already_sent"
    NOT_UNDONE = "not_undone"
    NOT_A_TABLE = "not_a_table"
    NOT_UNDERSTOOD = "not_understood"
    REASON_NEEDED = "reason_needed"
    REASON_IDENTIFIES = "reason_identifies"
    UNKNOWN_QUERY = "unknown_query"
    QUERY_CLOSED = "query_closed"
    QUERY_NOT_CLOSED = "query_not_closed"
    QUERY_NEEDS_WORDS = "query_needs_words"
    CONFIRMS_NO_ANSWER = "confirms_no_answer"
    CONFIRMS_MISSING = "confirms_missing"
    CONFIRMS_HELD_BACK = "confirms_held_back"
    NO_MESSAGE = "no_message"
    LIST_CHANGED = "list_changed"


class DecisionRefused(Exception):
    """A decision that cannot be taken: why, and what the sentence mentions."""

    def __init__(self, why: Refusal, finding: Finding | None = None, **context: str) -> None:
        """Keep what the words need; ``finding`` says what is wrong with an answer."""
        super().__init__(why)
        self.why = why
        self.finding = finding
        self.context = context
