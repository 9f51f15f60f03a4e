"""The columns of ``codebook.csv``: some once, some per language."""

from __future__ import annotations

from collections.abc import Iterable

from intake.model.definition import LocalText
from intake.words.catalogue import in_every_language

_COLUMNS = (
    "file",
    "column",
    "item",
    "visible_code",
    "section",
    "label",
    "type",
    "unit",
    "codes",
    "minimum",
    "maximum",
    "usual_minimum",
    "usual_maximum",
    "relevant",
    "required",
    "missing_reasons",
    "identifying",
    "form_versions",
    "computed",
    "source",
)
_PER_LANGUAGE = ("section", "label", "unit", "codes")


def codebook_columns(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the header of the codebook: ``label`` becomes ``label_fr``, ``label_en``..."""
    spoken = tuple(languages)
    return tuple(
        column
        for name in _COLUMNS
        for column in (
            [f"{name}_{language}" for language in spoken] if name in _PER_LANGUAGE else [name]
        )
    )


def codebook_words(column: str) -> LocalText:
    """Return the words of one codebook column, per-language ones included."""
    base, _, language = column.rpartition("_")
    if base in _PER_LANGUAGE:
        said = in_every_language(f"dataset.codebook.{base}")
        return {key: f"{text} ({language})" for key, text in said.items()}
    return in_every_language(f"dataset.codebook.{column}")
