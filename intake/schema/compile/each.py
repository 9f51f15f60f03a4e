"""``each``: one entry of the schema written once for many questions.

Every ``{name}`` of the entry that the list gives is replaced, in every text and key, before
anything is compiled. Other braces (placeholders of messages, CEL maps) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_HOLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def expanded(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the entries that one entry stands for; one without ``each`` is itself."""
    each = entry.get("each")
    body = {key: value for key, value in entry.items() if key != "each"}
    for words in each if isinstance(each, list) else [{}]:
        yield _filled(body, words if isinstance(words, Mapping) else {})


def holes(text: str) -> tuple[str, ...]:
    """Return the names in braces of a text, in order."""
    return tuple(_HOLE.findall(text))


def _filled(value: Any, words: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return _HOLE.sub(lambda match: _word(match, words), value)
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    if isinstance(value, Mapping):
        return {_filled(key, words): _filled(held, words) for key, held in value.items()}
    return value


def _word(match: re.Match[str], words: Mapping[str, Any]) -> str:
    if match[1] not in words:
        return match[0]
    value = words[match[1]]
    return str(value).lower() if isinstance(value, bool) else str(value)
