"""What somebody drew, typed or joined to a filled form is said with its place, once a fault."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from intake.demo.fill_pdf import fill_by_hand
from intake.formats.added.accounting import AddedRung
from intake.formats.pdf.read.page_marks import is_remark
from intake.formats.pdf.read.reader import PdfReader, files_inside
from intake.formats.pdf.read.walk import walk
from intake.model.address import places_by_address
from intake.model.file.container import Contents
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import FileFormat
from tests.kit import additions as add
from tests.kit import beside
from tests.kit.broken.damage import changed, field
from tests.kit.fakes.forms import FewForms
from tests.kit.fakes.inprocess import InProcess
from tests.kit.fillers.forms import few, few_blank
from tests.kit.kept import kept
from tests.kit.office.office import demo_answers


@cache
def filled() -> bytes:
    """Return the form of few questions with a patient's answers."""
    places = places_by_address(few())
    answers = {name: text for name, text in demo_answers().items() if name in places}
    return kept("few-pdf", answers, make=lambda: fill_by_hand(few_blank(FileFormat.PDF), answers))


def pages() -> int:
    with pikepdf.open(io.BytesIO(filled())) as pdf:
        return len(pdf.pages)


def seen(content: bytes) -> tuple[Finding, ...] | Contents:
    return beside.seen(content, short=True)


def rect(name: str, content: bytes | None = None) -> tuple[int, list[float]]:
    """Return the page and the sides of a field's first box."""
    with pikepdf.open(io.BytesIO(content or filled())) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for widget in page.obj.Annots:
                holder = widget if "/T" in widget else widget.Parent
                if str(holder.T) == name:
                    return number, [float(side) for side in widget.Rect]
    raise LookupError(name)


def said(*changes):
    return [(f.code, f.item) for f in seen(add.with_change(filled(), *changes))]


def test_a_form_that_was_only_filled_says_nothing():
    assert seen(filled()) == ()


def test_words_typed_over_a_box_are_said_of_its_question():
    page, (left, bottom, _, _) = rect("lab_pct_dx")
    assert said(add.text(page, (left + 3, bottom + 4), "12,5")) == [
        (Code.CONTENT_ADDED, "lab_pct_dx")
    ]


def test_a_stroke_through_an_answer_with_another_behind_it_is_said_once():
    page, (left, bottom, right, top) = rect("lab_crp_dx")
    middle = (bottom + top) / 2
    changes = (
        add.stroke(page, (left + 1, middle), (left + 20, middle)),
        add.text(page, (right - 18, bottom + 4), "620"),
    )
    assert said(*changes) == [(Code.CONTENT_ADDED, "lab_crp_dx")]


@pytest.mark.slow
def test_a_cross_drawn_beside_a_button_is_said_of_its_question():
    page, (left, bottom, right, top) = rect("sex")
    assert said(add.stroke(page, (left, bottom), (right, top))) == [(Code.CONTENT_ADDED, "sex")]


def test_a_printed_unit_painted_over_makes_its_answer_doubtful():
    page, (_, bottom, right, _) = rect("lab_hb_dx")
    paint = add.shape(page, (right + 2, bottom + 1), 30, 12, "1 1 1")
    words = add.text(page, (right + 4, bottom + 4), "mg/L", 7)
    assert set(said(paint, words)) <= {
        (Code.CONTENT_ADDED, "lab_hb_dx"), (Code.CONTENT_ADDED, "lab_hb_worst")
    }  # fmt: skip
    assert said(paint, words)


@pytest.mark.slow
def test_a_light_highlight_is_seen():
    page, (left, bottom, _, _) = rect("lab_hb_dx")
    assert said(add.shape(page, (left - 40, bottom), 30, 12, "1 1 0")) != []


def test_words_that_no_viewer_shows_are_said():
    page, (left, bottom, _, _) = rect("lab_hb_dx")
    assert said(add.unseen_text(page, (left + 2, bottom + 3), "cache")) == [
        (Code.CONTENT_ADDED, "lab_hb_dx")
    ]


