"""A PDF form with the shapes that ours avoids: names in parts, radios in unison, odd states."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_RADIO, _UNISON, _COMBO, _EDIT, _MANY = 1 << 15, 1 << 25, 1 << 17, 1 << 18, 1 << 21

VALUES = {
    "visite.patient.nom": "Œdème",
    "visite.patient.poids": "72,5",
    "sexe": "féminin",
    "accord": "Acceptée",
    "refus": "",
    "service": "med",
    "autre": "libre",
    "signes": "fievre;toux",
    "texte": "M",
    "sans_valeur": "B",
    "reponse": "0",
    "numero": "femme",
    "vide": "",
}
TICKS = {"accord", "refus"}


def form() -> bytes:
    """Return the form, filled in."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 800))
    drawn = _Page(pdf, page)
    fields = [
        _named_in_parts(drawn), _unison(drawn), *_ticks(drawn), *_lists(drawn),
        drawn.text("texte", "M"), _without_value(drawn), drawn.text("vide", ""),
        _named_by_place(drawn, "reponse", {"1": "1", "0": "0", "9": "9"}, "0"),
        _named_by_place(drawn, "numero", {"0": "homme", "1": "femme"}, "1"),
    ]  # fmt: skip
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields), DA=String("/Helv 10 Tf 0 g"))
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


class _Page:
    """Where widgets are placed one under the other."""

    def __init__(self, pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        self.pdf, self.page, self.top = pdf, page, 780
        page.obj.Annots = Array([])

    def widget(self, **entries: object) -> pikepdf.Object:
        """Return a widget on the page; a field of its own when it has a name."""
        self.top -= 25
        box = Array([20, self.top, 200, self.top + 15])
        made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=box, F=4, P=self.page.obj)
        for key, value in entries.items():
            made[f"/{key}"] = value
        indirect = self.pdf.make_indirect(made)
        self.page.obj.Annots.append(indirect)
        return indirect

    def text(self, name: str, value: str) -> pikepdf.Object:
        """Return a text field."""
        return self.widget(FT=Name.Tx, T=String(name), V=String(value), DA=String("/Helv 10 Tf"))

    def button(self, state: str, *, on: bool, **entries: object) -> pikepdf.Object:
        """Return a button that can show one state."""
        look = self.pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        looks = Dictionary(N=Dictionary({f"/{state}": look, "/Off": look}))
        shown = Name(f"/{state}") if on else Name.Off
        return self.widget(AP=looks, AS=shown, **entries)

    def field(self, kids: list[pikepdf.Object], **entries: object) -> pikepdf.Object:
        """Return a field above others."""
        made = self.pdf.make_indirect(Dictionary(**entries, Kids=Array(kids)))
        for kid in kids:
            kid.Parent = made
        return made


def _named_in_parts(drawn: _Page) -> pikepdf.Object:
    kids = [drawn.text("nom", "Œdème"), drawn.text("poids", "72,5")]
    patient = drawn.field(kids, T=String("patient"))
    return drawn.field([patient], T=String("visite"))


def _unison(drawn: _Page) -> pikepdf.Object:
    """Return radios of which two show the same choice."""
    kids = [
        drawn.button("féminin", on=True),
        drawn.button("masculin", on=False),
        drawn.button("féminin", on=True),
    ]
    flags = _RADIO | _UNISON
    value = Name("/féminin")
    return drawn.field(kids, FT=Name.Btn, Ff=flags, T=String("sexe"), V=value)


def _ticks(drawn: _Page) -> list[pikepdf.Object]:
    return [
        drawn.button("Acceptée", on=True, FT=Name.Btn, T=String("accord"), V=Name("/Acceptée")),
        drawn.button("On", on=False, FT=Name.Btn, T=String("refus"), V=Name.Off),
    ]


def _lists(drawn: _Page) -> list[pikepdf.Object]:
    services = Array([Array([String("med"), String("Médecine")]), String("Chirurgie")])
    signs = Array([Array([String(c), String(c.upper())]) for c in ("fievre", "rash", "toux")])
    chosen = Array([String("fievre"), String("toux")])
    entries = {"FT": Name.Ch, "DA": String("/Helv 10 Tf")}
    return [
        drawn.widget(**entries, T=String("service"), Ff=_COMBO, Opt=services, V=String("med")),
        drawn.widget(
            **entries, T=String("autre"), Ff=_COMBO | _EDIT, Opt=services, V=String("libre")
        ),
        drawn.widget(**entries, T=String("signes"), Ff=_MANY, Opt=signs, V=chosen, I=Array([0, 2])),
    ]


def _named_by_place(
    drawn: _Page, name: str, exports: dict[str, str], chosen: str
) -> pikepdf.Object:
    """Return radios whose export names stand in a list, in the order of the buttons."""
    kids = [drawn.button(state, on=state == chosen) for state in exports]
    listed = Array([String(text) for text in exports.values()])
    value = Name(f"/{chosen}")
    return drawn.field(kids, FT=Name.Btn, Ff=_RADIO, T=String(name), V=value, Opt=listed)


def _without_value(drawn: _Page) -> pikepdf.Object:
    """Return radios whose choice is only shown, not stored."""
    kids = [drawn.button("A", on=False), drawn.button("B", on=True)]
    return drawn.field(kids, FT=Name.Btn, Ff=_RADIO, T=String("sans_valeur"))
