"""A program that saves entries and says so, to be run beside others or killed at any moment."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from intake.storage.store import SqlStore
from tests.rooms.storage.forms import definitions, key, loaded, rejected

PATIENTS = (key("AB"), key("CD"), key("EF", place="PAR"))


def save_many(url: str, key_file: Path, name: str, count: int, said: Connection) -> None:
    """Save entries of three patients; after each one is saved, say its number."""
    store = SqlStore(url, key_file, definitions)
    for number in range(count):
        content = f"{name} {number}"
        patient = PATIENTS[number % 3]
        receipt = store.save(rejected(content) if number % 5 == 4 else loaded(content, patient))
        said.send(receipt.id)
    store.close()
