"""Proving the whole: the store against its chain, the originals against their digests.

What a person is shown of it, as data: no answer, no reason, no name that a file came with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from intake.channels.folder.archive import Condition, FolderArchive, Noticed
from intake.model.errors import DecisionRefused, Refusal, StoreFault, StoreUnavailable
from intake.storage.rows.history import Happened
from intake.storage.store import SqlStore

VERIFIED, BROKEN = "verified", "broken"


def audit_document(
    store: SqlStore, archive: FolderArchive, is_safe_name: Callable[[str], bool]
) -> dict[str, Any]:
    """Return what a whole verification found. Raises StoreUnavailable for a broken chain."""
    store.verify()
    noticed = tuple(archive.examine(store.originals(), store.originals(in_containers=True)))
    is_broken = any(one.condition is not Condition.UNCLAIMED for one in noticed)
    return {
        "audit": BROKEN if is_broken else VERIFIED,
        "head": store.head,
        "originals": [_told(one, is_safe_name) for one in noticed],
    }


def require_whole(document: Mapping[str, Any]) -> None:
    """Stop what identifies patients from leaving an archive that is not whole.

    Raises StoreUnavailable.
    """
    if document["audit"] == BROKEN:
        raise StoreUnavailable(StoreFault.ORIGINALS_NOT_WHOLE)


def history_document(store: SqlStore, record: str) -> dict[str, Any]:
    """Return what happened to a record, by its number or its id. Raises DecisionRefused."""
    try:
        events = store.history(record)
    except KeyError:
        raise DecisionRefused(Refusal.UNKNOWN_PATIENT, patient=record) from None
    return {"record": record, "events": [_event(event) for event in events]}


def _event(event: Happened) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at.isoformat(),
        "by": event.by,
        "event": event.event,
        "receipt": event.receipt,
        **event.detail,
    }


def _told(noticed: Noticed, is_safe_name: Callable[[str], bool]) -> dict[str, str]:
    """Return what is wrong with a file; the name of a stranger may hold anything."""
    folder, _, name = noticed.path.rpartition("/")
    is_plain = name.isascii() and name.isprintable() and is_safe_name(name)
    is_known = noticed.condition is not Condition.STRANGER
    shown = noticed.path if is_known or is_plain else f"{folder}/?"
    return {"condition": noticed.condition.value, "file": shown}
