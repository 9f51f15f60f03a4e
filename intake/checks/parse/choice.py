"""Choices by code or by label, and ticks.

A code counts only exactly as it is; a label in any language of the form, exactly or
folded, or cut short where no other option begins so (``F``, ``O``, ``pos``). A mark that may
mean two things is a fault, never a choice.
"""

from __future__ import annotations

from intake.checks.parse.parsed import Parsed, remark, unread
from intake.model.definition import Item, MissingReason, Option
from intake.model.finding_codes import FindingCode
from intake.words.spelling import entered, fold
from intake.words.word_lists import ticks

_SHORT_LIST = 3
"""Of longer lists, one letter is no answer."""
_CUT = 3
"""Letters of a word that was cut short, at least."""
_UNANSWERED = frozenset({"", "_", "Off"})


def export_text(text: str) -> str:
    """Return what a choice or tick says: one leading slash dropped, unanswered empty."""
    state = entered(text)
    state = state.removeprefix("/") if len(state) > 1 else state
    return "" if state in _UNANSWERED else state


def parse_choice(item: Item, text: str, *, by_code: bool = True) -> Parsed | None:
    """Return the option chosen, or None when the text names none or several.

    ``by_code`` is false where a code may have been typed with another meaning (``nd``).
    """
    coded = [option for option in item.options if by_code and option.code == text]
    titled = [option for option in item.options if text in map(entered, option.title.values())]
    exact = _only(coded + titled)
    if exact is not None:
        return Parsed(value=exact.code)
    if coded or titled:
        return None
    wanted = fold(text)
    labelled = [o for o in item.options if wanted in map(fold, o.title.values())]
    by_label = _only(labelled or _begun(item, wanted))
    return None if by_label is None else _by_label(by_label)


def option_for_reason(item: Item, reason: MissingReason) -> Parsed | None:
    """Return the only option that stands for a missing reason, or None."""
    option = _only([option for option in item.options if option.reason is reason])
    return None if option is None else _by_label(option)


def parse_tick(text: str) -> bool | None:
    """Return whether a box is ticked, or None when the mark is not understood."""
    state = export_text(text)
    return ticks().get(fold(state)) if state else False


def parse_ticks(item: Item, marks: dict[str, str]) -> Parsed:
    """Return the codes ticked, in the order of the codelist; empty when none is."""
    chosen = {code: parse_tick(text) for code, text in marks.items()}
    unclear = [code for code, ticked in chosen.items() if ticked is None]
    if unclear:
        return unread(FindingCode.TICK_UNREADABLE, option=unclear[0])
    codes = tuple(option.code for option in item.options if chosen.get(option.code))
    return Parsed(value=codes) if codes else Parsed()


def _begun(item: Item, cut: str) -> list[Option]:
    """Return the options a cut label may stand for; none where it may be something else.

    A label is cut within its last word only: ``hépat`` may well be no « hépatite B ». One
    letter is enough in a short list of single words: sex, yes or no.
    """
    begun = [o for o in item.options if any(t.startswith(cut) for t in map(fold, o.title.values()))]
    if not cut.isalpha() or len(begun) != 1:
        return []
    rests = [t.removeprefix(cut) for t in map(fold, begun[0].title.values()) if t.startswith(cut)]
    is_within_a_word = all(rest.isalpha() for rest in rests)
    is_sure = len(cut) >= _CUT or (len(cut) == 1 and begun[0].reason is None and _is_short(item))
    return begun if is_within_a_word and is_sure else []


def _is_short(item: Item) -> bool:
    titles = [fold(title) for option in item.options for title in option.title.values()]
    return len(item.options) <= _SHORT_LIST and all(title.isalpha() for title in titles)


def _by_label(option: Option) -> Parsed:
    note = remark(FindingCode.CHOICE_BY_LABEL, value=option.code)
    return Parsed(value=option.code, remarks=(note,))


def _only(options: list[Option]) -> Option | None:
    codes = {option.code for option in options}
    return options[0] if len(codes) == 1 else None
