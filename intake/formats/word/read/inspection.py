"""All that a returned Word file says, read in a limited child process. No form is known here.

Opens the package behind the guard, walks the body once and gathers every reading of every
place: control, bookmark, old form field, table row. They are compared in ``readings``, where
the form is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake.formats.office.package_date import package_date
from intake.formats.office.packing import as_text
from intake.formats.office.theme import theme_colours
from intake.formats.office.zip_guard import Package, open_package
from intake.formats.word.anchors import (
    BY_CODE,
    CODE,
    PROMPT,
    STAMP_BOOKMARK,
    UNTICKED,
)
from intake.formats.word.read.carriers import (
    drawn_around,
    program_family,
    stamp_claims,
    words_around,
)
from intake.formats.word.read.names import w
from intake.formats.word.read.spans import Bookmark, Control, OldField, Row, Span, Walked
from intake.formats.word.read.styles import Styles
from intake.formats.word.read.walk import walk
from intake.formats.wording.placeholders import placeholders
from intake.model.errors import UnreadableFile
from intake.model.finding import Finding, Location, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import (
    BesideAnswers,
    FieldKind,
    FileFormat,
    FoundField,
    Inspection,
    Rung,
)


def inspect(content: bytes) -> Inspection:
    """Return all that the file says. Raises UnreadableFile, never returns part of a form."""
    package = open_package(content)
    if package.active:
        raise UnreadableFile(FindingCode.FILE_UNSAFE)
    root = package.xml(package.main)
    body = None if root is None else root.find(w("body"))
    if body is None:
        raise UnreadableFile(FindingCode.FILE_DAMAGED)
    walked = walk(body, _styles(package))
    claims = tuple(stamp_claims(package, walked, STAMP_BOOKMARK))
    fields = tuple(_fields(walked, is_ours=bool(claims)))
    loose = [*walked.loose, *words_around(package)]
    return Inspection(
        format=FileFormat.WORD,
        claims=claims,
        fields=fields,
        findings=tuple(_findings(package, walked, has_fields=bool(fields))),
        beside=(BesideAnswers(as_text(loose)),) if loose else (),
        program=program_family(package),
        written=package_date(package),
    )


def _styles(package: Package) -> Styles:
    kinds = {
        relation.kind: relation.target for relation in package.relations(package.main).values()
    }
    theme = theme_colours(package.xml(kinds.get("theme", "")))
    return Styles(package.xml(kinds.get("styles", "")), theme)


def _fields(walked: Walked, *, is_ours: bool) -> Iterator[FoundField]:
    """Yield every reading: several may be of one place. Titles are names in others' forms."""
    for control in walked.controls:
        address = _address(control) or ("" if is_ours else control.alias)
        if address:
            yield from _control_fields(control, address)
    for found in walked.old_fields:
        yield _field(found.name, found.span, Rung.FIELD, ticked=found.ticked)
    for bookmark in walked.bookmarks:
        if not bookmark.name.startswith("_"):
            yield _field(bookmark.name, bookmark.span, Rung.BOOKMARK)
    for row in walked.rows:
        yield _field(BY_CODE + row.code, row.span, Rung.CODE_ROW)


def _control_fields(control: Control, address: str) -> Iterator[FoundField]:
    """Yield the reading of a control, and of a checkbox both state and sign."""
    found = _field(address, control.span, Rung.CONTROL, ticked=control.ticked)
    if control.is_flagged and found.text in placeholders():
        found = replace(found, text="")
    yield replace(found, export=control.entries.get(found.text, ""))
    if control.ticked is not None and control.tag:
        yield _field(address, control.span, Rung.CONTROL)


def _address(control: Control) -> str:
    """Return the tag of a control, else the code that begins its title."""
    if control.tag or control.ticked is not None:
        return control.tag
    code = control.alias.split(" ", 1)[0]
    return BY_CODE + code if CODE.fullmatch(code) else ""


