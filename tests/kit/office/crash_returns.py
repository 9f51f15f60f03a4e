"""A workspace of the second study whose inbox holds twenty returns of every fate."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pikepdf

from intake.demo.fill_pdf import fill_by_hand
from intake.formats.pdf.write.writer import PdfWriter
from intake.model.stamp import FormStamp
from intake.ports import FormRequest
from intake.wiring.setup import set_up_workspace
from intake.workspace.form_library import SchemaLibrary
from tests.kit.places import SECOND_STUDY

SCHEMAS = SECOND_STUDY / "schemas"
FIRST_SECOND = 1_780_000_000

COMMON = {
    "consent": "yes",
    "breed": "buck",
    "wintering_date": "10/2024",
    "queen_born": "2023",
    "brood_frames": "7",
    "signs__none": "1",
    "fed": "0",
    "treated": "0",
    "alive": "1",
}


@cache
def blank() -> bytes:
    definition = SchemaLibrary(SCHEMAS).get("hive", "2.1.0")
    assert definition is not None
    stamp = FormStamp(definition.id, definition.version, "fr", definition.fingerprint)
    return PdfWriter().write(definition, FormRequest(language="fr", stamp=stamp))


def hive(apiary: str, number: str, day: str = "02/03/2025", **answers: str) -> bytes:
    """Return the form of one hive, typed in as in a viewer."""
    identity = {"region": "ZOR", "apiary_number": apiary, "hive_number": number}
    entered = {**COMMON, **identity, "survey_date": day, **answers}
    return fill_by_hand(blank(), {name: text for name, text in entered.items() if text})


@cache
def twenty_returns() -> Mapping[str, bytes]:
    """Return files by name: patients, corrections, repetitions, doubts and bad files."""
    first = {
        "ruche-01.pdf": hive("1111", "100"),
        "ruche-02.pdf": hive("2222", "200", weight="41,5"),
        "ruche-03.pdf": hive("3333", "300", brood_frames="douze"),
        "ruche-04.pdf": hive("4444", "400", weight="999"),
        "ruche-05.pdf": hive("5555", "500", coldest="-12"),
        "ruche-06.pdf": hive("6666", "600", region="ZAA", remarks="RAS"),
    }
    corrections = {
        "ruche-01-corrigee.pdf": hive("1111", "100", "09/03/2025", brood_frames="9"),
        "ruche-03-corrigee.pdf": hive("3333", "300", "09/03/2025", brood_frames="12"),
        "ruche-04-corrigee.pdf": hive("4444", "400", "10/03/2025", weight="99"),
        "ruche-01-encore.pdf": hive("1111", "100", "11/03/2025", brood_frames="10"),
    }
    repeated = {
        "copie-02.pdf": first["ruche-02.pdf"],
        "copie-04.pdf": first["ruche-04.pdf"],
        "meme-contenu-02.pdf": _resaved(first["ruche-02.pdf"]),
        "ancienne-03.pdf": first["ruche-03.pdf"],
    }
    doubtful = {
        "autre-region-05.pdf": hive("5555", "500", region="ZUN"),
        "sans-numero.pdf": hive("7777", ""),
    }
    bad = {
        "vierge.pdf": blank(),
        "coupee.pdf": first["ruche-01.pdf"][:20_000],
        "texte.pdf": b"Bonjour, la fiche suivra.\n",
        "archive.zip": _archive(),
    }
    return {**first, **corrections, **repeated, **doubtful, **bad}


def make_workspace(root: Path, returns: Mapping[str, bytes]) -> None:
    """Create a workspace with these files in its inbox, received one after the other."""
    set_up_workspace(root)
    shutil.rmtree(root / "schemas")
    shutil.copytree(SCHEMAS, root / "schemas")
    study = root / "study.toml"
    study.write_text(study.read_text("utf-8").replace('"dm-sam"', '"hive"'), "utf-8")
    for number, (name, content) in enumerate(returns.items()):
        path = root / "inbox" / name
        path.write_bytes(content)
        os.utime(path, (FIRST_SECOND + number, FIRST_SECOND + number))


def _resaved(content: bytes) -> bytes:
    """Return other bytes with the same answers, as saving in another program makes."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _archive() -> bytes:
    """Return an archive of an email with a form and its correction, a form, a text."""
    message = EmailMessage()
    message["From"], message["Date"] = "centre@example.org", "Tue, 02 Jun 2026 10:00:00 +0200"
    message.set_content("Voici.")
    for name, day in (("ruche-08.pdf", "02/03/2025"), ("ruche-08-corrigee.pdf", "09/03/2025")):
        form = hive("8888", "800", day)
        message.add_attachment(form, maintype="application", subtype="pdf", filename=name)
    message.set_boundary("limite")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("message.eml"), message.as_bytes())
        archive.writestr(zipfile.ZipInfo("ruche-09.pdf"), hive("9999", "900"))
        archive.writestr(zipfile.ZipInfo("fiche.txt"), "rien")
    return target.getvalue()
