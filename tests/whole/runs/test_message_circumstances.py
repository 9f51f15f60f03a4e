"""What a form's receipt keeps of the message that brought it: its date, and that it had words."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from email import message_from_bytes

import pikepdf
import pytest

from intake.model.file.dates import DateSource, Written
from intake.model.receipt import Outcome, SourceFile
from intake.pipeline.desk import StudyFacts
from intake.pipeline.returns.provenance import sent_at, written_by
from intake.storage.database.codec import decode, encode
from tests.kit import wrapped
from tests.kit.office import mail
from tests.kit.office.mail import Apiary, good
from tests.kit.office.office import codes

SEEN = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
FACTS = StudyFacts(language="fr", opening_date=dt.date(2026, 9, 1))


@pytest.fixture
def office(tmp_path):
    return Apiary(tmp_path / "ruches")


def by_name(office, name, content):
    office.drop(name, content)
    return {receipt.source.name: receipt for receipt in office.run().receipts}


def saved(content, date):
    """Return a form whose program says when it saved it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.docinfo["/ModDate"] = date
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("at", "is_plausible"),
    [
        (dt.datetime(2026, 11, 17, 9, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 17, 9), True),
        (dt.datetime(2026, 11, 21, 3), True),  # a clock on a wall far to the east
        (dt.datetime(2026, 11, 22, 9), False),
        (dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), False),
        (dt.datetime(2000, 1, 1), False),  # of our blank workbooks
        (dt.datetime(1980, 1, 1), False),
    ],
)
def test_a_date_that_cannot_be_that_of_a_save_is_none(at, is_plausible):
    written = Written(at, DateSource.PDF)
    assert written_by(written, SEEN) == (written if is_plausible else None)
    assert written_by(None, SEEN) is None


def test_a_message_of_the_future_or_long_before_has_no_date():
    for sent in (SEEN + dt.timedelta(seconds=1), dt.datetime(2024, 1, 1, tzinfo=dt.UTC), None):
        assert sent_at(FACTS, sent, SEEN) is None
    assert sent_at(FACTS, SEEN, SEEN) == SEEN


def forwarded():
    inner = mail.message(sent="Tue, 10 Nov 2026 08:00:00 +0100")
    mail.attach(inner, "dedans.pdf", saved(good(), "D:20261109180000+01'00'"))
    outer = mail.attach(mail.message(), "dehors.pdf", good(2))
    outer.add_attachment(inner)
    return mail.written(outer)


def test_a_form_has_the_date_of_the_message_nearest_to_it(office):
    found = by_name(office, "m.eml", forwarded())

    assert found["dehors.pdf"].source.sent.isoformat() == "2026-11-17T09:20:00+00:00"
    assert found["dedans.pdf"].source.sent.isoformat() == "2026-11-10T07:00:00+00:00"
    received = {receipt.source.received.date() for receipt in found.values()}
    assert received == {dt.date(2026, 11, 17)}, "the outermost message says when all was received"


def test_the_date_in_a_form_is_kept_and_read_back_from_the_store(office):
    found = by_name(office, "m.eml", forwarded())
    inside = Written(
        dt.datetime(2026, 11, 9, 18, tzinfo=dt.timezone(dt.timedelta(hours=1))), DateSource.PDF
    )
    kept = {r.receipt.source.name: r.receipt.source for r in office.app.store.receipts()}
    assert found["dedans.pdf"].source.inside == kept["dedans.pdf"].inside == inside
    assert kept["dedans.pdf"].sent == found["dedans.pdf"].source.sent
    assert found["dehors.pdf"].source.inside is None, "our blank form carries no date of a save"


def test_a_form_in_an_archive_has_the_archives_date_where_it_has_none(office):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, form in (("a.pdf", good()), ("b.pdf", saved(good(2), "D:20261101101500Z"))):
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 5, 10, 15, 0)), form)
    found = by_name(office, "a.zip", content.getvalue())
    assert found["a.pdf"].source.inside == Written(
        dt.datetime(2026, 11, 5, 10, 15), DateSource.ENTRY
    )
    assert found["b.pdf"].source.inside.source is DateSource.PDF


def test_a_form_saved_after_its_message_has_no_date(office):
    late = saved(good(), "D:20261119101500Z")
    found = by_name(office, "m.eml", mail.email_with({"f.pdf": late}))
    assert found["f.pdf"].source.inside is None


