"""Messages out, by SMTP. Whether a message left is either known, or said to be unknown."""

from __future__ import annotations

import datetime as dt
import hashlib
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from intake.channels.mail.answers import fault_of
from intake.channels.mail.server import (
    TIMEOUT,
    Login,
    Server,
    connection_fault,
    encryption,
)
from intake.model.errors import MailFault, MailRefused, MailUnsure


def addressed(mail: EmailMessage, key: str, sender: tuple[str, str], at: dt.datetime) -> bytes:
    """Return a draft as it is sent: with who sends it, when, and a name of its own.

    The name is made of the message's: sent twice after all, many servers show it once.
    """
    del mail["X-Unsent"], mail["From"], mail["Date"], mail["Message-ID"]
    name, address = sender
    mail["From"] = Address(display_name=name, addr_spec=address)
    mail["Date"] = format_datetime(at)
    digest = hashlib.sha256(key.encode()).hexdigest()[:24]
    mail["Message-ID"] = f"<{digest}@{address.rpartition('@')[2]}>"
    return mail.as_bytes()


class SmtpPostman:
    """``ports.Postman`` on a connection that is open."""

    def __init__(self, client: smtplib.SMTP, server: Server) -> None:
        """Keep the connection."""
        self._client = client
        self._server = server

    def deliver(self, sender: str, to: str, content: bytes) -> None:
        """Hand one message over; on return the server has taken it.

        Raises MailRefused when it surely did not, MailUnsure when nobody knows.
        """
        try:
            self._client.sendmail(sender, [to], content)
        except smtplib.SMTPRecipientsRefused as problem:
            code, text = next(iter(problem.recipients.values()))
            raise self._refused(code, text) from None
        except smtplib.SMTPResponseException as problem:
            raise self._refused(problem.smtp_code, problem.smtp_error) from None
        except (smtplib.SMTPNotSupportedError, UnicodeError):  # letters that an address has not
            raise MailRefused(MailFault.RECIPIENT, server=self._server.host, code="-") from None
        except (smtplib.SMTPException, OSError) as problem:
            raise MailUnsure from problem

    def _refused(self, code: int, text: str | bytes) -> MailRefused:
        fault = fault_of(code, text)
        return MailRefused(fault, server=self._server.host, code=str(code))


@contextmanager
def smtp_postman(server: Server, login: Login) -> Iterator[SmtpPostman]:
    """Open a connection and log in. Raises MailRefused."""
    with _connected(server) as client:
        _log_in(client, server, login)
        yield SmtpPostman(client, server)


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    try:
        if server.is_encrypted_at_once:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT, context=encryption()
            )
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
            _encrypt(client, server)
    except smtplib.SMTPException:
        raise MailRefused(MailFault.UNREACHABLE, server=f"{server.host}:{server.port}") from None
    except OSError as problem:
        raise connection_fault(problem, server) from None
    try:
        yield client
    finally:
        _leave(client)


def _encrypt(client: smtplib.SMTP, server: Server) -> None:
    """Encrypt the connection; only a server of this computer may do without."""
    client.ehlo()
    if client.has_extn("starttls"):
        client.starttls(context=encryption())
        client.ehlo()
    elif not server.is_here:
        raise MailRefused(MailFault.NOT_ENCRYPTED, server=f"{server.host}:{server.port}")


def _log_in(client: smtplib.SMTP, server: Server, login: Login) -> None:
    try:
        if login.is_token:
            client.ehlo_or_helo_if_needed()
            client.auth("XOAUTH2", lambda _=None: login.xoauth2)
        else:
            client.login(login.user, login.secret)
    except smtplib.SMTPResponseException as problem:
        fault = fault_of(problem.smtp_code, problem.smtp_error)
        raise MailRefused(fault, server=server.host, code=str(problem.smtp_code)) from None
    except smtplib.SMTPNotSupportedError:
        raise MailRefused(MailFault.CLOSED_TO_PROGRAMS, server=server.host) from None
    except (smtplib.SMTPServerDisconnected, OSError):
        raise MailRefused(MailFault.UNREACHABLE, server=f"{server.host}:{server.port}") from None


def _leave(client: smtplib.SMTP) -> None:
    try:
        client.quit()
    except (smtplib.SMTPException, OSError):
        client.close()
