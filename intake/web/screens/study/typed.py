"""What was typed on the screens of the study, by the names of its questions and cells."""

from __future__ import annotations

import re

from starlette.datastructures import FormData

_SHOWN = "shown:"
"""Before the name of a field: what stood in it when it was shown."""
_CELL = re.compile(r"cell-([0-9]{1,4})-([a-z]{2,12})")


def answers_in(form: FormData) -> dict[str, str]:
    """Return what was typed, by the key of its question: what differs from what was shown.

    What somebody else changed meanwhile is then not taken back.
    """
    return {
        key: value
        for key, value in form.items()
        if "." in key
        and not key.startswith(_SHOWN)
        and isinstance(value, str)
        and value.splitlines() != str(form.get(_SHOWN + key, "\0")).splitlines()
    }


def cells_in(form: FormData) -> list[dict[str, str]]:
    """Return what was typed in a table, line by line, each cell by its column."""
    lines: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        found = _CELL.fullmatch(name)
        if found and isinstance(value, str):
            lines.setdefault(int(found[1]), {})[found[2]] = value
    return [lines[number] for number in sorted(lines)]
