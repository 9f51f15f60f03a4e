"""Files made to exhaust or mislead a reader: bombs, loops, crowds, lies in the structure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.kit.broken.damage import changed, field, opened
from tests.kit.broken.small import blank, saved

GIB = 1024**3


def deflated(size: int, byte: bytes = b"A", head: bytes = b"") -> bytes:
    """Return ``head`` and then equal bytes, compressed: the same mebibyte again and again."""
    block = (byte * (1 << 20))[: 1 << 20]
    packer = zlib.compressobj(9)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    repeated = zlib.compressobj(9, wbits=-15)
    again = repeated.compress(block) + repeated.flush(zlib.Z_FULL_FLUSH)
    check = zlib.adler32(head)
    for _ in range(size >> 20):
        check = zlib.adler32(block, check)
    return first + again * (size >> 20) + b"\x03\x00" + check.to_bytes(4, "big")


def bomb_value() -> bytes:
    """Return a form with a value of 1 GiB in 1 MiB."""

    def change(pdf: pikepdf.Pdf) -> None:
        value = pikepdf.Stream(pdf, b"")
        value.write(deflated(GIB), filter=Name.FlateDecode)
        field(pdf, "comments").V = pdf.make_indirect(value)

    return changed(blank(), change)


def bomb_value_twice_packed() -> bytes:
    """Return a form with a value of 1 GiB in a few kilobytes: packed, then packed again."""

    def change(pdf: pikepdf.Pdf) -> None:
        value = pikepdf.Stream(pdf, b"")
        filters = Array([Name.FlateDecode, Name.FlateDecode])
        value.write(zlib.compress(deflated(GIB)), filter=filters)
        field(pdf, "comments").V = pdf.make_indirect(value)

    return changed(blank(), change, compress_streams=False)


def bomb_page() -> bytes:
    """Return a form whose first page draws 1 GiB of nothing."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pikepdf.Stream(pdf, b"")
        content.write(deflated(GIB, b"q "), filter=Name.FlateDecode)
        pdf.pages[0].obj.Contents = pdf.make_indirect(content)

    return changed(blank(), change)


def bomb_object_stream() -> bytes:
    """Return a file whose object stream holds one catalogue and 1 GiB of blanks."""
    head = b"1 0 2 40 "
    first = b"<</Type/Catalog/Pages 2 0 R>>".ljust(40) + b"<</Type/Pages/Count 0/Kids[]>>"
    data = deflated(GIB, b" ", head + first)
    stream = b"3 0 obj\n<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>stream\n" % (
        len(head),
        len(data),
    )
    body = b"%PDF-1.5\n" + stream + data + b"\nendstream\nendobj\n"
    rows = [(0, 0, 65535), (2, 3, 0), (2, 3, 1), (1, 9, 0), (1, len(body), 0)]
    table = b"".join(bytes([k]) + a.to_bytes(4, "big") + b.to_bytes(2, "big") for k, a, b in rows)
    index = b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(table)
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + index + table + end


def deep_kids(depth: int = 5000) -> bytes:
    """Return a form in which one field stands below thousands of others."""

    def change(pdf: pikepdf.Pdf) -> None:
        node = field(pdf, "name")
        for _ in range(depth):
            node = pdf.make_indirect(Dictionary(T=String("n"), Kids=Array([node])))
        pdf.Root.AcroForm.Fields = Array([node])

    return changed(blank(), change)


def kids_cycle() -> bytes:
    """Return a form in which two fields are each other's kids."""

    def change(pdf: pikepdf.Pdf) -> None:
        first, second = field(pdf, "name"), field(pdf, "ferritin")
        first.Kids, second.Kids = Array([second]), Array([first])

    return changed(blank(), change)


def own_kid() -> bytes:
    """Return a form in which a field is its own kid."""

    def change(pdf: pikepdf.Pdf) -> None:
        entry = field(pdf, "name")
        entry.Kids = Array([entry])

    return changed(blank(), change)


def own_parent() -> bytes:
    """Return a form in which an unlisted field is its own parent."""

    def change(pdf: pikepdf.Pdf) -> None:
        entry = field(pdf, "name")
        entry.Parent = entry
        pdf.Root.AcroForm.Fields = Array(
            [f for f in pdf.Root.AcroForm.Fields if f.objgen != entry.objgen]
        )

    return changed(blank(), change)


def crowd(number: int = 100_000) -> bytes:
    """Return a form with very many fields."""

    def change(pdf: pikepdf.Pdf) -> None:
        more: Iterable[Dictionary] = (
            Dictionary(T=String(f"x{n}"), FT=Name.Tx, V=String("1")) for n in range(number)
        )
        pdf.Root.AcroForm.Fields.extend(more)

    return changed(blank(), change)


def long_value(size: int = 5_000_000) -> bytes:
    """Return a form with a text of five million characters."""

    def change(pdf: pikepdf.Pdf) -> None:
        field(pdf, "comments").V = String("a" * size)

    return changed(blank(), change)


def nested_arrays(depth: int = 50_000) -> bytes:
    """Return arrays in arrays, with no index to find them by."""
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * depth + b"]" * depth + b"\nendobj\n%%EOF\n"


def wrong_index(content: bytes) -> bytes:
    """Return a file whose last line says that the index is elsewhere."""
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", content)


def huge_size(content: bytes) -> bytes:
    """Return a file that claims two thousand million objects."""
    return re.sub(rb"/Size \d+", b"/Size 2000000000", content)


def index_loop(content: bytes) -> bytes:
    """Return a file whose index names itself as the one before it."""
    start = re.findall(rb"startxref\s+(\d+)", content)[-1]
    return re.sub(rb"(trailer <<)", rb"\1 /Prev " + start, content, count=1)


def classic(content: bytes) -> bytes:
    """Return the file with a plain index table, so that its lies can be written by hand."""
    with opened(content) as pdf:
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
