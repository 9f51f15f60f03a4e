"""Cases that people met elsewhere, each a whole file: what comes out is what was meant, or asked.

One test a kind; what each format and each place of it can do is tested beside its reader.
"""

from __future__ import annotations

import base64
import io

import pytest
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from PIL import Image as Picture

from intake.formats.office.repack import packed, unpacked
from tests.kit import additions as add
from tests.kit import wrapped
from tests.kit.broken.damage import changed, field
from tests.kit.office.mail import attach, message, written
from tests.kit.office.office import demo_answers, filled
from tests.kit.office.office_excel import filled_excel, with_typed
from tests.kit.office.office_word import filled_word
from tests.whole.cases import changes as made
from tests.whole.cases.whole_file import sent

pytestmark = pytest.mark.slow
LOADED = "loaded_with_queries"
MARKS = "\u200e\u202a{}\u202c"
SOFT = {"lab_crp_dx": "6\u00ad2", "lab_wbc_dx": "2,1\u00ad3", "mas_fever_days": "5\u00ad10",
        "lab_asat_dx": "10\u00ad20"}  # fmt: skip
PASTED = {"dm_dx_date": "21/03/2016", "lab_ferritin_dx": "8450", "lab_crp_dx": "62",
          "lab_hb_dx": "9,1"}  # fmt: skip
PHRASE = "Évolution favorable, œdème régressif ; ferritine ≥ 500 µg/L"


def test_a_struck_cell_is_no_answer_and_a_struck_figure_no_figure(tmp_path):
    def strike(cell):
        cell.font = Font(strike=True)

    whole = sent(tmp_path / "a", "a.xlsx", made.on_cells(strike, "lab_ferritin_dx", "dm_mri"))
    assert whole.value("lab_ferritin_dx") is whole.value("dm_mri") is None
    assert {"lab_ferritin_dx", "dm_mri"} <= whole.asked

    struck = {"strike": True}
    parts = {"lab_plt_dx": (("7", struck), "4"), "lab_crp_dx": ("26", ("0", struck))}
    part = sent(tmp_path / "b", "b.xlsx", made.cells_with(**parts))
    assert (part.value("lab_plt_dx"), part.value("lab_crp_dx")) == ("4", "26")
    assert {"lab_plt_dx", "lab_crp_dx"} <= part.asked


def test_what_a_style_of_word_strikes_hides_or_raises_is_asked(tmp_path):
    styles = {
        "Barre": (made.mark("strike"),),
        "Cache": (made.mark("vanish"),),
        "Haut": (made.mark("vertAlign", val="superscript"),),
    }
    by = {name: {"rStyle": {"val": name}} for name in styles}
    content = made.runs_with(
        styles,
        lab_ferritin_dx=(("8 450", by["Barre"]),),
        lab_plt_dx=(("7", by["Barre"]), "4"),
        lab_alat_dx=("9", ("8", by["Cache"])),
        dm_ck_max=("2450", ("1", by["Haut"])),
    )
    came = sent(tmp_path, "fiche.docx", content)
    assert came.value("lab_ferritin_dx") is None
    assert came.value("lab_plt_dx") == "4"
    assert {"lab_ferritin_dx", "lab_plt_dx", "lab_alat_dx", "dm_ck_max"} <= came.asked


def test_letters_of_the_symbol_font_are_those_that_a_person_sees(tmp_path):
    word, cell = {"rFonts": {"ascii": "Symbol", "hAnsi": "Symbol"}}, {"rFont": "Symbol"}
    for suffix, write, look in (
        ("docx", lambda **parts: made.runs_with({}, **parts), word),
        ("xlsx", made.cells_with, cell),
    ):
        content = write(
            mas_fu__4__fu_ferritin=("64 ", ("m", look), "g/L"),
            comments=("Colchicine 500 ", ("m", look), "g par jour"),
        )
        came = sent(tmp_path / suffix, f"fiche.{suffix}", content)
        assert came.value("fu_ferritin", 4) == "64"
        assert came.value("comments") == "Colchicine 500 µg par jour"
    above = made.runs_with({}, lab_ferritin_dx=(("\u00b3", word), " 40000"))
    assert sent(tmp_path / "c", "fiche.docx", above).value("lab_ferritin_dx") == ">=40000"


def test_a_form_attached_to_a_form_is_read_and_a_portfolio_opened(tmp_path):
    other = filled(demo_answers("02"))
    both = ["loaded", "loaded_with_queries"]
    attached = add.with_change(filled(), add.attachment("deuxieme.pdf", other))
    assert sorted(sent(tmp_path / "a", "a.pdf", attached).outcomes[1:]) == both
    held = add.portfolio(("un.pdf", filled()), ("deux.pdf", other))
    assert sorted(sent(tmp_path / "b", "b.pdf", held).outcomes[1:]) == both


def test_words_on_a_page_that_still_has_fields_are_said(tmp_path):
    few = sent(tmp_path / "a", "a.pdf", add.with_change(filled(), add.text(5, (300, 400), "0,8")))
    assert "CONTENT_ADDED" in few.codes
    lines = [add.text(page, (60, 780 - 12 * n), "voir le compte rendu " * 4)
             for page in range(1, 16) for n in range(60)]  # fmt: skip
    over = sent(tmp_path / "b", "b.pdf", add.with_change(filled({"sex": "f"}), *lines))
    assert (over.outcomes, "PAGE_ADDED_TO" in over.codes) == (("review",), True)


