"""The pattern of a text item, as a JSON Schema validator understands it."""

from __future__ import annotations

import re
from functools import cache

from intake.model.definition import Item


def fits_pattern(item: Item, text: str) -> bool:
    """Say whether a text has the form asked; an item without pattern asks for none."""
    return item.pattern is None or _compiled(item.pattern).search(text) is not None


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Return a schema's pattern; ``$`` is the end of the text, as in ECMAScript."""
    return re.compile(re.sub(r"(?<!\\)\$$", r"\\Z", source), re.ASCII)
