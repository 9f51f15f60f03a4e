"""Which receipts a centre has not been told of yet, gathered as one reply.

A receipt is told once for each outcome: what waited and was decided since is told again.
What waits for the coordinator is told when it is decided, unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.model.finding_codes import FindingCode
from intake.model.mail.message import MessageKind
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.pipeline.mail.due import Conduct, Due, Why, free_key
from intake.study.centres import Centre

_UNLISTED = "other"


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply that is due, or is not, with its receipts in the order of their numbers."""

    due: Due
    receipts: tuple[Receipt, ...]


def replies_due(
    conduct: Conduct, receipts: Iterable[Receipt], *, with_waiting: bool = False
) -> Iterator[Reply]:
    """Yield one reply for each centre, or each sender of no listed centre."""
    told = conduct.ledger.told()
    fresh: dict[str, list[Receipt]] = {}
    waiting: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        if not is_for_a_centre(receipt) or told.get(receipt.id) == receipt.outcome.value:
            continue
        is_early = receipt.outcome is Outcome.REVIEW and not with_waiting
        place = waiting if is_early else fresh
        place.setdefault(_addressee(conduct.centres, receipt), []).append(receipt)
    yield from _replies(conduct, fresh, Why.RECEIVED)
    yield from _replies(conduct, waiting, Why.UNDECIDED)


def is_for_a_centre(receipt: Receipt) -> bool:
    """Say whether a centre is told of a receipt: not of what the coordinator did by themselves.

    An email or an archive is told of by the receipts of the files that it held.
    """
    if receipt.members:
        return False
    if any(decision.action is ReviewAction.CORRECT for decision in receipt.decisions):
        return False
    return all(finding.code != FindingCode.CORRECTION_REFUSED for finding in receipt.findings)


def centre_of(centres: Sequence[Centre], receipt: Receipt) -> Centre | None:
    """Return the listed centre that a file is from.

    By the id of its stamp, else by letters that one centre alone has, else by who sent it.
    """
    by_id = [centre for centre in centres if centre.id == receipt.centre]
    by_letters = [centre for centre in centres if centre.letters == receipt.centre]
    sender = receipt.source.sender.casefold()
    by_sender = [centre for centre in centres if centre.email and centre.email.casefold() == sender]
    for found in (by_id, by_letters, by_sender):
        if len(found) == 1:
            return found[0]
    return None


def _addressee(centres: Sequence[Centre], receipt: Receipt) -> str:
    """Return the id of the centre, else who sent a file, else what it came in.

    Two files of which nobody knows the sender may be of two centres: one is not told of the other.
    """
    centre = centre_of(centres, receipt)
    if centre is not None:
        return centre.id
    return receipt.source.sender or f"{_UNLISTED} {receipt.parent or receipt.id}"


def _address(centre: Centre | None, receipts: Sequence[Receipt]) -> str:
    """Return where a reply goes. The list comes first: anybody can write a sender's address."""
    senders = [receipt.source.sender for receipt in receipts if receipt.source.sender]
    listed = centre.email if centre is not None else ""
    return listed or (senders[-1] if senders else "")


def _replies(conduct: Conduct, found: Mapping[str, list[Receipt]], why: Why) -> Iterator[Reply]:
    listed = {centre.id: centre for centre in conduct.centres}
    taken = set(conduct.ledger.messages)
    for whom, receipts in sorted(found.items()):
        centre = listed.get(whom)
        base = f"{centre.id if centre else _UNLISTED}-{MessageKind.REPLY}-{conduct.today:%Y%m%d}"
        key = free_key(taken, base)
        taken.add(key)
        due = Due(
            key=key,
            kind=MessageKind.REPLY,
            centre=centre.id if centre else "",
            to=_address(centre, receipts),
            why=why,
            letter=MessageKind.REPLY.value,
            about=tuple(f"{receipt.id} {receipt.outcome.value}" for receipt in receipts),
        )
        yield Reply(due, tuple(receipts))
