"""The text of one PDF field, whatever shape its value was stored in.

Only the value: where fields are found is ``walk``, what they mean for a form is ``match``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pikepdf

from intake.formats.pdf.anchors import JOIN, code_of
from intake.formats.pdf.read.encoding import decoded
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode
from intake.words.spelling import REPLACEMENT, is_readable, normal_text

_STRUCK = re.compile(r"line-through|vertical-align\s*:|<(s|strike|del|sup|sub)\b", re.IGNORECASE)
_MOST_ENTRIES = 1_000
MAX_TEXT = 100_000
"""Characters of one value; more is an attack or an accident, and stops the reading."""
_PLAIN = re.compile(rb"[\w .,:+/-]{0,200}")
"""Bytes that are the same text in every encoding, as nearly all names and many values."""
FLATE = "/FlateDecode"
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))


@dataclass(frozen=True, slots=True)
class FieldText:
    """A value as text; ``sure`` is false when the file contradicts itself."""

    text: str
    sure: bool = True
    export: str = ""
    """The export name of a tick, whose text is ``1``."""
    told: str = ""
    """The text as other programs read it, where its encoding is not the standard one."""
    is_odd: bool = False
    """Unsure only because no sentence reads so: its encoding may be another one."""
    guess: str = ""
    """What it says in the one other encoding in which it makes sense."""

    def settled(self, *, is_shown: bool) -> FieldText:
        """Return an odd text as meant where its box shows it, else in its other encoding."""
        if not self.is_odd or is_shown:
            return replace(self, sure=self.sure or self.is_odd, is_odd=False, guess="")
        if not self.guess:
            return self
        return FieldText(self.guess, told=self.text)

    def as_shown(self, *, is_both: bool) -> FieldText:
        """Return the standard reading, in doubt: the box shows it, and it may be meant."""
        return self if is_both else FieldText(self.told, sure=False)


def text_of(value: pikepdf.Object | None) -> FieldText:
    """Return the text of a text field or list: string, stream, name or array of these."""
    if value is None:
        return FieldText("")
    if isinstance(value, pikepdf.Array):
        return _joined(value)
    if isinstance(value, pikepdf.String):
        return _decoded(value)
    if isinstance(value, pikepdf.Stream):
        return _decoded(pikepdf.String(bounded_bytes(value)))
    if isinstance(value, pikepdf.Name):
        return _normal(name_of(value))
    return FieldText(_limited(str(value)), sure=False)


def is_marked_up(rich: pikepdf.Object | None) -> bool:
    """Say whether a field's rich text strikes, raises or lowers a part of its value."""
    if not isinstance(rich, pikepdf.String | pikepdf.Stream):
        return False
    return _STRUCK.search(text_of(rich).text) is not None


def name_of(name: pikepdf.Name) -> str:
    """Return a name without its slash; where it is not UTF-8, its bytes are marked."""
    try:
        return str(name).removeprefix("/")
    except UnicodeDecodeError:
        return name.unparse().decode("latin-1").removeprefix("/") + REPLACEMENT


def _joined(value: pikepdf.Array) -> FieldText:
    if len(value) > 1000:
        raise over_limit("choices")
    parts = [text_of(part) for part in value if isinstance(part, pikepdf.String)]
    sure = len(parts) == len(value) and all(part.sure for part in parts)
    return FieldText(_limited(JOIN.join(part.text for part in parts)), sure)


def choice_of(value: pikepdf.Object | None, indices: object, options: object) -> FieldText:
    """Return the code or label of a list; by its selected index when no value is stored."""
    if value is not None or not isinstance(indices, pikepdf.Array) or len(indices) == 0:
        return text_of(value)
    chosen = [_export(options, index) for index in indices]
    return FieldText(JOIN.join(chosen), sure=len(chosen) == 1 and all(chosen))


def spellings(text: str, options: object) -> list[str]:
    """Return a list's value as it may be shown: itself, and the label or code beside it."""
    pairs = (entry for entry in entries(options) if text in entry)
    return [text, *(spelling for pair in pairs for spelling in pair)]


def entries(options: object) -> tuple[tuple[str, str], ...]:
    """Return code and label of each entry of a list; a label alone is both."""
    if not isinstance(options, pikepdf.Array) or len(options) > _MOST_ENTRIES:
        return ()
    return _entries(options.unparse())


