"""What a person sees in the boxes of a filled form, as opposed to what is stored.

PDFium flattens the drawn looks onto the page, poppler draws them as it meets them; the text
inside each box is read.
A box may cut a long text, break its lines, and a font may lack an accent: ``shows`` allows
that and nothing else. Marks are not text: the reader compares them with the values itself.
"""

from __future__ import annotations

import io
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as c
from lxml import etree

from tests.kit.fillers.process import run

_LOST = "?\ufffe"
Box = tuple[float, float, float, float]


def drawn_by_poppler(content: bytes) -> dict[str, str]:
    """Return the text that poppler draws in each text and list field, by name."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.html")
        source.write_bytes(content)
        run(["pdftotext", "-bbox", str(source), str(target)])
        pages = list(etree.parse(target, etree.HTMLParser(encoding="utf-8")).iter("page"))
    words = [[(_middle(word), word.text or "") for word in page.iter("word")] for page in pages]
    heights = [float(page.get("height", "0")) for page in pages]
    texts = {}
    for name, at, (left, bottom, right, top) in _boxes(content):
        high, low = heights[at] - top, heights[at] - bottom
        inside = [t for (x, y), t in words[at] if left <= x <= right and high <= y <= low]
        texts[name] = " ".join(inside)
    return texts


def _middle(word: etree._Element) -> tuple[float, float]:
    """Return where the middle of a word lies, from the top left corner of its page."""
    left, top, right, bottom = (float(word.get(k, "0")) for k in ("xmin", "ymin", "xmax", "ymax"))
    return (left + right) / 2, (top + bottom) / 2


def drawn_by_pdfium(content: bytes) -> dict[str, str]:
    """Return the text drawn in each text and list field, by name."""
    boxes = list(_boxes(content))
    with pypdfium2.PdfDocument(content) as document:
        texts = {}
        for number in range(len(document)):
            page = document[number]
            c.FPDFPage_Flatten(page.raw, c.FLAT_PRINT)
            page.close()
            page = document[number]
            words = page.get_textpage()
            texts.update(
                {name: words.get_text_bounded(*box) for name, at, box in boxes if at == number}
            )
            words.close()
            page.close()
    return texts


def _boxes(content: bytes) -> Iterator[tuple[str, int, Box]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            for widget in page.obj.get("/Annots", []):
                if widget.get("/FT") in ("/Tx", "/Ch"):
                    left, bottom, right, top = (float(side) for side in widget.Rect)
                    yield str(widget.T), number, (left, bottom, right, top)


def shows(drawn: str, *stored: str, borrowed: str = "") -> bool:
    """Say whether a box shows one of the texts: whole, or its beginning where it is cut.

    The end of a cut text of the box to the left may stand before it: a reader of the page
    finds it although the box hides it. ``borrowed`` letters are drawn but cannot be read.
    """
    hidden = str.maketrans("", "", borrowed)
    seen = _plain(drawn.translate(hidden))
    wanted = [_plain(text.translate(hidden)) for text in stored]
    return any(seen.endswith(text) or (len(seen) > 3 and text.startswith(seen)) for text in wanted)


def holds(drawn: str, *stored: str) -> bool:
    """Say whether whole words of a box are one of the texts, words of its neighbour beside them."""
    seen = f" {' '.join(drawn.split())} "
    return any(text.strip() and f" {' '.join(text.split())} " in seen for text in stored)


def _plain(text: str) -> str:
    """Return the text without blanks, accents, and the marks drawn for a lacking accent."""
    parts = unicodedata.normalize("NFKD", text.replace("\u03bc", "\u00b5"))
    return "".join(p for p in parts if not (p.isspace() or unicodedata.combining(p) or p in _LOST))
