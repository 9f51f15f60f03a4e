"""What a place shows that nobody has answered, in our forms and in emptied ones of Word.

The writer prints it, every reader of lines takes it off.
"""

from __future__ import annotations

from functools import cache
from typing import assert_never

from intake.model.definition import DataType, Item
from intake.words.catalogue import LANGUAGES, Words

_DEFAULTS = (  # what Word itself shows in a control that was emptied
    "Click or tap here to enter text.",
    "Click here to enter text.",
    "Choose an item.",
    "Cliquez ou appuyez ici pour entrer du texte.",
    "Cliquez ici pour entrer du texte.",
    "Cliquez ici pour taper du texte.",
    "Choisissez un élément.",
    "Klicken oder tippen Sie hier, um Text einzugeben.",
    "Wählen Sie ein Element aus.",
)


def placeholder(words: Words, item: Item) -> str:
    """Return what an unanswered control of an item shows."""
    match item.data_type:
        case DataType.SINGLE_CHOICE | DataType.MULTIPLE_CHOICE:
            return words.text("form.word.choose")
        case DataType.DATE:
            return words.text("form.date.full")
        case DataType.PARTIAL_DATE:
            return words.text("form.date.partial")
        case DataType.TIME:
            return words.text("form.time")
        case DataType.TEXT | DataType.INTEGER | DataType.DECIMAL:
            return words.text("form.word.write")
        case unknown:
            assert_never(unknown)


@cache
def placeholders() -> tuple[str, ...]:
    """Return every text that stands for no answer, in any language, the longest first."""
    keys = (
        "form.word.choose",
        "form.word.write",
        "form.date.full",
        "form.date.partial",
        "form.time",
    )
    own = {Words(language).text(key) for language in LANGUAGES for key in keys}
    return tuple(sorted(own.union(_DEFAULTS), key=lambda text: (-len(text), text)))
