"""Reading ``study.toml`` and telling its faults in words a coordinator can act on."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from intake.model.errors import StudyError
from intake.model.local_text import LocalText
from intake.study.model import Study, WrongSetting
from intake.words.told import together, told

__all__ = ["STUDY_FILE", "Study", "document_of", "faults_of", "load_study", "parse_study"]

STUDY_FILE = "study.toml"

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_SYNTAX_ADVICE = (
    (r"Unescaped '\\'", "path"),
    (r"Invalid (?:hex|escape)|escape", "path"),
    (r"Illegal character '\\n'|Unterminated", "quote"),
    (r"Expected '=' after a key", "line"),
    (r"Cannot overwrite|Cannot declare|duplicate", "twice"),
    (r"Invalid date", "no_day"),
    (r"Expected newline|Invalid value", "value"),
)
"""What the parser says to the key of what a person can do."""
_KINDS = {
    "string_type": "text",
    "int_type": "whole_number",
    "tuple_type": "list",
    "dict_type": "languages",
    "model_type": "section",
    "mapping_type": "languages",
    "model_attributes_type": "section",
    "too_short": "none",
}


def load_study(workspace: Path) -> Study:
    """Return the settings of a workspace. Raises StudyError, which says what to mend."""
    path = workspace / STUDY_FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise StudyError(told("setup.study.absent", source=str(path))) from None
    except OSError as error:
        problem = str(error.strerror)
        raise StudyError(told("setup.unread", source=str(path), problem=problem)) from None
    return parse_study(content, str(path))


def parse_study(content: bytes, source: str = STUDY_FILE) -> Study:
    """Return the settings written in a file's bytes. Raises StudyError naming ``source``."""
    document = document_of(content, source)
    try:
        return Study.model_validate(document)
    except ValidationError as error:
        faults = (_fault(details) for details in error.errors(include_url=False))
        lines = (told("setup.study.fault", source=source, fault=fault) for fault in faults)
        raise StudyError(together(lines)) from None


def document_of(content: bytes, source: str) -> dict[str, Any]:
    """Return what a file says, not yet checked. Raises StudyError where it is no TOML."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise StudyError(told("setup.study.encoding", source=source, line=str(line))) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(_syntax_fault(str(error), text, source)) from None


def faults_of(document: Mapping[str, Any]) -> dict[str, LocalText]:
    """Return what is wrong with settings, by key (``contact.email``), the first of each."""
    try:
        Study.model_validate(document)
    except ValidationError as error:
        found: dict[str, LocalText] = {}
        for details in error.errors(include_url=False):
            place = _place(details)
            found.setdefault(_key(place, details), _problem(details, place))
        return found
    return {}


def _key(place: tuple[str, ...], details: ErrorDetails) -> str:
    """Return the key that a person changes to mend a fault."""
    problem = details.get("ctx", {}).get("error")
    about = (problem.about,) if isinstance(problem, WrongSetting) and problem.about else ()
    named = (part for part in (*place, *about) if not part.isdigit())
    return ".".join(named)


def _place(details: ErrorDetails) -> tuple[str, ...]:
    return tuple(str(part) for part in details["loc"] if part != "[key]")


def _syntax_fault(problem: str, text: str, source: str) -> LocalText:
    match = _POSITION.search(problem)
    lines = text.splitlines() or [""]
    number = int(match[1]) if match and match[1] else len(lines)
    written = lines[min(number, len(lines)) - 1].strip()
    advice = next((key for said, key in _SYNTAX_ADVICE if re.search(said, problem)), "line")
    return told(
        "setup.study.syntax",
        source=source,
        line=str(number),
        written=written,
        advice=told(f"setup.study.advice.{advice}"),
    )


def _fault(details: ErrorDetails) -> LocalText:
    place = _place(details)
    return told("setup.study.at", where=_where(place), problem=_problem(details, place))


def _problem(details: ErrorDetails, place: tuple[str, ...]) -> LocalText:
    kind = details["type"]
    if kind == "missing":
        return told("setup.study.missing", advice=_line_to_add(place))
    if kind == "extra_forbidden":
        return told("setup.study.unknown", advice=_suggestion(place))
    problem = details["ctx"]["error"] if kind == "value_error" else None
    if isinstance(problem, WrongSetting):
        return problem.text
    if kind in _KINDS:
        return told(f"setup.study.kind.{_KINDS[kind]}")
    if kind in ("greater_than_equal", "less_than_equal"):
        return told("setup.study.bound", given=str(details["input"]), bound=_bound(details["ctx"]))
    return told("setup.study.other", problem=details["msg"])


def _where(place: tuple[str, ...]) -> LocalText:
    if not place:
        return told("setup.study.whole")
    if len(place) == 1:
        return told("setup.study.section", section=place[0])
    key = ".".join(part if not part.isdigit() else f"{int(part) + 1}" for part in place[1:])
    return told("setup.study.key", section=place[0], name=key)


def _line_to_add(place: tuple[str, ...]) -> LocalText:
    if len(place) == 1:
        return told("setup.study.add_section", section=place[0])
    return told("setup.study.add_key", section=place[0], name=place[-1])


def _suggestion(place: tuple[str, ...]) -> LocalText:
    known = _known_names(place[:-1])
    near = difflib.get_close_matches(place[-1], known, n=1, cutoff=0.5)
    if near:
        return told("setup.study.near", name=near[0])
    return told("setup.study.known", names=", ".join(known))


def _known_names(place: tuple[str, ...]) -> list[str]:
    model: type[BaseModel] = Study
    for name in place:
        annotation = model.model_fields[name].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return list(model.model_fields)


def _bound(context: Mapping[str, Any]) -> LocalText:
    if "ge" in context:
        return told("setup.study.least", number=str(context["ge"]))
    return told("setup.study.most", number=str(context["le"]))
