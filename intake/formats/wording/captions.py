"""Say in print when a question applies: « Si G01 : Oui », from its relevance program.

Only the simple forms are said (an answer, one of several, a value present, joined by
``||``); anything else prints nothing, because a wrong caption is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from intake.model.definition import FormDefinition, Item, ItemGroup
from intake.words.catalogue import LANGUAGES, Joiner, Words
from intake.words.messages import FALLBACK

_TEXT = r"""(?:"([^"]*)"|'([^']*)')"""
_EQUAL = re.compile(rf"(\w+)\s*==\s*{_TEXT}")
_MEMBER = re.compile(rf"{_TEXT}\s+in\s+(\w+)")
_AMONG = re.compile(r"(\w+)\s+in\s+\[([^\]]*)\]")
_BARE = re.compile(r"(!?)\s*(\w+)")
_TECHNICAL = re.compile(r"why_\w+\s*(?:in\s+\[[^\]]*\]|!=\s*\"\w+\")")
MOST_ANSWERS = 4
"""Above this, the answers would be longer than the question they explain."""

Clause = tuple[str, tuple[str, ...]]
"""An item and the codes that make the question apply; no code means any answer."""


def clauses(definition: FormDefinition, source: str) -> tuple[Clause, ...]:
    """Return the alternatives of a relevance program; none when they cannot be said."""
    found: list[Clause] = []
    for term in source.split("||"):
        text = term.strip()
        if _TECHNICAL.fullmatch(text):
            continue
        clause = _clause(definition, text)
        if clause is None:
            return ()
        found.append(clause)
    return _merged(found)


def _clause(definition: FormDefinition, text: str) -> Clause | None:
    clause: Clause | None = None
    if match := _EQUAL.fullmatch(text):
        clause = (match[1], (match[2] or match[3],))
    elif match := _MEMBER.fullmatch(text):
        clause = (match[3], (match[1] or match[2],))
    elif match := _AMONG.fullmatch(text):
        codes = tuple(part.strip().strip("\"'") for part in match[2].split(","))
        clause = (match[1], codes)
    elif match := _BARE.fullmatch(text):
        clause = _bare(definition, match[2], negated=bool(match[1]))
    return clause if clause and _is_known(definition, clause) else None


def _bare(definition: FormDefinition, name: str, *, negated: bool) -> Clause | None:
    if name not in definition.items and name.startswith("has_"):
        return None if negated else (name.removeprefix("has_"), ())
    item = definition.items.get(name)
    if item is None or not item.is_yes_no:
        return None
    return (name, ("0" if negated else "1",))


def _is_known(definition: FormDefinition, clause: Clause) -> bool:
    item = definition.items.get(clause[0])
    return item is not None and all(item.option(code) for code in clause[1])


def _merged(found: Iterable[Clause]) -> tuple[Clause, ...]:
    """Join alternatives on the same item: ``mal`` or ``oth`` of one question."""
    codes: dict[str, tuple[str, ...]] = {}
    for name, answers in found:
        codes[name] = (*codes.get(name, ()), *answers)
    return tuple(codes.items())


def own_condition(item: Item, given: str | None) -> str:
    """Return the condition of an item beside the one that its group already says."""
    parts = [part for part in _conjuncts(item.relevant or "") if part != given]
    said = [part for part in parts if not _TECHNICAL.fullmatch(part)]
    return said[0] if len(said) == 1 else ""


def requirements(definition: FormDefinition, source: str) -> tuple[tuple[Clause, ...], ...]:
    """Return what must all hold for a program, each as its alternatives.

    Nothing when a part of the program cannot be said.
    """
    parts = [part for part in _conjuncts(source) if not _TECHNICAL.fullmatch(part)]
    found = tuple(clauses(definition, part) for part in parts)
    return found if all(found) else ()


def either_of(source: str) -> list[str]:
    """Return what ``||`` joins outside parentheses, but what concerns no answer."""
    return [part for part in _split(source, "||") if not _TECHNICAL.fullmatch(part)]


def _conjuncts(source: str) -> list[str]:
    return _split(source, "&&")


def _split(source: str, operator: str) -> list[str]:
    """Return what an operator joins outside parentheses, without outer parentheses."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(source):
        depth += (character == "(") - (character == ")")
        if depth == 0 and source.startswith(operator, index):
            parts.append(source[start:index])
            start = index + 2
    parts.append(source[start:])
    return [_unwrapped(part.strip()) for part in parts]


def _unwrapped(text: str) -> str:
    inner = text[1:-1]
    wrapped = text.startswith("(") and text.endswith(")")
    return inner if wrapped and "(" not in inner and ")" not in inner else text


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
    alternatives = clauses(definition, own_condition(item, given))
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
