"""An answer for every place of a form, of the right kind, in letters that programs break.

The same answers go into every format: a text, the code of a choice, ``1`` for a tick.
"""

from __future__ import annotations

import random
import unicodedata
from itertools import cycle
from typing import Any

from intake.model.address import Place, places
from intake.model.definition import DataType, FormDefinition, Item
from intake.schema.sample.value import sample_value

TEXTS = (
    "Œdème d’été – œil", unicodedata.normalize("NFD", "à pâlir, élève"), "≥ 88\u00a0µg/L",
    "12,5 €", "« dit-il » \"oui\" 'non'", "=1+1", "<b>gras</b> & \\(x\\)", "ÉTÉ…", "07", "1e3",
)  # fmt: skip
LINES = "ligne 1\nligne 2 : « œuvre »\n=3 ≥ 2"
_LONG = 200
"""Characters that an answer may have where several lines are expected."""
_SIGNS = ("{}", "≥ {}", "{}", "< {}", "{}")


def every_answer(form: FormDefinition) -> dict[str, str]:
    """Return an answer for every place that a person may change, by address."""
    texts, signs = cycle(TEXTS), cycle(_SIGNS)
    found = {}
    for place in own_places(form):
        item = place.item
        if item.data_type is DataType.TEXT and item.pattern is None:
            most = item.max_length or _LONG
            found[place.address] = LINES if most >= _LONG else next(texts)[:most]
        else:
            found[place.address] = _sampled(place, next(signs) if item.is_number else "{}")
    return found


def own_places(form: FormDefinition) -> list[Place]:
    """Return the places that a person fills in: all but the printed ones."""
    printed = {group.fixed_item for group in form.groups.values()}
    return [place for place in places(form) if place.item.name not in printed]


def _sampled(place: Place, sign: str) -> str:
    if place.option is not None:
        return "1"
    item = place.item
    value = sample_value(item, random.Random(place.address))
    return sign.format(_written(item, value))


def _written(item: Item, value: Any) -> str:
    """Return a valid value as a French hand writes it."""
    if item.is_date:
        return "/".join(reversed(str(value).split("-")))
    return str(value).replace(".", ",") if item.is_number else str(value)