def test_the_dates_of_files_are_not_in_the_dataset_or_the_receipts(office):
    receipt = by_name(office, "m.eml", forwarded())["dedans.pdf"]
    told = (office.folder / "outbox" / "receipts" / receipt.folder / "receipt.json").read_text()
    for name in ("records.csv", "values.csv", "findings.csv"):
        told += str(office.dataset(name))
    assert "2026-11-09" not in told
    assert "2026-11-10" not in told


def test_the_words_of_a_message_are_told_with_it_and_with_each_form(office):
    found = by_name(office, "m.eml", mail.email_with({"f.pdf": good(), "n.txt": b"Cher confrere"}))
    (note,) = (f for f in found["m.eml"].findings if f.code == "MESSAGE_TEXT")
    assert note.context == {"count": "6"}
    assert "MESSAGE_TEXT" in codes(found["f.pdf"])
    assert "MESSAGE_TEXT" not in codes(found["n.txt"])
    folder = office.folder / "outbox" / "receipts" / found["f.pdf"].folder
    assert "Une correction s’écrit dans la fiche" in (folder / "receipt.html").read_text("utf-8")
    told = json.loads((folder / "receipt.json").read_text("utf-8"))
    assert "Zarrivano" not in json.dumps(told)


def wordless(files):
    made = mail.message()
    made.set_content("\n-- \nDr Zarrivo\n")
    for name, content in files.items():
        mail.attach(made, name, content)
    return mail.written(made)


def test_a_message_without_words_tells_nothing(office):
    found = by_name(office, "m.eml", wordless({"f.pdf": good()}))
    assert [codes(receipt) for receipt in found.values()] == [["CONTAINER"], []]


def test_a_form_sent_again_with_words_is_told_that_these_are_not_read(office):
    office.send("f.pdf", good())
    again = by_name(office, "m.eml", mail.email_with({"f.pdf": good()}))["f.pdf"]
    assert (again.outcome, codes(again)) == (Outcome.DUPLICATE, ["DUPLICATE_FILE", "MESSAGE_TEXT"])
    other = mail.email_with({"g.pdf": saved(good(), "D:20261101101500Z")})
    again = by_name(office, "n.eml", other)["g.pdf"]
    assert set(codes(again)) == {"DUPLICATE_CONTENT", "MESSAGE_TEXT"}


def test_words_around_a_forwarded_message_count_for_the_forms_in_it(office):
    outer = mail.message()
    outer.add_attachment(message_from_bytes(wordless({"f.pdf": good()})))
    found = by_name(office, "m.eml", mail.written(outer))
    assert "MESSAGE_TEXT" in codes(found["f.pdf"])


def test_a_link_beside_a_form_is_asked_for_and_the_form_is_loaded(office):
    made = mail.message()
    made.set_content("La suite : https://we.tl/t-abc\n")
    mail.attach(made, "f.pdf", good())
    found = by_name(office, "m.eml", mail.written(made))
    assert found["m.eml"].outcome is Outcome.LOADED_WITH_QUERIES
    assert found["f.pdf"].outcome is Outcome.LOADED
    assert "MESSAGE_LINK" in codes(found["m.eml"])


def test_a_message_of_a_link_alone_is_refused_with_what_to_do(office):
    made = mail.message()
    made.set_content("https://we.tl/t-abc\n")
    (receipt,) = by_name(office, "m.eml", mail.written(made)).values()
    assert (receipt.outcome, codes(receipt)) == (
        Outcome.REJECTED, ["MESSAGE_LINK", "MESSAGE_TEXT"],
    )  # fmt: skip


def test_a_form_beside_an_encrypted_part_is_loaded_and_the_part_asked_for(office):
    made = mail.attach(mail.message(), "f.pdf", good())
    mail.attach(made, "smime.p7m", wrapped.encrypted(), "application/pkcs7-mime")
    found = by_name(office, "m.eml", mail.written(made))
    assert found["f.pdf"].outcome is Outcome.LOADED
    assert found["m.eml"].outcome is Outcome.LOADED_WITH_QUERIES
    assert "MESSAGE_ENCRYPTED" in codes(found["m.eml"])


def test_a_receipt_of_before_reads_without_the_dates():
    source = SourceFile(name="f.pdf", sha256="0" * 64, size=9, received=SEEN)
    known = ("name", "sha256", "size", "received", "token", "sender")
    before = {name: held for name, held in encode(source).items() if name in known}
    assert decode(SourceFile, before) == source
