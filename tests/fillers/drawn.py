"""What a person sees in the boxes of a filled form, as opposed to what is stored.

The drawn looks are flattened onto the page with PDFium and the text inside each box is read.
A box may cut a long text, break its lines, and a font may lack an accent: ``shows`` allows
that and nothing else. Marks are not text: the reader compares them with the values itself.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pypdfium2.raw as c

_LOST = "?\ufffe"
Box = tuple[float, float, float, float]


def drawn_texts(content: bytes) -> dict[str, str]:
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


def _plain(text: str) -> str:
    """Return the text without blanks, accents, and the marks drawn for a lacking accent."""
    parts = unicodedata.normalize("NFKD", text.replace("\u03bc", "\u00b5"))
    return "".join(p for p in parts if not (p.isspace() or unicodedata.combining(p) or p in _LOST))
