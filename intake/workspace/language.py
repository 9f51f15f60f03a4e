"""The language of a study, read without any check: it is asked before anything can be said."""

from __future__ import annotations

import tomllib
from pathlib import Path

_STUDY_FILE = "study.toml"


def study_language(folder: Path) -> str | None:
    """Return the first language of the study at or above a folder; None where none is read.

    A wrong file is no fault here: whoever opens it says what is wrong.
    """
    here = folder.absolute()
    path = next(
        (p / _STUDY_FILE for p in (here, *here.parents) if (p / _STUDY_FILE).is_file()), None
    )
    try:
        document = tomllib.loads(path.read_text("utf-8-sig")) if path else {}
        language = document["study"]["languages"][0]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return language if isinstance(language, str) else None
