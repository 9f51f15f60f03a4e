"""What the metaschema refuses, in our own words: keywords, kinds of value, missing parts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from intake.expressions.lint import nearest
from intake.schema.check.places import Fault, escape, mapping

_PAGE = "The page on schema keywords says what may stand here"


def shape_faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield one fault for each thing that the metaschema refuses."""
    errors = _metaschema().iter_errors(document)
    for error in sorted(errors, key=lambda each: [str(step) for step in each.absolute_path]):
        for leaf in _leaves(error):
            pointer = "".join(f"/{escape(str(step))}" for step in leaf.absolute_path)
            for problem, advice in _worded(leaf):
                yield Fault(pointer, problem, advice or _PAGE)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the deepest causes of a fault, which name the place that a person must mend."""
    causes = error.context or ()
    deepest = max((len(cause.absolute_path) for cause in causes), default=0)
    if not causes or deepest <= len(error.absolute_path):
        yield error
        return
    for cause in causes:
        if len(cause.absolute_path) == deepest:
            yield from _leaves(cause)


def _worded(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Yield the problem and the advice of one cause."""
    keyword, found, wanted = error.validator, error.instance, error.validator_value
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        known = mapping(mapping(error.schema).get("properties"))
        for name in sorted(set(mapping(found)) - set(known)):
            yield f"{name!r} is not a keyword here", nearest(name, known)
    elif keyword == "required":
        for name in sorted(set(wanted) - set(mapping(found))):
            yield f"{name!r} is missing", "Add it"
    elif keyword == "type":
        kinds = wanted if isinstance(wanted, list) else [wanted]
        yield f"{_short(found)} is not {' or '.join(kinds)}", ""
    elif keyword in ("enum", "const"):
        known = {str(each): each for each in (wanted if keyword == "enum" else [wanted])}
        yield f"{_short(found)} is not one of {', '.join(known)}", nearest(str(found), known)
    elif keyword == "pattern":
        yield f"{_short(found)} does not have the form {wanted}", ""
    else:
        yield f"{_short(found)} is not what is expected ({keyword})", ""


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


@cache
def _metaschema() -> Draft202012Validator:
    text = files("intake.schema").joinpath("metaschema.json").read_text(encoding="utf-8")
    whole = json.loads(text)
    return Draft202012Validator(_put_in(whole, whole.pop("$defs")))


def _put_in(part: object, shared: Mapping[str, Any]) -> object:
    """Return a part with what it refers to put in its place: looking it up takes half of a check.

    Nothing but a description stands beside a reference.
    """
    if isinstance(part, list):
        return [_put_in(each, shared) for each in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    if isinstance(reference, str):
        return _put_in(shared[reference.removeprefix("#/$defs/")], shared)
    return {key: _put_in(each, shared) for key, each in part.items()}
