"""The list of centres as documents: its lines, and what is to be mended or looked at in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from intake.model.local_text import LocalText
from intake.study.centre_file import CentreRow, centre_rows
from intake.study.centre_table import not_spoken
from intake.study.centres import examine, read_centre_file
from intake.study.doubts import centre_doubts
from intake.wiring.app import App
from intake.words.told import told
from intake.workspace.left_to_fill import left_lines, left_to_fill
from intake.workspace.places import CENTRES_FILE


@dataclass(frozen=True, slots=True)
class CheckedCentres:
    """What was found in ``centres.csv``, in every language."""

    count: int
    faults: tuple[LocalText, ...]
    """Lines that cannot be used as they are."""
    left: tuple[LocalText, ...]
    """Lines that hold a placeholder, those of study.toml too: nothing is sent before."""
    doubts: tuple[LocalText, ...]
    """Lines to look at again."""

    @property
    def is_usable(self) -> bool:
        """Say whether everything can be sent as the list is."""
        return not self.faults and not self.left

    @property
    def document(self) -> Mapping[str, Any]:
        """Return all of it, ready for JSON."""
        return {name: value for name, value in asdict(self).items() if name != "count"} | {
            "centres": self.count
        }


def check_centres(app: App) -> CheckedCentres:
    """Look through the list of centres. Raises StudyError when it cannot be taken by lines."""
    rows = centre_rows(read_centre_file(app.places.centres), CENTRES_FILE)
    found = examine(rows)
    return CheckedCentres(
        count=len(found.centres),
        faults=found.faults(CENTRES_FILE),
        left=left_lines(left_to_fill(app.places, app.study)),
        doubts=(
            *_expected_of_nobody(app, rows),
            *(text for _, text in not_spoken(rows, app.study.study.languages)),
            *(d.text for d in centre_doubts(rows)),
        ),
    )


def _expected_of_nobody(app: App, rows: Iterable[CentreRow]) -> Iterator[LocalText]:
    """Yield the centres of which study.toml expects patients and which the list has not."""
    listed = {row.cells["id"] for row in rows}
    for centre in app.study.expected.centres:
        if centre not in listed:
            yield told("setup.centres.expected", centre=centre)


def list_centres(app: App) -> list[dict[str, str]]:
    """Return the centres in the order of the list. Raises StudyError."""
    return [asdict(centre) for centre in app.centres]
