"""What identifies a patient is found nowhere it must not be."""

from __future__ import annotations

import logging
import sqlite3

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from tests.kit.office import few
from tests.kit.office import office as whole

SURNAME, FIRST_NAME, BORN = "WQ", "JX", "23/07/1963"
BIRTH_FORMS = (BORN, "1963-07-23", "23071963", "23.07.1963")
WORDS = "Suivi par la famille Zarrivano depuis Zbelieu"
FILE_NAME = "QUARRIVOL Josephe fiche.pdf"


def canary(form=few, **changed):
    private = {"id_surname2": SURNAME, "id_firstname2": FIRST_NAME, "birth_date": BORN}
    return form.filled(form.demo_answers(**{**private, "ab_other": WORDS, **changed}))


def texts_below(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8", "replace")
        for path in folder.rglob("*")
        if path.is_file()
    }


def for_others(office):
    """Return what may leave the coordinator's hands: all but the pages of what waits."""
    outbox = texts_below(office.folder / "outbox")
    return {name: text for name, text in outbox.items() if not name.startswith("review/")}


def holders(texts, *needles):
    return sorted(
        name
        for name, text in texts.items()
        for needle in needles
        if needle in text or needle in name
    )


@pytest.fixture(scope="module")
def full_office(tmp_path_factory):
    """The whole form of one patient: good, doubtful, corrected and rejected, processed."""
    office = whole.Office(tmp_path_factory.mktemp("canaries") / "étude")
    office.send(FILE_NAME, canary(whole))
    office.send("2 QUARRIVOL.pdf", canary(whole, id_surname2="QUARRIVOL"))
    office.send("3.pdf", canary(whole, lab_crp_dx="48", lab_hb_dx=f"{SURNAME}{FIRST_NAME} {BORN}"))
    office.send("QUARRIVOL.txt", b"Josephe Quarrivol")
    return office


@pytest.mark.slow
def test_no_birth_date_and_no_words_in_anything_written_for_people(full_office):
    outbox = for_others(full_office)
    assert len(outbox) > 12
    assert holders(outbox, *BIRTH_FORMS, WORDS, "Zarrivano") == []


def test_the_file_s_name_is_kept_only_where_the_receipt_promises_it(full_office):
    outbox = for_others(full_office)
    found = {name for name in holders(outbox, "QUARRIVOL") if not name.endswith("/receipt.json")}
    assert found == {"status.html", "receipts/index.html"}
    private = [(full_office.folder / "outbox" / name).stat().st_mode & 0o77 for name in found]
    assert private == [0, 0]


def test_letters_are_only_in_pages_for_the_centre(full_office):
    outbox = for_others(full_office)
    shown = holders(outbox, f"{SURNAME}/{FIRST_NAME}")
    assert shown
    assert {name.rsplit("/", 1)[-1] for name in shown} == {"receipt.html"}


def test_the_analysis_dataset_holds_no_letter_centre_or_name(full_office):
    dataset = texts_below(full_office.folder / "outbox" / "dataset")
    rows = {
        name: text
        for name, text in dataset.items()
        if name not in {"codebook.csv", "datapackage.json"}
    }
    quoted = (f",{SURNAME},", f",{FIRST_NAME},", ",ZAA,", "ZAA-001", "QUARRIVOL", SURNAME + "JX")
    assert holders(rows, *quoted) == []


def test_no_path_shows_a_name(full_office):
    names = [path.as_posix() for path in full_office.folder.rglob("*")]
    assert not [n for n in names if "QUARRIVOL" in n or SURNAME in n.split("/")[-1]]


def test_the_audit_chain_holds_keyed_hashes_only(full_office):
    with sqlite3.connect(full_office.folder / "archive" / "store.sqlite") as connection:
        rows = str(connection.execute("select * from audit").fetchall())
    connection.close()
    assert len(rows) > 500
    for needle in (SURNAME, FIRST_NAME, *BIRTH_FORMS, "Zarrivano", "QUARRIVOL"):
        assert f'"{needle}"' not in rows
        assert needle not in rows or len(needle) == 2
    full_office.app.store.verify()


def test_the_log_and_the_screen_never_name_a_patient(office, caplog):
    caplog.set_level(logging.DEBUG, logger="intake")
    office.send(FILE_NAME, canary())
    office.send("2 QUARRIVOL.pdf", canary(id_surname2="QUARRIVOL"))
    office.drop("QUARRIVOL encore.pdf", canary(lab_crp_dx="51", form_date="09/10/2026"))
    done = CliRunner().invoke(main, ["process", "--workspace", str(office.folder)])
    assert done.exit_code == 0, done.output
    for text in (caplog.text, done.output, done.stderr):
        for needle in ("QUARRIVOL", *BIRTH_FORMS, "Zarrivano"):
            assert needle not in text


def test_the_full_profile_holds_what_was_entered(office):
    receipt = office.send("fiche.pdf", canary())
    assert few.codes(receipt) == []
    folder = office.folder / "export"
    arguments = ["export", "--workspace", str(office.folder), "--to", str(folder)]
    done = CliRunner().invoke(main, [*arguments, "--profile", "full", "--yes"])
    assert done.exit_code == 0, done.output
    written = (folder / "records.csv").read_text("utf-8-sig")
    for needle in (SURNAME, FIRST_NAME, "1963-07-23", WORDS):
        assert needle in written
