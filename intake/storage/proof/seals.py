"""Seals: keyed and salted hashes that prove what is stored unchanged, and tell nothing.

They stand in the audit chain in the place of the answers. Once the answers and the salt of
a receipt are deleted, its seals mean nothing any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from intake.storage.database.codec import canonical
from intake.storage.proof.pseudonym import Pseudonyms

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the tables hold of one receipt, as texts; None for what is not there."""

    salt: str | None
    body: str
    payload: str | None
    identifying: tuple[tuple[str, int, str], ...]
    """Item, row and JSON of each identifying answer."""


def new_salt() -> str:
    """Return a random salt for one receipt."""
    return secrets.token_hex(_SALT_BYTES)


def reason_seal(pseudonyms: Pseudonyms, salt: str, reason: str) -> str:
    """Return the seal of the reason a person gave."""
    return pseudonyms.keyed_hash(canonical([salt, "reason", reason]))


def seals(pseudonyms: Pseudonyms, kept: Kept) -> Mapping[str, str]:
    """Return the seal of each part that is there; none without salt."""
    if kept.salt is None:
        return {}
    parts = {"body": kept.body}
    if kept.payload is not None:
        parts["payload"] = kept.payload
    if kept.identifying:
        parts["identifying"] = canonical(sorted(kept.identifying))
    salted = {name: canonical([kept.salt, name, text]) for name, text in parts.items()}
    return {name: pseudonyms.keyed_hash(text) for name, text in salted.items()}
