"""Making a workspace: the planned files, and the key of the pseudonyms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from intake.storage.proof.pseudonym import create_key
from intake.study.settings import load_study
from intake.workspace.new import Written, shipped_files, write_workspace
from intake.workspace.places import locate


def set_up_workspace(root: Path) -> Written:
    """Create what is missing in a folder, its key included; overwrite nothing.

    Raises StudyError when the folder cannot be written or holds a wrong study.toml.
    """
    done = write_workspace(root, shipped_files())
    places = locate(root, load_study(root))
    name = str(places.key)
    if places.key.is_relative_to(places.root):
        name = places.key.relative_to(places.root).as_posix()
    if places.key.exists():
        return replace(done, kept=(*done.kept, name))
    create_key(places.key)
    return replace(done, created=(*done.created, name))
