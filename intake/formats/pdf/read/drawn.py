"""What a box shows on its page, compared with the text that its field stores.

A person believes what is shown. Where the two differ the file contradicts itself: a byte
changed on the way, or a program that changed a value and not its picture. A box may cut a
long text, break its lines or lack a character; what cannot be decoded is no contradiction.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from intake.formats.pdf.font import RESOURCE, field_font
from intake.formats.pdf.read.field_text import bounded_bytes
from intake.formats.pdf.read.struck import is_struck
from intake.model.errors import UnreadableFile
from intake.words.spelling import fewer_marks

_MOST_BYTES = 60_000
_MOST_BARE = 64
"""Bytes that a picture of nothing has at most."""
_IDLE = frozenset((b"/Tx", b"BMC", b"EMC", b"q", b"Q", b"BT", b"ET"))
_LONG = 40
"""Characters from which a box may show the beginning alone."""
_SHOWING = ("Tj", "TJ", "'", '"')
_LOST = "\ufffd"
_LACKING = f"?{_LOST}"
"""What is drawn for a character that the font lacks: a program's sign, or nothing known."""
_Letters = Mapping[int, str]
"""Character of each code of a font; empty where the font is not understood."""
_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_SIMPLE = ("/Type1", "/TrueType", "/MMType1")


class _Piece(NamedTuple):
    """Text that was drawn at once."""

    text: str | None
    """None in a font that is not understood."""
    is_own: bool
    """In the font that the form came with, of which every letter is known."""


@dataclass(slots=True)
class Pictures:
    """The pictures of one file's boxes; its fonts are looked at once."""

    fonts: dict[tuple[int, int], _Letters] = field(default_factory=dict)
    """The letters of each font, by its object."""
    are_stale: bool = False
    """The file says itself that its pictures are to be drawn anew."""

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> Pictures:
        """Return the pictures of an opened file."""
        asked: object = _within(pdf.Root, "/AcroForm").get("/NeedAppearances")
        return cls(are_stale=asked is True)

    def deny(self, widgets: Iterable[pikepdf.Dictionary], stored: Iterable[str]) -> bool:
        """Say whether a box certainly shows none of the texts that its field may mean."""
        wanted = list(stored)
        if self.are_stale or not wanted:
            return False
        drawn = [self._drawn(widget) for widget in widgets]
        return any(pieces and not any(_shows(pieces, text) for text in wanted) for pieces in drawn)

    def hide(self, widgets: Iterable[pikepdf.Dictionary]) -> bool:
        """Say whether the picture of a box paints nothing: what is chosen in it is not seen."""
        return not self.are_stale and any(map(_is_bare, widgets))

    def strike(self, widgets: Iterable[pikepdf.Dictionary]) -> bool:
        """Say whether a box has a line drawn through what it shows."""
        return not self.are_stale and any(map(is_struck, widgets))

    def show(self, widgets: Iterable[pikepdf.Dictionary], stored: str) -> bool:
        """Say whether a box shows all of a text, as far as its fonts are understood."""
        drawn = [self._drawn(widget) for widget in widgets]
        patterns = ("".join(map(_pattern, pieces)) for pieces in drawn if pieces)
        return any(re.fullmatch(pattern, _plain(stored)) for pattern in patterns)

    def _drawn(self, widget: pikepdf.Dictionary) -> list[_Piece]:
        picture = _within(widget, "/AP").get("/N")
        if not isinstance(picture, pikepdf.Stream):
            return []
        try:
            content = bounded_bytes(picture, _MOST_BYTES)
            if b"T" not in content.replace(b"/Tx BMC", b"").replace(b"BT", b""):
                return []
            return list(self._pieces(picture))
        except (UnreadableFile, pikepdf.PdfError, UnicodeDecodeError):
            return []

    def _pieces(self, picture: pikepdf.Stream) -> Iterator[_Piece]:
        fonts = _within(_within(picture, "/Resources"), "/Font")
        letters: _Letters = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a cut picture; what was drawn is enough
            orders = pikepdf.parse_content_stream(picture)
        for order in orders:
            operands, operator = order.operands, str(order.operator)
            if operator == "Tf" and operands:
                letters = self._letters(operands[0], fonts)
            elif operator in _SHOWING and operands:
                yield from _texts(operands[-1], letters)

    def _letters(self, name: object, fonts: pikepdf.Dictionary) -> _Letters:
        """Return the letters of a resource: the font the form came with, or a usual one."""
        font = fonts.get(name) if isinstance(name, pikepdf.Name) else None
        if not isinstance(font, pikepdf.Dictionary):
            return {}
        if font.objgen not in self.fonts or not font.is_indirect:
            is_own = font.get("/BaseFont") == pikepdf.Name(RESOURCE)
            self.fonts[font.objgen] = field_font().characters if is_own else _usual_letters(font)
        return self.fonts[font.objgen]


def _usual_letters(font: pikepdf.Dictionary) -> _Letters:
    """Return the letters of a font in a standard encoding; elsewhere a code may mean any."""
    encoding = font.get("/Encoding")
    if font.get("/Subtype") not in _SIMPLE or (encoding is None and "/FontDescriptor" in font):
        return {}
    named = encoding if isinstance(encoding, pikepdf.Name) else None
    if encoding is not None and named is None:
        return {}
    codec = _ENCODINGS.get(str(named), "ascii")
    return {code: bytes([code]).decode(codec, errors="replace") for code in range(0x20, 0x100)}


def _within(holder: pikepdf.Object, key: str) -> pikepdf.Dictionary:
    """Return a dictionary that another holds; an empty one where there is none."""
    found = holder.get(key)
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _is_bare(widget: pikepdf.Dictionary) -> bool:
    """Say whether a box has a picture and the picture paints nothing."""
    picture = _within(widget, "/AP").get("/N")
    if not isinstance(picture, pikepdf.Stream):
        return False
    try:
        content = bounded_bytes(picture, _MOST_BARE)
    except (UnreadableFile, pikepdf.PdfError):
        return False
    return not set(content.split()) - _IDLE


def _texts(operand: object, letters: _Letters) -> Iterator[_Piece]:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    for part in parts:
        if isinstance(part, pikepdf.String) and bytes(part):
            text = "".join(letters.get(code, _LOST) for code in bytes(part))
            is_own = letters is field_font().characters
            yield _Piece(text if letters else None, is_own)


def _pattern(piece: _Piece) -> str:
    return ".+" if piece.text is None else re.escape(_plain(piece.text))


def _shows(pieces: list[_Piece], stored: str) -> bool:
    """Say whether a picture may show a text: all of it, or what its font can draw of it."""
    seen = _plain("".join(piece.text or "" for piece in pieces))
    wanted = _plain(stored)
    if seen == wanted or (len(seen) >= _LONG and wanted.startswith(seen)):
        return True
    is_own = all(piece.is_own for piece in pieces)
    is_cut = any(piece.text is None for piece in pieces) or any(
        sign in seen and sign not in wanted for sign in _LACKING
    )
    is_known = stored.isascii() or (
        is_own and all(map(field_font().can_draw, "".join(stored.split())))
    )
    is_whole = not is_cut and is_known
    return not is_whole and _in_order(_usual(seen), wanted)


def _in_order(letters: str, text: str) -> bool:
    """Say whether letters stand in a text in this order, others between them."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _usual(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c not in _LACKING)


def _plain(text: str) -> str:
    """Return a text without blanks and accents."""
    parts = unicodedata.normalize("NFD", fewer_marks(text).replace("\u03bc", "\u00b5"))
    return "".join(p for p in parts if not (p.isspace() or unicodedata.combining(p)))
