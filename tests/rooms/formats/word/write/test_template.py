"""Forms are set on a template that a person may restyle and save, in Word or LibreOffice."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from intake.formats.office.repack import unpacked
from intake.formats.word.write import package
from intake.formats.word.write.writer import WordWriter
from intake.model.errors import DefinitionError
from intake.ports import FormRequest
from tests.kit.broken import small
from tests.kit.broken.small_word import BLANK, form
from tests.whole.clients import libreoffice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(language="fr", **more):
    return WordWriter().write(form(), FormRequest(language=language, stamp=small.STAMP, **more))


def opened(content):
    return Document(io.BytesIO(content))


def body(content):
    return etree.fromstring(unpacked(content)["word/document.xml"])


def texts(content):
    """Return the words of each paragraph with the name of its style."""
    names = {style.style_id: style.name for style in opened(content).styles}
    return [
        (
            names[paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val")],
            "".join(text.text or "" for text in paragraph.iter(W + "t")),
        )
        for paragraph in body(content).iter(W + "p")
    ]


@pytest.fixture
def template(tmp_path, monkeypatch):
    """Return how to change the template that the writer takes."""

    def change(restyle):
        document = Document(str(package.TEMPLATE))
        restyle(document)
        document.save(tmp_path / "template.docx")
        monkeypatch.setattr(package, "TEMPLATE", tmp_path / "template.docx")

    return change


def test_a_form_opens_in_python_docx_with_its_foot_its_heading_and_its_properties():
    document = opened(BLANK)
    section, properties = document.sections[-1], document.core_properties

    assert small.STAMP.text in section.footer.paragraphs[-1].text
    assert small.STAMP.text in section.first_page_footer.paragraphs[-1].text
    assert small.STAMP.form.upper() in section.header.paragraphs[0].text
    assert section.first_page_header.paragraphs[0].text == ""
    assert (properties.title, properties.language) == (form().title["fr"], "fr")
    assert properties.created is properties.modified is None


def test_a_style_changed_in_the_template_shows_in_the_form(template):
    def larger(document):
        document.styles["Question"].font.size = Pt(14)
        document.sections[0].top_margin = Pt(90)

    template(larger)
    document = opened(written())

    assert document.styles["Question"].font.size == Pt(14)
    assert document.sections[-1].top_margin == Pt(90)
    assert texts(written()) == texts(BLANK)


def test_styles_go_by_name_since_word_in_french_gives_them_other_identifiers(template):
    def renumber(document):
        for number, style in enumerate(document.styles):
            style.element.styleId = f"Style{number}"

    template(renumber)

    assert texts(written()) == texts(BLANK)


def test_a_style_that_the_template_has_lost_is_named(template):
    template(lambda document: document.styles["Table Head"].delete())

    with pytest.raises(DefinitionError, match="Table Head"):
        written()


def test_whoever_saved_the_template_and_its_own_page_are_not_in_the_forms(template):
    def sign(document):
        document.core_properties.last_modified_by = document.core_properties.author = "Somebody"
        document.add_paragraph("Somebody's notes")
        name, kind, whole = PackURI("/docProps/app.xml"), "application/xml", document.part.package
        part = Part(name, kind, b"<Company>Somebody</Company>", whole)
        whole.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)

    template(sign)

    assert all(b"Somebody" not in part for part in unpacked(written()).values())
    assert unpacked(written()) == unpacked(BLANK)


def test_a_foot_that_the_first_page_has_for_itself_holds_the_stamp_too(template):
    def part_feet(document):
        _, number = document.part.add_footer_part()
        for foot in document.element.body.iter(W + "footerReference"):
            if foot.get(W + "type") == "first":
                foot.set(qn("r:id"), number)

    template(part_feet)
    section = opened(written()).sections[-1]

    assert section.first_page_footer.part is not section.footer.part
    assert small.STAMP.text in section.first_page_footer.paragraphs[-1].text


def test_the_template_shows_every_style_that_it_has():
    document = Document(str(package.TEMPLATE))
    section = document.sections[0]
    roots = [document.element.body, section.header.part.element, section.footer.part.element]
    kinds = (W + "pStyle", W + "rStyle", W + "tblStyle")
    shown = {style.get(W + "val") for root in roots for style in root.iter(*kinds)}

    assert {s.style_id for s in document.styles} - shown == {"Normal", "TableNormal"}


@pytest.mark.parametrize(("language", "locale"), [("fr", b"fr-FR"), ("en", b"en-US")])
def test_the_spelling_is_checked_in_the_language_of_the_form(language, locale):
    parts = unpacked(written(language))

    for name in ("word/styles.xml", "word/settings.xml"):
        assert locale in parts[name]


def test_a_title_too_long_for_a_property_is_printed_whole():
    title = "Étude\x00 & <essai> " * 20
    content = written(study_title=title)

    assert len(opened(content).core_properties.title) == 255
    assert ("Title", title.replace("\x00", "\ufffd")) in texts(content)


def test_another_process_writes_the_same_bytes():
    code = (
        "import sys; from tests.kit.broken.small_word import BLANK; sys.stdout.buffer.write(BLANK)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
    )

    assert done.stdout == BLANK


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(libreoffice.missing() is not None, reason=str(libreoffice.missing()))
def test_a_template_saved_by_libreoffice_still_serves(template):
    saved = libreoffice.converted(package.TEMPLATE.read_bytes(), "docx", "docx")
    template(lambda _: None)
    package.TEMPLATE.write_bytes(saved)

    assert texts(written()) == texts(BLANK)
    assert "docProps/app.xml" in unpacked(saved)
    assert "docProps/app.xml" not in unpacked(written())
