"""A correction as bytes, and back: one line of JSON that begins with what it is. Pure."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from intake.model.correction import RecordCorrection
from intake.model.receipt import Correction

MOST_BYTES = 1 << 16
_KIND = ("crf-intake", "correction")
_TEXTS = ("form", "record_id", "subject", "by", "reason", "seal")
_BEGINS = b'{"crf-intake":"correction",'


def correction_bytes(correction: RecordCorrection) -> bytes:
    """Return the document: the same correction, the same bytes."""
    document: dict[str, Any] = {_KIND[0]: _KIND[1]}
    document |= {name: getattr(correction, name) for name in _TEXTS}
    document |= {"revision": correction.revision, "at": correction.at.isoformat()}
    document["answers"] = [[answer.place, answer.text] for answer in correction.answers]
    return json.dumps(document, separators=(",", ":")).encode("ascii")


def to_be_sealed(correction: RecordCorrection) -> str:
    """Return the text that a correction's seal is of: the document without it."""
    return correction_bytes(replace(correction, seal="")).decode("ascii")


def is_correction(beginning: bytes) -> bool:
    """Say whether some bytes begin as a correction does."""
    return beginning.startswith(_BEGINS)


def read_correction(content: bytes) -> RecordCorrection | None:
    """Return the correction of a document; None for any other bytes, whatever they are."""
    if len(content) > MOST_BYTES or not is_correction(content):
        return None
    try:
        held = json.loads(content)
        correction = RecordCorrection(
            **{name: str(held[name]) for name in _TEXTS},
            revision=int(held["revision"]),
            at=dt.datetime.fromisoformat(held["at"]),
            answers=tuple(Correction(str(place), str(text)) for place, text in held["answers"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return correction if correction_bytes(correction) == content else None
