"""What ``init`` writes in a folder to make it a workspace.

The plan is pure (names and bytes); ``write_workspace`` carries it out and overwrites
nothing. The key of the pseudonyms is made by the storage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.model.errors import StudyError
from intake.study.centre_file import COLUMNS
from intake.study.settings import STUDY_FILE
from intake.workspace.batch import batch_files
from intake.workspace.places import CENTRES_EXAMPLE, CENTRES_FILE, LETTERS, OUTBOX_PARTS

IGNORE_FILE = ".gitignore"
_PRIVATE_FOLDERS = ("keys",)
_FOLDERS = (
    "inbox",
    *(f"outbox/{part}" for part in OUTBOX_PARTS),
    "archive",
    "schemas",
    "form_templates",
    *_PRIVATE_FOLDERS,
)
_IGNORES = """\
# A workspace's data and secrets never enter version control.
/inbox/*
/outbox/*
/archive/*
/keys/
*.key
centres.csv
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What ``init`` did: names relative to the workspace, folders ending in ``/``."""

    created: tuple[str, ...]
    completed: tuple[str, ...]
    """Files that were there and received missing lines."""
    kept: tuple[str, ...]


def init_files(shipped: Mapping[str, bytes], *, version_control: bool) -> Mapping[str, bytes]:
    """Return the files of a new workspace by relative name. Pure.

    Args:
        shipped: study.toml, centres.example.csv, ``schemas/...`` and ``letters/...`` of the
            distribution.
        version_control: whether the folder is inside a git tree.
    """
    files = {
        STUDY_FILE: shipped[STUDY_FILE],
        CENTRES_FILE: (";".join(COLUMNS) + "\n").encode(),
        CENTRES_EXAMPLE: shipped[CENTRES_EXAMPLE],
        **batch_files(),
    }
    beside = ("schemas/", f"{LETTERS}/")
    files |= {name: shipped[name] for name in sorted(shipped) if name.startswith(beside)}
    if version_control:
        files[IGNORE_FILE] = _IGNORES.encode()
    return files


def write_workspace(root: Path, shipped: Mapping[str, bytes]) -> Written:
    """Create what is missing in ``root`` and overwrite nothing. Raises StudyError."""
    created: list[str] = []
    completed: list[str] = []
    kept: list[str] = []
    try:
        root.mkdir(parents=True, exist_ok=True)
        for folder in _FOLDERS:
            (created if _make_folder(root, folder) else kept).append(f"{folder}/")
        files = init_files(shipped, version_control=in_git_tree(root))
        for name, content in files.items():
            if _write_new(root / name, content):
                created.append(name)
            elif name == IGNORE_FILE and _complete(root / name, content):
                completed.append(name)
            else:
                kept.append(name)
    except OSError as error:
        raise StudyError(
            f"{error.filename or root}: cannot be created ({error.strerror})."
        ) from None
    return Written(tuple(created), tuple(completed), tuple(kept))


def shipped_files() -> Mapping[str, bytes]:
    """Return the study, centres, schemas and letters that the program is distributed with."""
    source = shipped_folder()
    names = [STUDY_FILE, CENTRES_EXAMPLE]
    for pattern in ("schemas/*/*.json", f"{LETTERS}/*.txt"):
        names += [path.relative_to(source).as_posix() for path in sorted(source.glob(pattern))]
    return {name: (source / name).read_bytes() for name in names}


def shipped_folder() -> Path:
    """Return where the distribution's study, schemas and demonstration stand."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "bundled"
    return bundled if bundled.is_dir() else package.parent  # installed, or a checkout


def in_git_tree(folder: Path) -> bool:
    """Say whether a folder is inside a git working tree."""
    here = folder.absolute()
    return any((place / ".git").exists() for place in (here, *here.parents))


def _make_folder(root: Path, folder: str) -> bool:
    path = root / folder
    if path.is_dir():
        return False
    path.mkdir(parents=True)
    if folder in _PRIVATE_FOLDERS:
        path.chmod(0o700)  # Windows has no such bits: there the folder's owner decides
    return True


def _write_new(path: Path, content: bytes) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True


def _complete(path: Path, content: bytes) -> bool:
    """Append the lines that an existing ignore file lacks; say whether any was added."""
    existing = path.read_bytes()
    have = {line.strip() for line in existing.splitlines()}
    missing = [line for line in content.splitlines() if line not in have]
    if not any(not line.startswith(b"#") for line in missing):
        return False
    separator = b"" if not existing or existing.endswith(b"\n") else b"\n"
    with path.open("ab") as file:
        file.write(separator + b"\n".join(missing) + b"\n")
    return True
