"""A form sent before the study changed whom to ask and until when: silent, unless added to."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from lxml import etree
from openpyxl import load_workbook

from intake.demo.fill_pdf import fill_by_hand
from intake.formats.paper.page_words import printed_pages
from intake.wiring.forms import Wanted, write_forms
from tests.kit import additions as add
from tests.kit.broken.flatteners import by_qpdf_library
from tests.kit.fillers import with_openpyxl, word_by_hand
from tests.kit.fillers.typed_texts import in_lists
from tests.kit.office.office import Office, codes, demo_answers, the_form
from tests.kit.office.office_word import W

pytestmark = pytest.mark.slow
OLD = "ancienne-adresse@hopital-zun.test"
TEXT = "CRP 620"


@pytest.fixture(scope="module")
def changed_study(tmp_path_factory):
    """A workspace whose forms went out with an older address and closing date, and those forms."""
    office = Office(tmp_path_factory.mktemp("older") / "étude")
    office.fill_in()
    today = (office.folder / "study.toml").read_text(encoding="utf-8")
    older = today.replace("recueil-dm-sam@hopital-zormont.test", OLD).replace(
        "phones = []", 'phones = ["01"]'
    )
    assert OLD in older
    sent = {}
    for text, closes in ((older, "2027-01-31"), (today, "2099-12-31")):
        (office.folder / "study.toml").write_text(text, encoding="utf-8")
        office.change_study(closes=closes)
        wanted = Wanted(language="fr", centre="ZAA")
        made = [form.path for form in write_forms(office.app, wanted, None, lambda _left: None)]
        sent = sent or {path.suffix: path.read_bytes() for path in made}
    return office, sent


def filled(sent, suffix):
    answers = demo_answers()
    match suffix:
        case ".pdf":
            return fill_by_hand(sent[suffix], answers)
        case ".docx":
            return word_by_hand.fill(sent[suffix], answers)
        case _:
            return with_openpyxl.fill(sent[suffix], in_lists(the_form(), answers, "fr"))


def with_text(content, suffix):
    """Return the form with a line more below the older address."""
    match suffix:
        case ".pdf":
            return add.with_change(content, add.text(1, below(content), TEXT, 7))
        case ".docx":
            return word_by_hand.changed(content, _another_line)
        case _:
            book = load_workbook(io.BytesIO(content), rich_text=True)
            for (cell,) in book.worksheets[0].iter_rows(min_col=2, max_col=2):
                if cell.value and OLD in str(cell.value):
                    cell.value = f"{cell.value} {TEXT}"
            return with_openpyxl.saved(book)


def below(content):
    with pypdfium2.PdfDocument(content) as document:
        (address,) = (w for w in next(printed_pages(document)).words if w.text == OLD)
    return address.box.right + 6, address.box.bottom + 2


def _another_line(root):
    for paragraph in root.iter(W + "p"):
        if OLD in "".join(paragraph.itertext()):
            added = etree.Element(W + "p")
            added.append(word_by_hand.run(TEXT))
            paragraph.addnext(added)
            return


@pytest.mark.parametrize(
    ("suffix", "said"),
    [(".pdf", "CONTENT_ADDED"), (".docx", "TEXT_ELSEWHERE"), (".xlsx", "TEXT_ELSEWHERE")],
)
def test_what_was_added_to_an_older_address_is_said_and_nothing_else(changed_study, suffix, said):
    office, sent = changed_study
    content = filled(sent, suffix)
    assert said not in codes(office.send(f"a{suffix}", content))
    after = codes(office.send(f"b{suffix}", with_text(content, suffix)))
    assert after.count(said) == 1


def test_a_print_of_an_older_form_is_read_beside_the_older_blank(changed_study):
    office, sent = changed_study
    content = filled(sent, ".pdf")
    as_sent = codes(office.send("print.pdf", by_qpdf_library(content)))
    assert {"TEXT_ELSEWHERE", "PRINTED_UNSURE"}.isdisjoint(as_sent)
    added = office.send("print-b.pdf", by_qpdf_library(with_text(content, ".pdf")))
    counts = [f.context["count"] for f in added.findings if f.code == "TEXT_ELSEWHERE"]
    assert counts == ["1"]
