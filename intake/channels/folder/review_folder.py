"""What the coordinator alone sees: one folder for each file in review, gone when it is decided."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from intake.channels.files import write_atomically
from intake.model.definition import FormDefinition
from intake.model.file.picture import PagePicture
from intake.model.receipt import Receipt
from intake.model.record import Entry

PAGE = "index.html"
RenderReview = Callable[[Entry, FormDefinition | None, tuple[PagePicture, ...]], bytes]


class ReviewFolder:
    """Write pages under ``<folder>/<receipt>/`` (``ports.ReviewPages``)."""

    def __init__(self, root: Path, render: RenderReview) -> None:
        """Remember the folder and how a page is made."""
        self._root = root
        self._render = render

    def page(self, receipt_id: str) -> Path:
        """Return where the page of a file is while the file waits."""
        return self._root / receipt_id / PAGE

    def show(
        self,
        entry: Entry,
        definition: FormDefinition | None,
        pictures: tuple[PagePicture, ...],
    ) -> None:
        """Write the page and its pictures, the page last; drop pictures no longer shown."""
        page = self.page(entry.receipt.id)
        files = {picture.name: picture.png for picture in pictures}
        files[PAGE] = self._render(entry, definition, pictures)
        for name, content in files.items():
            path = page.with_name(name)
            if not path.is_file() or path.read_bytes() != content:
                write_atomically(path, content)
        for path in page.parent.iterdir():
            if path.name not in files:
                path.unlink()

    def withdraw(self, receipt: Receipt) -> None:
        """Delete a file's folder, if there is one."""
        folder = self.page(receipt.id).parent
        if folder.is_dir():
            shutil.rmtree(folder)
