"""Opening the workspace a command works in; apart, because it loads the whole program."""

from __future__ import annotations

from pathlib import Path

from intake.study.workspace import find_workspace
from intake.wiring.app import App


def open_workspace(folder: Path) -> App:
    """Open the workspace at or above a folder. Raises StudyError."""
    return App.open(find_workspace(folder))
