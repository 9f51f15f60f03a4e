"""What ``init --form`` writes in the place of the shipped study: another form, its own title.

Pure: a schema and the shipped files give the files of the other study. What a person must
complete says so, as in the shipped file, and ``status`` repeats it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from intake.model.definition import FormDefinition
from intake.study.settings import STUDY_FILE
from intake.study.toml_edit import Changes, edited
from intake.workspace.places import LETTERS

_COLLECTION = dt.timedelta(days=181)
"""Six months, the last day included."""
_SPONSOR = "Établissement (à compléter)"
_SERVICE = "Service (à compléter)"
_EMAIL = "recueil@example.org"


def other_study(
    shipped: Mapping[str, bytes], definition: FormDefinition, schema: bytes, today: dt.date
) -> Mapping[str, bytes]:
    """Return the files of a new workspace of another form, by relative name.

    Args:
        shipped: those that the program is distributed with.
        definition: the form, compiled.
        schema: its file, taken as it is.
        today: the first day of a collection of six months, for a person to change.
    """
    own = ("schemas/", f"{LETTERS}/call.")  # the shipped study's alone
    files = {name: content for name, content in shipped.items() if not name.startswith(own)}
    values = _settings(definition, today)
    files[STUDY_FILE] = edited(shipped[STUDY_FILE], values, STUDY_FILE)
    return files | {f"schemas/{definition.id}/{definition.version}.json": schema}


def _settings(definition: FormDefinition, today: dt.date) -> Changes:
    """Return what another study says otherwise; what nobody chose yet is left out."""
    titles = (language for language in ("fr", "en") if language not in definition.languages)
    return {
        "study.form": definition.id,
        **{f"study.title.{lang}": definition.title[lang] for lang in definition.languages},
        **{f"study.title.{lang}": None for lang in titles},
        "study.sponsor": _SPONSOR,
        "study.languages": tuple(definition.languages),
        "study.minutes": None,
        "contact.service": _SERVICE,
        "contact.email": _EMAIL,
        "calendar.opens": today,
        "calendar.closes": today + _COLLECTION,
        "calendar.reminder": None,
    }
