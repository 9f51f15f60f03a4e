"""Which words a workbook form itself prints, and where, so that what was added is seen.

A place is known by the code of its line and the heading of its column, so that rows and
columns may move. Asked of what writes the form, in each of its languages, once. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.expressions.once import once_a_form
from intake.formats.excel.anchors import ABOVE, HEADING
from intake.formats.excel.write.front_words import STEPS, rows
from intake.formats.excel.write.lines import STAR, Line, Table, below_label, form_tables
from intake.formats.wording.front_text import front_text
from intake.model.definition import FormDefinition
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.words.catalogue import Words
from intake.words.spelling import fold

_COUNT, _SECTIONS = "countx", "sectionsx"
Key = tuple[str, str]
"""Code of a line, or what stands for one, and the folded heading of a column."""
_PROGRESS = ("title", "section", "answered", "expected", "share", "left", "total", "none", "done",
             "ready")  # fmt: skip
_META = ("stamp", "form", "version", "language", "centre", "fingerprint")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a form prints outside its answers, all of it folded."""

    cells: Mapping[Key, frozenset[str]]
    front: frozenset[str]
    parts: frozenset[str]
    """What names a line of the table of sheets, beside which stand counts."""
    lists: frozenset[str]
    """What stands on the sheets that nobody looks at."""
    marks: frozenset[str]
    """What stands in the first column of the first sheet: numbers of steps, letters."""
    units: frozenset[str]
    """The headings of the columns of units."""
    _status: tuple[re.Pattern[str], ...] = ()

    def is_status(self, text: str) -> bool:
        """Say whether a text is what the first sheet computes: what is left to answer."""
        return any(pattern.fullmatch(fold(text)) for pattern in self._status)


@once_a_form
def own_words(definition: FormDefinition) -> OwnWords:
    """Return what a form prints outside its answers, in any of its languages."""
    cells: dict[Key, set[str]] = {}
    front, parts, lists = set[str](), set[str](), set[str](map(fold, _META))
    for language in definition.languages:
        words = Words(language)
        for table in form_tables(definition, words):
            for row, column, text in _printed(words, table):
                cells.setdefault((row, fold(column)), set()).add(fold(text))
            parts |= set(map(fold, _titles(words, table)))
        front |= set(map(fold, _front(definition, words)))
        parts.add(fold(words.text("excel.progress.total")))
        lists |= {fold(words.local(o.title)) for i in definition.items.values() for o in i.options}
        lists.add(fold(words.text("excel.yes")))
    return OwnWords(
        {key: frozenset(texts) for key, texts in cells.items()},
        frozenset(front | parts),
        frozenset(parts),
        frozenset({*lists, definition.id, definition.version, fold(definition.fingerprint)}),
        frozenset({*map(str, range(1, STEPS + 1)), *(fold(s.letter) for s in definition.sections)}),
        frozenset(fold(Words(language).text("excel.unit")) for language in definition.languages),
        tuple(_status(Words(language)) for language in definition.languages),
    )


def _printed(words: Words, table: Table) -> Iterator[tuple[str, str, str]]:
    """Yield each text of a sheet with the code of its line and the heading of its column."""
    code, question, answer = (
        words.text(f"form.column.{name}") for name in ("code", "question", "answer")
    )
    unit, hint = words.text("excel.unit"), words.text("excel.hint")
    yield ABOVE, code, f"{table.section.letter}   {table.title}"
    yield ABOVE, code, table.note
    for heading in (code, question, answer, unit, hint, *map(str, table.rows)):
        yield HEADING, heading, heading
    for line in table.lines:
        yield line.code, code, line.code
        yield line.code, question, _label(line, in_group=bool(table.rows))
        yield line.code, unit, line.unit
        if not table.rows:
            yield line.code, hint, line.hint
        if not line.places:
            yield line.code, answer, words.text("excel.several")


def _label(line: Line, *, in_group: bool) -> str:
    if line.option is not None:
        return line.label
    star = STAR if line.item.required is not None else ""
    return "\n".join([f"{line.label}{star}", *below_label(line, in_group=in_group)])


def _titles(words: Words, table: Table) -> Iterator[str]:
    yield table.title
    if table.rows:
        yield f"{table.title}  ·  {words.text('excel.columns', rows=len(table.rows))}"


def _status(words: Words) -> re.Pattern[str]:
    said = fold(words.text("excel.progress.todo", count=_COUNT, sections=_SECTIONS))
    pattern = re.escape(said).replace(_COUNT, r"\d+").replace(_SECTIONS, r"[\w ]*")
    return re.compile(pattern)


def _front(definition: FormDefinition, words: Words) -> Iterator[str]:
    stamp = FormStamp(
        definition.id, definition.version, words.language, definition.fingerprint, None,
        definition.sheet,
    )  # fmt: skip
    request = FormRequest(language=words.language, stamp=stamp)
    yield from (text for _, text, _, _ in rows(words, request))
    if definition.sheet is not None:
        yield words.printed(definition.title)
    kind = front_text(words, "kind", is_sheet=definition.sheet is not None)
    yield from (kind.upper(), words.text("form.closing"))
    yield from (words.text(f"excel.progress.{name}") for name in _PROGRESS)
