"""What ``init --form`` writes in the place of the shipped study: another form, its own title.

Pure: a schema and the shipped files give the files of the other study. What a person must
complete says so, as in the shipped file, and ``status`` repeats it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping

from intake.model.definition import FormDefinition
from intake.study.settings import STUDY_FILE
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
    text = with_values(shipped[STUDY_FILE].decode("utf-8"), _settings(definition, today))
    files[STUDY_FILE] = _without_choices(text).encode("utf-8")
    return files | {f"schemas/{definition.id}/{definition.version}.json": schema}


def _settings(definition: FormDefinition, today: dt.date) -> Mapping[str, str]:
    """Return the keys of the study's file that another study changes, as TOML."""
    titles = (f"{lang} = {toml_text(definition.title[lang])}" for lang in definition.languages)
    return {
        "form": toml_text(definition.id),
        "title": f"{{ {', '.join(titles)} }}",
        "sponsor": toml_text(_SPONSOR),
        "languages": json.dumps(list(definition.languages)),
        "service": toml_text(_SERVICE),
        "email": toml_text(_EMAIL),
        "opens": today.isoformat(),
        "closes": (today + _COLLECTION).isoformat(),
    }


def toml_text(words: str) -> str:
    """Return a text between quotes: what JSON escapes, TOML escapes alike."""
    return json.dumps(words, ensure_ascii=False)


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Return the text of the shipped study.toml with other values, written as TOML.

    Raises ValueError when a key is not there once.
    """
    for key, value in values.items():
        line = f"{key} = {value}".replace("\\", r"\\")
        text, count = re.subn(rf"(?m)^{key} = .*$", line, text)
        if count != 1:
            raise ValueError(f"the shipped study.toml has {count} lines for {key}")
    return text


def _without_choices(text: str) -> str:
    """Leave out what nobody chose yet: the file itself says what holds without these lines."""
    return re.sub(r"(?m)^(?:reminder|minutes) = .*\n", "", text)
