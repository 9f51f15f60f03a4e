"""What a mail server's refusal means, whoever provides it. Pure: a code and a text to a fault.

Providers say the same in many ways; what is told here was seen at Exchange Online, Gmail, OVH,
Zimbra and plain servers. What is not known stays ``OTHER``, with the server's code.
"""

from __future__ import annotations

import re

from intake.model.errors import MailFault

_SAID: tuple[tuple[MailFault, str], ...] = (
    (
        MailFault.NO_PASSWORDS,
        r"basic auth\w* is disabled|5\.7\.139|application-specific password|5\.7\.9"
        r"|web login required|oauth|modern auth",
    ),
    (
        MailFault.CLOSED_TO_PROGRAMS,
        r"smtpclientauthentication is disabled|smtp auth\w* is disabled|5\.7\.57"
        r"|imap (?:access )?is disabled|not enabled for imap|protocol disabled",
    ),
    (
        MailFault.LOGIN,
        r"authenticationfailed|authentication fail|invalid credentials|login fail|5\.7\.8"
        r"|bad (?:username|password)|username and password not accepted",
    ),
    (
        MailFault.TOO_MANY,
        r"too many|rate limit|quota.*exceeded|exceeded.*(?:quota|limit)|try again later|5\.4\.5"
        r"|5\.1\.240|4\.7\.(?:0|28)|throttl",
    ),
    (MailFault.TOO_LARGE, r"too (?:large|big)|size limit|exceeds.*size|maximum.*size|5\.3\.4"),
    (
        MailFault.SENDER,
        r"send ?as ?denied|sender address rejected|not owned by|sender.*not allowed|5\.7\.60"
        r"|5\.1\.8",
    ),
    (
        MailFault.RECIPIENT,
        r"user unknown|no such user|recipient.*reject|mailbox.*(?:unavailable|not found|full)"
        r"|5\.1\.[1-6]|5\.2\.[12]|address.*(?:reject|invalid)",
    ),
    (MailFault.CONTENT, r"spam|virus|malware|attachment|content.*reject|blocked|5\.7\.1"),
    (MailFault.NOT_ENCRYPTED, r"starttls|must issue|encryption required|5\.7\.10"),
)
_CODES = {
    421: MailFault.TOO_MANY,
    450: MailFault.RECIPIENT,
    452: MailFault.TOO_MANY,
    530: MailFault.NOT_ENCRYPTED,
    534: MailFault.NO_PASSWORDS,
    535: MailFault.LOGIN,
    550: MailFault.RECIPIENT,
    551: MailFault.RECIPIENT,
    552: MailFault.TOO_LARGE,
    553: MailFault.RECIPIENT,
    554: MailFault.CONTENT,
}


def fault_of(code: int, text: str | bytes) -> MailFault:
    """Return what an answer means: what it says comes before its code, which says less."""
    said = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    for fault, pattern in _SAID:
        if re.search(pattern, said, re.IGNORECASE):
            return fault
    return _CODES.get(code, MailFault.OTHER)
