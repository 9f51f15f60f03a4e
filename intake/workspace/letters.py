"""The templates of letters: those of the workspace, else those the program ships."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from intake.study.letters import Letter, parse_letter
from intake.workspace.new import shipped_folder
from intake.workspace.places import LETTERS

_OF_WINDOWS = ("desktop.ini", "thumbs.db")
"""Hidden files that Windows writes into any folder: the second holds pictures of the others."""


def letter_named(root: Path, name: str, language: str) -> Letter | None:
    """Return a template in a language; None where neither the workspace nor we have one.

    Raises StudyError for a template that cannot be understood.
    """
    file = f"{name}.{language}.txt"
    for folder in (root / LETTERS, shipped_folder() / LETTERS):
        path = folder / file
        if path.is_file():
            return parse_letter(path.read_bytes(), str(path), language)
    return None


def call_text(root: Path, language: str) -> Letter | None:
    """Return the study's call; None without one. Only the workspace's: a call is of one study."""
    path = root / LETTERS / f"call.{language}.txt"
    return parse_letter(path.read_bytes(), str(path), language) if path.is_file() else None


def own_attachments(root: Path) -> Mapping[str, bytes]:
    """Return the files that go with every pack, by name: ``letters/attachments``."""
    folder = root / LETTERS / "attachments"
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return {path.name: path.read_bytes() for path in files if _is_ones_own(path.name)}


def _is_ones_own(name: str) -> bool:
    """Say whether a person put a file there, and not Windows, Word or a Mac."""
    return not name.startswith((".", "~")) and name.casefold() not in _OF_WINDOWS
