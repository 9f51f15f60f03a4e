"""One opened workspace: its study, forms, store and the use cases on them.

Everything concrete is chosen here and nowhere else; no decision about data is taken here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from intake.channels.files import write_for_owner
from intake.channels.folder.archive import FolderArchive
from intake.channels.folder.inbox import FolderInbox
from intake.channels.folder.outbox import FolderOutbox, Render
from intake.channels.folder.parts import made_of, remember
from intake.channels.folder.private import PrivateFolder
from intake.channels.folder.record_files import RecordFiles
from intake.channels.folder.review_folder import ReviewFolder
from intake.checks.checker import checker_for
from intake.execution.lacks import lacks
from intake.exports.dataset import Dataset, dataset_files, dataset_of
from intake.exports.refresh import is_current, program_digest, refresh
from intake.formats.registry import readers
from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError
from intake.model.file.picture import PagePicture
from intake.model.mail.letters import Letters
from intake.model.receipt import Receipt, SourceFile
from intake.model.record import Entry
from intake.model.run import Progress, Run
from intake.pipeline.desk import Desk, Keeping, StudyFacts, StudyForms
from intake.pipeline.returns.deliver import definition_of
from intake.pipeline.returns.process import process_inbox
from intake.pipeline.sheets.known_sheets import FormsAndSheets
from intake.ports import Executor
from intake.privacy.guard import file_name_holds_identity
from intake.reports.pages import receipt_page, review_page
from intake.reports.receipt.next_steps import Addressed
from intake.reports.receipt.receipt_json import receipt_document, receipt_json
from intake.reports.review.review_view import Waiting
from intake.reports.study.collected import Collected
from intake.reports.study.receipts_list import MOST_SHOWN, receipts_list
from intake.reports.study.status import status_document
from intake.reports.study.status_page import MOST_SHOWN as MOST_PATIENTS
from intake.reports.study.status_page import status_page
from intake.storage.store import SqlStore
from intake.study.centres import Centre, load_centres
from intake.study.settings import Study, load_study
from intake.wiring.audit import audit_document, history_document
from intake.wiring.cluster import opened_elsewhere
from intake.wiring.conduct.account import letters_of, read_ledger
from intake.wiring.known_sides import known_sides
from intake.wiring.reading import (
    accounting_for,
    blanks_of,
    file_reading,
    limited_executor,
    rungs_for_forms,
    study_words,
)
from intake.wiring.study.person import account, known_name
from intake.wiring.study.state import collected
from intake.wiring.study.turns import outbox_turn, run_turn, say_behind
from intake.words.shown import utf8
from intake.workspace.form_library import SchemaLibrary
from intake.workspace.left_to_fill import left_to_fill
from intake.workspace.places import Workspace, find_workspace, locate

T = TypeVar("T")


def now() -> dt.datetime:
    """Return the aware current time."""
    return dt.datetime.now(dt.UTC).astimezone()


@dataclass(frozen=True)
class App:
    """A workspace with its settings read; the store is opened when first needed."""

    places: Workspace
    study: Study
    by: str = ""
    """Who takes the decisions, as they gave their name; else the account of the computer."""
    puts_off: bool = False
    """A decision leaves the outbox to ``catch_up``, which the caller has done soon after."""

    @classmethod
    def open(cls, root: Path) -> App:
        """Read the settings of a workspace. Raises StudyError."""
        study = load_study(root)
        return cls(locate(root, study), study)

    @classmethod
    def around(cls, folder: Path) -> App:
        """Open the workspace at or above a folder. Raises StudyError."""
        return cls.open(find_workspace(folder))

    @cached_property
    def forms(self) -> SchemaLibrary:
        """Return the published form versions. Raises DefinitionError."""
        return SchemaLibrary(self.places.schemas, self.places.form_templates)

    @property
    def printed_forms(self) -> FormsAndSheets:
        """Return the published form versions and the query sheets made of records."""
        return FormsAndSheets(self.forms, lambda: self.store)

    @property
    def definition(self) -> FormDefinition:
        """Return the newest version of the study's form. Raises DefinitionError."""
        newest = self.forms.latest(self.study.form)
        if newest is None:
            raise DefinitionError(
                f"{self.places.schemas / self.study.form}: no schema of the form named in"
                " study.toml. Put one there, such as 1.0.0.json."
            )
        return newest

    @cached_property
    def centres(self) -> tuple[Centre, ...]:
        """Return the centres of ``centres.csv``. Raises StudyError."""
        return load_centres(self.places.centres)

    @cached_property
    def store(self) -> SqlStore:
        """Return the opened store. Raises StoreUnavailable."""
        return SqlStore(self.places.store_url, self.places.key, self.forms.get, now, self.who)

    @property
    def who(self) -> str:
        """Return who works, for the audit chain: the name given, else the computer's account."""
        return self.by or known_name() or account()

    @property
    def outbox(self) -> FolderOutbox:
        """Return where receipts and the dataset are written."""
        renderers: dict[str, Render] = {
            "receipt.json": receipt_json,
            "receipt.html": self._receipt_page,
        }
        return FolderOutbox(self.places.outbox, renderers)

    @property
    def review_pages(self) -> ReviewFolder:
        """Return where the coordinator's pages of files in review are written."""
        return ReviewFolder(self.places.review, self._review_page)

    def process(self, progress: Progress, executor: Executor | None = None) -> Run:
        """Process the inbox, then refresh the dataset, under the workspace's lock."""

        def done(desk: Desk) -> Run:
            return process_inbox(replace(desk, reading=elsewhere(desk.reading)), progress)

        with opened_elsewhere(self.study, self.places.root) as elsewhere:
            return self.at_work(done, executor)

    def refresh(self) -> None:
        """Write the dataset, the list of receipts and the status, the workspace being held."""
        with outbox_turn(self.places):
            self.rewrite()
            self.places.behind.unlink(missing_ok=True)

    @property
    def is_behind(self) -> bool:
        """Say whether the dataset in the outbox is older than the store, or is not as written."""
        return not is_current(self.store, self._dataset_files)

    @property
    def _dataset_files(self) -> RecordFiles:
        return RecordFiles(self.places.dataset, self.places.archive / "dataset.parts")

    def rewrite(self) -> None:
        """Rewrite of dataset, list and status what is older than the store, in the outbox's turn.

        Others may decide meanwhile: what is decided then is left for the next time.
        """
        refresh(self._dataset("analysis"), self.store, self._dataset_files)
        if made_of(self._pages, self.places.root) != self._status_is_made_of():
            self.write_status()

    def write_status(self) -> Path:
        """Write what is left to do, and the list of receipts; return where the first stands."""
        newest = self.store.counts.newest(MOST_SHOWN)
        index = receipts_list(newest, self._receipts, self.study.language)
        write_for_owner(self.places.receipts / "index.html", utf8(index))
        today = now().date()
        shown = self._collected(MOST_PATIENTS)
        page = status_page(shown, self.study, centres=self.centres, today=today)
        write_for_owner(self.places.status, utf8(page))
        written = (self.places.status, self.places.receipts / "index.html")
        names = [str(path) for path in written]  # the outbox may stand elsewhere
        remember(self._pages, self.places.root, self._status_is_made_of(), names)
        return self.places.status

    @property
    def _pages(self) -> Path:
        return self.places.archive / "status.made"

    def _status_is_made_of(self) -> dict[str, str]:
        """Return what tells when the state of the study must be written again."""
        settings = (self.study, self.centres, left_to_fill(self.places, self.study))
        told = [self.store.head, now().date().isoformat(), program_digest(), repr(settings)]
        return {"all": hashlib.sha256("\n".join(told).encode()).hexdigest()}

    def _receipts(self, numbers: Collection[str]) -> Iterator[Receipt]:
        return (stored.receipt for stored in self.store.receipts(numbers))

    def dataset(self, profile: str) -> dict[str, bytes]:
        """Return the dataset's files in a profile, by name, made anew of all records."""
        versions = self._dataset(profile).form.versions
        records = self.store.records(self.study.form)
        return dict(dataset_files(records, self.store.receipts(), versions, profile=profile))

    def codebook(self) -> bytes:
        """Return the codebook of the whole dataset. Raises DefinitionError."""
        return self._dataset("full").codebook

    def _dataset(self, profile: str) -> Dataset:
        versions = (d for d in self.forms.definitions() if d.id == self.study.form)
        return dataset_of(versions, profile)

    def audit(self) -> dict[str, Any]:
        """Verify the store and the originals, whole. Raises StoreUnavailable for the store."""
        return audit_document(self.store, self.archive, self.is_safe_name)

    def history(self, record: str) -> dict[str, Any]:
        """Return what happened to a record, by its number or id. Raises DecisionRefused."""
        return history_document(self.store, record)

    def receipt_document(self, receipt: Receipt) -> dict[str, Any]:
        """Return a receipt as its JSON document."""
        return receipt_document(receipt, definition_of(self.printed_forms, receipt))

    def status(self) -> dict[str, object]:
        """Return what is left to do, centres, counts, what this system cannot take from readers."""
        found, today = self._collected(), now().date()
        document = status_document(found, self.study, centres=self.centres, today=today)
        unheld = [lack.value for lack in lacks()]
        return {**document, "dataset_is_behind": self.is_behind, "not_taken_away": unheld}

    @property
    def letters(self) -> Letters:
        """Return what is known of the messages to centres."""
        return letters_of(read_ledger(self.store))

    def _collected(self, most: int | None = None) -> Collected:
        """Gather the state of the study, counted, or of its first patients."""
        return replace(
            collected(self.store, self.study.form, self.letters, most),
            left=left_to_fill(self.places, self.study),
            definitions=self.forms.get,
        )

    @property
    def archive(self) -> FolderArchive:
        """Return where originals are kept."""
        return FolderArchive(self.places.archive / "originals")

    @property
    def _private(self) -> PrivateFolder:
        """Return where returned files are taken while they are worked on; never the key."""
        keys = [path for path in (self.places.key,) if path.is_file()]
        return PrivateFolder(
            self.places.archive / "taken",
            self.study.limits.file_megabytes << 20,
            frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in keys),
        )

    def at_work(
        self, work: Callable[[Desk], T], executor: Executor | None = None, *, at_once: bool = False
    ) -> T:
        """Do some work at the desk, then refresh the dataset, under the workspace's lock.

        ``at_once`` puts nothing off. Files are read behind the study's limits, where no other
        executor is given.
        """
        limited: AbstractContextManager[Executor]
        limited = nullcontext(executor) if executor else limited_executor(self.study.limits)
        with self.acting(at_once=at_once), limited as used:
            return work(self.desk(used))

    @contextmanager
    def acting(self, *, at_once: bool = False) -> Iterator[None]:
        """Hold the workspace for an act, then refresh the outbox; or say there that it waits."""
        with self.locked():
            if self.puts_off and not at_once:
                say_behind(self.places, self.study.language)
                yield
            else:
                yield
                self.refresh()

    def desk(self, executor: Executor) -> Desk:
        """Return what processing needs, made of the real adapters.

        Raises DefinitionError before any file is touched.
        """
        definitions = self.forms.definitions()
        forms = self.printed_forms
        blanks = blanks_of(self.places, self.study, forms)
        rungs = rungs_for_forms(executor, forms, blanks)
        return Desk(
            reading=file_reading(
                executor,
                self.study.limits,
                self.places.work,
                *rungs,
                accounting=accounting_for(executor, self.places, self.study, forms),
            ),
            study=StudyForms(
                forms=forms,
                readers=readers(study_words(self.places, self.study, definitions)),
                checker_for=checker_for,
                is_safe_name=self.is_safe_name,
                facts=self._facts(),
            ),
            keeping=Keeping(
                inbox=FolderInbox(self.places.inbox, self._private, now),
                archive=self.archive,
                store=self.store,
                outbox=self.outbox,
                review=self.review_pages,
            ),
            clock=now,
            by=self.who,
        )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace for one run, swept of what a cut-off one left.

        Raises StoreUnavailable when another run holds it.
        """
        with run_turn(self.places), self.store.only_run():
            yield

    def _facts(self) -> StudyFacts:
        return StudyFacts(
            language=self.study.language,
            opening_date=self.study.calendar.opens,
            closing_date=self.study.calendar.closes,
            centres={centre.id: centre.letters for centre in self.centres},
            addresses={centre.id: centre.email for centre in self.centres if centre.email},
        )

    def _receipt_page(self, receipt: Receipt, definition: FormDefinition | None) -> bytes:
        language = receipt.language or self.study.language
        return utf8(receipt_page(receipt, definition, language, self.addressed(receipt)))

    def addressed(self, receipt: Receipt) -> Addressed:
        """Return what a receipt tells its centre beside what is in it."""
        reasons = self.store.reasons(receipt.id) if receipt.decisions else ()
        return Addressed(self.study.reply_to, reasons[-1] if reasons else "")

    def _review_page(
        self, entry: Entry, definition: FormDefinition | None, pictures: tuple[PagePicture, ...]
    ) -> bytes:
        waiting = Waiting(
            entry=entry,
            definition=definition,
            pictures=pictures,
            original=self._from_review(entry.receipt.source),
            known=tuple(known_sides(self.store, entry.receipt, self._from_review)),
        )
        return utf8(review_page(waiting, self.study.language))

    def _from_review(self, source: SourceFile) -> str:
        """Return an original's address for a link on a page in review: it moves with the study."""
        path = self.archive.path(source)
        try:
            return Path(os.path.relpath(path, self.places.review / "receipt")).as_posix()
        except ValueError:  # another drive of Windows
            return path.as_uri()

    def is_safe_name(self, name: str) -> bool:
        """Say whether a file's name is of words of forms and of this study, and tells nobody."""
        known = {self.study.form, *self.study.study.title.values()}
        known |= {word for centre in self.centres for word in (centre.id, centre.letters)}
        return not file_name_holds_identity(name, known)