@pytest.mark.slow
def test_a_margin_far_from_every_box_is_said_with_its_page():
    (finding,) = seen(add.with_change(filled(), add.text(pages(), (60, 20), "fin", 6)))
    assert (finding.code, finding.location.page) == (Code.CONTENT_ADDED, pages())


def test_a_page_written_all_over_is_one_remark():
    page, _ = rect("lab_hb_dx")
    lines = [add.text(page, (60, 800 - 12 * n), "voir le compte rendu joint au dossier " * 2)
             for n in range(60)]  # fmt: skip
    (finding,) = seen(add.with_change(filled(), *lines))
    assert (finding.code, finding.context["pages"]) == (Code.PAGE_ADDED_TO, str(page))


def test_a_picture_laid_over_a_page_is_one_remark():
    assert said(add.picture(3, (50, 50), 500, 700)) == [(Code.PAGE_ADDED_TO, None)]


@pytest.mark.slow
def test_an_added_page_is_said_to_be_none_of_few():
    (finding,) = seen(add.with_change(filled(), add.another_page("Compte rendu")))
    assert (finding.code, finding.context) == (Code.PAGE_ADDED_TO, {"added": str(pages() + 1)})


LAID = ["FreeText", "Ink", "Stamp", "Highlight", "Redact", "Watermark", "StrikeOut", "Odd"]


def test_what_is_laid_over_a_page_is_said_with_its_page():
    """Eight kinds, two on each page."""
    kinds = [add.remark(1 + n // 2, kind, (50, 50, 90, 90)) for n, kind in enumerate(LAID)]
    (finding,) = seen(add.with_change(filled(), *kinds))
    assert finding.code == Code.FIELD_UNKNOWN
    assert (finding.context["count"], finding.context["pages"]) == ("8", "1, 2, 3, 4")


def test_the_label_of_a_chosen_entry_exchanged_for_anothers_is_seen():
    def exchange(pdf):
        entry = field(pdf, "mas_tx__1__mtrt_drug")
        pairs = [list(pair) for pair in entry.Opt]
        chosen = next(n for n, pair in enumerate(pairs) if pair[0] == entry.V)
        other = (chosen + 1) % len(pairs) or 1
        pairs[chosen][1], pairs[other][1] = pairs[other][1], pairs[chosen][1]
        entry.Opt = Array([Array(pair) for pair in pairs])

    codes = [(f.code, f.item) for f in seen(changed(filled(), exchange))]
    assert codes == [(Code.READINGS_DISAGREE, "mtrt_drug")]


@pytest.mark.slow
def test_buttons_numbered_instead_of_named_by_their_codes_are_seen():
    def renumber(pdf):
        group = field(pdf, "sex")
        for number, kid in enumerate(group.Kids):
            (state,) = [key for key in kid.AP.N.keys() if key != "/Off"]  # noqa: SIM118 - a PDF's
            kid.AP.N[f"/{number}"] = kid.AP.N[state]
            del kid.AP.N[state]
            if state == kid.AS:
                kid.AS = group.V = Name(f"/{number}")

    assert (Code.READINGS_DISAGREE, "sex") in [
        (f.code, f.item) for f in seen(changed(filled(), renumber))
    ]


@pytest.mark.slow
def test_two_boxes_exchanged_are_seen():
    def exchange(pdf):
        one, other = field(pdf, "lab_hb_dx"), field(pdf, "lab_plt_dx")
        one.Rect, other.Rect = Array(list(other.Rect)), Array(list(one.Rect))

    codes = {(f.code, f.item) for f in seen(changed(filled(), exchange))}
    assert codes == {(Code.READINGS_DISAGREE, "lab_hb_dx"), (Code.READINGS_DISAGREE, "lab_plt_dx")}


def test_a_struck_rich_text_is_asked():
    def strike(pdf):
        field(pdf, "lab_hb_dx").RV = String('<p style="text-decoration:line-through">9,1</p>')

    (finding,) = seen(changed(filled(), strike))
    assert (finding.code, finding.item) == (Code.READINGS_DISAGREE, "lab_hb_dx")


def test_the_files_that_a_form_holds_are_files_of_their_own_and_so_is_few():
    held = seen(add.with_change(filled(), add.attachment("labo.txt", b"CRP 620")))
    assert isinstance(held, Contents)
    form, letter = held.members
    assert (letter.name, letter.content) == ("labo.txt", b"CRP 620")
    assert (form.name, seen(form.content)) == ("fiche.pdf", ())


@pytest.mark.slow
def test_a_file_attached_as_a_note_is_a_file_of_its_own():
    held = seen(add.with_change(filled(), add.attached_note(2, "labo.txt", b"CRP 620")))
    assert isinstance(held, Contents)
    assert [seen(held.members[0].content), held.members[1].content] == [(), b"CRP 620"]


def test_a_portfolio_is_the_files_that_it_holds():
    held = seen(add.portfolio(("a.pdf", filled()), ("b.txt", b"x")))
    assert isinstance(held, Contents)
    assert [member.name for member in held.members] == ["a.pdf", "b.txt"]


def test_a_scanned_page_that_is_the_cover_of_a_portfolio_is_read_with_its_files():
    scan = Image.effect_noise((600, 800), 60)
    target = io.BytesIO()
    scan.save(target, "PDF")
    held = seen(add.portfolio(("b.txt", b"x"), cover=target.getvalue()))
    assert isinstance(held, Contents)
    assert [member.content == b"x" for member in held.members] == [False, True]


def test_a_printed_page_of_a_form_is_no_cover():
    with pikepdf.open(io.BytesIO(filled())) as pdf:
        del pdf.Root.AcroForm, pdf.pages[1:], pdf.pages[0].obj["/Annots"]
        target = io.BytesIO()
        pdf.save(target)
    held = seen(add.portfolio(("b.txt", b"x"), cover=target.getvalue()))
    assert isinstance(held, Contents)
    assert len(held.members) == 2


def test_a_document_of_several_pages_is_no_cover_of_the_files_beside_it():
    held = files_inside(add.portfolio(("b.txt", b"x"), pages=2))
    assert [name for name, _ in held] == ["", "b.txt"]


def drawing(pdf):
    made = pdf.make_stream(b"0 0 1 rg 0 0 30 10 re f")
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 60, 20])
    return made


