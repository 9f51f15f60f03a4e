"""PDF cases: how programs store an answer, what a cut or a join leaves, what a box shows."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pikepdf
from pikepdf import Dictionary, Name, String

from tests.kit.broken import merges
from tests.kit.broken.damage import appended, changed, field
from tests.kit.fillers import pdf_js, pdf_lib, pdftk, poppler, with_pypdf
from tests.kit.office.office import blank, demo_answers, filled
from tests.whole.corpus.case import Case

NUMBER, BUTTON, TICK = "lab_hb_dx", "sex", "comorbidities__hta"
DRUG = "mas_tx__1__mtrt_drug"
Change = Callable[[pikepdf.Pdf], None]


def after(change: Change) -> Callable[[], bytes]:
    """Return a way to make the filled form and change it."""
    return lambda: changed(filled(), change)


def with_text(name: str, text: str) -> Change:
    """Return a change of a text, its picture left to be drawn anew."""

    def change(pdf: pikepdf.Pdf) -> None:
        field(pdf, name).V = String(text)
        pdf.Root.AcroForm.NeedAppearances = True

    return change


def _label_stored(pdf: pikepdf.Pdf) -> None:
    entry = field(pdf, DRUG)
    entry.V = String(next(str(label) for code, label in entry.Opt if str(code) == str(entry.V)))


def _state_as_text(pdf: pikepdf.Pdf) -> None:
    for name in (BUTTON, TICK):
        entry = field(pdf, name)
        entry.V = String(str(entry.V).removeprefix("/"))


def _without_value(pdf: pikepdf.Pdf) -> None:
    for name in (BUTTON, TICK):
        del field(pdf, name).V


def _state_says_otherwise(pdf: pikepdf.Pdf) -> None:
    field(pdf, BUTTON).V = Name("/m")


def _other_on_state(pdf: pikepdf.Pdf) -> None:
    entry = field(pdf, TICK)
    looks = entry.AP.N
    entry.AP.N = Dictionary({"/On": looks.Yes, "/Off": looks.Off})
    entry.V = entry.AS = Name("/On")


def _other_spellings(pdf: pikepdf.Pdf) -> None:
    with_text("comments", "ligne 1\r\nligne 2\rµ\u03bc")(pdf)
    with_text("lab_ferritin_dx", "8 450 \u03bcg/L")(pdf)
    with_text("dm_cancer_type", unicodedata.normalize("NFD", "épithélium"))(pdf)


def _longer_than_asked(pdf: pikepdf.Pdf) -> None:
    with_text("id_surname2", "QAQA")(pdf)


def _empty_texts(pdf: pikepdf.Pdf) -> None:
    """Store an empty text and Off in every field that is not answered, as most programs do."""
    for entry in pdf.Root.AcroForm.Fields:
        if "/V" not in entry:
            entry.V = Name.Off if Name.Btn == entry.FT else String("")


def _other_program(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Producer"] = String("pdf-lib (https://github.com/Hopding/pdf-lib)")


def _value_not_drawn(pdf: pikepdf.Pdf) -> None:
    field(pdf, NUMBER).V = String("7,7")


def _value_gone_and_drawn(pdf: pikepdf.Pdf) -> None:
    del field(pdf, NUMBER).V


def _without_form(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm


def cut(left: float) -> Callable[[], bytes]:
    """Return a way to make a form whose appended save was cut, as mail programs do."""

    def build() -> bytes:
        before = filled()
        whole = appended(before, NUMBER, "7,7")
        return whole[: len(before) + int((len(whole) - len(before)) * left)]

    return build


def joined(merge: merges.Merge) -> Callable[[], bytes]:
    """Return a way to make one file of two patients' forms."""
    return lambda: merge(filled(), filled(demo_answers("02")))


def pages_alone() -> bytes:
    """Return two patients' forms joined as mutool and Ghostscript join: no fields left."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.flatten_annotations()
        if "/AcroForm" in pdf.Root:
            del pdf.Root.AcroForm
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots

    return merges.by_pypdf(changed(filled(), change), changed(filled(demo_answers("02")), change))


def _by(program: object) -> Case:
    """Return the case of a form filled by a real program."""
    name = program.NAME  # type: ignore[attr-defined]
    plain = name.replace(".", "").lower()
    return Case(
        f"p10-{plain}",
        lambda: program.fill(blank(), demo_answers()),  # type: ignore[attr-defined]
        "pdf",
        about=f"filled by {name}",
        missing=program.missing,  # type: ignore[attr-defined]
    )


def _needs(program: str) -> Callable[[], str | None]:
    return lambda: None if shutil.which(program) else f"{program} is not installed"


def _merge(name: str, merge: merges.Merge, program: str = "") -> Case:
    missing = {"missing": _needs(program)} if program else {}
    return Case(
        f"p09-joined-by-{name}",
        joined(merge),
        "pdf",
        about=f"two patients' forms joined by {name}",
        **missing,
    )


def _case(name: str, change: Change, about: str, **meant: str) -> Case:
    return Case(name, after(change), "pdf", about=about, meant=meant)


_EVERY = (
    Case("p00-intact", filled, "pdf", about="filled in, nothing else"),
    _case("p01-label-stored", _label_stored, "a list stores the label instead of the code"),
    _case("p02-state-as-text", _state_as_text, "buttons store a text instead of a name"),
    _case("p03-value-missing", _without_value, "buttons that show a state and store none"),
    _case("p03-state-otherwise", _state_says_otherwise, "a button stores another state than shown"),
    _case("p04-other-on-state", _other_on_state, "a box whose on-state has another name"),
    _case(
        "p05-spellings",
        _other_spellings,
        "line ends, accents apart, two micro signs",
        comments="ligne 1\nligne 2\nµµ",
        lab_ferritin_dx="8 450 µg/L",
        dm_cancer_type="épithélium",
    ),
    _case(
        "p06-too-long", _longer_than_asked, "four letters where two are asked", id_surname2="QAQA"
    ),
    _case("p07-empty-texts", _empty_texts, "an empty text in every field without answer"),
    Case(
        "p08-save-cut-early", cut(0.05), "pdf", about="an appended save, cut after its first bytes"
    ),
    Case("p08-save-cut-half", cut(0.5), "pdf", about="an appended save, cut in its middle"),
    Case(
        "p08-save-cut-late", cut(0.97), "pdf", about="an appended save, cut before its last bytes"
    ),
    _merge("pypdf", merges.by_pypdf),
    _merge("qpdf", merges.by_qpdf, "qpdf"),
    _merge("pdftk", merges.by_pdftk, "pdftk"),
    _merge("pdfunite", merges.by_poppler, "pdfunite"),
    Case("p09-joined-pages", pages_alone, "pdf", about="two patients' forms joined, no field left"),
    _case("p10-other-program", _other_program, "saved by another program"),
    *(_by(program) for program in (pdf_js, pdf_lib, pdftk, poppler, with_pypdf)),
    _case("p11-value-not-drawn", _value_not_drawn, "a value changed and its picture not"),
    _case("p11-drawn-not-stored", _value_gone_and_drawn, "a value lost and its picture not"),
    _case("p12-without-form", _without_form, "the list of fields lost, the boxes left"),
)
_FAST = {"p00-intact", "p03-state-otherwise", "p08-save-cut-half", "p11-value-not-drawn"}
"""They stand for their kinds in the fast tests."""
CASES = tuple(replace(case, slow=case.name not in _FAST) for case in _EVERY)
