"""Opening the workspace a command works in; apart, because it loads the whole program."""

from __future__ import annotations

from pathlib import Path

from intake.wiring.app import App
from intake.workspace.places import find_workspace


def open_workspace(folder: Path) -> App:
    """Open the workspace at or above a folder. Raises StudyError."""
    return App.open(find_workspace(folder))
