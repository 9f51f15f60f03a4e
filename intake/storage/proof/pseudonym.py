"""The secret key of a study's store, and what is made with it.

Record ids are keyed hashes: without the key nobody can find a patient by trying letters
and dates. The key file lives outside the data and must be kept as long as the store.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from intake.model.errors import StoreUnavailable
from intake.model.record import PatientKey

KEY_BYTES = 32
RECORD_ID_LENGTH = 16
_KEY_TEXT = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Keyed hashes of one study."""

    key: bytes = field(repr=False)

    def record_id(self, form: str, patient: PatientKey) -> str:
        """Return the id of a patient's record of a form: the same for ever, with this key."""
        return self._hash("record", form, *patient.parts)[:RECORD_ID_LENGTH]

    def keyed_hash(self, text: str) -> str:
        """Return a hash by which a text can be recognised, with the key only."""
        return self._hash("text", text)

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
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as stream:
            stream.write(key.hex() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as problem:
        raise StoreUnavailable(
            f"The key file {path} cannot be written ({problem.strerror}). "
            "Check the folder and its permissions."
        ) from problem
    return Pseudonyms(key)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _damaged(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        f"The key file {path} cannot be read: it must hold {2 * KEY_BYTES} hexadecimal digits. "
        "Put back the copy kept with your backups."
    )
