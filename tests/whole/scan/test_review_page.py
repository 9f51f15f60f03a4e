"""The coordinator's page of what waits: what it shows, when it goes, how it heals."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.model.errors import UnreadableFile
from intake.model.file.picture import PagePicture
from intake.model.finding_codes import FindingCode
from intake.model.receipt import Correction
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.decisions import accept, same_as, split
from intake.pipeline.review.refuse import objection, reject
from intake.reports.review.crops import crop_of
from tests.kit.broken.flatteners import by_pdfium
from tests.kit.office.coordinator import WHY, decide, in_review
from tests.kit.office.every_finding import ALONE
from tests.kit.office.office import Office, blank, demo_answers, filled

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "étude")


def folder_of(office, receipt):
    return office.folder / "outbox" / "review" / receipt.id


def page_of(office, receipt):
    return (folder_of(office, receipt) / "index.html").read_text("utf-8")


class Links(HTMLParser):
    """What a page asks for beside itself."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.wanted, self.linked = set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        named = [text for name, text in attrs if name in ("src", "href")]
        if tag == "a":
            self.linked += named
        else:
            self.wanted += named


@pytest.mark.slow
def test_the_page_says_why_what_to_do_and_every_answer(waiting):
    (receipt,) = waiting.receipts
    page = page_of(waiting, receipt)
    assert "réservée au coordonnateur" in page
    assert "crf-intake review set 000001 A01" in page
    assert "crf-intake review accept 000001" in page
    assert "crf-intake review objection 000001" in page
    answers = page[page.index("Réponses à vérifier") :]
    doubtful, others = answers.split("Autres réponses lues")
    assert "ZUKO" not in page  # letters too many are kept nowhere but in the original
    assert demo_answers()["birth_date"] in doubtful
    assert re.search(r"case du PDF · <bdi>page\s1</bdi>", others)


def test_the_page_needs_nothing_from_elsewhere_and_no_script(waiting):
    (receipt,) = waiting.receipts
    links = Links(page_of(waiting, receipt))
    assert not links.tags & {"script", "form", "iframe", "link"}
    assert all(re.fullmatch(r"page-\d\d\.png", name) for name in links.wanted)


def test_the_page_leads_to_the_original_wherever_the_study_is_moved(waiting):
    (receipt,) = waiting.receipts
    (link,) = Links(page_of(waiting, receipt)).linked
    assert str(waiting.folder) not in page_of(waiting, receipt)
    original = folder_of(waiting, receipt) / link
    assert original.read_bytes() == waiting.app.archive.content(receipt.source.sha256)


def test_the_page_is_rebuilt_when_an_answer_is_given(waiting):
    (receipt,) = waiting.receipts
    decide(waiting, set_answer, receipt.id, Correction("A01", "ZU"), WHY)
    page = page_of(waiting, receipt)
    given = page[page.index("Réponses saisies par vous (1)") :]
    assert "ZU" in given
    assert "le fichier dit" in given
    assert WHY not in page


@pytest.mark.parametrize(
    ("decision", "arguments"),
    [(reject, (WHY,)), (objection, ())],
    ids=["reject", "objection"],
)
def test_the_folder_is_gone_when_the_file_is_decided(waiting, decision, arguments):
    (receipt,) = waiting.receipts
    assert folder_of(waiting, receipt).is_dir()
    decide(waiting, decision, receipt.id, *arguments)
    assert not folder_of(waiting, receipt).exists()


@pytest.mark.slow
@pytest.mark.parametrize("who", ["same", "other"])
def test_the_folder_is_gone_when_the_patient_is_named(office, who):
    known = office.send("1.pdf", filled())
    near = in_review(office, id_firstname2="XA", lab_crp_dx="51")
    page = page_of(office, near)
    assert f"crf-intake review same-as {near.id} {known.subject}" in page
    assert f"crf-intake review split {near.id}" in page
    if who == "same":
        decide(office, same_as, near.id, known.subject)
    else:
        decide(office, split, near.id)
    assert not folder_of(office, near).exists()