def test_what_lies_over_the_sheets_of_a_workbook_is_said(tmp_path):
    def paste(book):
        file = io.BytesIO()
        Picture.new("RGB", (40, 40), "red").save(file, "PNG")
        book.worksheets[1].add_image(Image(file), "C9")

    def head(book):
        book.worksheets[1].oddHeader.center.text = "CRP 620"

    for name, content, code in (
        ("box", made.with_text_box(), "FIELD_UNKNOWN"),
        ("picture", made.book_with(paste), "FIELD_UNKNOWN"),
        ("head", made.book_with(head), "TEXT_ELSEWHERE"),
    ):
        assert code in sent(tmp_path / name, f"{name}.xlsx", content).codes, name


def test_text_without_a_mark_of_its_encoding_is_read_as_it_was_meant(tmp_path):
    def store(pdf):
        field(pdf, "comments").V = made.string_of(PHRASE)
        field(pdf, "id_surname2").V = made.string_of("Qé")

    came = sent(tmp_path, "fiche.pdf", changed(filled(), store))
    assert came.value("comments") == PHRASE
    assert came.value("id_surname2") == "QE"


def test_a_document_of_word_for_the_web_is_one_form(tmp_path):
    came = sent(tmp_path, "fiche.docx", made.with_main_part("document22.xml"))
    assert (came.outcomes, came.value("lab_ferritin_dx")) == (("loaded",), "8450")


def test_a_form_in_a_signed_message_is_found(tmp_path):
    inner = written(attach(message(), "fiche.pdf", filled(), "application/pdf"))
    signed = b"".join((
        b"From: a@b.example\nDate: Tue, 17 Nov 2026 10:20:00 +0100\nContent-Type: ",
        b"application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n",
        b"Content-Transfer-Encoding: base64\n\n",
        base64.encodebytes(wrapped.signed_in_pieces(inner)),
    ))  # fmt: skip
    came = sent(tmp_path, "message.eml", signed)
    assert "loaded" in came.outcomes
    assert "MESSAGE_SIGNED" in came.codes


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_unseen_marks_of_direction_change_nothing(tmp_path, suffix):
    marked = {address: MARKS.format(text) for address, text in PASTED.items()}
    came = sent(tmp_path, f"fiche.{suffix}", typed(suffix, {**marked, "id_surname2": "\u200eQA"}))
    assert [came.value(item) for item in PASTED] == ["2016-03-21", "8450", "62", "9.1"]
    assert (came.value("id_surname2"), came.asked & {*PASTED, "id_surname2"}) == ("QA", set())


def test_a_ligature_is_the_two_letters_that_it_joins(tmp_path):
    word = sent(tmp_path / "a", "a.docx", typed("docx", {"id_surname2": "Œu"}))
    assert (word.outcomes, word.value("id_surname2")) == (("loaded",), "OE")
    pdf = sent(tmp_path / "b", "b.pdf", filled(demo_answers(id_firstname2="Æ")))
    assert pdf.value("id_firstname2") == "AE"


def test_answers_exported_without_their_form_wait_with_every_value(tmp_path):
    came = sent(tmp_path, "fiche.xfdf", add.exported(demo_answers()))
    assert (came.outcomes, came.value("lab_ferritin_dx")) == (("review",), "8450")


def test_a_link_left_in_a_workbook_is_said_and_the_form_read(tmp_path):
    parts = unpacked(filled_excel())
    linked = packed({**parts, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    came = sent(tmp_path, "fiche.xlsx", linked)
    assert (came.outcomes, came.codes) == (("loaded",), {"FILE_LINKED"})


def test_the_export_of_numbers_is_read_without_a_remark_about_its_own_lists(tmp_path):
    def export(book):
        for sheet in list(book):
            sheet.title = f"{sheet.title[:20]} - Tab"
            sheet.sheet_state = "visible"
        book.defined_names.clear()
        summary = book.create_sheet("Résumé de l’exportation", 0)
        summary["B3"].value = "Ce document a été exporté depuis Numbers."

    came = sent(tmp_path, "fiche.xlsx", made.book_with(export))
    assert came.codes == {"CELLS_BY_CODE"}
    read = came.value("lab_ferritin_dx"), came.value("sex"), came.value("dm_dx_date")
    assert read == ("8450", "f", "2016-03-21")


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pdf"])
def test_a_soft_hyphen_between_figures_is_never_dropped(tmp_path, suffix):
    came = sent(tmp_path, f"fiche.{suffix}", typed(suffix, SOFT))
    assert [came.value(item) for item in SOFT] == [None] * len(SOFT)
    assert set(SOFT) <= came.asked


def typed(suffix, answers):
    """Return the first patient's form with some texts typed otherwise."""
    match suffix:
        case "docx":
            return filled_word(demo_answers(**answers))
        case "xlsx":
            return with_typed(answers)
        case _:
            return filled(demo_answers(**answers))
