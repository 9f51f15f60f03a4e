"""Every format says on its first page how long the form takes, when the study says it."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest

from intake.formats.wording.facts import facts
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from intake.words.catalogue import Words
from tests.kit.blanks import definition, written
from tests.kit.places import HIVE


def request(**more):
    form = definition(HIVE)
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint)
    return FormRequest(language="fr", stamp=stamp, **more)


def test_how_long_is_said_where_the_study_says_it_and_nowhere_else():
    said = [line for _, lines in facts(Words("fr"), request(minutes=45)) for line in lines]
    silent = [line for _, lines in facts(Words("fr"), request()) for line in lines]
    assert [line for line in said if line not in silent] == ["Comptez environ 45 minutes."]


def first_page(file_format, content):
    if file_format is FileFormat.PDF:
        return pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    name = {FileFormat.WORD: "word/document.xml", FileFormat.EXCEL: "xl/worksheets/sheet1.xml"}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        shared = [part for part in package.namelist() if part == "xl/sharedStrings.xml"]
        parts = [package.read(part).decode() for part in (name[file_format], *shared)]
    return "".join(parts)


@pytest.mark.parametrize("file_format", [FileFormat.PDF, FileFormat.WORD, FileFormat.EXCEL])
def test_the_first_page_of_every_format_says_how_long(file_format):
    content = written(definition(HIVE), file_format, request(minutes=20))
    assert "Comptez environ 20 minutes." in first_page(file_format, content)