def test_a_page_that_could_not_be_written_or_deleted_is_by_the_next_run(waiting, monkeypatch):
    (receipt,) = waiting.receipts
    decide(waiting, set_answer, receipt.id, Correction("A01", "ZU"), WHY)
    with monkeypatch.context() as patched:

        def busy(self, receipt):
            raise OSError(13, "held open")

        patched.setattr("intake.channels.folder.review_folder.ReviewFolder.withdraw", busy)
        decide(waiting, accept, receipt.id)
    assert folder_of(waiting, receipt).is_dir()
    waiting.run()
    assert not folder_of(waiting, receipt).exists()


def test_the_page_of_a_protected_file_says_how_to_open_it(office):
    receipt = office.send(*ALONE[FindingCode.FILE_PROTECTED]())
    page = page_of(office, receipt)
    assert f"crf-intake review unlock {receipt.id}" in page
    assert "review accept" not in page


@pytest.mark.slow
def test_the_page_of_an_objection_shows_no_answer(office):
    receipt = office.send(*ALONE[FindingCode.OBJECTION]())
    page = page_of(office, receipt)
    assert page.index("review objection") < page.index("review reject")
    assert "review accept" not in page
    assert demo_answers()["birth_date"] not in page


def shown(office, receipt):
    folder = str(office.folder)
    return CliRunner().invoke(main, ["review", "show", receipt.id, "--workspace", folder]).output


def test_show_names_the_page_and_still_hides_answers(waiting):
    (receipt,) = waiting.receipts
    shown = CliRunner().invoke(
        main, ["review", "show", receipt.id, "--workspace", str(waiting.folder)]
    )
    assert str(folder_of(waiting, receipt) / "index.html") in shown.output
    assert "ZUKO" not in shown.output
    shutil.rmtree(folder_of(waiting, receipt))
    again = CliRunner().invoke(
        main, ["review", "show", receipt.id, "--workspace", str(waiting.folder)]
    )
    assert "index.html" not in again.output


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    made = Office(tmp_path_factory.mktemp("printed") / "étude")
    kept = made.folder / "form_templates" / "dm-sam" / "1.0.0"
    kept.mkdir(parents=True)
    (kept / "dm-sam-1.0.0-fr.pdf").write_bytes(blank(None))
    made.send("papier.pdf", by_pdfium(filled()))
    return made


@pytest.mark.slow
def test_each_printed_answer_stands_beside_its_part_of_the_page(printed):
    (receipt,) = printed.receipts
    page = page_of(printed, receipt)
    values = printed.app.store.entry(receipt.id).submission.values
    placed = [value for value in values if value.raw and value.location.box]
    assert len(placed) > 100
    assert page.count("<image href=") == len(placed)
    pictures = {path.name for path in folder_of(printed, receipt).glob("*.png")}
    assert pictures == set(Links(page).wanted)
    assert f"lu{NBSP}:" in page


@pytest.mark.slow
def test_a_command_has_a_reason_where_one_is_needed(printed, tmp_path):
    made = Office(tmp_path / "étude")
    known = made.send("1.pdf", filled())
    near = made.send("papier.pdf", by_pdfium(filled(demo_answers(id_firstname2="XA"))))
    command = f"crf-intake review same-as {near.id} {known.subject} --reason &#34;original relu"
    assert command in page_of(made, near)


@pytest.mark.slow
def test_a_page_that_cannot_be_drawn_leaves_the_words(printed, tmp_path, monkeypatch):
    made = Office(tmp_path / "étude")

    def refused(content, pages):
        raise UnreadableFile(FindingCode.FILE_LIMIT, {"limit": "memory"})

    monkeypatch.setattr("intake.wiring.reading.draw_pages", refused)
    receipt = made.send("papier.pdf", by_pdfium(filled()))
    page = page_of(made, receipt)
    assert "<image" not in page
    assert demo_answers()["birth_date"] in page


def test_a_crop_keeps_inside_its_page_and_shows_the_words_beside_a_mark():
    picture = PagePicture(3, 595, 842, b"")
    text = crop_of(picture, (100, 800, 300, 815))
    assert (text.left, text.top, text.width, text.height) == (91, 23, 218, 23)
    assert text.box == (100, 27, 200, 15)
    mark = crop_of(picture, (580, 2, 590, 12))
    assert mark.left + mark.width <= 595
    assert mark.top + mark.height <= 842
    assert crop_of(picture, (100, 400, 110, 410)).width > 150
