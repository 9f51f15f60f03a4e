"""A study's course: every act on a workspace, done once and kept to be done again elsewhere.

Files come from the archive when the course is gone through again: what was kept is enough.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from intake.model.receipt import Correction, Receipt
from intake.pipeline.desk import Desk
from intake.pipeline.review import correct as correcting
from intake.wiring.recheck import recheck_study
from intake.wiring.sheets import WantedSheet, write_sheet
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.office import Office
from tests.kit.places import SCHEMAS
from tests.whole.study.patients import CENTRES

Act = Callable[[Office], object]
WHY = "vu avec le centre au téléphone"


@dataclass
class Course:
    """A workspace at work, and all that was done in it."""

    office: Office
    acts: list[Act] = field(default_factory=list)
    typed: int = 0
    """Acts of the coordinator that answered a question of a centre."""

    def __post_init__(self) -> None:
        """Let the study have its own centres."""
        self.do(_with_centres)

    def do(self, act: Act) -> object:
        """Do something in the workspace and keep it."""
        self.acts.append(act)
        return act(self.office)

    def arrive(self, files: Mapping[str, bytes]) -> list[Receipt]:
        """Receive files in one run; the originals of the archive are kept as the act."""
        receipts = _arrive(files, self.office)
        self.acts.append(partial(_arrive, self._originals(receipts)))
        return receipts

    def decide(self, decision: Callable[..., Receipt], *arguments: object) -> Receipt:
        """Take a decision of the coordinator."""
        receipt = self.do(partial(_decide, decision, arguments))
        assert isinstance(receipt, Receipt)
        return receipt

    def correct(self, subject: str, code: str, text: str) -> Receipt:
        """Give one answer to a record; its document is kept as the act."""
        given = [Correction(code, text)]
        receipt = _decide(correcting.correct, (subject, given, WHY), self.office)
        self.acts.append(partial(_arrive, self._originals([receipt])))
        self.typed += 1
        return receipt

    def sheet(self, subject: str) -> bytes:
        """Make the sheet of what is asked of a patient, as its centre gets it."""
        content = self.do(partial(_sheet, subject))
        assert isinstance(content, bytes)
        return content

    def again(self, office: Office) -> Office:
        """Do all of it in another workspace."""
        for act in self.acts:
            act(office)
        return office

    def _originals(self, receipts: Iterable[Receipt]) -> dict[str, bytes]:
        archive = self.office.app.archive
        return {r.source.name: archive.path(r.source).read_bytes() for r in receipts}


def new_version(office: Office) -> None:
    """Publish the second version and ask its rules of every record."""
    shutil.copy(SCHEMAS / "dm-sam" / "1.1.0.json", office.folder / "schemas" / "dm-sam")
    office.__dict__.pop("app", None)
    recheck_study(office.app, ask_new=False, keeps=True)


def _with_centres(office: Office) -> None:
    lines = [f"{name};{name};Centre fictif {name};dermatologie;" for name in CENTRES]
    text = "\n".join(["id;letters;name;specialty;email", *lines])
    (office.folder / "centres.csv").write_text(f"{text}\n", encoding="utf-8")


def _arrive(files: Mapping[str, bytes], office: Office) -> list[Receipt]:
    for name, content in files.items():
        office.drop(name, content)
    return list(office.run().receipts)


def _decide(
    decision: Callable[..., Receipt], arguments: Sequence[object], office: Office
) -> Receipt:
    def taken(desk: Desk) -> Receipt:
        return decision(desk, *arguments)

    return office.app.at_work(taken, InProcess())


def _sheet(subject: str, office: Office) -> bytes:
    return write_sheet(office.app, WantedSheet(record=subject)).path.read_bytes()
