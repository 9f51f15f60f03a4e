"""What libraries say of a file never reaches the screen, and no loop is our own error."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile

import pytest

from intake.formats.registry import open_file
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from tests.kit.broken import hostile
from tests.kit.broken.itself import referring_to_themselves
from tests.kit.office.few import FewOffice, filled

OURS = re.compile(r" +\d+  .+|Receipts: .+|.+audit --head.+")
LOOPS = referring_to_themselves()


def damaged_package(part):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(part, "<?xml version='1.0'?><a><b xmlns:w='x'></a>&none;")
        package.writestr("[Content_Types].xml", "<Types><Default/>")
    return target.getvalue()


def hostile_files():
    whole = filled()
    files = {f"loop {name}.pdf": content for name, content in LOOPS.items()}
    files |= {f"{made.__name__}.pdf": made(whole) for made in (hostile.wrong_index,
              hostile.huge_size, hostile.index_loop)}  # fmt: skip
    files |= {f"{made.__name__}.pdf": made() for made in (hostile.kids_cycle, hostile.own_kid,
              hostile.own_parent)}  # fmt: skip
    files |= {f"cut {size}.pdf": whole[:size] for size in (2_000, 90_000, 300_000)}
    files["scrambled.pdf"] = whole.replace(b"endobj", b"endjob")
    files["a.docx"] = damaged_package("word/document.xml")
    files["a.xlsx"] = damaged_package("xl/workbook.xml")
    files["a.jpg"] = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(400)
    files["a.png"] = b"\x89PNG\r\n\x1a\n" + bytes(400)
    files["a.tif"] = b"II*\x00" + b"\xff" * 400
    files["a.rtf"] = b"{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE x}}"
    files["a.doc"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 9
    return files


@pytest.mark.parametrize("name", LOOPS)
def test_a_pdf_whose_objects_refer_to_themselves_is_damaged_or_to_be_mended(name):
    try:
        found = {finding.code for finding in open_file(LOOPS[name], "fiche.pdf").findings}
    except UnreadableFile as problem:
        found = {problem.code}
    assert found & {FindingCode.FILE_DAMAGED, FindingCode.FILE_REPAIRED}


@pytest.mark.long(10)
@pytest.mark.slow
def test_the_program_alone_speaks_of_hostile_files(tmp_path):
    office = FewOffice(tmp_path / "study")
    files = hostile_files()
    for name, content in files.items():
        office.drop(name, content)
    done = subprocess.run(
        [sys.executable, "-m", "intake", "process", "--workspace", office.folder, "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CRF_INTAKE_LANG": "en"},
    )
    receipts = json.loads(done.stdout)["receipts"]
    assert len([receipt for receipt in receipts if receipt["parent"] is None]) == len(files)
    found = {finding["code"] for receipt in receipts for finding in receipt["findings"]}
    assert "INTERNAL_ERROR" not in found
    assert [line for line in done.stderr.splitlines() if not OURS.fullmatch(line)] == []
