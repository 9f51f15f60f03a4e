"""A protected file is opened with a password that is asked for, used once and kept nowhere."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from email.policy import SMTP
from io import BytesIO

import pytest

from intake.model.errors import Refusal
from intake.model.file.password import Password
from intake.model.receipt import Correction, Outcome, ReviewAction
from intake.pipeline.review import amend
from intake.pipeline.review import decisions as review
from intake.pipeline.review.unlock import unlock
from intake.storage.store import SqlStore
from tests.kit.office.coordinator import WHY, decide, document, refused
from tests.kit.office.few import blank, codes, demo_answers, filled
from tests.kit.office.mail import attach, message
from tests.kit.office.office_excel import filled_excel
from tests.kit.office.office_word import filled_word
from tests.kit.office.protected import SECRET, locked, locked_office
from tests.whole.clients import libreoffice

RIGHT = Password(SECRET)


def receipts(office):
    return {stored.receipt.id: stored.receipt for stored in office.app.store.receipts()}


def inside(office, opened):
    """Return the receipt of what an opened file held."""
    (member,) = opened.members
    return receipts(office)[member.receipt]


def all_bytes(office):
    files = (path for path in office.folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if path.name != "run.lock"}


def test_what_a_protected_file_holds_is_loaded_under_its_own_receipt(office):
    held = office.send("fiche.pdf", locked())
    assert (held.outcome, codes(held)) == (Outcome.REVIEW, ["FILE_PROTECTED"])
    opened = decide(office, unlock, held.id, RIGHT, WHY)
    member = inside(office, opened)
    assert (opened.id, opened.outcome, codes(opened)) == (
        held.id,
        Outcome.LOADED,
        ["FILE_UNLOCKED"],
    )
    assert opened.decisions[-1].action is ReviewAction.UNLOCK
    assert not opened.is_in_dataset
    assert (member.outcome, member.parent, member.subject) == (Outcome.LOADED, held.id, "ZAA-001")
    assert (member.source.name, member.source.received) == ("fiche.pdf", held.source.received)
    assert document(office, opened)["members"][0]["receipt"] == member.id
    assert document(office, member)["parent"] == held.id
    assert office.app.store.reasons(held.id) == (WHY,)
    kept = office.app.archive.content(member.source.sha256)
    assert hashlib.sha256(kept).hexdigest() == member.source.sha256
    assert b"/Encrypt" not in kept


def test_the_password_is_found_nowhere(office, caplog, capfd):
    caplog.set_level("DEBUG")
    held = office.send("fiche.pdf", locked())
    refused(office, unlock, held.id, Password(SECRET + "x"))
    decide(office, unlock, held.id, RIGHT)
    said = (caplog.text + "".join(capfd.readouterr())).encode()
    for content in (said, *all_bytes(office).values()):
        for encoding in ("utf-8", "utf-16-le", "latin-1"):
            assert SECRET.encode(encoding) not in content
    assert SECRET not in repr(RIGHT) + str(RIGHT)


def test_a_wrong_password_changes_nothing(office):
    held = office.send("fiche.pdf", locked())
    before = receipts(office), office.app.archive.content(held.source.sha256)
    originals = set((office.folder / "archive" / "originals").rglob("*"))
    for text in ("", "sesame", SECRET.upper(), "\x00", "é" * 400):
        assert refused(office, unlock, held.id, Password(text)) is Refusal.WRONG_PASSWORD
    assert (receipts(office), office.app.archive.content(held.source.sha256)) == before
    assert set((office.folder / "archive" / "originals").rglob("*")) == originals


@pytest.mark.slow
def test_a_form_that_must_be_checked_is_decided_on_under_its_own_number(office):
    held = office.send("fiche.pdf", locked(filled(demo_answers(id_surname2="ZUKO"))))
    opened = decide(office, unlock, held.id, RIGHT)
    member = inside(office, opened)
    assert (opened.outcome, member.outcome) == (Outcome.REVIEW, Outcome.REVIEW)
    assert refused(office, review.accept, held.id, WHY) is Refusal.IS_A_CONTAINER
    assert refused(office, unlock, held.id, RIGHT) is Refusal.IS_A_CONTAINER
    decide(office, amend.set_answer, member.id, Correction("id_surname2", "ZU"), WHY)
    assert decide(office, review.accept, member.id).outcome.is_loaded


@pytest.mark.slow
def test_a_form_that_is_known_already_is_a_duplicate(office):
    first = office.send("fiche.pdf", filled())
    held = office.send("protege.pdf", locked())
    opened = decide(office, unlock, held.id, RIGHT)
    member = inside(office, opened)
    assert (opened.outcome, member.outcome) == (Outcome.DUPLICATE, Outcome.DUPLICATE)
    assert member.earlier == first.id


@pytest.mark.slow
def test_a_correction_under_a_password_is_a_revision(office):
    office.send("fiche.pdf", filled())
    held = office.send(
        "protege.pdf", locked(filled(demo_answers(lab_hb_dx="9,9", form_date="09/10/2026")))
    )
    member = inside(office, decide(office, unlock, held.id, RIGHT))
    assert (member.revision, [change.item for change in member.changes]) == (
        2,
        ["form_date", "lab_hb_dx"],
    )


@pytest.mark.slow
def test_a_blank_form_is_rejected_and_the_file_may_come_again(office):
    held = office.send("vierge.pdf", locked(blank()))
    opened = decide(office, unlock, held.id, RIGHT)
    assert (opened.outcome, inside(office, opened).outcome) == (Outcome.REJECTED, Outcome.REJECTED)
    again = office.send("vierge.pdf", office.app.archive.content(held.source.sha256))
    assert (again.outcome, again.id != held.id) == (Outcome.REVIEW, True)
    assert decide(office, unlock, again.id, RIGHT).outcome is Outcome.REJECTED


@pytest.mark.slow
def test_the_same_protected_file_sent_again_is_a_duplicate(office):
    content = locked()
    held = office.send("fiche.pdf", content)
    decide(office, unlock, held.id, RIGHT)
    again = office.send("encore.pdf", content)
    assert (again.outcome, again.earlier) == (Outcome.DUPLICATE, held.id)


@pytest.mark.slow
def test_a_protected_file_in_an_email_is_opened_under_the_email(office):
    office.drop("message.eml", attach(message(), "fiche.pdf", locked()).as_bytes(policy=SMTP))
    sent, held = office.run().receipts
    opened = decide(office, unlock, held.id, RIGHT)
    assert (opened.parent, inside(office, opened).parent) == (sent.id, held.id)


def test_a_file_that_needs_a_password_only_to_be_edited_is_read_as_it_is(office):
    assert office.send("fiche.pdf", locked(user="")).outcome is Outcome.LOADED


@pytest.mark.slow
@pytest.mark.parametrize("form", [filled_word, filled_excel])
def test_word_and_excel_files_are_opened_too(whole_office, form):
    pytest.importorskip("msoffcrypto", reason="the extra 'protected' is not installed")
    content = form()
    held = whole_office.send("fiche.docx", locked_office(content))
    assert codes(held) == ["FILE_PROTECTED"]
    for text in ("", "non", "\x00", SECRET + "\x00"):
        assert refused(whole_office, unlock, held.id, Password(text)) is Refusal.WRONG_PASSWORD
    member = inside(whole_office, decide(whole_office, unlock, held.id, RIGHT))
    assert member.outcome is Outcome.LOADED
    assert whole_office.app.archive.content(member.source.sha256) == content


@pytest.mark.slow
@pytest.mark.parametrize("cut", [slice(None, -9000), slice(None, 9000)], ids=str)
def test_a_damaged_office_file_is_refused(whole_office, cut):
    pytest.importorskip("msoffcrypto", reason="the extra 'protected' is not installed")
    whole = locked_office(filled_word())
    changed = bytearray(whole)
    changed[30_000:30_064] = bytes(64)
    for content in (whole[cut], bytes(changed)):
        held = whole_office.send("fiche.docx", content)
        if held.outcome is Outcome.REVIEW:
            assert refused(whole_office, unlock, held.id, RIGHT) is Refusal.NOT_UNLOCKED
        else:
            assert held.outcome is Outcome.REJECTED


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(libreoffice.cannot_type() is not None, reason=str(libreoffice.cannot_type()))
@pytest.mark.parametrize("kind", ["doc", "xls", "odt", "ods"])
def test_old_files_with_a_password_are_known_and_opened_where_that_can_be_done(whole_office, kind):
    pytest.importorskip("msoffcrypto", reason="the extra 'protected' is not installed")
    content = filled_word() if kind in ("doc", "odt") else filled_excel()
    held = whole_office.send(f"fiche.{kind}", libreoffice.protected(content, kind, SECRET))
    assert (held.outcome, codes(held)) == (Outcome.REVIEW, ["FILE_PROTECTED"])
    if kind in ("odt", "ods"):
        assert refused(whole_office, unlock, held.id, RIGHT) is Refusal.CANNOT_UNLOCK
        return
    assert refused(whole_office, unlock, held.id, Password("non")) is Refusal.WRONG_PASSWORD
    member = inside(whole_office, decide(whole_office, unlock, held.id, RIGHT))
    assert (member.outcome, codes(member)[0]) == (Outcome.REVIEW, "FILE_CONVERTED")
    assert member.completeness.answered == member.completeness.expected > 100


def test_without_the_extra_the_refusal_names_it(office, monkeypatch):
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    held = office.send("fiche.docx", ole)
    assert refused(office, unlock, held.id, RIGHT) is Refusal.NEEDS_PART


def test_what_cannot_be_opened_here_is_refused(office):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("fiche.pdf", b"x" * 30)
    content = bytearray(target.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1  # encrypted, says the archive
    held = office.send("archive.zip", bytes(content))
    assert codes(held) == ["FILE_PROTECTED"]
    assert refused(office, unlock, held.id, RIGHT) is Refusal.CANNOT_UNLOCK


def test_a_file_that_is_not_protected_is_not_unlocked(office):
    held = office.send("fiche.pdf", filled(demo_answers(id_surname2="ZUKO")))
    assert refused(office, unlock, held.id, RIGHT) is Refusal.NOT_PROTECTED
    loaded = office.send("autre.pdf", filled(demo_answers("02")))
    assert refused(office, unlock, loaded.id, RIGHT) is Refusal.NOT_IN_REVIEW


def test_a_protected_pdf_that_only_opens_mended_is_not_made_to_look_whole(office):
    held = office.send("coupe.pdf", locked() + b"\n12 0 obj\n<< /T (a save that was begun")
    assert codes(held) == ["FILE_PROTECTED"]
    assert refused(office, unlock, held.id, RIGHT) is Refusal.NOT_UNLOCKED
    assert receipts(office)[held.id].outcome is Outcome.REVIEW


@pytest.mark.slow
def test_all_is_saved_or_nothing(office, monkeypatch):
    held = office.send("fiche.pdf", locked())
    before = receipts(office)

    def power_cut(*_):
        raise OSError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr(SqlStore, "decide", power_cut)
        with pytest.raises(OSError, match="power cut"):
            decide(office, unlock, held.id, RIGHT)
    assert receipts(office) == before
    assert decide(office, unlock, held.id, RIGHT).outcome is Outcome.LOADED
