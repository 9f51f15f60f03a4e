"""What was published of a form version: ``published.json`` beside its blank forms.

The fingerprint is printed on every form that was sent, so a schema that no longer has it is
refused. Knows where the file stands and what it says, not how forms are built.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intake.model.definition import FormDefinition
from intake.model.errors import DefinitionError

PUBLISHED_FILE = "published.json"


@dataclass(frozen=True, slots=True)
class Published:
    """The fingerprint that the blank forms of one version carry, and their digests."""

    fingerprint: str
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 in hexadecimal digits, by file name."""


def kept_forms(folder: Path, definition: FormDefinition) -> Path:
    """Return where the blank forms of a version are kept, under the folder of all forms."""
    return folder / definition.id / definition.version


def read_published(folder: Path) -> Published | None:
    """Return what was published in a version's folder, None before. Raises DefinitionError."""
    path = folder / PUBLISHED_FILE
    try:
        found: Any = json.loads(path.read_bytes())
        return Published(str(found["fingerprint"]), dict(found["files"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise DefinitionError(
            f"{path}: cannot be read. Put back the file as it was, from a copy of this folder."
        ) from None


def published_content(definition: FormDefinition, digests: Mapping[str, str]) -> bytes:
    """Return the bytes of a version's ``published.json``."""
    document = {
        "form": definition.id,
        "version": definition.version,
        "fingerprint": definition.fingerprint,
        "files": dict(sorted(digests.items())),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def refuse_changed(definition: FormDefinition, folder: Path) -> None:
    """Raise DefinitionError when a version was published with another fingerprint.

    Args:
        definition: the version as its schema is now.
        folder: where its blank forms are kept.
    """
    before = other_fingerprint(definition, folder)
    if before is not None:
        raise DefinitionError(
            f"{definition.id} {definition.version} was published with the fingerprint {before},"
            f" and its schema has changed since ({definition.fingerprint})."
            f" {what_to_do(definition, folder)}"
        )


def other_fingerprint(definition: FormDefinition, folder: Path) -> str | None:
    """Return the fingerprint that a version was published with, if it has another now."""
    published = read_published(folder)
    if published is None or published.fingerprint == definition.fingerprint:
        return None
    return published.fingerprint


def what_to_do(definition: FormDefinition, folder: Path) -> str:
    """Return what a person does with a published schema that changed."""
    return (
        f"Put the schema back as it was and give the changed one a new version in a file of its"
        f" own. Only if no form {definition.version} was ever sent: delete {folder} and run"
        " `crf-intake forms`."
    )
