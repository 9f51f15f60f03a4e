"""Turn the questions of a section into the page model: lists, choice tables, pairs.

Groups are set in ``groups``; what block each run of questions becomes is in ``blocks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from intake.formats.pdf.write.layout.answers import (
    Node,
    Sheet,
    answer,
    is_very_long,
    is_wide,
    radio,
    text_spec,
    with_beside,
)
from intake.formats.pdf.write.layout.blocks import (
    Block,
    ChoiceTable,
    PairRow,
    PairTable,
    Questions,
    pair_stem,
    section_blocks,
)
from intake.formats.pdf.write.layout.geometry import ASIDE, SUB, WIDE
from intake.formats.pdf.write.layout.groups import group_node
from intake.formats.wording.captions import caption
from intake.model.definition import Item, Section
from intake.words.typography import printed


def section_node(sheet: Sheet, section: Section) -> Node:
    """Return one lettered section."""
    blocks = section_blocks(sheet.definition, section.name)
    return {
        "letter": section.letter,
        "title": sheet.print(section.title),
        "blocks": [block_node(sheet, block) for block in blocks],
    }


def block_node(sheet: Sheet, block: Block) -> Node:
    """Return one block of a section."""
    if isinstance(block, Questions):
        return {"kind": "questions", "rows": list(_rows(sheet, block.items))}
    if isinstance(block, ChoiceTable):
        return _choices(sheet, block)
    if isinstance(block, PairTable):
        return _pairs(sheet, block)
    return group_node(sheet, block.group, block)


def question(sheet: Sheet, item: Item, when: str = "") -> Node:
    """Return the words of one question."""
    return {
        "code": item.code,
        "label": sheet.print(item.label),
        "hint": sheet.print(item.hint),
        "required": item.required is not None,
        "sub": item.relevant is not None,
        "when": printed(when, sheet.words.language),
    }


def questions(sheet: Sheet, items: Sequence[Item]) -> Iterable[Node]:
    """Yield the words of consecutive questions; a condition is said once for its run."""
    above: Item | None = None
    previous: str | None = None
    for item in items:
        repeated = item.relevant is not None and item.relevant == previous
        when = "" if repeated else caption(sheet.definition, sheet.words, item, above=above)
        yield question(sheet, item, when)
        previous = item.relevant
        above = item if item.relevant is None else above


def _rows(sheet: Sheet, items: Sequence[Item]) -> Iterable[Node]:
    for node, item, following in zip(
        questions(sheet, items), items, [*items[1:], None], strict=True
    ):
        beside = next((i for i in sheet.definition.single_items if i.beside == item.name), None)
        node["wide"] = is_wide(item)
        node["answer"] = with_beside(sheet, item, beside) if beside else _answer(sheet, item)
        heads = following is not None and _keeps(item, following, items)
        node["keep"] = beside is not None or heads
        yield node


def _answer(sheet: Sheet, item: Item) -> Node:
    if not is_wide(item):
        return answer(sheet, item)
    return answer(sheet, item, width=WIDE - SUB if item.relevant else WIDE)


def _keeps(item: Item, following: Item, items: Sequence[Item]) -> bool:
    """Say whether the next question stays on the page of this one.

    The first conditional question does, and comments that would be alone on a last page.
    """
    subordinate = item.relevant is None and following.relevant is not None
    return subordinate or (following is items[-1] and is_very_long(following))


def _choices(sheet: Sheet, block: ChoiceTable) -> Node:
    rows = []
    for node, item in zip(questions(sheet, block.items), block.items, strict=True):
        rows.append({**node, "targets": list(radio(sheet, item).targets)})
    heads = [sheet.print(option.title) for option in block.items[0].options]
    return {"kind": "choices", "heads": heads, "rows": rows}


def _pairs(sheet: Sheet, block: PairTable) -> Node:
    language = _label_language(sheet, block)
    pairs = [row.items for row in block.rows if len(row.items) == 2]
    ends = [pair_stem(one, two, language)[1:] for one, two in pairs]
    heads, rests = zip(*(_column_head([end[side] for end in ends]) for side in (0, 1)), strict=True)
    notes = [_shared_hint(sheet, [pair[side] for pair in pairs]) for side in (0, 1)]
    captions = {
        item.name: rest
        for side in (0, 1)
        for item, rest in zip([pair[side] for pair in pairs], rests[side], strict=True)
    }
    return {
        "kind": "pairs",
        "test": sheet.words.text("form.test"),
        "unit": sheet.words.text("form.unit"),
        "heads": [printed(_capital(head), language) for head in heads],
        "notes": notes,
        "rows": [_pair_row(sheet, row, captions, notes, ends[0][0]) for row in block.rows],
    }


def _label_language(sheet: Sheet, block: PairTable) -> str:
    language = sheet.words.language
    return language if language in block.rows[0].items[0].label else sheet.definition.languages[0]


def _pair_row(
    sheet: Sheet, row: PairRow, captions: dict[str, str], notes: list[str], first_end: str
) -> Node:
    if row.aside:
        node = question(sheet, row.items[0], caption(sheet.definition, sheet.words, row.items[0]))
        return {**node, "aside": True, "answer": answer(sheet, row.items[0], width=ASIDE)}
    one = row.items[0]
    label = sheet.print(one.label)
    if len(row.items) == 2:
        stem = pair_stem(one, row.items[1], sheet.words.language)[0]
        label = printed(stem, sheet.words.language) or label
    else:
        label = label.removesuffix(printed(first_end, sheet.words.language)).rstrip(",; ")
    cells = [_pair_cell(sheet, item, captions.get(item.name, "")) for item in row.items]
    hints = [sheet.print(item.hint) for item in row.items]
    extra = [hint for hint, note in zip(hints, notes, strict=False) if hint != note]
    return {
        "aside": False,
        "label": label,
        "hint": " ".join(_own(hint, notes) for hint in extra if hint),
        "unit": sheet.print(one.unit),
        "cells": cells,
    }


def _own(hint: str, notes: Sequence[str]) -> str:
    """Return a hint without the sentence that already heads the column."""
    for note in notes:
        hint = hint.removeprefix(note).strip() if note else hint
    return hint


def _pair_cell(sheet: Sheet, item: Item, note: str) -> Node:
    spec = sheet.add(text_spec(sheet, item, None, lines=False))
    return {
        "code": item.code,
        "target": spec.name,
        "required": item.required is not None,
        "note": printed(note, sheet.words.language),
    }


def _column_head(ends: Sequence[str]) -> tuple[str, list[str]]:
    """Return what heads a column of endings, and what is left to say in each line.

    ``valeur la plus basse`` and ``valeur la plus haute`` give ``valeur la plus basse /
    haute``, and ``basse`` or ``haute`` beside each box.
    """
    distinct = list(dict.fromkeys(ends))
    if len(distinct) == 1:
        return distinct[0], [""] * len(ends)
    words = [end.split() for end in distinct]
    before = _common(words)
    after = _common([list(reversed(w[before:])) for w in words])
    rest = {e: " ".join(w[before : len(w) - after]) for e, w in zip(distinct, words, strict=True)}
    tail = words[0][len(words[0]) - after :] if after else []
    head = " ".join([*words[0][:before], " / ".join(rest.values()), *tail])
    return head, [rest[end] for end in ends]


def _common(words: Sequence[Sequence[str]]) -> int:
    count = 0
    for column in zip(*words, strict=False):
        if len(set(column)) > 1:
            break
        count += 1
    return count


def _shared_hint(sheet: Sheet, items: Sequence[Item]) -> str:
    """Return the hint that most lines of a column repeat, to print it once."""
    hints = [sheet.print(item.hint) for item in items if item.hint]
    if not hints:
        return ""
    commonest = max(dict.fromkeys(hints), key=hints.count)
    return commonest if hints.count(commonest) > len(items) // 2 else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
