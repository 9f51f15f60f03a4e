"""A patient's objection, looked for before anything else is read from a form."""

from __future__ import annotations

from intake.checks.parse.choice import export_text, parse_choice, parse_tick
from intake.model.address import item_places
from intake.model.definition import FormDefinition
from intake.model.submission import RawSubmission


def objection_expressed(definition: FormDefinition, raw: RawSubmission) -> bool:
    """Say whether any answer of the form says that the patient objects."""
    objection = definition.objection
    if objection is None:
        return False
    item = definition.items[objection.item]
    places = {place.address: place for place in item_places(item)}
    for answer in raw.answers:
        place = places.get(answer.address)
        if place is None:
            continue
        if place.option is not None:
            if place.option.code == objection.code and parse_tick(answer.text) is not False:
                return True
            continue
        chosen = parse_choice(item, export_text(answer.text))
        if chosen is not None and chosen.value == objection.code:
            return True
    return False
