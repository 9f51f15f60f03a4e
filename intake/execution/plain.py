"""What a child sends back, as plain data: JSON by the types that its function promises.

The parent rebuilds nothing but these types from it, and runs nothing that a child chose: what
does not fit is refused whole. An error crosses as a code and its context, a fault of ours as
the names of where it arose, never as its text.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, cast, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode

T = TypeVar("T")

_ANSWER, _REFUSAL, _FAULT = b"=", b"-", b"?"
_WHERE = re.compile(rb"[\w.<>]{1,80} at (?:[\w<>]{1,80}:\d{1,6}(?: < )?){0,8}")
_MOST_FRAMES = 6
_STRICT = ConfigDict(
    strict=True,
    extra="forbid",
    ser_json_bytes="base64",
    val_json_bytes="base64",
    ser_json_inf_nan="constants",
)


class FaultInChild(Exception):
    """A fault of ours that arose in a child; its text says where, and quotes no file."""


class NoAnswer(Exception):
    """What a child sent is nothing that its function could have returned."""


@dataclass(frozen=True, slots=True)
class _Refusal:
    """``UnreadableFile`` as it crosses."""

    code: FindingCode
    context: dict[str, str]


def done(
    function: Callable[..., object], arguments: Sequence[object], named: Mapping[str, object]
) -> bytes:
    """Return what a call gives, or why its file gives nothing, ready to be sent."""
    try:
        answer = function(*arguments, **named)
        return _ANSWER + _adapter(_returned(function)).dump_json((answer,))
    except UnreadableFile as problem:
        return refused(problem)
    except MemoryError:
        return refused(over_limit("memory"))


def fault_at(fault: BaseException) -> bytes:
    """Return where a fault of ours arose, ready to be sent: the last word of a child."""
    frames = traceback.extract_tb(fault.__traceback__)[-_MOST_FRAMES:]
    trail = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return _FAULT + f"{type(fault).__name__} at {trail}".encode()


def fault_again(fault: FaultInChild) -> bytes:
    """Return a fault that arose in a child as that child sent it."""
    return _FAULT + str(fault).encode()


def taken(function: Callable[..., T], sent: bytes) -> T:
    """Return what a call returned in a child.

    Raises UnreadableFile and FaultInChild as the child did; NoAnswer for anything else.
    """
    kind, body = sent[:1], sent[1:]
    if kind == _ANSWER:
        return cast("T", _decoded(_returned(function), body))
    if kind == _REFUSAL:
        problem = cast("_Refusal", _decoded(_Refusal, body))
        raise UnreadableFile(problem.code, problem.context)
    if kind == _FAULT and _WHERE.fullmatch(body):
        raise FaultInChild(body.decode())
    raise NoAnswer


def _decoded(kind: Hashable, body: bytes) -> object:
    try:
        (value,) = _adapter(kind).validate_json(body)
    except ValidationError:  # its text quotes the file
        raise NoAnswer from None
    return value


def _returned(function: Callable[..., object]) -> Hashable:
    kind: Hashable = get_type_hints(function)["return"]
    return kind


@cache
def _adapter(kind: Hashable) -> TypeAdapter[tuple[object]]:
    """Return what writes and reads a type; the tuple around it carries the settings."""
    return TypeAdapter(tuple[kind], config=_STRICT)  # type: ignore[arg-type,valid-type]


def refused(problem: UnreadableFile) -> bytes:
    """Return why a file gives nothing, ready to be sent."""
    return _REFUSAL + _adapter(_Refusal).dump_json((_Refusal(problem.code, problem.context),))
