"""Any name that a file system can hold is a name: one receipt, and the next file goes on."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import itertools
import json
import os
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.channels.folder.stability import is_litter, why_not_by_name
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.model.record import Entry
from intake.pipeline.returns.process import process_inbox
from intake.words.shown import as_shown
from tests.kit.fakes.inprocess import InProcess
from tests.kit.office.few import FewOffice, filled

ODD = [
    b"fich\xe9.pdf",
    b"\xff\xfe\x80",
    b"fiche.p\xe9f",
    b"fiche\x1b]0;title\x07.pdf",
    b"two\nlines\r.pdf",
    "fdp.\u202eehcif".encode(),
    "fi\u200bche\u2028.pdf".encode(),
    b"CON",
    b"nul.pdf",
    b"aux.",
    b"COM1.pdf",
    b". .",
    b" ",
    b"... ",
    b"x" * 251 + b".pdf",
    b"\xc3\xa9" * 127 + b"\xc3",
    b"-rf",
    b"%s%n{0}{name}.pdf",
    b"<script>alert(1)</script>.pdf".replace(b"/", b"\\"),
    b"a\\b\\c.pdf",
    b"C:\\x.pdf",
    b"' OR 1=1 --.pdf",
    b"{}",
    b"&amp;.pdf",
]
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
NUMBERS = itertools.count()
NAMES = st.one_of(
    st.binary(min_size=1, max_size=255),
    st.text(min_size=1, max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
).map(lambda name: name.replace(b"/", b"_").replace(b"\0", b"_")[:255])
NAMES = NAMES.filter(lambda name: name not in (b".", b".."))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return FewOffice(tmp_path_factory.mktemp("names") / "study")


def drop(office, name, content):
    """Put a file in the inbox under a name of bytes, after those already there."""
    path = os.fsencode(office.folder / "inbox") + b"/" + name
    with open(path, "wb") as stream:  # noqa: PTH123 - a path knows no names of bytes
        stream.write(content)
    office.dropped += 1
    os.utime(path, (1_700_000_000 + office.dropped, 1_700_000_000 + office.dropped))


def run_with(office, name):
    """Process a file of this name and a plain one after it, as one run, beside nothing else."""
    number = next(NUMBERS)
    drop(office, name, f"odd {number}".encode())
    drop(office, b"next.txt", f"plain {number}".encode())
    desk = office.app.desk(InProcess())
    with office.app.locked():
        return process_inbox(desk, lambda _receipt, _total: None)


def written(office, receipt):
    folder = office.app.outbox.folder(receipt)
    document = json.loads((folder / "receipt.json").read_bytes().decode())
    return document, (folder / "receipt.html").read_bytes().decode()


def is_plain(text):
    return all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in text)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_has_one_receipt_that_can_be_read_anywhere(office, name):
    run = run_with(office, name)
    odd, plain = run.receipts
    assert plain.source.name == "next.txt"
    assert (run.left, run.undelivered) == ((), ())
    document, page = written(office, odd)
    shown = as_shown(os.fsdecode(name)) if odd.name_is_safe else "pièce jointe"
    assert document["file"] == shown
    assert is_plain(document["file"])
    assert is_plain(page.replace("\n", ""))
    assert list((office.folder / "inbox").iterdir()) == []
    assert list((office.folder / "archive" / "taken").iterdir()) == []


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(NAMES)
def test_any_name_has_one_receipt_or_is_named_and_the_next_file_goes_on(office, name):
    shown = os.fsdecode(name)
    run = run_with(office, name)
    stays = is_litter(shown) or why_not_by_name(shown) is not None
    assert [receipt.source.name for receipt in run.receipts][stays - 1 :] == ["next.txt"]
    assert len(run.receipts) == 2 - stays
    assert len(run.left) == (stays and not is_litter(shown))
    assert not run.undelivered
    for receipt in run.receipts:
        written(office, receipt)
    for left in (office.folder / "inbox").iterdir():
        left.unlink()


def test_pages_and_lists_of_an_odd_name_can_be_read(tmp_path):
    office = FewOffice(tmp_path / "study")
    drop(office, b"fiche\xe9\x1b[2J.pdf", filled()[:20_000])
    drop(office, b"fiche \xe2\x80\xae.pdf", filled())
    office.run()
    pages = [*(office.folder / "outbox").rglob("*.html"), *office.folder.rglob("*.json")]
    assert len(pages) > 4
    for page in pages:
        text = html.unescape(page.read_bytes().decode())
        assert not re.search("[\x1b\u202e\ud800-\udfff]", text), page
    assert office.receipts[1].outcome is Outcome.LOADED


def test_a_store_stuck_by_an_odd_name_recovers_by_itself(tmp_path):
    """As an earlier version left it: saved under the raw name, not delivered, still there."""
    office = FewOffice(tmp_path / "study")
    raw, content = os.fsdecode(b"fich\xe9.p\xe9f"), b"Bonjour"
    digest = hashlib.sha256(content).hexdigest()
    source = SourceFile(raw, digest, len(content), NOON, token=raw)
    odd = finding_of(Code.FILE_EXTENSION, {"kind": "text", "extension": ".p\udce9f"})
    receipt = Receipt(source=source, outcome=Outcome.REJECTED, language="fr", findings=(odd,))
    office.app.store.save(Entry(receipt=replace(receipt, name_is_safe=True)))
    drop(office, b"fich\xe9.p\xe9f", content)
    drop(office, b"next.txt", b"La suite")

    run = office.run()

    assert [receipt.source.name for receipt in run.receipts] == ["next.txt"]
    assert run.undelivered == ()
    assert office.app.store.undelivered() == ()
    assert list((office.folder / "inbox").iterdir()) == []
    (stuck, _) = (stored.receipt for stored in office.app.store.receipts())
    assert written(office, stuck)[0]["file"] == "fich\ufffd.p\ufffdf"
