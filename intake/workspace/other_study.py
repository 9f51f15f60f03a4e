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
    files = {name: content for name, content in shipped.items() if not name.startswith("schemas/")}
    text = shipped[STUDY_FILE].decode("utf-8")
    for key, value in _settings(definition, today).items():
        text = _written(text, key, value)
    files[STUDY_FILE] = _without_choices(text).encode("utf-8")
    return files | {f"schemas/{definition.id}/{definition.version}.json": schema}


def _settings(definition: FormDefinition, today: dt.date) -> Mapping[str, str]:
    """Return the keys of the study's file that another study changes, as TOML."""
    titles = (f"{lang} = {_text(definition.title[lang])}" for lang in definition.languages)
    return {
        "form": _text(definition.id),
        "title": f"{{ {', '.join(titles)} }}",
        "sponsor": _text(_SPONSOR),
        "languages": json.dumps(list(definition.languages)),
        "service": _text(_SERVICE),
        "email": _text(_EMAIL),
        "opens": today.isoformat(),
        "closes": (today + _COLLECTION).isoformat(),
    }


def _text(words: str) -> str:
    """Return a text between quotes: what JSON escapes, TOML escapes alike."""
    return json.dumps(words, ensure_ascii=False)


def _written(text: str, key: str, value: str) -> str:
    """Return the file with one key's value. Raises ValueError when the key is not there once."""
    written, count = re.subn(rf"(?m)^{key} = .*$", lambda _: f"{key} = {value}", text)
    if count != 1:
        raise ValueError(f"the shipped study.toml has {count} lines for {key}")
    return written


def _without_choices(text: str) -> str:
    """Leave out what nobody chose yet: the file itself says what holds without these lines."""
    return re.sub(r"(?m)^(?:reminder|minutes) = .*\n", "", text)
