"""Walk the body of a Word document once, in reading order, and gather every place.

Text counts where a reader of the page sees it: insertions yes, deletions no, one of two
alternatives, field results and not their instructions. Nothing here knows a form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from lxml import etree

from intake.formats.office.lettering import LOWERED, RAISED, UNKNOWN_SIGN
from intake.formats.word.anchors import ANSWER, CODE, TICKED, UNTICKED
from intake.formats.word.read.fields import FieldStack, is_of_the_moment, symbol
from intake.formats.word.read.loose import BESIDE, BETWEEN, FRONT, Loose
from intake.formats.word.read.marks import is_listed, is_set_apart, marked, shade_of
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
    EQUATION,
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
from intake.formats.word.read.styles import Styles
from intake.model.errors import over_limit

Element: TypeAlias = etree._Element
_PARAGRAPH_PROPERTIES, _PARAGRAPH_STYLE, _SHADE = w("pPr"), w("pStyle"), w("shd")
_PARTS = frozenset(f"{{{MATHS}}}{name}" for name in ("num", "den"))
_BESIDE = frozenset(f"{{{MATHS}}}{name}" for name in ("sup", "sub"))
_RUN_PROPERTIES, _ROW_PROPERTIES, _DELETED = w("rPr"), w("trPr"), w("del")
_ROW_HIDDEN = w("hidden")
_MERGED_DOWN = f"{w('tcPr')}/{w('vMerge')}"
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


def walk(body: Element, styles: Styles) -> Walked:
    """Return all that the body says. Raises UnreadableFile when it passes a limit."""
    walker = _Walker(styles)
    walker.visit(body)
    return walker.walked


class _Walker:
    """The state of one walk: what is open, and how the text met is marked."""

    def __init__(self, styles: Styles) -> None:
        self.walked = Walked()
        self.styles = styles
        self.open: list[Span] = []
        self.marks: dict[str, Bookmark] = {}
        self.cells: list[list[Span]] = []
        self.fields = FieldStack()
        self.around = self.now = UNMARKED
        self.style = self.ground = ""
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
        maths = {
            "t": self._text, "f": self._fraction, "sSup": self._raised, "sSub": self._lowered,
            "r": self.visit, "oMathPara": self.visit, "oMath": self._equation,
        }  # fmt: skip
        handlers |= {f"{{{MATHS}}}{name}": handler for name, handler in maths.items()}
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
        if self.now is not UNMARKED or not text.isascii():
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
        before = self.now
        found = self.styles.properties(self.style, element[0])
        self.now = marked(found, self.around, self.ground)
        self.visit(element)
        self.now = before

    def _paragraph(self, element: Element) -> None:
        before = self.style, self.ground, self.now
        properties = (
            element[0] if len(element) and element[0].tag == _PARAGRAPH_PROPERTIES else None
        )
        named = None if properties is None else properties.find(_PARAGRAPH_STYLE)
        self.style = "" if named is None else named.get(VAL, "")
        self.now = marked(self.styles.properties(self.style, None), self.around, self.ground)
        if properties is not None:
            if is_set_apart(properties, self.ground):
                self.now = replace(self.now, stressed=True)
            self.ground = shade_of(properties.find(_SHADE)) or self.ground
        self._lines(element)
        self.style, self.ground, self.now = before

    def _lines(self, element: Element) -> None:
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
        where = BETWEEN if self.walked.rows else FRONT
        code = self.walked.last_code
        self.walked.loose += [Loose(where, code, span.printed) for span in spans if span.pieces]

    def _inserted(self, element: Element) -> None:
        before = self.around, self.now
        self.around, self.now = (replace(marks, revised=True) for marks in before)
        self.visit(element)
        self.around, self.now = before

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
        if not self.walked.laid_over:
            here = self.cells[-1][0].text.strip() if self.cells and self.cells[-1] else ""
            self.walked.laid_on = here if CODE.fullmatch(here) else self.walked.last_code
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
        first = len(self.walked.controls)
        self._begin(control.span)
        self.visit(content)
        self._close(control.span)
        within = self.walked.controls[first:]
        if any(other.tag not in ("", control.tag) and other.span.text for other in within):
            control.span.doubtful = bool(control.tag)
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
        around, cells = self.around, list[Span]()
        if properties is not None and any(is_on(e.get(VAL)) for e in properties.iter(_ROW_HIDDEN)):
            self.around = replace(around, hidden=True)
        self.cells.append(cells)
        met = len(self.walked.controls)
        self.visit(element)
        self.cells.pop()
        self.around = around
        code = cells[0].text.strip() if len(cells) > 1 else ""
        if not CODE.fullmatch(code):
            named = any(control.tag for control in self.walked.controls[met:])
            if self.walked.rows or not named:
                self._keep_loose(cells)
            elif len(cells) > 1:  # it was changed; the control says which line it is
                self.walked.loose.append(Loose(BETWEEN, "", code or UNKNOWN_SIGN))
            return
        self.walked.rows.append(Row(code, cells.pop(min(ANSWER, len(cells) - 1))))
        beside = [span for span in cells[1:] if span.pieces]
        self.walked.loose += [Loose(BESIDE, code, span.printed) for span in beside]

    def _cell(self, element: Element) -> None:
        span = Span()
        if self.cells:
            self.cells[-1].append(span)
        self._begin(span)
        span.revised = element.find(_CELL_DELETED) is not None
        span.is_merged = element.find(_MERGED_DOWN) is not None
        before = self.ground
        self.ground = shade_of(element.find(f"{w('tcPr')}/{_SHADE}")) or before
        self.visit(element)
        self.ground = before
        self._close(span)

    def _field(self, element: Element) -> None:
        found = self.fields.step(element)
        if found is None:
            return
        if isinstance(found, Span):
            self.open.append(found)
            if self.fields.is_of_the_moment:
                self._doubt()
            return
        self._close(found.span)
        if self.fields.unshown:
            self._odd(EQUATION)
            self.add(self.fields.unshown)
        self._old_field(found)

    def _simple_field(self, element: Element) -> None:
        if is_of_the_moment(element.get(w("instr"), "")):
            self._doubt()
        self.visit(element)

    def _equation(self, element: Element) -> None:
        """Read an equation, and have it confirmed: its places say more than its letters."""
        self._odd(EQUATION)
        self.visit(element)

    def _fraction(self, element: Element) -> None:
        """Write a fraction with its stroke, apart from a figure before it: ``7 1/2``."""
        parts = [part for part in element if part.tag in _PARTS]
        self.add(" ")
        for number, part in enumerate(parts):
            self.add("/" if number else "")
            self.visit(part)

    def _raised(self, element: Element) -> None:
        self._moved(element, RAISED)

    def _lowered(self, element: Element) -> None:
        self._moved(element, LOWERED)

    def _moved(self, element: Element, level: str) -> None:
        """Read a base as it is and what is raised or lowered beside it as such."""
        for part in element:
            before = self.now
            if part.tag in _BESIDE:
                self.now = replace(before, level=level)
            self.visit(part)
            self.now = before

    def _odd(self, oddity: str) -> None:
        for span in self.open:
            span.oddities.add(oddity)

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
