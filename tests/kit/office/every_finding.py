"""For each engine finding, a returned file that shows it in the real form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from intake.model.finding_codes import FindingCode as Code
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from tests.kit import wrapped
from tests.kit.additions import another_page, exported, with_change
from tests.kit.additions import text as typed
from tests.kit.blanks import written
from tests.kit.broken.damage import changed, field
from tests.kit.broken.flatteners import by_pdfium
from tests.kit.broken.foreign_files import FOREIGN
from tests.kit.broken.hostile import deep_kids
from tests.kit.broken.scanners import scanned, with_scanned_page
from tests.kit.office.office import blank, demo_answers, filled, the_form
from tests.kit.office.office_excel import (
    merged,
    with_number,
    with_serial_date,
    without_names,
)
from tests.kit.office.office_word import (
    with_macro,
    with_marked_answer,
    with_words_beside,
    with_words_elsewhere,
    without_a_control,
)

TWO_MESSAGES = b"From a@x Mon Nov 23 10:00:00 2026\nFrom: a@x\nTo: b@x\n\nBonjour\n\n" * 2
MANY_GAPS = {"centre3": "ZAA", "id_surname2": "KO", "id_firstname2": "LA", "sex": "f"}
SLIPS = {
    "lab_hb_dx": "huit",
    "lab_pct_dx": "0,2\u00ad5",
    "lab_plt_dx": "12 mg",
    "lab_wbc_dx": "1,234567890123456789",
    "lab_anc_dx": "< > 3",
    "lab_ferritin_dx": "1 000 pmol/L",
    "lab_ddimer_dx": "env. 900",
    "lab_asat_dx": "12.500",
    "lab_alat_dx": "> 400",
    "lab_ldh_dx": "15 µkat/L",
    "lab_bili_dx": "ND",
    "lab_crp_dx": "4000",
    "lab_na_dx": "112",
    "lab_creat_dx": "6,4",
    "mas_fever_days": "3,5",
    "dm_dx_date": "printemps",
    "dm_first_sign_date": "31/09/2019",
    "ab_date": "04/05",
    "birth_date": "02/02/1915",
    "mas_temp_max": "101,3",
    "mas_first_sign_date": "03/05/16",
    "form_date": "2026",
    "bm_date": "12/05/2006",
    "last_news_date": "06/2018",
    "mas_dx_date": "NF",
    "mas_icu_date": "12/05/2016",
    "hscore_reported": "999",
    "comments": "x" * 2050,
    "id_surname2": "é'a",
    "id_firstname2": "A1",
    "comorbidities__none": "1",
    "comorbidities__hta": "1",
    "elig_info": "",
}


def slips() -> bytes:
    """Return a form with most slips a person makes."""
    return filled(demo_answers(**SLIPS))


def with_value(name: str, text: str) -> bytes:
    """Return the first patient's form with one value as other programs write it."""

    def change(pdf: pikepdf.Pdf) -> None:
        field(pdf, name).V = String(text)

    return changed(filled(), change)


def _stamp(form: str = "dm-sam", version: str = "1.0.0") -> FormStamp:
    return FormStamp(form, version, "fr", the_form().fingerprint, "ZAA")


def _form_of(stamp: FormStamp) -> bytes:
    """Return a form that is another one only by its stamp."""
    form = replace(the_form(), id=stamp.form, version=stamp.version)
    return written(form, FileFormat.PDF, FormRequest(language="fr", stamp=stamp))


def _without_stamp(pdf: pikepdf.Pdf) -> None:
    """Take the stamp away: its field, the pages' drawing, the metadata."""
    fields = pdf.Root.AcroForm.Fields
    pdf.Root.AcroForm.Fields = Array([f for f in fields if str(f.T) != "_stamp"])
    for page in pdf.pages:
        page.obj.Annots = Array([a for a in page.obj.Annots if str(a.get("/T", "")) != "_stamp"])
    _without_words(pdf)


def without_field(name: str) -> Callable[[pikepdf.Pdf], None]:
    """Return a change that takes a field away."""

    def change(pdf: pikepdf.Pdf) -> None:
        fields = pdf.Root.AcroForm.Fields
        pdf.Root.AcroForm.Fields = Array([f for f in fields if str(f.T) != name])
        for page in pdf.pages:
            kept = [a for a in page.obj.Annots if str(a.get("/T", "")) != name]
            page.obj.Annots = Array(kept)

    return change


