"""In which language the program speaks to whoever runs it."""

from __future__ import annotations

from pathlib import Path

from intake.words.computer import asked_language, computer_language
from intake.words.messages import FALLBACK, available_languages
from intake.workspace.language import study_language


def spoken_language(folder: Path) -> str:
    """Return the language asked for, else the computer's, else that of the study in a folder.

    Only languages that have words count; English, where none of the three has.
    """
    known = available_languages()
    if (asked := asked_language()) in known:
        return str(asked)
    if (computer := computer_language()) in known:
        return str(computer)
    study = study_language(folder)
    return str(study) if study in known else FALLBACK
