"""Where a Word file says which form it is: foot, title band, property; and who saved it.

Every carrier is a claim. Comparing claims with what is published is the pipeline's work.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from intake.formats.office.zip_guard import Package
from intake.formats.word.read.loose import AROUND, Loose
from intake.formats.word.read.names import TYPE, w
from intake.formats.word.read.spans import Walked
from intake.model.stamp import FormStamp, find_stamp
from intake.model.submission import StampClaim

_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"
_MOST_PARTS = 20
_DRAWN = (w("drawing"), w("pict"), w("object"))
_NUMBERING = " ·/0123456789"
_LONGEST = 100_000
_FAMILIES = (
    ("libreoffice", "libreoffice"),
    ("onlyoffice", "onlyoffice"),
    ("google", "google"),
    ("pages", "apple"),
    ("microsoft", "microsoft"),
    ("abiword", "abiword"),
)


def stamp_claims(package: Package, walked: Walked, bookmark: str) -> Iterator[StampClaim]:
    """Yield what each carrier says, once each."""
    marked = [mark.span.text for mark in walked.bookmarks if mark.name == bookmark]
    yield from _claims("field", marked or [walked.whole.text])
    yield from _claims("footer", ["\n".join(lines) for lines in _around(package)])
    yield from _claims("metadata", _properties(package))


def program_family(package: Package) -> str:
    """Return the family of the program that saved the file, empty when unknown."""
    root = package.xml(package.of_kind("extended-properties"))
    texts = (
        [] if root is None else [e.text or "" for e in root if str(e.tag).endswith("Application")]
    )
    said = " ".join(texts).lower()
    return next((family for word, family in _FAMILIES if word in said), "")


def words_around(package: Package) -> Iterator[Loose]:
    """Yield what stands at the head and foot of pages, less the stamp and page numbers."""
    lines = (line for root in _roots(package) for line in _lines(root))
    yield from (Loose(AROUND, "", rest) for line in lines if (rest := _unstamped(line)).strip())


def drawn_around(package: Package) -> int:
    """Return how many pictures and text boxes stand at the head and foot of pages."""
    return sum(1 for root in _roots(package) for _ in root.iter(*_DRAWN))


def _unstamped(line: str) -> str:
    """Return a line without the stamp and the figures that number its page."""
    stamp = find_stamp(line[:_LONGEST])
    if stamp is None:
        return line
    return " ".join(line.split()).replace(stamp.text, "").strip(_NUMBERING)


def _lines(root: etree._Element) -> Iterator[str]:
    """Yield the paragraphs of a part, but not what its fields show: the number of a page."""
    for paragraph in root.iter(w("p")):
        depth, shown = 0, list[str]()
        for element in paragraph.iter(w("t"), w("fldChar"), w("fldSimple")):
            if element.tag == w("fldChar"):
                depth += {"begin": 1, "end": -1}.get(str(element.get(TYPE)), 0)
            elif element.tag == w("t") and depth <= 0 and not _is_in_field(element):
                shown.append(element.text or "")
        yield "".join(shown)


def _is_in_field(text: etree._Element) -> bool:
    return any(True for _ in text.iterancestors(w("fldSimple")))


def _around(package: Package) -> Iterator[list[str]]:
    """Yield the paragraphs of the head and foot of each kind of page."""
    for root in _roots(package):
        yield ["".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))]


def _roots(package: Package) -> Iterator[etree._Element]:
    """Yield the parts that head and end pages."""
    relations = package.relations(package.main).values()
    names = sorted({r.target for r in relations if r.kind in ("footer", "header")})
    for name in names[:_MOST_PARTS]:
        root = package.xml(name)
        if root is not None:
            yield root


def _properties(package: Package) -> Iterator[str]:
    root = package.xml(package.of_kind("custom-properties"))
    for text in [] if root is None else root.iter(_PROPERTY):
        yield text.text or ""


def _claims(carrier: str, texts: Iterator[str] | list[str]) -> Iterator[StampClaim]:
    stamps: dict[FormStamp, None] = {}
    for text in texts:
        stamp = find_stamp(text[:_LONGEST])
        if stamp is not None:
            stamps[stamp] = None
    return (StampClaim(carrier, stamp) for stamp in stamps)
