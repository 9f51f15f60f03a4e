"""Real forms at full size: the shipped study and one unlike it."""

from __future__ import annotations

from intake.model.definition import FormDefinition
from tests.kit import blanks
from tests.kit.places import ROOT

SHIPPED = "schemas/dm-sam/1.0.0.json"
OTHER = "tests/kit/studies/beehive/schemas/hive/2.1.0.json"


def definition(schema: str = SHIPPED) -> FormDefinition:
    """Return the definition of a study."""
    return blanks.definition(ROOT / schema)


def blank(schema: str = SHIPPED) -> bytes:
    """Return the blank form of one centre, in the study's first language."""
    language = definition(schema).languages[0]
    return blanks.blank(ROOT / schema, language=language, centre="REI")
