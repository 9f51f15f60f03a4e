"""What the pages of a PDF draw and where its boxes lie, as digests: equal ones need no look.

Programs that fill a form leave its pages as they were, white space aside (ten of ten
measured). What differs was drawn by somebody; what it is, is told beside a blank form.
A page is what it draws, all that it draws with (fonts, pictures, colours), and what of it is
shown: equal digests are equal sheets of paper. Boxes and remarks are left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

import pikepdf

from intake.formats.pdf.read.field_text import FLATE, packing_of, unpacked
from intake.model.errors import UnreadableFile, over_limit

_LONGEST = 4 << 20
"""Bytes that one piece of a page draws by; a full page of a form has about 60,000."""
_MOST_PIECES = 64
_MOST_PARENTS = 32
_MOST_OBJECTS = 2_000
"""Objects that the pages of a file draw with; a form of ours has 30."""
_MOST_TOLD = 16 << 20
_DEEPEST = 24
_KEPT = 64
"""Streams whose digests are kept for the next file: those of a form come back as they were."""
_LONGEST_KEPT = 100_000
UNKNOWN = ""
"""The digest of a page that cannot be told cheaply: it is always looked at."""
_REFERENCE_OR_REAL = re.compile(rb"\b(\d{1,9}) (\d{1,9}) R\b|[+-]?\d*\.\d+")
_PACKING = frozenset({"/Length", "/Filter", "/DL"})
"""How a stream is packed, not what it holds."""
_REPACKED = frozenset({"/DecodeParms", "/DP", "/F", "/FFilter"})
"""By these a viewer takes other bytes than those that were unpacked here."""
_TEXT = re.compile(rb"(\([^()\\]*(?:\\.[^()\\]*)*\))", re.DOTALL)
"""A piece of text that is drawn: each of its bytes is a letter or half of one."""
_NO_WHITE = bytes.maketrans(b"\v", b"\1")
"""White space to Python alone: to a viewer a sign that joins two words."""
_LARGEST = (-1e6, -1e6, 1e6, 1e6)


def page_digests(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Return one digest for what each page draws, boxes and remarks left out."""
    objects = _Objects(pdf)
    return tuple(_digest(page.obj, objects) for page in pdf.pages)


def shape_digest(shapes: Iterable[object]) -> str:
    """Return one digest for where the boxes of all fields lie and what they offer."""
    return _short(repr(sorted(map(repr, shapes))).encode())


def _digest(page: pikepdf.Object, objects: _Objects) -> str:
    try:
        used = objects.told(_inherited(page, "/Resources"))
        return _short(b"\n".join((_drawn(page), used, _sheet(page))))
    except (UnreadableFile, pikepdf.PdfError, ValueError, OverflowError):
        return UNKNOWN


def _drawn(page: pikepdf.Object) -> bytes:
    """Return a digest of what a page draws by, in however many pieces."""
    content = page.get("/Contents")
    pieces = list(content) if isinstance(content, pikepdf.Array) else [content]
    streams = [piece for piece in pieces if isinstance(piece, pikepdf.Stream)]
    if len(streams) > _MOST_PIECES:
        raise over_limit("pages")
    if any(key in stream for stream in streams for key in _REPACKED):
        raise over_limit("filter")
    if len(streams) == 1:
        return _of_stream(streams[0], _of_words)
    data = (unpacked(s.read_raw_bytes(), packing_of(s), _LONGEST) for s in streams)
    return _of_words(b" ".join(data))


def _of_stream(stream: pikepdf.Stream, told: Callable[[bytes], bytes]) -> bytes:
    raw, packing = stream.read_raw_bytes(), packing_of(stream)
    if len(raw) > _LONGEST_KEPT:
        return told(unpacked(raw, packing, _LONGEST))
    return _kept(raw, packing, told)


@lru_cache(maxsize=_KEPT)
def _kept(raw: bytes, packing: str, told: Callable[[bytes], bytes]) -> bytes:
    return told(unpacked(raw, packing, _LONGEST))


def _of_words(data: bytes) -> bytes:
    """Return a digest of what is drawn, white space aside unless it stands in drawn text."""
    pieces = _TEXT.split(data)
    pieces[::2] = [b" ".join(p.translate(_NO_WHITE).split()) for p in pieces[::2]]
    return _short(b"".join(pieces)).encode()


def _of_bytes(data: bytes) -> bytes:
    return _short(data).encode()


@dataclass(slots=True)
class _Objects:
    """The objects that pages draw with, each by what it holds and not by its number."""

    pdf: pikepdf.Pdf
    known: dict[tuple[int, int], bytes] = field(default_factory=dict)
    left: int = _MOST_TOLD
    """Bytes that may still be told, all pages together: objects may lead to each other."""

    def told(self, value: object, depth: int = 0) -> bytes:
        """Return what a value holds, whether it stands there or is led to. Raises FILE_LIMIT."""
        if depth > _DEEPEST or len(self.known) > _MOST_OBJECTS:
            raise over_limit("depth")
        if not isinstance(value, pikepdf.Object):
            return repr(value).encode()
        if isinstance(value, pikepdf.Stream):
            return _of_bytes(b"\n".join(self._stream(value, depth)))
        return _REFERENCE_OR_REAL.sub(
            lambda found: self._of(found, depth + 1), value.unparse(resolved=True)
        )

    def _of(self, found: re.Match[bytes], depth: int) -> bytes:
        """Return what an object holds; a number as programs agree on it, to a hundredth."""
        if not found[1]:
            return b"%g" % round(float(found[0]), 2)
        number = int(found[1]), int(found[2])
        if number not in self.known:
            self.known[number] = b"around"  # what leads back to itself
            self.known[number] = self.told(self.pdf.get_object(number), depth)
        self.left -= len(self.known[number])
        if self.left < 0:
            raise over_limit("text")
        return self.known[number]

    def _stream(self, stream: pikepdf.Stream, depth: int) -> Iterator[bytes]:
        packing = packing_of(stream)
        if packing in ("", FLATE):
            yield _of_stream(stream, _of_bytes)
        else:
            yield _of_bytes(stream.read_raw_bytes()) + packing.encode()
        for key, value in stream.items():
            if key not in _PACKING:
                yield key.encode() + b" " + self.told(value, depth + 1)


def _sheet(page: pikepdf.Object) -> bytes:
    """Return the part of a page that is shown; a turned page shows the same."""
    whole = _sides(_inherited(page, "/MediaBox"))
    cut = _sides(_inherited(page, "/CropBox"))
    low, high = map(max, whole[:2], cut[:2]), map(min, whole[2:], cut[2:])
    scale = _inherited(page, "/UserUnit")
    is_scaled = isinstance(scale, int | float | Decimal) and scale != 1
    return repr((*low, *high, is_scaled)).encode()


def _sides(box: object) -> tuple[float, ...]:
    """Return the sides of a box to a tenth of a point; the largest where there is none."""
    if not isinstance(box, pikepdf.Array) or len(box) != len(_LARGEST):
        return _LARGEST
    x, y, across, up = (round(float(side), 1) for side in box.as_list())
    return min(x, across), min(y, up), max(x, across), max(y, up)


def _inherited(page: pikepdf.Object, key: str) -> object:
    node: object = page
    for _ in range(_MOST_PARENTS):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None


def _short(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()
