"""The end of the audit chain, remembered outside the store: beside the key.

A chain proves itself unchanged, never that nothing was cut off its end, nor that it is the
newest copy. This file does. It is written after each transaction: after a power cut it may be
behind, or gone (then all is verified), never ahead.
"""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import Connection

from intake.model.errors import StoreFault, StoreUnavailable
from intake.storage.proof import audit
from intake.storage.proof.audit import Head
from intake.storage.proof.private_file import write_private
from intake.storage.proof.pseudonym import Pseudonyms


class Witness:
    """What is known of the chain's end, and the file that keeps it."""

    def __init__(self, key: Path) -> None:
        """Read the file beside a key: of ``pseudonym.key``, ``pseudonym.head.json``."""
        self.path = key.with_name(f"{key.stem}.head.json")
        self.head: Head | None = None
        self.look()

    def look(self) -> None:
        """Read the file again. Raises StoreUnavailable when it cannot be read."""
        try:
            kept = json.loads(self.path.read_bytes())
            self.head = Head(int(kept["seq"]), str(kept["hash"]))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            self.head = None  # as if it had been lost: all is verified then
        except OSError as problem:
            told = {"file": str(self.path), "reason": str(problem.strerror)}
            raise StoreUnavailable(StoreFault.NOT_READ, **told) from problem

    def follow(self, connection: Connection, pseudonyms: Pseudonyms) -> Head:
        """Return where the chain ends now. Raises StoreUnavailable unless it goes on from here.

        To be asked before a transaction is committed, and at each opening.
        """
        newest = audit.after(connection, pseudonyms, self.head) if self.head else None
        if newest is None:
            raise self.refusal()
        return newest

    def keep(self, head: Head) -> None:
        """Write down where the chain ends, after the transaction. Raises StoreUnavailable."""
        if head != self.head:
            text = json.dumps({"seq": head.seq, "hash": head.hash}) + "\n"
            write_private(self.path, text, is_synced=False)
            self.head = head

    def refusal(self) -> StoreUnavailable:
        """Return the error of a store that lacks what this program has written."""
        told = {"line": str(self.head), "file": str(self.path)}
        return StoreUnavailable(StoreFault.OLDER_COPY, **told)
