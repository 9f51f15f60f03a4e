"""A program that saves entries and says so, to be run beside others or killed at any moment.

``python -m tests.storage.saver URL KEY NAME COUNT``: COUNT entries of three patients; after
each one is saved, its number on a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from intake.storage.store import SqlStore
from tests.storage.forms import definitions, key, loaded, rejected

PATIENTS = (key("AB"), key("CD"), key("EF", place="PAR"))


def main(url: str, key_file: str, name: str, count: str) -> None:
    store = SqlStore(url, Path(key_file), definitions)
    for number in range(int(count)):
        content = f"{name} {number}"
        patient = PATIENTS[number % 3]
        receipt = store.save(rejected(content) if number % 5 == 4 else loaded(content, patient))
        sys.stdout.write(receipt.id + "\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
