"""Closing the study: what is pending, then a frozen dataset and its report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.channels.files import write_atomically
from intake.formats.pdf.write.typesetting import typeset_text
from intake.reports.paper import pdf_of
from intake.reports.study.closing import (
    RECORDS,
    Closed,
    closing_document,
    closing_paper,
    pending,
    pending_lines,
)
from intake.wiring.app import App
from intake.wiring.audit import require_whole
from intake.wiring.conduct.freezing import choose, freeze
from intake.words.catalogue import Words
from intake.words.shown import utf8

NAME = "closing"


@dataclass(frozen=True, slots=True)
class Closing:
    """A study that was closed: its report as data, and where everything stands."""

    document: dict[str, Any]
    dataset: Path
    report: Path


def what_is_pending(app: App) -> list[dict[str, Any]]:
    """Return what is not finished, and how many; what waits in the inbox too."""
    found = pending(app.status())
    waiting = [path for path in app.places.inbox.glob("*") if path.is_file()]
    unread = [path for path in waiting if not path.name.startswith(".")]
    return [*found, {"what": "process", "count": len(unread)}] if unread else found


def pending_in_words(found: list[dict[str, Any]], words: Words) -> list[str]:
    """Return what is not finished in words, and how many."""
    return list(pending_lines(found, words))


def close(app: App, *, with_late: bool, profile: str) -> Closing:
    """Freeze the dataset and write the closing report beside the frozen ones.

    All is verified before. Raises StoreUnavailable.
    """
    with app.locked():
        require_whole(app.audit())
        chosen = choose(app, with_late=with_late)
        frozen = freeze(app, chosen, profile)
        closed = Closed(
            number=frozen.number,
            sha256=frozen.sha256,
            records=frozen.files[RECORDS],
            late=chosen.late,
            cut_back=chosen.cut_back,
        )
        document = closing_document(app.status(), closed)
        report = _write(app, document, frozen.folder.name)
        app.refresh()
    return Closing(document, frozen.folder, report)


def _write(app: App, document: dict[str, Any], name: str) -> Path:
    folder = app.places.outbox / "report"
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    write_atomically(folder / f"{NAME}-{name}.json", utf8(text))
    paper = closing_paper(document, Words(app.study.language))
    path = folder / f"{NAME}-{name}.pdf"
    write_atomically(path, pdf_of(paper, typeset_text))
    return path
