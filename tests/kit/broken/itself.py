"""PDF files one of whose objects is a reference to itself, wherever a reader may ask for it."""

from __future__ import annotations

from collections.abc import Mapping

_WHOLE = {
    1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[5 0 R]>>",
    4: b"<</Fields[5 0 R]>>",
    5: b"<</FT/Tx/T(id)/V(x)/Subtype/Widget/Rect[0 0 10 10]>>",
}
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[5 0 R]"
_LOOP = {6: b"6 0 R"}


def referring_to_themselves() -> Mapping[str, bytes]:
    """Return the files by what of them is the loop."""
    files = {f"object {number}": {**_WHOLE, number: b"%d 0 R" % number} for number in _WHOLE}
    files |= {
        "fields": {**_WHOLE, 4: b"<</Fields 6 0 R>>", **_LOOP},
        "pair": {**_WHOLE, 4: b"6 0 R", 6: b"4 0 R"},
        "annotations": {**_WHOLE, 3: _PAGE.replace(b"[5 0 R]", b" 6 0 R") + b">>", **_LOOP},
        "content": {**_WHOLE, 3: _PAGE + b"/Contents 6 0 R/Resources 6 0 R>>", **_LOOP},
        "length": {
            **_WHOLE,
            3: _PAGE + b"/Contents 6 0 R>>",
            6: b"<</Length 6 0 R>>stream\nq\nendstream",
        },
        "value": {**_WHOLE, 5: _WHOLE[5].replace(b"(x)", b" 6 0 R"), **_LOOP},
        "name": {**_WHOLE, 5: _WHOLE[5].replace(b"(id)", b" 6 0 R"), **_LOOP},
        "kids": {**_WHOLE, 2: b"<</Type/Pages/Kids 6 0 R/Count 1>>", 6: b"[6 0 R]"},
    }
    return {name: _file(objects) for name, objects in files.items()}


def _file(objects: Mapping[int, bytes]) -> bytes:
    """Return a file of these objects with an index that is right."""
    content, index = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, written in sorted(objects.items()):
        index += b"%010d 00000 n \n" % len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    size = len(objects) + 1
    head = b"xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R>>\n" % (size, index, size)
    return content + head + b"startxref\n%d\n%%%%EOF\n" % len(content)
