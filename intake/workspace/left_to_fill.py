"""What a workspace still has to fill in before anything is sent to a centre.

The one place that decides it: forms of centres, query sheets and letters all ask here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from intake.model.errors import StudyError
from intake.model.local_text import LocalText
from intake.study.centre_file import centre_rows
from intake.study.centres import read_centre_file
from intake.study.placeholders import LeftToFill, centres_left, study_left
from intake.study.settings import STUDY_FILE, Study
from intake.words.told import together, told
from intake.workspace.places import CENTRES_FILE, Workspace


def left_to_fill(
    places: Workspace, study: Study, centres: Collection[str] | None = None
) -> tuple[LeftToFill, ...]:
    """Return the lines of study.toml and centres.csv that hold a placeholder, in file order.

    Args:
        places: the workspace, whose files are read anew.
        study: its settings.
        centres: the centres written to, by id; None for every one.

    Raises:
        StudyError: a file cannot be read.
    """
    content = (places.root / STUDY_FILE).read_bytes()
    rows = centre_rows(read_centre_file(places.centres), str(places.centres))
    return (
        *study_left(study, content, STUDY_FILE),
        *centres_left(rows, CENTRES_FILE, centres),
    )


def require_filled(places: Workspace, study: Study, centres: Collection[str] | None = None) -> None:
    """Raise StudyError, which names every line left, unless all is filled in."""
    left = left_to_fill(places, study, centres)
    if left:
        raise StudyError(told("setup.left.refused", lines=together(left_lines(left))))


def left_lines(left: Iterable[LeftToFill]) -> tuple[LocalText, ...]:
    """Return one line of text for each place that is left."""
    return tuple(
        told("setup.left.line", file=one.file, line=str(one.line), place=one.place, text=one.text)
        for one in left
    )
