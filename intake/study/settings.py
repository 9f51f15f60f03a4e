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
from intake.study.model import Study

__all__ = ["STUDY_FILE", "Study", "load_study", "parse_study"]

STUDY_FILE = "study.toml"

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_SYNTAX_ADVICE = (
    (r"Unescaped '\\'", "in a path, write / instead of \\"),
    (r"Invalid (?:hex|escape)|escape", "in a path, write / instead of \\"),
    (r"Illegal character '\\n'|Unterminated", "a closing quote is missing"),
    (r"Expected '=' after a key", "each line is: key = value, or a heading between [ ]"),
    (r"Cannot overwrite|Cannot declare|duplicate", "this key or heading is written twice"),
    (r"Invalid date", "this day does not exist"),
    (
        r"Expected newline|Invalid value",
        "a text stands between double quotes; a date is written 2027-03-31, without quotes",
    ),
)
_WHAT_TO_WRITE = {
    "string_type": 'is not a text; write it between double quotes: key = "..."',
    "int_type": "is not a whole number; write the digits alone, without quotes or unit",
    "tuple_type": 'is not a list; write ["...", "..."], or [] for none',
    "dict_type": 'is not a list of languages; write { fr = "...", en = "..." }',
    "model_type": "is not a section; write its heading on a line of its own, then its keys",
    "mapping_type": 'is not a list of languages; write { fr = "...", en = "..." }',
    "model_attributes_type": "is not a section; write its heading on its own line, then its keys",
    "too_short": "is empty; name at least one",
}


def load_study(workspace: Path) -> Study:
    """Return the settings of a workspace. Raises StudyError, which says what to mend."""
    path = workspace / STUDY_FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise StudyError(
            f"{path}: there is no such file. Run `crf-intake init` in the folder of the study,"
            " or name that folder with --workspace."
        ) from None
    except OSError as error:
        raise StudyError(f"{path}: cannot be read ({error.strerror}).") from None
    return parse_study(content, str(path))


def parse_study(content: bytes, source: str = STUDY_FILE) -> Study:
    """Return the settings written in a file's bytes. Raises StudyError naming ``source``."""
    document = _parse_toml(content, source)
    try:
        return Study.model_validate(document)
    except ValidationError as error:
        faults = [_fault(details) for details in error.errors(include_url=False)]
        raise StudyError("\n".join(f"{source}: {fault}" for fault in faults)) from None


def _parse_toml(content: bytes, source: str) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise StudyError(
            f"{source}, line {line}: not saved as UTF-8. Open it in a text editor and save it"
            " again with the encoding UTF-8."
        ) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StudyError(_syntax_fault(str(error), text, source)) from None


def _syntax_fault(problem: str, text: str, source: str) -> str:
    match = _POSITION.search(problem)
    lines = text.splitlines() or [""]
    number = int(match[1]) if match and match[1] else len(lines)
    written = lines[min(number, len(lines)) - 1].strip()
    advice = next((words for key, words in _SYNTAX_ADVICE if re.search(key, problem)), "")
    advice = advice or "each line is: key = value, or a heading between [ ]"
    return f"{source}, line {number}: cannot be understood: {written}\n  ({advice})"


def _fault(details: ErrorDetails) -> str:
    place = tuple(str(part) for part in details["loc"] if part != "[key]")
    kind = details["type"]
    if kind == "missing":
        return f"{_where(place)} is missing; {_line_to_add(place)}."
    if kind == "extra_forbidden":
        return f"{_where(place)} is not known here; {_suggestion(place)}."
    if kind == "value_error":
        return f"{_where(place)} {details['ctx']['error']}."
    if kind in _WHAT_TO_WRITE:
        return f"{_where(place)} {_WHAT_TO_WRITE[kind]}."
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"{_where(place)} is {details['input']}; {_bound(details['ctx'])}."
    return f"{_where(place)}: {details['msg']}."


def _where(place: tuple[str, ...]) -> str:
    if not place:
        return "the study"
    if len(place) == 1:
        return f"the section [{place[0]}]"
    key = ".".join(part if not part.isdigit() else f"{int(part) + 1}" for part in place[1:])
    return f"in [{place[0]}], the key {key}"


def _line_to_add(place: tuple[str, ...]) -> str:
    if len(place) == 1:
        return f"add a line [{place[0]}] and its keys, as in the shipped {STUDY_FILE}"
    return f"add a line {place[-1]} = ... below [{place[0]}]"


def _suggestion(place: tuple[str, ...]) -> str:
    known = _known_names(place[:-1])
    near = difflib.get_close_matches(place[-1], known, n=1, cutoff=0.5)
    if near:
        return f"perhaps {near[0]} was meant"
    return "the known ones are " + ", ".join(known)


def _known_names(place: tuple[str, ...]) -> list[str]:
    model: type[BaseModel] = Study
    for name in place:
        annotation = model.model_fields[name].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return list(model.model_fields)


def _bound(context: Mapping[str, Any]) -> str:
    if "ge" in context:
        return f"write at least {context['ge']}"
    return f"write at most {context['le']}"
