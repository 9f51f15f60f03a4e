"""What a field looks like in each state, as content streams.

Buttons of one size share their streams. Every text and dropdown field has a stream of its
own: some programs write into it in place, so that boxes sharing one would all show the
last value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from intake.formats.pdf.font import (
    RESOURCE,
    field_font,
    font_program,
    to_unicode,
)
from intake.formats.pdf.write.layout.box_sizes import LEADING, PADDING
from intake.formats.pdf.write.layout.spec import FieldSpec, Kind

INK = "0.08 g"
LARGEST, SMALLEST = 9.0, 4.0
"""Sizes tried for text that is to fit a box of several lines."""
_NONSYMBOLIC = 32


def default_appearance(size: float) -> str:
    """Return the instructions that set a field's font, size and colour."""
    return f"{RESOURCE} {size:g} Tf {INK}"


def embed_font(pdf: Pdf) -> Dictionary:
    """Add the field font to a document and return its dictionary."""
    font = field_font()
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(RESOURCE),
        Flags=_NONSYMBOLIC,
        FontBBox=Array(list(font.box)),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
        FontFile2=_font_file(pdf),
    )
    names = " ".join(f"{code} /{name}" for code, name in sorted(font.differences.items()))
    differences = Object.parse(f"[{names}]".encode())
    encoding = Dictionary(
        Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=differences
    )
    codes = range(min(font.widths), 256)
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(RESOURCE),
        FirstChar=codes.start,
        LastChar=255,
        Widths=Array([font.widths.get(code, 0) for code in codes]),
        FontDescriptor=pdf.make_indirect(descriptor),
        Encoding=pdf.make_indirect(encoding),
        ToUnicode=pdf.make_indirect(Stream(pdf, to_unicode())),
    )


def _font_file(pdf: Pdf) -> Object:
    program = font_program()
    return pdf.make_indirect(Stream(pdf, program, Length1=len(program)))


@dataclass
class Appearances:
    """The streams of one document."""

    pdf: Pdf
    resources: Object
    """Resources of text streams: the field font."""
    _shared: dict[tuple[str, float, float], Object] = field(default_factory=dict)

    def button(self, kind: Kind, width: float, height: float) -> tuple[Object, Object]:
        """Return the streams of a chosen and of an empty button; shared by size."""
        draw = _dot if kind is Kind.RADIO else _cross
        size = round(width, 2), round(height, 2)
        return (
            self._once(kind.value, size, draw(*size)),
            self._once("empty", size, ""),
        )

    def text(self, spec: FieldSpec, width: float, height: float) -> Object:
        """Return a new stream that draws a text or dropdown field's value."""
        shown = dict(spec.options).get(spec.value, "") if spec.options else spec.value
        lines = list(_lines(spec, shown, width, height)) if shown.strip() else []
        content = b"/Tx BMC\nEMC\n"
        if lines:
            clip = f"q 1 1 {width - 2:.2f} {height - 2:.2f} re W n\n".encode()
            body = b"\n".join(lines)
            content = b"/Tx BMC\n" + clip + b"BT\n" + body + b"\nET\nQ\nEMC\n"
        return self._stream(content, width, height, self.resources)

    def _once(self, kind: str, size: tuple[float, float], content: str) -> Object:
        key = (kind, *size)
        if key not in self._shared:
            self._shared[key] = self._stream(content.encode(), *size, Dictionary())
        return self._shared[key]

    def _stream(self, content: bytes, width: float, height: float, resources: Object) -> Object:
        box = Array([_number(value) for value in (0, 0, width, height)])
        stream = Stream(
            self.pdf,
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            FormType=1,
            BBox=box,
            Resources=resources,
        )
        return self.pdf.make_indirect(stream)


def _number(value: float) -> Object:
    return Object.parse(f"{value:.2f}".rstrip("0").rstrip(".").encode())


def _lines(spec: FieldSpec, shown: str, width: float, height: float) -> Iterator[bytes]:
    """Yield the text operators of a value: one line, or several that fit the box."""
    font = field_font()
    size = spec.size or LARGEST
    texts = [shown]
    while not spec.multiline and size > SMALLEST and font.width(shown, size) > width - 2 * PADDING:
        size -= 0.5
    if spec.multiline:
        size, texts = _fitted(shown, width - 2 * PADDING, height - 2 * PADDING)
        top = height - PADDING - font.ascent * size / 1000
    else:
        top = (height - font.cap_height * size / 1000) / 2
    left = (width - font.width(shown, size)) / 2 if spec.centred else PADDING
    yield f"{INK} {RESOURCE} {size:g} Tf".encode()
    yield f"{left:.2f} {top:.2f} Td {size * LEADING:.2f} TL".encode()
    for index, text in enumerate(texts):
        hexadecimal = font.encode(text).hex().upper()
        yield ("T* " if index else "").encode() + f"<{hexadecimal}> Tj".encode()


def _fitted(text: str, width: float, height: float) -> tuple[float, list[str]]:
    """Return the largest size, and the lines, with which a text fits its box."""
    size = LARGEST
    lines = list(_wrapped(text, width, size))
    while len(lines) * size * LEADING > height and size > SMALLEST:
        size -= 0.5
        lines = list(_wrapped(text, width, size))
    return size, lines


def _wrapped(text: str, width: float, size: float) -> Iterator[str]:
    font = field_font()
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and font.width(longer, size) > width:
                yield line
                line = word
            else:
                line = longer
        yield line


def _dot(width: float, height: float) -> str:
    """Return a disc in the middle of a round button."""
    x, y, r = width / 2, height / 2, width * 0.27
    k = r * 0.5523
    curves = [
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ]
    drawn = " ".join(" ".join(f"{v:.2f}" for v in curve) + " c" for curve in curves)
    return f"q {INK} {x + r:.2f} {y:.2f} m {drawn} f Q"


def _cross(width: float, height: float) -> str:
    """Return a cross inside a square button."""
    low, right, top = width * 0.22, width * 0.78, height * 0.78
    return (
        f"q 0.08 G 1.3 w 1 J {low:.2f} {low:.2f} m {right:.2f} {top:.2f} l S "
        f"{low:.2f} {top:.2f} m {right:.2f} {low:.2f} l S Q"
    )
