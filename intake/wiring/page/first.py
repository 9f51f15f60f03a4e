"""Whether a folder holds a study yet."""

from __future__ import annotations

from pathlib import Path

from intake.model.errors import StudyError
from intake.workspace.places import find_workspace


def has_study(folder: Path) -> bool:
    """Say whether there is a study at or above a folder, right or wrong."""
    try:
        find_workspace(folder)
    except StudyError:
        return False
    return True
