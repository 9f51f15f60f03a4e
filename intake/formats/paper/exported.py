"""From the coded lines of an exported form to its places. Pure.

What the form itself prints in an answer's cell (unit, label, placeholder) is taken off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake.formats.paper.printed_answers import PrintedAnswer, PrintedForm, PrintedLine
from intake.formats.pdf.font import field_font
from intake.formats.wording.line_texts import said_by_options, said_in_line, titles_of
from intake.model.address import Place, item_places, places
from intake.model.definition import FormDefinition, Item
from intake.model.submission import FieldKind

_SIGNS = "☐☒☑□✓✔✗✘"


def exported_form(lines: Sequence[PrintedLine], definition: FormDefinition) -> PrintedForm:
    """Return the answers of the lines whose codes a form has; twice the same code is said."""
    by_code = {place.code: place for place in places(definition)}
    several = {Place(p.item, p.row).code: p for p in by_code.values() if p.option is not None}
    answers: dict[str, PrintedAnswer] = {}
    repeated = 0
    for line in lines:
        place = by_code.get(line.code)
        if place is not None:
            found = [_answer(place, line)]
        elif line.code in several and any(line.lines):
            found = list(_options(several[line.code], line))
        else:
            continue
        repeated += any(one.address in answers for one in found)
        for one in found:
            answers.setdefault(one.address, one)
    printed = {group.fixed_item for group in definition.groups.values()}
    fixed = {place.address for place in by_code.values() if place.item.name in printed}
    return PrintedForm(
        answers=tuple(replace(one, is_fixed=one.address in fixed) for one in answers.values()),
        repeated=repeated,
    )


def _answer(place: Place, line: PrintedLine) -> PrintedAnswer:
    text = " ".join(line.lines)
    if place.option is not None:
        return _made(place, line, text, line.doubt)
    said = said_in_line(place.item, text)
    doubt = line.doubt or ("" if said.is_alone else "words")
    if not doubt and not all(x.isspace() or field_font().can_draw(x) for x in said.text):
        doubt = "letters"
    return _made(place, line, said.text, doubt or _as_reason(place.item, said.text))


def _as_reason(item: Item, text: str) -> str:
    """Return a doubt where a text may be a code or, typed, the reason of the same letters."""
    option = item.option(text) if item.is_choice else None
    return "list" if option is not None and option.reason is not None else ""


def _options(place: Place, line: PrintedLine) -> Iterator[PrintedAnswer]:
    """Yield the options of a multiple choice printed in one cell, a sign before each."""
    titles = titles_of(place.item)
    here = {p.option.code: p for p in item_places(place.item, place.row) if p.option}
    read = dict(said_by_options(titles, "\n".join(_whole(line.lines))))
    doubt = line.doubt or ("words" if "" in read or len(read) < len(here) else "")
    for code, option in here.items():
        if code in read:
            yield _made(option, line, read[code].text, doubt)


def _whole(lines: Sequence[str]) -> list[str]:
    """Return the lines with what was broken put together again: each begins with a sign."""
    joined: list[str] = []
    for line in lines:
        if joined and not line.startswith(tuple(_SIGNS)):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _made(place: Place, line: PrintedLine, text: str, doubt: str) -> PrintedAnswer:
    kind = FieldKind.TEXT if place.option is None else FieldKind.TICK
    is_mark = place.option is not None
    return PrintedAnswer(place.address, kind, text, line.page, line.box, doubt, is_mark=is_mark)