def with_field(name: str) -> Callable[[pikepdf.Pdf], None]:
    """Return a change that adds a field the form does not have, or has already."""

    def change(pdf: pikepdf.Pdf) -> None:
        more = Dictionary(FT=Name.Tx, T=String(name), V=String("7"))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(more))

    return change


def _without_fields(pdf: pikepdf.Pdf) -> None:
    """Draw the answers into the pages, as printing to a file does."""
    pdf.flatten_annotations()
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots


def _without_fields_and_words(pdf: pikepdf.Pdf) -> None:
    """Leave nothing of the form: another program's document."""
    _without_fields(pdf)
    _without_words(pdf)


def _without_words(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(b"")
    del pdf.Root.Metadata
    del pdf.trailer["/Info"]


def _xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.XFA = String("<xdp/>")


def _state_says_otherwise(pdf: pikepdf.Pdf) -> None:
    entry = field(pdf, "sex")
    entry.V = Name("/m")


def _too_long() -> dict[str, str]:
    return demo_answers(lab_hb_dx="9,1 g/dL au premier jour de la cure")


def _without_a_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[4]


def _locked() -> bytes:
    return changed(
        filled(), lambda _pdf: None, encryption=pikepdf.Encryption(owner="o", user="secret")
    )


ALONE: Mapping[Code, Callable[[], tuple[str, bytes]]] = {
    Code.FILE_EMPTY: lambda: ("vide.pdf", b""),
    Code.FILE_UNKNOWN: lambda: ("bruit.bin", bytes(range(256)) * 9),
    Code.FILE_NOT_YET_READ: lambda: ("boite.mbox", TWO_MESSAGES),
    Code.FILE_FOREIGN: lambda: ("fiche.pages", FOREIGN["Pages"][1]),
    Code.FILE_TOO_LARGE: lambda: ("lourd.pdf", b"%PDF-1.7\n" + b"x" * (26 << 20) + b"%%EOF"),
    Code.FILE_PROTECTED: lambda: ("protege.pdf", _locked()),
    Code.FILE_DAMAGED: lambda: ("abime.pdf", b"%PDF-1.7\nnothing\n%%EOF"),
    Code.FILE_REPAIRED: lambda: ("coupe.pdf", filled()[:-300]),
    Code.FILE_LIMIT: lambda: ("profond.pdf", deep_kids()),
    Code.FILE_EXTENSION: lambda: ("fiche.doc", filled(demo_answers("04"))),
    Code.FILE_NO_FIELDS: lambda: ("imprime.pdf", changed(blank(), _without_fields)),
    Code.FILE_FIELD_DATA: lambda: ("fiche.xfdf", exported(demo_answers("02"))),
    Code.CONTENT_ADDED: lambda: ("tape.pdf", with_change(filled(), typed(15, (60, 20), "fin"))),
    Code.PAGE_ADDED_TO: lambda: ("page.pdf", with_change(filled(), another_page("Lettre"))),
    Code.FILE_PRINTED: lambda: ("papier.pdf", by_pdfium(filled())),
    Code.PRINTED_UNSURE: lambda: ("long.pdf", by_pdfium(filled(_too_long()))),
    Code.PRINTED_PARTLY: lambda: ("cases.pdf", by_pdfium(filled({"sex": "f"}))),
    Code.PAGES_MISSING: lambda: ("pages.pdf", changed(by_pdfium(filled()), _without_a_page)),
    Code.FILE_SCANNED: lambda: ("scan.pdf", scanned(filled(), pages=(1,))),
    Code.PAGES_SCANNED: lambda: ("mixte.pdf", with_scanned_page(filled(), 3)),
    Code.FILE_PHOTO_KIND: lambda: ("photo.heic", b"\0\0\0\x18ftypheic" + b"\0" * 99),
    Code.FILE_XFA: lambda: ("xfa.pdf", changed(filled(), _xfa)),
    Code.FILE_UNSAFE: lambda: ("macro.docx", with_macro()),
    Code.ANSWER_UNSURE: lambda: ("cote.docx", with_words_beside()),
    Code.CONTROL_LOST: lambda: ("zone.docx", without_a_control()),
    Code.TEXT_ELSEWHERE: lambda: ("marge.docx", with_words_elsewhere()),
    Code.TEXT_HIDDEN: lambda: ("masque.docx", with_marked_answer("vanish")),
    Code.TEXT_REVISED: lambda: ("suivi.docx", with_marked_answer("ins")),
    Code.CELL_FORMULA: lambda: ("calcul.xlsx", with_number("<f>4+4</f><v>8</v>")),
    Code.CELL_FORMULA_EMPTY: lambda: ("formule.xlsx", with_number("<f>4+4</f>")),
    Code.CELL_ERROR: lambda: ("erreur.xlsx", with_number("<v>#N/A</v>", kind="e")),
    Code.CELL_DATE_CONVERTED: lambda: ("jours.xlsx", with_serial_date(42502, shown="date")),
    Code.CELL_DATE_UNSURE: lambda: ("heure.xlsx", with_number("<v>0.5</v>", shown="time")),
    Code.CELL_SHOWN_OTHERWISE: lambda: ("affiche.xlsx", with_number("<v>9</v>", shown="0,")),
    Code.CELL_MERGED: lambda: ("fusion.xlsx", merged()),
    Code.CELLS_BY_CODE: lambda: ("noms.xlsx", without_names()),
    Code.MESSAGE_ENCRYPTED: lambda: ("smime.p7m", wrapped.encrypted()),
    Code.FORM_UNKNOWN: lambda: ("autre.pdf", changed(blank(), _without_fields_and_words)),
    Code.FORM_OTHER_STUDY: lambda: ("etude.pdf", _form_of(_stamp(form="other-study"))),
    Code.FORM_VERSION_UNKNOWN: lambda: ("version.pdf", _form_of(_stamp(version="9.0.0"))),
    Code.FORM_EMPTY: lambda: ("vierge.pdf", blank()),
    Code.STAMP_CONFLICT: lambda: (
        "conflit.pdf",
        with_value("_stamp", replace(_stamp(), centre="ZOR").text),
    ),
    Code.STAMP_MISSING: lambda: ("sans.pdf", changed(filled(), _without_stamp)),
    Code.CENTRE_UNKNOWN: lambda: ("loin.pdf", filled(demo_answers("05"), centre="QQQ")),
    Code.CENTRE_MISMATCH: lambda: ("deux.pdf", filled(demo_answers("06"), centre="ZOR")),
    Code.FIELD_MISSING: lambda: ("trou.pdf", changed(filled(), without_field("lab_hb_dx"))),
    Code.FIELD_UNKNOWN: lambda: ("plus.pdf", changed(filled(), with_field("mystery"))),
    Code.FIELD_DUPLICATE: lambda: ("double.pdf", changed(filled(), with_field("lab_hb_dx"))),
    Code.SEVERAL_FORMS: lambda: ("joint.pdf", changed(filled(), with_field("lab_hb_dx+1"))),
    Code.READINGS_DISAGREE: lambda: ("avis.pdf", changed(filled(), _state_says_otherwise)),
    Code.OBJECTION: lambda: ("non.pdf", filled(demo_answers(elig_info="opp"))),
    Code.IDENTITY_TOO_LONG: lambda: ("nom.pdf", filled(demo_answers(id_surname2="ZUKO"))),
    Code.IDENTIFYING_TEXT: lambda: ("texte.pdf", filled(demo_answers(comments="Mme Zarrivo"))),
    Code.SECTION_INCOMPLETE: lambda: ("debut.pdf", filled(MANY_GAPS)),
    Code.CHOICE_UNKNOWN: lambda: ("liste.pdf", with_value("mas_tx__1__mtrt_drug", "quinine")),
    Code.CHOICE_BY_LABEL: lambda: ("label.pdf", with_value("mas_tx__1__mtrt_drug", "ANAKINRA")),
    Code.FIXED_CHANGED: lambda: ("fixe.pdf", with_value("mas_fu__2__fu_timepoint", "m12")),
}
"""Findings that one file shows alone."""
