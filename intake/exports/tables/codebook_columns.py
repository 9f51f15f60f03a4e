"""The columns of ``codebook.csv``: some once, some per language."""

from __future__ import annotations

from collections.abc import Iterable

from intake.model.definition import LocalText

CODEBOOK_WORDS: dict[str, LocalText] = {
    "file": {"fr": "Fichier", "en": "File"},
    "column": {"fr": "Colonne", "en": "Column"},
    "item": {"fr": "Nom de la question", "en": "Name of the item"},
    "visible_code": {"fr": "Code imprimé sur la fiche", "en": "Code printed on the form"},
    "section": {"fr": "Rubrique", "en": "Section"},
    "label": {"fr": "Libellé", "en": "Label"},
    "type": {"fr": "Type", "en": "Type"},
    "unit": {"fr": "Unité", "en": "Unit"},
    "codes": {"fr": "Codes et libellés", "en": "Codes and labels"},
    "minimum": {"fr": "Valeur la plus basse acceptée", "en": "Lowest accepted value"},
    "maximum": {"fr": "Valeur la plus haute acceptée", "en": "Highest accepted value"},
    "usual_minimum": {"fr": "En deçà, une précision est demandée", "en": "Queried below"},
    "usual_maximum": {"fr": "Au-delà, une précision est demandée", "en": "Queried above"},
    "relevant": {
        "fr": "Condition pour que la question se pose (CEL)",
        "en": "Condition under which the item is asked (CEL)",
    },
    "required": {
        "fr": "Condition pour qu'une réponse soit attendue (CEL) ; true : toujours",
        "en": "Condition under which an answer is expected (CEL); true: always",
    },
    "missing_reasons": {"fr": "Raisons d'absence admises", "en": "Accepted missing reasons"},
    "identifying": {"fr": "1 : donnée identifiante", "en": "1: identifying"},
    "form_versions": {
        "fr": "Versions de la fiche qui posent la question",
        "en": "Versions of the form that ask the item",
    },
    "computed": {
        "fr": "Expression qui calcule la valeur (CEL) ; sum : somme des parties",
        "en": "Expression that computes the value (CEL); sum: sum of the parts",
    },
    "source": {"fr": "Source de la valeur calculée", "en": "Source of the computed value"},
}
_PER_LANGUAGE = ("section", "label", "unit", "codes")


def codebook_columns(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the header of the codebook: ``label`` becomes ``label_fr``, ``label_en``..."""
    spoken = tuple(languages)
    return tuple(
        column
        for name in CODEBOOK_WORDS
        for column in (
            [f"{name}_{language}" for language in spoken] if name in _PER_LANGUAGE else [name]
        )
    )


def codebook_words(column: str) -> LocalText:
    """Return the words of one codebook column, per-language ones included."""
    base, _, language = column.rpartition("_")
    if base in _PER_LANGUAGE:
        return {key: f"{text} ({language})" for key, text in CODEBOOK_WORDS[base].items()}
    return CODEBOOK_WORDS[column]
