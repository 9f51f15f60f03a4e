"""The secret key of a study's store, and what is made with it.

Record ids are keyed hashes: without the key nobody can find a patient by trying letters
and dates. The key file lives outside the data and must be kept as long as the store.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from intake.model.errors import StoreFault, StoreUnavailable
from intake.model.record import PatientKey
from intake.storage.proof.private_file import write_private

KEY_BYTES = 32
RECORD_ID_LENGTH = 16
_BLOCK_DIGITS = 15
"""Of 60 bits, a whole number that any database holds; what shares one by chance is compared."""
_KEY_TEXT = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Keyed hashes of one study."""

    key: bytes = field(repr=False)

    def record_id(self, form: str, patient: PatientKey) -> str:
        """Return the id of a patient's record of a form: the same for ever, with this key."""
        rank = (f"#{patient.rank}",) if patient.rank > 1 else ()
        return self._hash("record", form, *patient.parts, *rank)[:RECORD_ID_LENGTH]

    def keyed_hash(self, text: str) -> str:
        """Return a hash by which a text can be recognised, with the key only."""
        return self._hash("text", text)

    def block(self, form: str, parts: int, pieces: Iterable[tuple[int, int, str]]) -> int:
        """Return a number by which keys of so many parts are found that share some pieces."""
        digest = self._hash("block", form, str(parts), json.dumps(list(pieces)))
        return int(digest[:_BLOCK_DIGITS], 16)

    def link(self, before: str, row: str) -> str:
        """Return the hash of a row of the audit chain, which covers the one before."""
        return self._hash("link", before, row)

    def seal(self, part: str, rows: str) -> str:
        """Return the proof that some rows of the store are as they were written."""
        return self._hash("seal", part, rows)

    def signature(self, text: str) -> str:
        """Return the proof that a document was written with this key."""
        return self._hash("document", text)

    def _hash(self, purpose: str, *parts: str) -> str:
        """Hash parts so that no two lists of parts, nor two purposes, give the same input."""
        message = json.dumps([purpose, *parts]).encode("ascii")
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


def read_key(path: Path) -> Pseudonyms | None:
    """Return the key of a file, None when there is no file. Raises StoreUnavailable."""
    try:
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        raise _damaged(path) from problem
    if not _KEY_TEXT.fullmatch(text):
        raise _damaged(path)
    return Pseudonyms(bytes.fromhex(text))


def create_key(path: Path) -> Pseudonyms:
    """Write a new random key, readable by its owner alone where the system knows owners."""
    key = secrets.token_bytes(KEY_BYTES)
    write_private(path, key.hex() + "\n")
    return Pseudonyms(key)


def _damaged(path: Path) -> StoreUnavailable:
    told = {"file": str(path), "digits": str(2 * KEY_BYTES)}
    return StoreUnavailable(StoreFault.KEY_DAMAGED, **told)
