"""The folder people read: one folder a receipt, the dataset beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from intake.channels.files import write_atomically
from intake.model.definition import FormDefinition
from intake.model.receipt import Receipt

LATER = "receipt.pdf"
"""The receipt for paper: made when a reply is drafted, and no longer true once it changes."""
Render = Callable[[Receipt, FormDefinition | None], bytes]


class FolderOutbox:
    """Write receipts under ``<folder>/receipts/<date>-<receipt>/``."""

    def __init__(self, root: Path, renderers: Mapping[str, Render]) -> None:
        """Remember the folder and how each file of a receipt is made, by file name."""
        self._root = root
        self._renderers = renderers

    def deliver(self, receipt: Receipt, definition: FormDefinition | None) -> None:
        """Write the receipt's files; a second delivery writes the same files."""
        for name, render in self._renderers.items():
            write_atomically(self.folder(receipt) / name, render(receipt, definition))
        (self.folder(receipt) / LATER).unlink(missing_ok=True)

    def folder(self, receipt: Receipt) -> Path:
        """Return where a receipt's files are."""
        return self._root / "receipts" / receipt.folder