def _field(address: str, span: Span, rung: Rung, *, ticked: bool | None = None) -> FoundField:
    kind = FieldKind.TEXT if ticked is None else FieldKind.TICK
    text = span.text if ticked is None else "1" * ticked
    return FoundField(address=address, text=text, kind=kind, rung=rung)


def _findings(package: Package, walked: Walked, *, has_fields: bool) -> Iterator[Finding]:
    if not has_fields:
        yield finding_of(FindingCode.FILE_NO_FIELDS)
    yield from _span_findings(walked)
    if walked.dropped_rows:
        yield finding_of(FindingCode.TEXT_REVISED, {"kind": "rows"})
    for control in walked.controls:
        if _is_doubtful(control):
            context = {"address": _address(control), "kind": PROMPT}
            yield finding_of(FindingCode.ANSWER_UNSURE, context)
    for row in walked.rows:
        if _is_stressed_unticked(row.span):
            yield finding_of(FindingCode.ANSWER_UNSURE, {"address": BY_CODE + row.code})
        if row.span.is_merged:
            yield finding_of(FindingCode.CELL_MERGED, {"address": BY_CODE + row.code})
    drawn = walked.laid_over + drawn_around(package)
    lines = {"drawings": Location(code=walked.laid_on) if walked.laid_on else None}
    for kind, count in (("drawings", drawn), ("comments", _comments(package))):
        if count:
            context = {"count": str(count), "kind": kind}
            yield finding_of(FindingCode.FIELD_UNKNOWN, context, location=lines.get(kind))


def _span_findings(walked: Walked) -> Iterator[Finding]:
    """Yield what is odd about the text of single places."""
    for address, span in _marked(walked):
        if span.hidden:
            yield finding_of(FindingCode.TEXT_HIDDEN, {"address": address})
        if span.revised:
            yield finding_of(FindingCode.TEXT_REVISED, {"address": address})
        if span.doubtful:
            context = {"address": address}
            yield finding_of(FindingCode.READINGS_DISAGREE, context, severity=Severity.QUERY)
        for oddity in sorted(span.oddities):
            yield finding_of(FindingCode.ANSWER_UNSURE, {"address": address, "kind": oddity})


def _marked(walked: Walked) -> Iterator[tuple[str, Span]]:
    """Yield the places whose text is hidden, revised or shown otherwise, by address."""
    named: list[tuple[str, Control | Bookmark | OldField | Row]] = [
        *((_address(control), control) for control in walked.controls),
        *((found.name, found) for found in walked.old_fields),
        *((mark.name, mark) for mark in walked.bookmarks),
        *((BY_CODE + row.code, row) for row in walked.rows),
    ]
    for address, found in named:
        span = found.span
        if address and (span.hidden or span.revised or span.doubtful or span.oddities):
            yield address, span


def _is_doubtful(control: Control) -> bool:
    """Say whether a control shows a text that it claims to be a placeholder, and is not."""
    text = control.span.text
    return bool(control.is_flagged and control.tag and text) and text not in placeholders()


def _is_stressed_unticked(span: Span) -> bool:
    """Say whether an option whose box is empty has its label highlighted, as if chosen."""
    lines = [line for line in span.text.split("\n") if line.lstrip().startswith(UNTICKED)]
    stressed, coloured = _labels(span.stressed), _labels(span.coloured)
    others = [line for line in span.text.split("\n") if line.strip()]
    is_apart = not all(any(label in line for label in coloured) for line in others)
    labels = [*stressed, *(coloured if is_apart else ())]
    return any(label in line for label in labels for line in lines)


def _labels(texts: Sequence[str]) -> list[str]:
    return [text.strip() for text in texts if any(map(str.isalpha, text))]


def _comments(package: Package) -> int:
    """Return how many comments with words stand in the margin."""
    count = 0
    for relation in package.relations(package.main).values():
        root = package.xml(relation.target) if relation.kind == "comments" else None
        for comment in [] if root is None else root.iter(w("comment")):
            count += any(text.text for text in comment.iter(w("t")))
    return count
