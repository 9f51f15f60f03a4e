"""Changing values in the text of ``study.toml``: comments, order and spaces stay as they are.

Pure: bytes and values in, bytes out. Which values may change, and to what, is in ``answers``.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
import tomllib
from collections.abc import Mapping, MutableMapping
from typing import Any, cast

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Comment, Item, Null, Table, Whitespace

from intake.model.errors import StudyError
from intake.words.told import told

Value = str | int | dt.date | tuple[str, ...]
Changes = Mapping[str, Value | None]
"""A value by its key (``contact.email``, ``study.title.fr``); None takes its line away."""
_OTHER_SECTION = re.compile(r"#\s*\[")
"""A section that is only proposed: what comes after it is no longer about the one before."""


def edited(content: bytes, changes: Changes, source: str) -> bytes:
    """Return the file's bytes with other values; what is not named does not change by a byte.

    A new line goes where the comments of its section end, a new section to the end of the file.
    Raises StudyError when the file is written in a way that cannot be changed so.
    """
    text = content.decode("utf-8-sig")
    wanted = changed_values(tomllib.loads(text), changes)
    try:
        after = _edited(text, changes)
        is_right = tomllib.loads(after) == wanted
    except (TOMLKitError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError):
        is_right = False
    if not is_right:
        names = ", ".join(changes)
        raise StudyError(told("settings.by_hand_now", source=source, names=names))
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return mark + after.encode("utf-8")


def changed_values(document: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return a document's values after the changes; the document itself stays as it is."""
    result = {key: _copied(value) for key, value in document.items()}
    for key, value in changes.items():
        *path, name = key.split(".")
        table = result
        for step in path:
            table = table.setdefault(step, {})
        if value is None:
            table.pop(name, None)
        else:
            table[name] = list(value) if isinstance(value, tuple) else value
    return result


def _copied(value: Any) -> Any:  # noqa: ANN401  # whatever the file holds
    return {k: _copied(v) for k, v in value.items()} if isinstance(value, dict) else value


def _edited(text: str, changes: Changes) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    known = tomllib.loads(text)
    for section in dict.fromkeys(key.split(".")[0] for key in changes):
        if section not in known:
            end = "" if not text or text.endswith("\n") else newline
            text += f"{end}{newline}[{section}]{newline}"
    document = tomlkit.parse(text)
    for key, value in changes.items():
        _set(document, key.split("."), value, newline)
    return tomlkit.dumps(document)


def _set(
    document: MutableMapping[str, Any], path: list[str], value: Value | None, newline: str
) -> None:
    section, *between, name = path
    table = document[section]
    item = None if value is None else _item(value)
    if between and between[0] not in table:
        if item is None:
            return
        inline = tomlkit.inline_table()
        inline[name] = item
        name, item = between[0], inline
    elif between:
        table = table[between[0]]
    if item is None:
        table.pop(name, None)
    elif name in table or not isinstance(table, Table):
        table[name] = item
    else:
        item.trivia.trail = newline
        _insert(table.value, name, item)


def _item(value: Value) -> Item:
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def _insert(table: Container, name: str, item: Item) -> None:
    """Put a new line below the keys and comments of a section, above the blank lines after."""
    body = table.body
    place = 0
    for index, (_, found) in enumerate(body):
        if isinstance(found, Comment) and _OTHER_SECTION.match(found.trivia.comment):
            break
        if not isinstance(found, Whitespace | Null | Table):
            place = index + 1
    if place < len(body):
        cast("Any", table)._insert_at(place, name, item)
    else:
        table.append(name, item)
