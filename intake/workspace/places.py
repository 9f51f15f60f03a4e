"""A workspace: the folder that holds ``study.toml``, and where its parts stand.

Nothing is created here; what ``init`` creates is planned in ``new_workspace``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from intake.model.errors import StudyError
from intake.study.settings import STUDY_FILE, Study
from intake.words.told import told

LETTERS = "letters"
"""The folder of the letters' templates."""
CENTRES_FILE = "centres.csv"
CENTRES_EXAMPLE = "centres.example.csv"
OUTBOX_PARTS = ("receipts", "dataset", "mail", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The places of one workspace. They may not exist yet."""

    root: Path
    inbox: Path
    outbox: Path
    archive: Path
    schemas: Path
    form_templates: Path
    key: Path
    """The key of the pseudonyms."""
    store_url: str = field(repr=False)  # it may hold a password
    """Database URL; a file of the workspace becomes an absolute ``sqlite:///`` URL."""

    @property
    def centres(self) -> Path:
        """Return the centres' file."""
        return self.root / CENTRES_FILE

    @property
    def work(self) -> Path:
        """Return where returned files lie while another program has them; emptied by each run."""
        return self.archive / "work"

    @property
    def sheets(self) -> Path:
        """Return where query sheets are kept as they were made."""
        return self.archive / "sheets"

    @property
    def queries(self) -> Path:
        """Return the folder of the query sheets to send."""
        return self.outbox / "queries"

    @property
    def receipts(self) -> Path:
        """Return the folder of the receipts."""
        return self.outbox / "receipts"

    @property
    def status(self) -> Path:
        """Return the page that says what is left to do."""
        return self.outbox / "status.html"

    @property
    def dataset(self) -> Path:
        """Return the folder of the dataset."""
        return self.outbox / "dataset"

    @property
    def behind(self) -> Path:
        """Return the note that stands beside a dataset which is older than the store."""
        return self.dataset / "PAS-A-JOUR_NOT-UP-TO-DATE.txt"

    @property
    def mail(self) -> Path:
        """Return the folder of the replies and reminders."""
        return self.outbox / "mail"

    @property
    def freezes(self) -> Path:
        """Return the folder of the frozen datasets."""
        return self.outbox / "freezes"

    @property
    def review(self) -> Path:
        """Return the folder of what a person must decide."""
        return self.outbox / "review"


def find_workspace(start: Path) -> Path:
    """Return the nearest folder, from ``start`` upwards, with a study. Raises StudyError."""
    folder = start.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / STUDY_FILE).is_file():
            return candidate
    raise StudyError(told("setup.study.absent_above", source=str(folder)))


def locate(root: Path, study: Study) -> Workspace:
    """Return the places of a workspace as its settings say."""
    root = root.absolute()
    folders = study.folders
    return Workspace(
        root=root,
        inbox=root / folders.inbox,
        outbox=root / folders.outbox,
        archive=root / folders.archive,
        schemas=root / folders.schemas,
        form_templates=root / folders.form_templates,
        key=root / study.privacy.key,
        store_url=store_address(root, study.store.url),
    )


def store_address(root: Path, written: str) -> str:
    """Return the URL of a store named as in ``study.toml``: a file of the workspace, or a URL."""
    if "://" in written:
        return written
    return f"sqlite:///{(root / written).as_posix()}"
