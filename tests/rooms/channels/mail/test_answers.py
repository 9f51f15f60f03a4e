"""What mail servers refuse, in the words of providers, told as what a coordinator does next."""

from __future__ import annotations

import re

import pytest

from intake.channels.mail.answers import fault_of
from intake.channels.mail.server import Server, login_of, server_of
from intake.model.errors import MailFault, MailRefused
from intake.words.catalogue import LANGUAGES, Words

SECRET = "mot-de-passe"  # noqa: S105 - no one's
SAID = [
    (0, "NO Basic authentication is disabled.", MailFault.NO_PASSWORDS),
    (
        535,
        "5.7.139 Authentication unsuccessful, basic authentication is disabled.",
        MailFault.NO_PASSWORDS,
    ),
    (
        535,
        "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        MailFault.NO_PASSWORDS,
    ),
    (534, "5.7.9 Application-specific password required.", MailFault.NO_PASSWORDS),
    (535, "5.7.8 Username and Password not accepted.", MailFault.LOGIN),
    (0, "NO [AUTHENTICATIONFAILED] Authentication failed.", MailFault.LOGIN),
    (0, "NO LOGIN failed", MailFault.LOGIN),
    (530, "5.7.0 Must issue a STARTTLS command first", MailFault.NOT_ENCRYPTED),
    (550, "5.1.1 User unknown", MailFault.RECIPIENT),
    (550, "5.7.60 SMTP; Client does not have permissions to send as this sender", MailFault.SENDER),
    (553, "5.7.1 Sender address rejected: not owned by user", MailFault.SENDER),
    (552, "5.3.4 Message size exceeds fixed maximum message size", MailFault.TOO_LARGE),
    (421, "4.7.0 Too many messages, try again later", MailFault.TOO_MANY),
    (450, "4.7.1 Error: too much mail, rate limit exceeded", MailFault.TOO_MANY),
    (554, "5.7.1 Message rejected as spam", MailFault.CONTENT),
    (250, "", MailFault.OTHER),
]


@pytest.mark.parametrize(("code", "text", "fault"), SAID)
def test_what_a_provider_says_is_understood(code: int, text: str, fault: MailFault) -> None:
    assert fault_of(code, text) is fault
    assert fault_of(code, text.encode()) is fault


@pytest.mark.parametrize("fault", MailFault)
def test_every_fault_is_said_in_every_language(fault: MailFault) -> None:
    context = dict.fromkeys(("server", "code", "user", "variable", "command", "folder"), "x")
    for language in LANGUAGES:
        said = Words(language).text(f"cli.mail.fault.{fault.value}", **context)
        assert said.endswith((".", '"'))
        assert not re.search(r"[{}]", said)


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp.hopital.test:465", Server("smtp.hopital.test", 465)),
        ("smtp.hopital.test", Server("smtp.hopital.test", 587)),
        ("[::1]:2525", Server("::1", 2525)),
    ],
)
def test_a_server_is_a_host_and_a_port(text: str, server: Server) -> None:
    assert server_of(text, 587) == server


@pytest.mark.parametrize("text", [None, "", "hote:port"])
def test_no_server_is_told_as_such(text: str | None) -> None:
    with pytest.raises(MailRefused) as refused:
        server_of(text, 587)
    assert refused.value.why is MailFault.NO_SETTINGS


def test_only_this_computer_may_do_without_encryption() -> None:
    here = ("localhost", "127.0.0.1", "::1")
    assert [Server(host, 25).is_here for host in (*here, "smtp.hopital.test")] == [True] * 3 + [
        False
    ]


def test_a_secret_is_never_shown(monkeypatch) -> None:
    monkeypatch.setenv("CRF_INTAKE_MAIL_PASSWORD", SECRET)
    login = login_of("moi", ())
    assert login.secret == SECRET
    assert SECRET not in repr(login)


def test_a_command_gives_a_token_and_nothing_else_is_one() -> None:
    assert login_of("moi", ("printf", "jeton\n")).is_token
    for command in (("printf", "deux mots"), ("false",), ("une-commande-absente",)):
        with pytest.raises(MailRefused) as refused:
            login_of("moi", command)
        assert refused.value.why is MailFault.NO_TOKEN
