"""Walk the body of a Word document once, in reading order, and gather every place.

Text counts where a reader of the page sees it: insertions yes, deletions no, one of two
alternatives, field results and not their instructions. Nothing here knows a form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from lxml import etree

from intake.formats.word.anchors import ANSWER, CODE, TICKED, UNTICKED
from intake.formats.word.read.fields import FieldStack, is_of_the_clock, symbol
from intake.formats.word.read.marks import is_listed, of_run
from intake.formats.word.read.names import (
    CHECKBOX,
    CHECKED,
    CHECKED_VAL,
    COMPATIBILITY,
    ID,
    MATHS,
    NAME,
    VAL,
    is_on,
    w,
)
from intake.formats.word.read.spans import (
    MAX_FOUND,
    MAX_OPEN,
    MAX_TEXT,
    UNMARKED,
    Bookmark,
    Control,
    OldField,
    Row,
    Span,
    Walked,
)
from intake.model.errors import over_limit

Element: TypeAlias = etree._Element
_RUN_PROPERTIES, _ROW_PROPERTIES, _DELETED = w("rPr"), w("trPr"), w("del")
_ROW_HIDDEN = w("hidden")
_CELL_DELETED = f"{w('tcPr')}/{w('cellDel')}"
_PROPERTIES, _CONTENT, _PLACEHOLDER = w("sdtPr"), w("sdtContent"), w("showingPlcHdr")
_TAG, _ALIAS, _GROUP = w("tag"), w("alias"), w("group")
_LISTS, _LABEL, _VALUE = (w("dropDownList"), w("comboBox")), w("displayText"), w("value")
_MAX_WHOLE = 40 * MAX_TEXT
_SKIPPED = frozenset(
    w(name)
    for name in (
        "pPr", "rPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr",
        "delText", "delInstrText", "rt",
    )
)  # fmt: skip
_LAID_OVER = frozenset(
    w(name)
    for name in (
        "drawing", "pict", "object", "altChunk", "subDoc", "contentPart",
        "footnoteReference", "endnoteReference",
    )
)  # fmt: skip


def walk(body: Element) -> Walked:
    """Return all that the body says. Raises UnreadableFile when it passes a limit."""
    walker = _Walker()
    walker.visit(body)
    return walker.walked


class _Walker:
    """The state of one walk: what is open, and how the text met is marked."""

    def __init__(self) -> None:
        self.walked = Walked()
        self.open: list[Span] = []
        self.marks: dict[str, Bookmark] = {}
        self.cells: list[list[Span]] = []
        self.fields = FieldStack()
        self.now = UNMARKED
        self.whole_size = 0
        self.handlers: dict[str, Callable[[Element], None]] = self._handlers()

    def _handlers(self) -> dict[str, Callable[[Element], None]]:
        own = {
            "t": self._text, "r": self._run, "p": self._paragraph, "sdt": self._control,
            "tr": self._row, "tc": self._cell, "ins": self._inserted, "moveTo": self._inserted,
            "del": self._deleted, "moveFrom": self._deleted,
            "bookmarkStart": self._start, "bookmarkEnd": self._end,
            "fldChar": self._field, "fldSimple": self._simple_field, "sym": self._symbol,
            "instrText": lambda e: self.fields.instruct(e.text or ""),
            "tab": lambda _: self.add("\t"),
            "br": lambda _: self.add("\n"),
            "cr": lambda _: self.add("\n"),
            "noBreakHyphen": lambda _: self.add("-"),
        }  # fmt: skip
        handlers = {w(name): handler for name, handler in own.items()}
        handlers |= dict.fromkeys(_SKIPPED, lambda _: None)
        handlers |= dict.fromkeys(_LAID_OVER, self._laid_over)
        handlers[f"{{{COMPATIBILITY}}}AlternateContent"] = self._alternative
        handlers[f"{{{MATHS}}}t"] = self._text
        return handlers

    def visit(self, element: Element) -> None:
        """Visit what an element holds, in document order."""
        for child in element:
            handler = self.handlers.get(child.tag)
            if handler is None:
                self.visit(child)
            else:
                handler(child)

    def add(self, text: str) -> None:
        """Add text to every open place."""
        if not text or not self.fields.shows_text:
            return
        if self.now.level:
            text = self.now.lettered(text)
        for span in self.open:
            span.add(text, self.now)
        self.whole_size += len(text)
        if self.whole_size > _MAX_WHOLE:
            raise over_limit("text")
        if self.walked.whole.size < MAX_TEXT - len(text):
            self.walked.whole.add(text)

    def _begin(self, span: Span) -> None:
        if len(self.open) >= MAX_OPEN or self.walked.count() >= MAX_FOUND:
            raise over_limit("fields")
        self.open.append(span)

    def _close(self, span: Span) -> None:
        if self.open and self.open[-1] is span:
            self.open.pop()
        else:
            self.open[:] = [other for other in self.open if other is not span]

    def _text(self, element: Element) -> None:
        self.add(element.text or "")

    def _symbol(self, element: Element) -> None:
        self.add(symbol(element))

    def _run(self, element: Element) -> None:
        if not len(element) or element[0].tag != _RUN_PROPERTIES:
            self.visit(element)
            return
        around = self.now
        self.now = of_run(element[0], around)
        self.visit(element)
        self.now = around

    def _paragraph(self, element: Element) -> None:
        if self.cells:
            self.visit(element)
            if is_listed(element):
                self._doubt()
        else:
            span = Span()
            self._begin(span)
            self.visit(element)
            self._close(span)
            self._keep_loose([span])
        self.add("\n")

    def _keep_loose(self, spans: list[Span]) -> None:
        """Keep what is no answer."""
        self.walked.loose += [span.text for span in spans if span.pieces]

    def _inserted(self, element: Element) -> None:
        around = self.now
        self.now = replace(around, revised=True)
        self.visit(element)
        self.now = around

    def _deleted(self, element: Element) -> None:
        """Drop the text; say in every open place that it was changed."""
        if any(text.text for text in element.iter(w("delText"), w("t"))):
            for span in self.open:
                span.revised = True

    def _alternative(self, element: Element) -> None:
        """Visit the first choice only: the others say the same for older programs."""
        choice = element.find(f"{{{COMPATIBILITY}}}Choice")
        self.visit(choice if choice is not None else element)

    def _laid_over(self, _: Element) -> None:
        self.walked.laid_over += 1

    def _control(self, element: Element) -> None:
        parts = {child.tag: child for child in element}
        properties, content = parts.get(_PROPERTIES), parts.get(_CONTENT)
        if content is None:
            return
        if properties is None or properties.find(_GROUP) is not None:
            self.visit(content)
            return
        control = _described(properties)
        self._begin(control.span)
        self.visit(content)
        self._close(control.span)
        self.walked.controls.append(control)

    def _start(self, element: Element) -> None:
        name, number = element.get(NAME, ""), element.get(ID, "")
        if not name or number in self.marks or len(self.open) >= MAX_OPEN:
            return
        self.marks[number] = Bookmark(name, Span())
        self.open.append(self.marks[number].span)

    def _end(self, element: Element) -> None:
        mark = self.marks.pop(element.get(ID, ""), None)
        if mark is not None:
            self._close(mark.span)
            self.walked.bookmarks.append(mark)
            if self.walked.count() > MAX_FOUND:
                raise over_limit("fields")

    def _row(self, element: Element) -> None:
        properties = element.find(_ROW_PROPERTIES)
        is_dropped = properties is not None and properties.find(_DELETED) is not None
        if is_dropped:
            self.walked.dropped_rows += 1
            return
        around, cells = self.now, list[Span]()
        if properties is not None and any(is_on(e.get(VAL)) for e in properties.iter(_ROW_HIDDEN)):
            self.now = replace(around, hidden=True)
        self.cells.append(cells)
        self.visit(element)
        self.cells.pop()
        self.now = around
        code = cells[0].text.strip() if len(cells) > 1 else ""
        if CODE.fullmatch(code):
            self.walked.rows.append(Row(code, cells.pop(min(ANSWER, len(cells) - 1))))
            del cells[0]
        if self.walked.rows:  # tables before the first line are the title band's
            self._keep_loose(cells)

    def _cell(self, element: Element) -> None:
        span = Span()
        if self.cells:
            self.cells[-1].append(span)
        self._begin(span)
        span.revised = element.find(_CELL_DELETED) is not None
        self.visit(element)
        self._close(span)

    def _field(self, element: Element) -> None:
        found = self.fields.step(element)
        if found is None:
            return
        if isinstance(found, Span):
            self.open.append(found)
            if self.fields.is_of_the_clock:
                self._doubt()
            return
        self._close(found.span)
        self._old_field(found)

    def _simple_field(self, element: Element) -> None:
        if is_of_the_clock(element.get(w("instr"), "")):
            self._doubt()
        self.visit(element)

    def _doubt(self) -> None:
        for span in self.open:
            span.doubtful = True

    def _old_field(self, found: OldField) -> None:
        """Keep an old form field; a tick or a list shows what it holds."""
        if found.ticked is not None:
            self.add(TICKED if found.ticked else UNTICKED)
        elif not found.span.text and self.fields.choice:
            self.add(self.fields.choice)
            found.span.add(self.fields.choice)
        if found.name:
            self.walked.old_fields.append(found)


def _described(properties: Element) -> Control:
    """Return a control with its names and state, and no text yet."""
    found = {child.tag: child for child in properties}
    box, flagged = found.get(CHECKBOX), found.get(_PLACEHOLDER)
    ticked = None
    if box is not None:
        state = box.find(CHECKED)
        ticked = state is not None and is_on(state.get(CHECKED_VAL))
    is_flagged = flagged is not None and is_on(flagged.get(VAL))
    tag, alias = (_value(found.get(name)) for name in (_TAG, _ALIAS))
    return Control(tag, alias, Span(), ticked, is_flagged, _entries(found))


def _entries(found: Mapping[str, Element]) -> dict[str, str]:
    """Return the values of a list control by the labels that it shows."""
    lists = [found[name] for name in _LISTS if name in found]
    entries = [entry for one in lists for entry in one.iterfind(w("listItem"))]
    if len(entries) > MAX_FOUND:
        raise over_limit("fields")
    return {entry.get(_LABEL, entry.get(_VALUE, "")): entry.get(_VALUE, "") for entry in entries}


def _value(found: Element | None) -> str:
    return "" if found is None else str(found.get(VAL, ""))[:200]
