"""The fingerprint of a form version: which schema printed this form.

Independent of spaces and of the order of keywords, but not of the order of items. Left out is
what says how returns are handled and neither changes the form nor what an answer means.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_HANDLING = frozenset({"x-constant", "x-more-rows"})


def fingerprint(document: Mapping[str, Any]) -> str:
    """Return eight upper-case hexadecimal digits of the canonical document."""
    text = json.dumps(_canonical(document), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8].upper()


def _canonical(value: object) -> object:
    """Return the value with each ``properties`` as pairs, because its order is the form's."""
    if isinstance(value, Mapping):
        return {
            key: [[name, _canonical(member)] for name, member in inner.items()]
            if key == "properties" and isinstance(inner, Mapping)
            else _canonical(inner)
            for key, inner in value.items()
            if key not in _HANDLING
        }
    if isinstance(value, list | tuple):
        return [_canonical(entry) for entry in value]
    return value
