"""A real workspace in a folder, to drop files in and process them, with demo answers."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from intake.demo.fill_pdf import fill_by_hand
from intake.demo.returns import fill_in
from intake.model.definition import FormDefinition
from intake.model.receipt import Receipt
from intake.model.run import Run
from intake.pipeline.desk import Desk
from intake.ports import LowerRung
from intake.wiring.app import App
from intake.wiring.setup import set_up_workspace
from intake.workspace.places import CENTRES_EXAMPLE, CENTRES_FILE
from tests.kit import blanks
from tests.kit.fakes.inprocess import InProcess
from tests.kit.kept import kept
from tests.kit.places import DEMO, DM_SAM, ROOT


def the_form() -> FormDefinition:
    """Return the shipped form's definition."""
    return blanks.definition()


def blank(centre: str | None = "ZAA", language: str = "fr", schema: Path = DM_SAM) -> bytes:
    """Return the blank form of a centre."""
    return blanks.blank(schema, language=language, centre=centre)


def demo_answers(number: str = "01", **changed: str) -> dict[str, str]:
    """Return a fictional patient's answers by address; an empty text removes an answer."""
    answers = json.loads((DEMO / f"{number}.json").read_text(encoding="utf-8"))
    return {name: text for name, text in {**answers, **changed}.items() if text}


@cache
def _filled(
    answers: tuple[tuple[str, str], ...], centre: str | None, language: str, schema: Path
) -> bytes:
    empty = blank(centre, language, schema)
    asked = (answers, centre, language, schema.relative_to(ROOT))
    return kept("pdf", *asked, make=lambda: fill_by_hand(empty, dict(answers)))


def filled(
    answers: Mapping[str, str] | None = None,
    *,
    centre: str | None = "ZAA",
    language: str = "fr",
    schema: Path = DM_SAM,
) -> bytes:
    """Return a form filled by PDFium with a patient's answers (the first demo patient's)."""
    written = demo_answers() if answers is None else answers
    return _filled(tuple(sorted(written.items())), centre, language, schema)


@cache
def _empty(schema: Path) -> Path:
    """Return a workspace with centres and an empty store, made once: copying it is quicker."""
    holder = tempfile.TemporaryDirectory(prefix="office-")
    atexit.register(holder.cleanup)
    folder = Path(holder.name) / "empty"
    set_up_workspace(folder)
    for path in (folder / "schemas" / DM_SAM.parent.name).glob("*.json"):
        if path.name != DM_SAM.name:  # what is tested on it is told of that version
            path.unlink()
    shutil.copy(schema, folder / "schemas" / DM_SAM.parent.name)
    shutil.copy(folder / CENTRES_EXAMPLE, folder / CENTRES_FILE)
    App.open(folder).store.close()
    return folder


@dataclass
class Office:
    """A workspace and what its last runs gave."""

    folder: Path
    dropped: int = 0
    receipts: list[Receipt] = field(default_factory=list)
    schema: Path = DM_SAM

    def __post_init__(self) -> None:
        """Make the workspace."""
        shutil.copytree(_empty(self.schema), self.folder, dirs_exist_ok=True)

    @cached_property
    def app(self) -> App:
        """Open the workspace once; commands of the tests open it anew."""
        return App.open(self.folder)

    def change_study(self, **days: str) -> None:
        """Write other days in the calendar of study.toml, by their key, and open it anew."""
        path = self.folder / "study.toml"
        text = path.read_text(encoding="utf-8")
        for key, day in days.items():
            text = re.sub(rf"(?m)^{key} = .*$", f"{key} = {day}", text)
        path.write_text(text, encoding="utf-8")
        self.__dict__.pop("app", None)

    def fill_in(self) -> None:
        """Write fictional values where a new workspace has placeholders; open it anew."""
        fill_in(self.folder)
        self.__dict__.pop("app", None)

    def drop(self, name: str, content: bytes) -> None:
        """Put a file in the inbox, after those already there."""
        path = self.folder / "inbox" / name
        path.write_bytes(content)
        self.dropped += 1
        os.utime(path, (1_700_000_000 + self.dropped, 1_700_000_000 + self.dropped))

    def run(self) -> Run:
        """Process the inbox once."""
        run = self.app.process(lambda _receipt, _total: None, InProcess())
        self.receipts += run.receipts
        return run

    def send(self, name: str, content: bytes) -> Receipt:
        """Drop one file, process it and return its receipt."""
        self.drop(name, content)
        (receipt,) = self.run().receipts
        return receipt

    def dataset(self, name: str) -> str:
        """Return one file of the dataset as it stands in the outbox."""
        return (self.folder / "outbox" / "dataset" / name).read_text(encoding="utf-8-sig")


def with_rungs(desk: Desk, *rungs: LowerRung) -> Desk:
    """Return a desk that has these other ways, and no others, to look into a file."""
    return replace(desk, reading=replace(desk.reading, rungs=rungs))


def codes(receipt: Receipt) -> list[str]:
    """Return the codes of a receipt's findings."""
    return [finding.code for finding in receipt.findings]
