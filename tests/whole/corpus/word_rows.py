"""W31-W32 and what else happens to whole lines of a Word form: moved, lost, renumbered."""

from __future__ import annotations

import copy
import re

from lxml import etree

from tests.kit.fillers.word_by_hand import control_of, run, tag_of
from tests.whole.corpus.word_damage import (
    HB,
    PLATELETS,
    Change,
    Element,
    W,
    cells_of,
    everywhere,
    form,
    line_of,
    replace_by,
    shown,
    word_case,
)

_SECOND = "mas_tx__2__"


def _lines(root: Element, prefix: str) -> list[Element]:
    """Return the lines of the places whose addresses begin so, each once, in order."""
    controls = (c for c in root.iter(W + "sdt") if tag_of(c).startswith(prefix))
    return list(dict.fromkeys(line_of(control) for control in controls))


def _last_first(root: Element) -> None:
    """Move the lines of the second treatment before those of the first."""
    first, second = _lines(root, "mas_tx__1__"), _lines(root, _SECOND)
    for line in second:
        first[0].addprevious(line)


def _removed(root: Element) -> None:
    for line in _lines(root, _SECOND):
        line.getparent().remove(line)


def _added(root: Element) -> None:
    """Copy the second treatment below the last one and renumber its codes, as a ninth row."""
    last = _lines(root, "mas_tx__8__")[-1]
    for line in reversed(_lines(root, _SECOND)):
        twin = copy.deepcopy(line)
        for code in twin.findall(W + "tc")[0].iter(W + "t"):
            code.text = re.sub(r"\.2$", ".9", code.text)
        _without_controls(twin)
        last.addnext(twin)


def _without_controls(line: Element) -> None:
    """Keep the words of a line only, as a paste of text does."""
    for mark in list(line.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        mark.getparent().remove(mark)
    for control in list(line.iter(W + "sdt")):
        for piece in list(shown(control)):
            control.addprevious(piece)
        control.getparent().remove(control)


def _copied_over(root: Element) -> None:
    """Copy the first treatment, with its controls, into the lines of the third."""
    first, third = _lines(root, "mas_tx__1__"), _lines(root, "mas_tx__3__")
    for old, new in zip(third, first, strict=True):
        old.getparent().replace(old, copy.deepcopy(new))


def _moved_away(root: Element) -> None:
    """Cut a line and paste it at the end of the last table."""
    line = line_of(control_of(root, HB))
    list(root.iter(W + "tbl"))[-1].append(line)


def _recoded(text: str) -> Change:
    def change(root: Element) -> None:
        next(cells_of(control_of(root, HB))[0].iter(W + "t")).text = text

    return change


def _exchanged(root: Element) -> None:
    one, two = (next(cells_of(control_of(root, name))[0].iter(W + "t")) for name in (HB, PLATELETS))
    one.text, two.text = two.text, one.text


def _recoded_and_lost(root: Element) -> None:
    control = control_of(root, HB)
    next(cells_of(control)[0].iter(W + "t")).text = "Q2"
    _without_controls(line_of(control))


def _merged(root: Element) -> None:
    """Merge question and answer, as selecting both cells and merging does."""
    _, question, answer = cells_of(control_of(root, HB))
    question.extend(answer.findall(W + "p"))
    answer.getparent().remove(answer)
    etree.SubElement(question.find(W + "tcPr"), W + "gridSpan", {W + "val": "2"})


def _note_column(root: Element) -> None:
    """Add a fourth column to a line, with a remark in it."""
    line = line_of(control_of(root, HB))
    cell = etree.SubElement(line, W + "tc")
    etree.SubElement(cell, W + "p").append(run("à contrôler"))


def _empty_column(root: Element) -> None:
    for line in root.iter(W + "tr"):
        etree.SubElement(etree.SubElement(line, W + "tc"), W + "p")


def _control_pasted(root: Element) -> None:
    """Copy an empty control into the cell of the next question and type the answer there."""
    source, target = control_of(root, HB), control_of(root, PLATELETS)
    twin = copy.deepcopy(source)
    for flag in twin.iter(W + "showingPlcHdr"):
        flag.getparent().remove(flag)
        break
    shown(twin).clear()
    shown(twin).append(run("74"))
    replace_by(target, twin)


def _suite(root: Element) -> None:
    """Copy the first treatment behind the last as text and write another one in it."""
    last = _lines(root, "mas_tx__8__")[-1]
    for line in reversed(_lines(root, "mas_tx__1__")):
        twin = copy.deepcopy(line)
        _without_controls(twin)
        for text in twin.iter(W + "t"):
            text.text = "Anakinra" if text.text.startswith("Bolus IV") else text.text
        last.addnext(twin)


def _row_hidden(root: Element) -> None:
    properties = line_of(control_of(root, HB)).find(W + "trPr")
    etree.SubElement(properties, W + "hidden")


CASES = (
    word_case(
        "w31-rows-reordered",
        "second treatment moved before the first",
        lambda: everywhere(_last_first),
    ),
    word_case(
        "w31-rows-removed",
        "lines of the second treatment deleted",
        lambda: everywhere(_removed),
    ),
    word_case(
        "w31-row-added",
        "a ninth treatment written below the printed eight",
        lambda: everywhere(_added),
    ),
    word_case(
        "w31-row-copied-over",
        "first treatment pasted, controls and all, over the lines of the third",
        lambda: everywhere(_copied_over),
    ),
    word_case(
        "w32-code-unreadable",
        "a code overtyped with « ? »",
        lambda: everywhere(_recoded("?")),
    ),
    word_case(
        "w32-code-of-no-question",
        "a code overtyped with one that the form does not have",
        lambda: everywhere(_recoded("Q99")),
    ),
    word_case(
        "w32-codes-exchanged",
        "the codes of two lines exchanged",
        lambda: everywhere(_exchanged),
    ),
    word_case(
        "w32-code-and-control-lost",
        "a code changed in a line whose control is gone too",
        lambda: everywhere(_recoded_and_lost),
    ),
    word_case(
        "r01-line-moved-away",
        "a line cut and pasted into another table",
        lambda: everywhere(_moved_away),
    ),
    word_case(
        "r02-cells-merged",
        "question and answer merged into one cell",
        lambda: everywhere(_merged),
    ),
    word_case(
        "r03-column-added",
        "an empty column added to every table",
        lambda: everywhere(_empty_column),
    ),
    word_case(
        "r05-control-pasted",
        "an empty control copied into the next line, and that answer typed in it",
        lambda: everywhere(_control_pasted, form(lab_hb_dx="")),
        meant={HB: ""},
    ),
    word_case(
        "r06-treatment-copied",
        "first treatment copied behind the last, same codes, another drug",
        lambda: everywhere(_suite),
    ),
    word_case("r07-line-hidden", "a line of the table hidden", lambda: everywhere(_row_hidden)),
    word_case(
        "r04-remark-in-a-new-cell",
        "a cell added behind an answer, with a remark",
        lambda: everywhere(_note_column),
    ),
)
