"""Which receipts a centre has not been told of yet, gathered as one reply.

A receipt is told once for each outcome: what waited and was decided since is told again.
What waits for the coordinator is told when it is decided, unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.model.finding_codes import FindingCode
from intake.model.mail.message import MessageKind
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.pipeline.mail.due import Conduct, Due, Why, free_key
from intake.privacy.to_centre import told_subject
from intake.study.centres import Centre
from intake.study.model import is_email

_UNLISTED = "other"
_MOST_TOLD = 30
"""Receipts of one reply: with a sheet for each, some megabytes."""


@dataclass(frozen=True, slots=True, order=True)
class Whom:
    """Who gets one reply: a centre, and who sent the files where that alone says where to write."""

    centre: str
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply that is due, or is not, with its receipts in the order of their numbers."""

    due: Due
    receipts: tuple[Receipt, ...]
    whom: Whom


def replies_due(
    conduct: Conduct, receipts: Iterable[Receipt], *, with_waiting: bool = False
) -> Iterator[Reply]:
    """Yield one reply for each centre, or each sender of no listed centre."""
    told = conduct.ledger.told()
    fresh: dict[Whom, list[Receipt]] = {}
    waiting: dict[Whom, list[Receipt]] = {}
    for receipt in receipts:
        if not is_for_a_centre(receipt) or told.get(receipt.id) == state_told(receipt):
            continue
        is_early = receipt.outcome is Outcome.REVIEW and not with_waiting
        place = waiting if is_early else fresh
        whom = addressee(conduct.centres, conduct.own, receipt)
        place.setdefault(whom, []).append(receipt)
    yield from _replies(conduct, fresh, Why.RECEIVED)
    yield from _replies(conduct, waiting, Why.UNDECIDED)


def state_told(receipt: Receipt) -> str:
    """Return what a message tells of a receipt: its outcome, and for which patient."""
    return " ".join(filter(None, (receipt.outcome.value, receipt.subject)))


def asked_about(receipts: Iterable[Receipt]) -> tuple[str, ...]:
    """Return the records of which something is asked, each once.

    Not one that another centre sent first: its sheet holds that centre's answers.
    """
    asked = (one for one in receipts if one.outcome is Outcome.LOADED_WITH_QUERIES)
    return tuple(dict.fromkeys(filter(None, map(told_subject, asked))))


def newest_of_a_centre(receipts: Iterable[Receipt]) -> Receipt | None:
    """Return the newest revision of a record that a centre sent; None without one.

    What the coordinator corrected since came from nobody else.
    """
    sent = (one for one in receipts if one.outcome.is_loaded and is_for_a_centre(one))
    return max(sent, key=lambda one: one.revision or 0, default=None)


def is_for_a_centre(receipt: Receipt) -> bool:
    """Say whether a centre is told of a receipt: not of what the coordinator did by themselves.

    An email or an archive is told of by the receipts of the files that it held.
    """
    if receipt.members:
        return False
    if any(decision.action is ReviewAction.CORRECT for decision in receipt.decisions):
        return False
    return all(finding.code != FindingCode.CORRECTION_REFUSED for finding in receipt.findings)


def centre_of(centres: Sequence[Centre], receipt: Receipt, sender: str) -> Centre | None:
    """Return the listed centre that a file is from; None where two may be meant.

    By what its form names, an id or letters, and by who sent it. Where both say something they
    must agree: one centre never gets what another sent. An id that is also the letters of others
    (PAR beside PAR-2) may have been read from a form that was sent to nobody by name.
    """
    senders = [one for one in centres if one.email and one.email.casefold() == sender.casefold()]
    named = [one for one in centres if receipt.centre in {one.id, one.letters}]
    found = [one for one in named or senders if not senders or one in senders]
    return found[0] if len(found) == 1 else None


def addressee(centres: Sequence[Centre], own: Container[str], receipt: Receipt) -> Whom:
    """Return the centre that is answered, else who sent a file, else what it came in.

    Two senders may be of two centres, and so may two files of which nobody knows the sender:
    one is not told of the other. ``own`` are the study's addresses, in small letters.
    """
    sender = receipt.source.sender.casefold()
    if sender in own:
        sender = ""
    centre = centre_of(centres, receipt, sender)
    if centre is None:
        return Whom("", sender or f"{_UNLISTED} {receipt.parent or receipt.id}")
    return Whom(centre.id, "" if centre.email else sender)


def _address(centre: Centre | None, whom: Whom) -> str:
    """Return where a reply goes. The list comes first: anybody can write a sender's address."""
    listed = centre.email if centre is not None else ""
    return listed or (whom.sender if is_email(whom.sender) else "")


def _replies(conduct: Conduct, found: Mapping[Whom, list[Receipt]], why: Why) -> Iterator[Reply]:
    listed = {centre.id: centre for centre in conduct.centres}
    taken = set(conduct.ledger.messages)
    for whom, receipts in _parts(found):
        centre = listed.get(whom.centre)
        base = f"{centre.id if centre else _UNLISTED}-{MessageKind.REPLY}-{conduct.today:%Y%m%d}"
        key = free_key(taken, base)
        taken.add(key)
        due = Due(
            key=key,
            kind=MessageKind.REPLY,
            centre=centre.id if centre else "",
            to=_address(centre, whom),
            why=why,
            letter=MessageKind.REPLY.value,
            about=tuple(f"{receipt.id} {state_told(receipt)}" for receipt in receipts),
        )
        yield Reply(due, tuple(receipts), whom)


def _parts(found: Mapping[Whom, list[Receipt]]) -> Iterator[tuple[Whom, list[Receipt]]]:
    """Yield the receipts of each reply: as many as a mailbox takes with their attachments."""
    for whom, receipts in sorted(found.items()):
        for start in range(0, len(receipts), _MOST_TOLD):
            yield whom, receipts[start : start + _MOST_TOLD]
