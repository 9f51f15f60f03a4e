"""Emails and archives as centres send them, with fictional senders and hives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache

from tests.kit.office.crash_returns import hive, make_workspace
from tests.kit.office.office import Office

LOGO = b"\x89PNG\r\n\x1a\n" + b"\0" * 900
SENT = "Tue, 17 Nov 2026 10:20:00 +0100"
SENDER = '"Docteur Quarrivol" <j.quarrivol@example.org>'
SUBJECT = "Fiche de Zarrivano"


def message(sender: str = SENDER, sent: str | None = SENT, subject: str = SUBJECT) -> EmailMessage:
    """Return a message with a text and no file."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "etude@example.net", subject
    if sent:
        made["Date"] = sent
    made.set_content("Bonjour,\nvoici la fiche de Zarrivano.\n")
    return made


def attach(made: EmailMessage, name: str | None, content: bytes, media: str = "") -> EmailMessage:
    """Attach one file to a message."""
    main, sub = (media or "application/octet-stream").split("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made


def with_signature(made: EmailMessage) -> EmailMessage:
    """Add the image of a signature, shown in the text."""
    made.add_attachment(
        LOGO, maintype="image", subtype="png", filename="image001.png", disposition="inline",
        cid="<logo@mail>",
    )  # fmt: skip
    return made


def written(made: EmailMessage) -> bytes:
    """Return a message as a mail program saves it."""
    return made.as_bytes(policy=SMTP)


def email_with(files: Mapping[str, bytes], sender: str = SENDER, sent: str | None = SENT) -> bytes:
    """Return a message with these files attached."""
    made = message(sender, sent)
    for name, content in files.items():
        attach(made, name, content)
    return written(made)


def zip_with(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


_WHOLE = {"wintering_date": "12/10/2024"}


class Apiary(Office):
    """A workspace of the small second study: its forms are filled and read quickly."""

    def __post_init__(self) -> None:
        """Make the workspace."""
        make_workspace(self.folder, {})


@cache
def _hive(apiary: str, number: str, answers: tuple[tuple[str, str], ...]) -> bytes:
    return hive(apiary, number, **dict(answers))


def good(number: int = 1, **answers: str) -> bytes:
    """Return the form of one hive, with nothing to ask unless these answers call for it."""
    return _hive(
        str(1000 + number), str(100 + number), tuple(sorted({**_WHOLE, **answers}.items()))
    )


def nameless() -> bytes:
    """Return a form whose hive is not named: it goes to review."""
    return _hive("1000", "", ())
