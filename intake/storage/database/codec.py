"""The model's dataclasses to JSON and back, exactly.

``decode(type(x), encode(x)) == x`` for every dataclass of the model. Decimals keep their
digits, dates their offset, texts their every character (unpaired surrogates included).
Nothing here knows a table, nor which answers are identifying.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import types
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

Json = Any
"""What ``json`` reads and writes."""

Kind = Any
"""A class, or a form of ``typing`` such as ``tuple[str, ...]``."""

Step = Callable[[Any], Any]

_DECIMAL = "decimal"
_UNIONS = (Union, types.UnionType)
_JSON_TYPES = (str, int, float, bool)


def canonical(value: Json) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, ASCII only.

    ASCII lets any text a hostile file holds pass through any database.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def dumps(value: object) -> str:
    """Return the canonical JSON text of a dataclass."""
    return canonical(encode(value))


def loads(kind: type[T], text: str) -> T:
    """Return the dataclass written by ``dumps``."""
    return decode(kind, json.loads(text))


def encode(value: object) -> Json:
    """Turn a dataclass, and all it holds, into JSON values; fields that are None are left out."""
    kind: Kind = type(value)
    return _encoder(kind)(value)


def decode(kind: type[T], data: Json) -> T:
    """Turn JSON values back into the dataclass they were made from."""
    wanted: Kind = kind
    decoded: T = _decoder(wanted)(data)
    return decoded


@functools.cache
def _encoder(kind: Kind) -> Step:
    """Return the function that writes one type; made once per type."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, str | int | float | types.NoneType):
        return lambda value: value
    if issubclass(kind, Decimal):
        return lambda value: {_DECIMAL: str(value)}
    if issubclass(kind, dt.date):
        return lambda value: value.isoformat()
    return _container_encoder(kind)


def _container_encoder(kind: Kind) -> Step:
    if issubclass(kind, Mapping):
        return lambda value: {key: encode(held) for key, held in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [encode(held) for held in value]
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"cannot be stored: {kind.__name__}")
    names = tuple(field.name for field in dataclasses.fields(kind))

    def write(value: object) -> Json:
        held = ((name, getattr(value, name)) for name in names)
        return {name: encode(content) for name, content in held if content is not None}

    return write


@functools.cache
def _decoder(kind: Kind) -> Step:
    """Return the function that reads one type; made once per type."""
    origin: Kind = get_origin(kind)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass_decoder(kind)
    if origin in _UNIONS:
        return _union_decoder(get_args(kind))
    if origin is tuple and len({*get_args(kind)} - {...}) == 1:
        one = _decoder(get_args(kind)[0])
        return lambda data: tuple(one(held) for held in data)
    if origin is not None and issubclass(origin, Mapping):
        one = _decoder(get_args(kind)[1])
        return lambda data: {key: one(held) for key, held in data.items()}
    return _plain_decoder(kind)


def _as_is(data: Json) -> Json:
    return data


def _plain_decoder(kind: Kind) -> Step:
    if kind is Any or kind in _JSON_TYPES:
        return _as_is
    if kind is Decimal:
        return lambda data: Decimal(data[_DECIMAL])
    if kind is dt.datetime:
        return dt.datetime.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    raise TypeError(f"cannot be read back from the store: {kind}")


def _union_decoder(members: tuple[Kind, ...]) -> Step:
    """Read a union by the JSON shape: each member has a shape of its own."""
    real = [member for member in members if member is not type(None)]
    if len(real) == 1 and real[0] in _JSON_TYPES:
        return _as_is
    by_shape = {_shape(member): _decoder(member) for member in real}
    if len(by_shape) < len(real):
        raise TypeError(f"cannot be told apart when read back from the store: {real}")

    def read(data: Json) -> Json:
        return None if data is None else by_shape[type(data)](data)

    return read


def _shape(member: Kind) -> type:
    """Return the JSON type in which a member of a union is written."""
    origin: Kind = get_origin(member)
    if origin is tuple:
        return list
    if member in (int, bool, float):
        return type(member())
    is_text = isinstance(member, type) and issubclass(member, str | dt.date)
    return str if is_text else dict


def _dataclass_decoder(kind: Kind) -> Step:
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    steps = [(name, _decoder(hints[name])) for name in names]
    # Most fields are what JSON made them: a step would only cost time.
    steps = [(name, step) for name, step in steps if step is not _as_is]
    # A field that is absent was None when written, or did not exist yet: its default.
    absent = {name: None for name in names if type(None) in get_args(hints[name])}

    def read(data: Json) -> Json:
        held = {**absent, **data}
        for name, step in steps:
            if name in data:
                held[name] = step(data[name])
        return kind(**held)

    return read
