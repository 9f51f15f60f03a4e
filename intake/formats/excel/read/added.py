"""Say what somebody wrote outside the cells to answer in: each thing with its place. Pure.

A workbook is its blank form and what was done to it: a cell is printed by the form, in its
line and column, or it is an answer, or it is said here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.formats.excel.anchors import ABOVE, HEADING, HIDDEN_SHEETS, TALLY_SHEET
from intake.formats.excel.read.loose import Loose
from intake.formats.excel.read.own_words import OwnWords, own_words
from intake.formats.office.packing import entries_of
from intake.formats.wording.first_page import StudyWords, added_lines
from intake.model.definition import FormDefinition, Item
from intake.model.finding import Finding, Location
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import find_stamp
from intake.model.submission import BesideAnswers
from intake.words.spelling import fold as folded_anew

PRINTED = "printed"
"""The kind of doubt about an answer whose printed unit or label was changed."""
_MOST_CELLS, _MOST_SHEETS = 3, 4
"""Remarks about one sheet, and sheets with remarks of their own; more are one remark."""
_COUNTED = frozenset({"true", "false", "vrai", "faux", "0", "1", "2"})
_BAR = "\u2588\u2591"
_FIRST, _COUNTS = "1", ("3", "4", "5", "6")
"""Columns of the first sheet: numbers and letters; what stands beside a sheet's name."""
_EXPORTER = "numbers"
fold = lru_cache(maxsize=8192)(folded_anew)
"""The words that a form prints are the same in every file."""


@dataclass(frozen=True, slots=True)
class Added:
    """One cell that the form does not print so: where, in whose line, over printed words or not."""

    sheet: str
    cell: str
    item: Item | None = None
    is_doubt: bool = False
    """It changes what an answer beside it says."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the answers when the rest is looked at."""

    cells: Collection[tuple[str | None, str | None]]
    items: Collection[str]
    """Names of the items that have an answer."""


def added_texts(
    beside: Iterable[BesideAnswers], answers: Answers, definition: FormDefinition, study: StudyWords
) -> Iterator[Finding]:
    """Yield a remark for each thing added, one for a sheet with several, one for many sheets."""
    own = own_words(definition)
    items = {item.code: item for item in definition.items.values()}
    readings = [(packed.sheet, entries_of(packed.text, Loose)) for packed in beside]
    found: list[list[Added]] = []
    has_front = False
    titles = {fold(title) for title, _ in readings}
    for title, cells in readings:
        loose = [c for c in cells if (title, c.cell) not in answers.cells]
        if any(cell.row == HEADING for cell in cells):
            said = [*_in_table(title, loose, own, items, answers)]
        elif not has_front and _is_front(cells, own):
            has_front = True
            said = [Added(title, cell.cell) for cell in _on_front(loose, own, study)]
        else:
            said = [Added(title, cell.cell) for cell in _on_other(title, loose, own, titles)]
        found.append(said)
    yield from _told([said for said in found if said])


def _in_table(
    title: str,
    loose: Iterable[Loose],
    own: OwnWords,
    items: Mapping[str, Item],
    answers: Answers,
) -> Iterator[Added]:
    for cell in loose:
        folded = fold(cell.text)
        known = own.cells.get((cell.row, cell.column), frozenset())
        if not folded or folded in known or (cell.row == ABOVE and _is_stamp(cell.text)):
            continue
        item = items.get(cell.row.partition("=")[0])
        is_beside = bool(known - {""}) or cell.column in own.units
        is_doubt = item is not None and is_beside and item.name in answers.items
        yield Added(title, cell.cell, item, is_doubt)


def _is_stamp(text: str) -> bool:
    stamp = find_stamp(text)
    return stamp is not None and fold(stamp.text) == fold(text)


def _is_front(cells: Iterable[Loose], own: OwnWords) -> bool:
    """Say whether a sheet without codes is the form's first one: half of its words are."""
    texts = [fold(c.text) for c in cells if not (c.is_formula or c.text.isdecimal())]
    known = sum(text in own.front for text in texts)
    return known > _MOST_CELLS and known * 2 > len(texts)


def _on_front(loose: Sequence[Loose], own: OwnWords, study: StudyWords) -> Iterator[Loose]:
    counted = {cell.row for cell in loose if fold(cell.text) in own.parts}
    others = [cell for cell in loose if not _is_counted(cell, own, counted)]
    places = added_lines([cell.text for cell in others], own.front, study)
    yield from (others[place] for place in places)


def _is_counted(cell: Loose, own: OwnWords, counted: Collection[str]) -> bool:
    """Say whether a cell of the first sheet is a number or a count that the form computes."""
    if cell.is_formula:
        return True
    if cell.column == _FIRST:
        return fold(cell.text) in own.marks
    is_count = cell.text.isdecimal() or not set(cell.text) - set(_BAR)
    return (cell.row in counted and cell.column in _COUNTS and is_count) or own.is_status(cell.text)


def _on_other(
    title: str, loose: Iterable[Loose], own: OwnWords, titles: Collection[str]
) -> Iterator[Loose]:
    """Yield what is written on a sheet that is none of the form's, copies of lists apart."""
    is_hidden, is_tally = title.startswith(HIDDEN_SHEETS), title.startswith(TALLY_SHEET)
    cells = [cell for cell in loose if cell.text.strip()]
    is_export = any(_EXPORTER in fold(cell.text) for cell in cells)
    listed = own.lists | _stamp_parts(cells)
    for cell in cells:
        folded = fold(cell.text)
        is_list = is_hidden and (folded in listed or cell.is_formula)
        is_count = is_tally and folded in _COUNTED
        is_told = is_export and (_EXPORTER in folded or any(folded in t for t in titles))
        if not (is_list or is_count or is_told):
            yield cell


def _stamp_parts(cells: Iterable[Loose]) -> frozenset[str]:
    """Return the stamps on a sheet, and each of their parts."""
    stamps = [stamp for cell in cells if (stamp := find_stamp(cell.text)) is not None]
    parts = ((s.text, s.form, s.version, s.language, s.centre or "", s.fingerprint) for s in stamps)
    return frozenset(fold(text) for found in parts for text in found)


def _told(found: Sequence[Sequence[Added]]) -> Iterator[Finding]:
    if len(found) > _MOST_SHEETS:
        found = [[added for said in found for added in said]]
    for said in found:
        for is_doubt in (True, False):
            alike = [added for added in said if added.is_doubt is is_doubt]
            if len(alike) > _MOST_CELLS:
                yield _remark(alike)
            else:
                yield from (_remark([added]) for added in alike)


def _remark(alike: Sequence[Added]) -> Finding:
    """Return one remark about cells, placed at the first; it names every item concerned."""
    first = alike[0]
    code = FindingCode.ANSWER_UNSURE if first.is_doubt else FindingCode.TEXT_ELSEWHERE
    place = {"place": f"{first.sheet}!{first.cell}"}
    context = {"kind": PRINTED} if first.is_doubt else {"count": str(len(alike))}
    names = tuple(dict.fromkeys(added.item.name for added in alike if added.item is not None))
    where = Location(sheet=first.sheet, cell=first.cell)
    return finding_of(code, {**context, **place}, location=where, items=names)
