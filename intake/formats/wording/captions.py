"""Say in print when a question applies: « Si G01 : Oui », from its relevance program.

What a program asks is understood by ``intake.expressions.sayable``. Only the simple forms
are said (an answer, one of several, a value present, one of these); anything else prints
nothing, because a wrong caption is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from intake.expressions.sayable import AllOf, AnyOf, Asked, Condition, OfReason, condition
from intake.model.definition import FormDefinition, Item, ItemGroup, MissingReason
from intake.words.catalogue import LANGUAGES, Joiner, Words
from intake.words.messages import FALLBACK

MOST_ANSWERS = 4
"""Above this, the answers would be longer than the question they explain."""

Clause = tuple[str, tuple[str, ...]]
"""An item and the codes that make the question apply; no code means any answer."""


def clauses(said: Condition | None) -> tuple[Clause, ...]:
    """Return the alternatives of a condition; none when they cannot be said."""
    parts = [part for part in _alternatives(said) if not isinstance(part, OfReason)]
    asked = [part for part in parts if isinstance(part, Asked)]
    return _merged(asked) if len(asked) == len(parts) else ()


def requirements(said: Condition) -> tuple[tuple[Clause, ...], ...]:
    """Return what must all hold for a condition, each as its alternatives.

    Nothing when a part of the condition cannot be said.
    """
    parts = [part for part in _requirements(said) if not isinstance(part, OfReason)]
    found = tuple(clauses(part) for part in parts)
    return found if all(found) else ()


def own_condition(definition: FormDefinition, item: Item, given: str | None) -> Condition | None:
    """Return the condition of an item beside the one that its group already says."""
    if item.relevant is None:
        return None
    known = condition(definition, given, group=item.group) if given else None
    own = _requirements(condition(definition, item.relevant, group=item.group))
    said = [part for part in own if part != known and not isinstance(part, OfReason)]
    return said[0] if len(said) == 1 else None


def _alternatives(said: Condition | None) -> tuple[Condition, ...]:
    if said is None:
        return ()
    return said.parts if isinstance(said, AnyOf) else (said,)


def _requirements(said: Condition) -> tuple[Condition, ...]:
    return said.parts if isinstance(said, AllOf) else (said,)


def _merged(asked: Iterable[Asked]) -> tuple[Clause, ...]:
    """Join alternatives on the same item: ``mal`` or ``oth`` of one question."""
    codes: dict[str, tuple[str, ...]] = {}
    for one in asked:
        codes[one.item] = (*codes.get(one.item, ()), *one.codes)
    return tuple(codes.items())


def caption(
    definition: FormDefinition,
    words: Words,
    item: Item,
    *,
    above: Item | None = None,
    given: str | None = None,
) -> str:
    """Return the caption of a conditional question; empty when there is none to say.

    ``above`` is the question printed just over it: « Si oui » is then enough. ``given``
    is the condition already said of its group.
    """
    alternatives = clauses(own_condition(definition, item, given))
    if not alternatives or any(len(codes) > MOST_ANSWERS for _, codes in alternatives):
        return "" if given else _pointer(definition, words, alternatives)
    if above and above.is_yes_no and alternatives == ((above.name, ("1",)),):
        return words.text("form.if.yes")
    said = [_said(definition, words, clause) for clause in alternatives]
    return words.text("form.if.start", conditions=joined(words, said, "or"))


def shared_condition(group: ItemGroup) -> str | None:
    """Return the condition that most items of a group have: said once, for the group."""
    counts = Counter(item.relevant for item in group.items if item.relevant)
    if not counts:
        return None
    source, count = counts.most_common(1)[0]
    return source if count > 1 or len(group.items) == 1 else None


def group_caption(definition: FormDefinition, words: Words, group: ItemGroup) -> str:
    """Return the caption of a repeating group; empty when there is none to say."""
    shared = shared_condition(group)
    item = next((item for item in group.items if shared and item.relevant == shared), None)
    return caption(definition, words, item) if item else ""


def group_topic(words: Words, group: ItemGroup) -> str:
    """Return a group's title without what follows its colon: how its rows lie on a page."""
    return words.printed(group.title).partition(":")[0].strip()


def joined(words: Words, texts: Iterable[str], joiner: Joiner) -> str:
    """Return texts in one phrase, in the language that the sentence around it is in."""
    voice = words if words.language in LANGUAGES else Words(FALLBACK)
    return voice.list(texts, joiner)


def reason_words(words: Words, reason: MissingReason) -> str:
    """Return a reason as written in a cell, with what it means."""
    short = words.text(f"form.reason.{reason.value}")
    return f"{short} ({words.text(f'form.reason_full.{reason.value}')})"


def _pointer(definition: FormDefinition, words: Words, alternatives: tuple[Clause, ...]) -> str:
    if len(alternatives) != 1:
        return ""
    return words.text("form.if.depends", code=definition.items[alternatives[0][0]].code)


def _said(definition: FormDefinition, words: Words, clause: Clause) -> str:
    item = definition.items[clause[0]]
    if not clause[1]:
        return words.text("form.if.filled", code=item.code)
    options = (item.option(code) for code in clause[1])
    titles = [words.local(option.title) for option in options if option]
    if len(titles) > 1:
        titles = [words.text("form.if.quoted", answer=title) for title in titles]
    answers = joined(words, titles, "or")
    return words.text("form.if.answer", code=item.code, answers=answers)
