"""Moving the study's store to another database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from intake.storage.copying import copy_store
from intake.storage.database.opening import without_password
from intake.wiring.app import App, now
from intake.wiring.study.turns import RUN_LOCK
from intake.workspace.lock import only_one
from intake.workspace.places import store_address


def copy_to(app: App, source: str, target: str) -> dict[str, Any]:
    """Copy a store into an empty one, both named as in ``study.toml``; say what was copied.

    ``url`` is the new one's address, without a password. Raises StoreUnavailable.
    """
    root = app.places.root
    with only_one(app.places.archive / RUN_LOCK):
        copied = copy_store(
            store_address(root, source), store_address(root, target), app.places.key, now
        )
    shown = without_password(target) if "://" in target else target
    return {"url": shown, **asdict(copied)}