@lru_cache(maxsize=64)
def _entries(written: bytes) -> tuple[tuple[str, str], ...]:
    """Return the entries of a list as written: the rows of a table repeat theirs."""
    listed = pikepdf.Object.parse(written)
    found = [list(e) if isinstance(e, pikepdf.Array) else [e] for e in _parts(listed)]
    texts = [[text_of(p).text for p in e if isinstance(p, pikepdf.String)] for e in found]
    return tuple((parts[0], parts[-1]) if parts else ("", "") for parts in texts)


def _parts(listed: pikepdf.Object) -> list[pikepdf.Object]:
    return list(listed) if isinstance(listed, pikepdf.Array) else []


def _export(options: object, index: object) -> str:
    """Return the export code of one entry of a list, empty when there is none."""
    if not isinstance(options, pikepdf.Array) or not isinstance(index, int):
        return ""
    if not 0 <= index < len(options):
        return ""
    entry: object = options[index]
    if isinstance(entry, pikepdf.Array) and len(entry) > 0:
        entry = entry[0]
    return text_of(entry).text if isinstance(entry, pikepdf.String) else ""


def state_of(value: pikepdf.Object | None, shown: Sequence[str | None]) -> FieldText:
    """Return the on-state of a button: its value, else what its kids show.

    Value and picture must agree. ``shown`` holds each kid's state; None when it has none.
    """
    pictures = {code_of(state) for state in shown if state is not None}
    ticked = sorted(pictures - {""})
    if value is None:
        return FieldText(ticked[0] if ticked else "", sure=len(ticked) <= 1)
    named = isinstance(value, pikepdf.Name | pikepdf.String)
    stored = text_of(value)
    state = code_of(stored.text)
    if not pictures:
        return FieldText(state, named and stored.sure)
    agree = ticked == ([state] if state else [])
    return FieldText(state, named and stored.sure and agree)


def exported(reading: FieldText, options: object, states: Sequence[Collection[str]]) -> FieldText:
    """Return the export name of a button where a list names its widgets, one entry for each.

    ``states`` are those that each widget can show, in order. An entry belongs to a widget by
    its place, whatever the state is called (ISO 32000-2, 12.7.5.2.3 and 12.7.5.2.4).
    """
    named = {_export(options, at) for at, able in enumerate(states) if reading.text in able}
    names = named - {""}
    if not reading.text or not names:
        return reading
    return FieldText(min(names), reading.sure and len(names) == 1)


def bounded_bytes(stream: pikepdf.Stream, limit: int = 4 * MAX_TEXT) -> bytes:
    """Return a stream's decoded bytes. Raises FILE_LIMIT when they exceed the limit."""
    return unpacked(stream.read_raw_bytes(), packing_of(stream), limit)


def packing_of(stream: pikepdf.Stream) -> str:
    """Return how a stream is packed: ``FLATE``, empty for plain bytes, or another way."""
    names = stream.get("/Filter")
    if isinstance(names, pikepdf.Array) and len(names) == 1:
        names = names[0]
    return "" if names is None else FLATE if names == FLATE else names.unparse().decode("latin-1")


def unpacked(raw: bytes, packing: str, limit: int) -> bytes:
    """Return a stream's bytes. Raises FILE_LIMIT above the limit and for another packing."""
    if packing not in ("", FLATE):
        raise over_limit("filter")
    data = raw if not packing else _inflated(raw, limit)
    if len(data) > limit:
        raise over_limit("text")
    return data


def _inflated(raw: bytes, limit: int) -> bytes:
    """Inflate no more than one byte above the limit; a cut stream is damage, not a text."""
    packer = zlib.decompressobj()
    try:
        data = packer.decompress(raw, limit + 1)
    except zlib.error as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error
    if raw and not packer.eof and len(data) <= limit:
        raise UnreadableFile(FindingCode.FILE_DAMAGED)
    return data


def _decoded(value: pikepdf.String) -> FieldText:
    """Decode a text string; unlike qpdf, keep a mark where a character was lost."""
    data = bytes(value)
    if _PLAIN.fullmatch(data):
        return FieldText(data.decode("ascii"))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _normal(data[len(mark) :].decode(encoding, errors="replace"))
    standard = str(value)
    found = decoded(data, standard)
    read = _normal(found.text)
    if found.is_odd:
        return replace(read, sure=False, is_odd=True, guess=_normal(found.guess).text)
    return read if found.text == standard else replace(read, told=_normal(standard).text)


def _normal(text: str) -> FieldText:
    clean = normal_text(_limited(text))
    return FieldText(clean, is_readable(clean))


def _limited(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise over_limit("text")
    return text
