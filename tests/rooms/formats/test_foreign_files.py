"""Files of programs that are not read are named, and their owner is told what to do."""

from __future__ import annotations

import pytest

from intake.findings.wording import finding_words
from intake.formats.registry import inspect_file
from intake.formats.sniff import sniff
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode, finding_of
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.broken.foreign_files import FOREIGN, compound, zipped


def told(content, name):
    with pytest.raises(UnreadableFile) as refused:
        inspect_file(content, name)
    code = refused.value.code
    return finding_of(code, refused.value.context)


@pytest.mark.parametrize("case", FOREIGN)
def test_a_foreign_file_is_known_by_its_content_and_named(case):
    name, content, kind, word = FOREIGN[case]
    assert sniff(content).kind is kind
    finding = told(content, name)
    assert (finding.code, finding.context) == (FindingCode.FILE_FOREIGN, {"kind": word})


@pytest.mark.parametrize("word", sorted({word for *_, word in FOREIGN.values()}))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_words_for_what_it_is_and_what_to_do(language, word):
    words = Words(language)
    finding = finding_of(FindingCode.FILE_FOREIGN, {"kind": word})
    said = finding_words(words, finding, None)
    assert words.text(f"kind.{word}") in said.sentence
    assert words.text(f"how.{word}") in said.sentence


def test_a_pages_file_says_how_to_export_it():
    finding = told(FOREIGN["Pages"][1], "fiche.pages")
    said = finding_words(Words("fr"), finding, None)
    assert "Dans Pages, choisissez Fichier > Exporter vers > Word ou PDF" in said.sentence


@pytest.mark.parametrize(
    "members",
    [
        {"formulaires/Index/Document.iwa": b"x"},
        {"a.pages/Index/Document.iwa": b"x", "b.pdf": b"x"},
    ],
)
def test_an_archive_with_other_files_stays_an_archive(members):
    assert sniff(zipped(members)).kind == "zip"


def test_a_word_file_that_shows_slides_is_a_word_file():
    both = compound({"WordDocument": b"x", "PowerPoint Document": b"x"})
    assert sniff(both).kind == "doc"


@pytest.mark.parametrize(
    "text",
    [
        b'{"title": "a form", "pages": 3}',
        b"See [InternetShortcut] in the manual",
        b"<html><body>docs.google.com</body></html>",
        b'<?xml version="1.0"?><plist><key>Name</key></plist>',
    ],
)
def test_other_texts_are_no_shortcuts(text):
    assert sniff(text).kind in ("text", "html")
