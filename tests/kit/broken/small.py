"""A small form of two pages, written by hand, and the definition it belongs to.

Small enough that every damage can be built from it in milliseconds. It keeps the promises
of ``anchors`` (flat names, codes as states) and nothing else of the real forms.
"""

from __future__ import annotations

import io
import warnings

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from intake.model.definition import (
    DataType,
    FormDefinition,
    Identity,
    Item,
    ItemGroup,
    Option,
    Section,
)
from intake.model.stamp import FormStamp

STAMP = FormStamp("mini", "1.0.0", "fr", "0A1B2C3D", "REI")
YES_NO = (("1", "Oui"), ("0", "Non"), ("9", "Inconnu"))
DRUGS = (("ana", "Anakinra"), ("mtx", "Méthotrexate"), ("_", " "))
TEXTS = ("name", "ferritin", "seen_on", "comments", "visit__1__dose", "visit__2__dose")
TICKS = ("signs__fever", "signs__rash")
ANSWERS = {
    "name": "Œdème d’été",
    "ferritin": "≥ 88 µg",
    "seen_on": "12/03/2015",
    "comments": "ligne 1\nligne 2 « fin » <b>=1+1</b>",
    "visit__1__dose": "1,5",
    "visit__2__dose": "",
    "alive": "0",
    "drug": "mtx",
    "signs__fever": "1",
    "signs__rash": "",
}


def _item(name: str, code: str, kind: DataType, codes=(), group: str | None = None) -> Item:
    options = tuple(Option(c, {"fr": label}) for c, label in codes if c != "_")
    return Item(
        name=name,
        code=code,
        data_type=kind,
        section="all",
        group=group,
        label={"fr": name},
        options=options,
    )


def definition() -> FormDefinition:
    """Return the definition of the small form."""
    dose = _item("dose", "B01", DataType.DECIMAL, group="visit")
    elements = (
        _item("name", "A01", DataType.TEXT),
        _item("ferritin", "A02", DataType.DECIMAL),
        _item("seen_on", "A03", DataType.PARTIAL_DATE),
        _item("comments", "A04", DataType.TEXT),
        _item("alive", "A05", DataType.SINGLE_CHOICE, YES_NO),
        _item("drug", "A06", DataType.SINGLE_CHOICE, DRUGS),
        _item("signs", "A07", DataType.MULTIPLE_CHOICE, (("fever", "F"), ("rash", "R"))),
        ItemGroup(name="visit", section="all", title={"fr": "V"}, items=(dose,), rows=2),
    )
    return FormDefinition(
        id="mini",
        version="1.0.0",
        fingerprint=STAMP.fingerprint,
        languages=("fr",),
        title={"fr": "Mini"},
        day_zero="seen_on",
        sections=(Section("all", "A", {"fr": "Tout"}),),
        elements=elements,
        identity=Identity(items=("name",), centre="name"),
    )


def blank(stamp: FormStamp = STAMP) -> bytes:
    """Return the small form, empty."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        for number in (1, 2):
            pdf.add_blank_page(page_size=(595, 842))
            footer = stamp.footer(number, 2).encode("cp1252")
            text = b"BT /F 7 Tf 40 20 Td (" + footer + b") Tj ET"
            page = pdf.pages[-1]
            page.Contents = pdf.make_stream(text)
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.obj.Annots = Array()
        fields = _text_fields(pdf) + _ticks(pdf) + [_radio(pdf), _dropdown(pdf), _stamp(pdf, stamp)]
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(
                Fields=Array(fields),
                DA=String("/F 9 Tf 0 g"),
                DR=Dictionary(Font=Dictionary(F=font)),
            )
        )
        pdf.docinfo["/Keywords"] = stamp.text
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """Return the bytes of an open file."""
    target = io.BytesIO()
    with warnings.catch_warnings():  # damage built on purpose is warned of
        warnings.simplefilter("ignore", pikepdf.exceptions.PageCopyWarning)
        pdf.save(target, **options)
    return target.getvalue()


def _widget(pdf: pikepdf.Pdf, page: int, top: float, **more: object) -> pikepdf.Object:
    owner = pdf.pages[page].obj
    left = 60 + 40 * len(owner.Annots) % 400
    entry = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        P=owner,
        F=4,
        Rect=Array([left, top, left + 30, top + 14]),
        **more,
    )
    widget = pdf.make_indirect(entry)
    owner.Annots.append(widget)
    return widget


def _look(pdf: pikepdf.Pdf, drawing: bytes = b"") -> pikepdf.Object:
    look = pdf.make_stream(drawing)
    look.Type, look.Subtype = Name.XObject, Name.Form
    look.BBox = Array([0, 0, 30, 14])
    return look


def _text_fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = []
    for index, name in enumerate(TEXTS):
        page = 1 if name.startswith("visit") else 0
        more = {"T": String(name), "FT": Name.Tx, "V": String(""), "DA": String("/F 9 Tf 0 g")}
        if name == "comments":
            more["Ff"] = 1 << 12
        looks = Dictionary(N=_look(pdf, b"/Tx BMC EMC"))
        found.append(_widget(pdf, page, 700 - 40 * index, AP=looks, **more))
    return found


def _states(pdf: pikepdf.Pdf, state: str) -> pikepdf.Dictionary:
    drawn = _look(pdf, b"5 5 10 5 re f")
    return Dictionary(N=Dictionary({f"/{state}": drawn, "/Off": _look(pdf)}))


def _ticks(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    off = {"V": Name.Off, "AS": Name.Off, "FT": Name.Btn}
    return [
        _widget(pdf, 1, 700 - 40 * index, T=String(name), AP=_states(pdf, "Yes"), **off)
        for index, name in enumerate(TICKS)
    ]


def _radio(pdf: pikepdf.Pdf) -> pikepdf.Object:
    group = pdf.make_indirect(
        Dictionary(FT=Name.Btn, T=String("alive"), Ff=1 << 15, V=Name.Off, Kids=Array())
    )
    for index, (code, _) in enumerate(YES_NO):
        look = _states(pdf, code)
        kid = _widget(pdf, 1, 500 - 40 * index, Parent=group, AS=Name.Off, AP=look)
        group.Kids.append(kid)
    return group


def _dropdown(pdf: pikepdf.Pdf) -> pikepdf.Object:
    entries = Array([Array([String(code), String(label)]) for code, label in DRUGS])
    return _widget(
        pdf,
        1,
        300,
        T=String("drug"),
        FT=Name.Ch,
        Ff=1 << 17,
        Opt=entries,
        V=String("_"),
        DA=String("/F 9 Tf 0 g"),
        AP=Dictionary(N=_look(pdf, b"/Tx BMC EMC")),
    )


def _stamp(pdf: pikepdf.Pdf, stamp: FormStamp) -> pikepdf.Object:
    return _widget(
        pdf,
        0,
        800,
        T=String("_stamp"),
        FT=Name.Tx,
        Ff=1,
        V=String(stamp.text),
        DA=String("/F 7 Tf"),
    )