def box_of(**entries):
    """Return a change that lays a box or a link with a picture on page 2."""

    def change(pdf):
        rect, look = Array([100, 400, 160, 420]), Dictionary(N=drawing(pdf))
        laid = Dictionary(Type=Name.Annot, Rect=rect, AP=look, F=4, **entries)
        pdf.pages[1].obj.Annots.append(pdf.make_indirect(laid))
        if "FT" in entries:
            pdf.Root.AcroForm.Fields.append(pdf.pages[1].obj.Annots[-1])

    return change


BOX = {"Subtype": Name.Widget, "T": String("b1")}


@pytest.mark.parametrize(
    ("entries", "is_said"),
    [
        ({"FT": Name.Btn, "Ff": 1 << 16, **BOX}, True),
        ({"FT": Name.Sig, **BOX}, True),
        ({"FT": Name.Sig, "V": Dictionary(Type=Name.Sig), **BOX}, False),
        ({"Subtype": Name.Link}, True),
        ({"Subtype": Name.PrinterMark}, True),
        ({}, True),
    ],
)
def test_a_picture_in_a_box_that_holds_no_answer_is_said_unless_it_signs(entries, is_said):
    found = walk_of(box_of(**entries))
    assert found.remarks == ((2,) if is_said else ())


def walk_of(change):
    with pikepdf.open(io.BytesIO(add.with_change(filled(), change))) as pdf:
        return walk(pdf)


@pytest.mark.parametrize("flags", [2, 4 | 32])
def test_an_answer_that_no_viewer_shows_is_said_and_kept(flags):
    content = add.with_change(filled(), lambda pdf: setattr(field(pdf, "lab_crp_dx"), "F", flags))
    found = seen(content)
    assert [(f.code, f.item) for f in found] == [(Code.TEXT_HIDDEN, "lab_crp_dx")]


