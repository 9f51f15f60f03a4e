"""Which answers may be quoted where others read them: the receipt, its JSON, a message.

Private answers never. An answer to any other question is quoted when it looks like what was
asked. What is left (words typed into a number's place, say) may hold a name, so it is not
repeated. A sheet, a file or a form bears a name that somebody chose: it is told when it is made
of words that are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.model.definition import FormDefinition, Item
from intake.model.finding import Finding, Location
from intake.privacy.answer_text import Reader, looks_like_answer
from intake.privacy.guard import file_name_holds_identity
from intake.privacy.private import is_private
from intake.words.messages import available_languages, messages

_LIMITS_ASKED = frozenset({"low", "high", "earliest", "latest"})
"""What a finding may say of a private answer: the question's own limits."""


def may_repeat(text: str, item: Item | None, definition: FormDefinition | None) -> bool:
    """Say whether a text in the place of a question may be repeated to who sent it."""
    if item is None or is_private(item, definition):
        return False
    return looks_like_answer(text, item, Reader.SENDER)


def quoted_answer(finding: Finding, definition: FormDefinition | None) -> str | None:
    """Return the answer a finding is about as it was written, or None if not to be shown."""
    text = finding.context.get("entered", "").strip()
    item = definition.items.get(finding.item or "") if definition else None
    return text if text and may_repeat(text, item, definition) else None


def told_context(
    context: Mapping[str, str], item: Item, definition: FormDefinition
) -> dict[str, str]:
    """Return what a finding on an answer may keep of its context."""
    private = is_private(item, definition)
    return {name: text for name, text in context.items() if not private or name in _LIMITS_ASKED}


def told_place(location: Location | None, definition: FormDefinition | None) -> Location | None:
    """Return where something stands, without the name of a sheet that may be a person's."""
    if location is None or location.sheet is None:
        return location
    if file_name_holds_identity(location.sheet, set(_printed_words(definition))):
        return replace(location, sheet=None)
    return location


def _printed_words(definition: FormDefinition | None) -> Iterator[str]:
    """Yield what the sheets of our own forms are named after."""
    for language in available_languages():
        yield messages(language)["excel.start"]
    if definition is not None:
        titles = [section.title for section in definition.sections]
        titles += [group.title for group in definition.groups.values()]
        yield from (title for told in titles for title in told.values())
