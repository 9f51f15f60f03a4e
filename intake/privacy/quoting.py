"""Which answers may be quoted where others read them: the receipt, its JSON, a message.

Private answers never. An answer to any other question is quoted when it looks like what was
asked. What is left (words typed into a number's place, say) may hold a name, so it is not
repeated.
"""

from __future__ import annotations

from collections.abc import Mapping

from intake.model.definition import FormDefinition, Item
from intake.model.finding import Finding
from intake.privacy.answer_text import Reader, looks_like_answer
from intake.privacy.private import is_private

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
