"""The digest of a submission's answers: what was answered, not how or where.

The same answers in another format, language or layout of the file have the same digest.
"""

from __future__ import annotations

import hashlib
import json

from intake.model.definition import MissingReason
from intake.model.submission import Submission, Value, value_text
from intake.words.spelling import fold


def content_digest(submission: Submission) -> str:
    """Return the SHA-256 of the form, its version and the answers.

    Forms are compared by it: of a record, give the answers that its form prints.
    """
    answers = sorted(_answer(v) for v in submission.values if v.missing is not MissingReason.NA)
    content = [submission.form, submission.version, answers]
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _answer(value: Value) -> tuple[str, int, str, str]:
    """Return an answer's place, kind and text; what is held back counts as written."""
    row = value.row or 0
    if value.value is not None:
        return (value.item, row, "value", value_text(value.value))
    if value.bound is not None:
        return (value.item, row, "bound", value.bound)
    if value.missing is MissingReason.ERR:
        return (value.item, row, "held", fold(value.raw))
    return (value.item, row, "missing", value.missing.value if value.missing else "")
