"""What the pages of a PDF draw and where its boxes lie, as digests: equal ones need no look.

Programs that fill a form leave its pages as they were, white space aside (ten of ten
measured). What differs was drawn by somebody; what it is, is told beside a blank form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import pikepdf

from intake.formats.pdf.read.field_text import bounded_bytes
from intake.model.errors import UnreadableFile

_LONGEST = 4 << 20
"""Bytes that one piece of a page draws by; a full page of a form has about 60,000."""
_MOST_PIECES = 64
_MOST_PARENTS = 32
UNKNOWN = ""
"""The digest of a page that cannot be told cheaply: it is always looked at."""


def page_digests(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Return one digest for what each page draws, boxes and remarks left out."""
    return tuple(_digest(page.obj) for page in pdf.pages)


def shape_digest(shapes: Iterable[object]) -> str:
    """Return one digest for where the boxes of all fields lie and what they offer."""
    return _short(repr(sorted(map(repr, shapes))).encode())


def _digest(page: pikepdf.Object) -> str:
    try:
        drawn = b" ".join(b" ".join(_pieces(page)).split())
    except (UnreadableFile, pikepdf.PdfError):
        return UNKNOWN
    return _short(b"%d %d %s" % (_pictures(page), _turn(page), drawn))


def _pieces(page: pikepdf.Object) -> Iterator[bytes]:
    content = page.get("/Contents")
    pieces: Sequence[object] = list(content) if isinstance(content, pikepdf.Array) else [content]
    for piece in pieces[:_MOST_PIECES]:
        if isinstance(piece, pikepdf.Stream):
            yield bounded_bytes(piece, _LONGEST)
    if len(pieces) > _MOST_PIECES:
        yield repr(pieces).encode()


def _pictures(page: pikepdf.Object) -> int:
    """Return how many pictures and drawings a page may call."""
    resources = _inherited(page, "/Resources")
    called = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    return len(called) if isinstance(called, pikepdf.Dictionary) else 0


def _turn(page: pikepdf.Object) -> int:
    turned = _inherited(page, "/Rotate")
    return turned if isinstance(turned, int) else 0


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