@pytest.mark.parametrize(
    ("border", "is_said"),
    [
        ({"Border": Array([0, 0, 3])}, True),
        ({"BS": Dictionary(W=2)}, True),
        ({"Border": Array([0, 0, 0])}, False),
        ({"BS": Dictionary(W=0), "Border": Array([0, 0, 3])}, False),
        ({}, False),
    ],
)
def test_a_link_with_a_line_round_it_is_something_drawn(border, is_said):
    link = Dictionary(Subtype=Name.Link, Rect=Array([100, 400, 160, 401]), **border)
    assert is_remark(link) is is_said


def on_a_layer(pdf):
    field(pdf, "lab_crp_dx").OC = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))


def test_an_answer_on_a_layer_may_be_shown_by_no_viewer():
    assert said(on_a_layer) == [(Code.TEXT_HIDDEN, "lab_crp_dx")]


def moved_to(*rect):
    return lambda pdf: setattr(field(pdf, "lab_crp_dx"), "Rect", Array(rect))


def shown_twice(pdf):
    """Give a field a second box elsewhere on its page."""
    box = field(pdf, "lab_crp_dx")
    page = next(p.obj for p in pdf.pages if any(a.objgen == box.objgen for a in p.obj.Annots))
    second = {"AP": box.AP, "Rect": Array([300, 700, 360, 712])}
    for own in ({"AP": box.AP, "Rect": box.Rect}, second):
        made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, Parent=box, **own)
        page.Annots.append(pdf.make_indirect(made))
    box.Kids = Array(page.Annots.as_list()[-2:])
    page.Annots = Array([a for a in page.Annots if a.objgen != box.objgen])
    del box["/Rect"], box["/AP"], box["/Subtype"]


@pytest.mark.parametrize(
    "change",
    [
        moved_to(300, 700, 360, 712),
        moved_to(-500, -500, -400, -480),
        shown_twice,
    ],
)
def test_a_box_away_from_its_question_on_a_page_as_printed_is_asked(change):
    assert said(change) == [(Code.READINGS_DISAGREE, "lab_crp_dx")]


def drawings_exchanged(pdf):
    """Put what two pages draw below each other's boxes."""
    one, other = pdf.pages[1].obj, pdf.pages[2].obj
    for key in ("/Contents", "/Resources"):
        one[key], other[key] = other[key], one[key]


def test_boxes_over_another_page_of_their_form_are_asked():
    found = said(drawings_exchanged)
    assert {code for code, _ in found} == {Code.READINGS_DISAGREE}
    assert "lab_crp_dx" in {item for _, item in found}


def a_page_put_before(pdf):
    page = pdf.add_blank_page(page_size=(595, 842))
    pdf.pages.insert(0, page)
    del pdf.pages[-1]


def test_boxes_of_pages_that_another_page_moved_on_are_where_they_were():
    assert {code for code, _ in said(a_page_put_before)} <= {Code.PAGE_ADDED_TO}


def cut_in_half(pdf):
    pdf.pages[1].obj.CropBox = Array([0, 0, 300, 842])


def other_letters(pdf):
    """Exchange two fonts of a page: its words stay the same bytes."""
    fonts = pdf.pages[1].obj.Resources.Font
    fonts["/f0"], fonts["/f1"] = fonts["/f1"], fonts["/f0"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda pdf: setattr(pdf.pages[1].obj, "Rotate", 90), None),
        (lambda pdf: setattr(pdf.pages[1].obj, "CropBox", pdf.pages[1].obj.MediaBox), None),
        (cut_in_half, Code.PAGE_ADDED_TO),
        (other_letters, Code.PAGE_ADDED_TO),
    ],
)
def test_a_page_that_shows_otherwise_what_it_draws_is_looked_at(change, code):
    assert [f.code for f in seen(add.with_change(filled(), change))] == [code] * bool(code)


def test_without_any_blank_to_compare_with_the_pages_are_said_and_the_answers_stay():
    content = filled()
    found = PdfReader().inspect(content)
    rung = AddedRung(FewForms(few()), lambda _form: (), lambda _form, _stamp: (), InProcess())
    told = rung.look(content, "a.pdf", found)
    assert told.fields == found.fields
    assert [f.code for f in told.findings] == [
        *(f.code for f in found.findings),
        Code.PAGE_ADDED_TO,
    ]
