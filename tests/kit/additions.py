"""What people and programs add to a filled PDF form, made by script: drawn, laid over, joined.

Only the content is made here; what a receipt must say of it is the tests' business.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.kit.broken.damage import changed

Place = tuple[float, float]
Change = Callable[[pikepdf.Pdf], None]


def on_page(page: int, content: bytes, **resources: pikepdf.Object) -> Change:
    """Return a change that draws on a page, from 1, after all that it draws itself."""

    def change(pdf: pikepdf.Pdf) -> None:
        target = pdf.pages[page - 1]
        held = target.obj.Resources
        for key, entries in resources.items():
            known = held.get(f"/{key}", Dictionary())
            held[f"/{key}"] = Dictionary({**dict(known.items()), **dict(entries.items())})
        target.contents_add(b"q\n", prepend=True)
        target.contents_add(b"Q\n" + content)

    return change


def text(page: int, place: Place, words: str, size: float = 9) -> Change:
    """Type words on a page, as an online editor does."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    letters = words.encode("cp1252").hex()
    content = f"BT /Typed {size:g} Tf {place[0]:g} {place[1]:g} Td <{letters}> Tj ET".encode()
    return on_page(page, content, Font=Dictionary(Typed=font))


def unseen_text(page: int, place: Place, words: str) -> Change:
    """Put words on a page that no viewer shows, as text recognition does."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    content = f"BT /Unseen 9 Tf 3 Tr {place[0]:g} {place[1]:g} Td ({words}) Tj ET".encode()
    return on_page(page, content, Font=Dictionary(Unseen=font))


def stroke(page: int, start: Place, end: Place, width: float = 1) -> Change:
    """Draw a stroke from one place to another."""
    ends = f"{start[0]:g} {start[1]:g} m {end[0]:g} {end[1]:g} l"
    return on_page(page, f"{width:g} w 0 0 1 RG {ends} S".encode())


def shape(page: int, place: Place, width: float, height: float, colour: str) -> Change:
    """Paint a rectangle over a page: a highlight, white paint, a stamp."""
    sides = f"{place[0]:g} {place[1]:g} {width:g} {height:g} re"
    return on_page(page, f"{colour} rg {sides} f".encode())


def picture(page: int, place: Place, width: float, height: float) -> Change:
    """Paste a small grey picture."""

    def change(pdf: pikepdf.Pdf) -> None:
        dots = bytes((17 * n) % 200 for n in range(64))
        image = pdf.make_stream(
            dots, Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        matrix = f"{width:g} 0 0 {height:g} {place[0]:g} {place[1]:g} cm"
        on_page(page, f"{matrix} /Pasted Do".encode(), XObject=Dictionary(Pasted=image))(pdf)

    return change


def remark(page: int, kind: str, rect: tuple[float, float, float, float]) -> Change:
    """Lay an annotation over a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        made = Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(list(rect)),
            Contents=String("voir dos"),
        )  # fmt: skip
        pdf.pages[page - 1].obj.Annots.append(pdf.make_indirect(made))

    return change


def attachment(name: str, content: bytes) -> Change:
    """Attach a file."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)

    return change


def attached_note(page: int, name: str, content: bytes) -> Change:
    """Attach a file as a note on a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        held = pikepdf.AttachedFileSpec(pdf, content, filename=name).obj
        made = Dictionary(
            Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([20, 20, 40, 40]), FS=held
        )
        pdf.pages[page - 1].obj.Annots.append(pdf.make_indirect(made))

    return change


def another_page(words: str) -> Change:
    """Add a page with words at the end."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.add_blank_page(page_size=(595, 842))
        last = pdf.pages[-1]
        last.obj.Resources = Dictionary(
            Font=Dictionary(
                F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            )
        )
        last.contents_add(f"BT /F 11 Tf 60 700 Td ({words}) Tj ET".encode())

    return change


def portfolio(*files: tuple[str, bytes], cover: bytes = b"", pages: int = 1) -> bytes:
    """Return a portfolio of some files: a cover, else empty pages, and its attachments."""
    with pikepdf.open(io.BytesIO(cover)) if cover else pikepdf.new() as pdf:
        for _ in range(0 if cover else pages):
            pdf.add_blank_page(page_size=(300, 300))
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)
        for name, content in files:
            attachment(name, content)(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def exported(answers: Mapping[str, str]) -> bytes:
    """Return answers as a PDF program exports them without their form (XFDF)."""
    fields = "".join(
        f"<field name={quoteattr(name)}><value>{escape(text)}</value></field>"
        for name, text in answers.items()
    )
    start = '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/">'
    return f"{start}<fields>{fields}</fields></xfdf>".encode()


def with_change(content: bytes, *changes: Change) -> bytes:
    """Return a file after some changes."""

    def change(pdf: pikepdf.Pdf) -> None:
        for one in changes:
            one(pdf)

    return changed(content, change)
