"""What one run over the inbox did, and what it says while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome, Receipt

Progress = Callable[[Receipt | None, int], None]
"""Called after each file with its receipt (None when it must wait) and the total."""


SET_ASIDE = "too-large"
"""The folder of the inbox where a file goes that is larger than what is accepted."""


class Why(StrEnum):
    """Why something stays in the inbox without a receipt (a closed list)."""

    UNFINISHED = "unfinished"
    """Being copied, changed meanwhile, or open in another program: the next run looks again."""
    HIDDEN = "hidden"
    """Its name, or its folder's, begins with a point."""
    TEMPORARY = "temporary"
    """Named as what a program has not finished, or as its lock."""
    FOREIGN = "foreign"
    """A link, a pipe, a socket, a device, or folders within too many others."""
    SEVERAL_NAMES = "several_names"
    """The file stands elsewhere too (hard links): what is taken here would stay there."""
    KEY = "key"
    """A copy of the study's own key."""
    NO_ROOM = "no_room"
    """The disk of the archive has no room for it."""
    TOO_LARGE = "too_large"
    """It has its receipt: it was set aside, and a person deletes it."""
    FAILED = "failed"
    """The program itself failed on it, twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something that stays in the inbox without a receipt of this run."""

    name: str
    """Its own name, without folders, as it may be shown."""
    why: Why
    name_is_safe: bool = False
    """The identity guard found nothing in the name, so people may be shown it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A saved receipt whose files could not be written or moved; the next run tries again."""

    receipt: Receipt
    is_our_fault: bool
    """The program itself failed; else the system refused, such as for a file held open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run did."""

    receipts: tuple[Receipt, ...]
    left: tuple[Left, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Say whether no file needs the coordinator."""
        wrong = (Outcome.REVIEW, Outcome.REJECTED)
        needed = any(receipt.outcome in wrong for receipt in self.receipts)
        return not needed and not self.undelivered

    @property
    def has_our_fault(self) -> bool:
        """Say whether the program itself failed on a file or on a receipt."""
        codes = {finding.code for receipt in self.receipts for finding in receipt.findings}
        failed = any(one.is_our_fault for one in self.undelivered)
        failed = failed or any(one.why is Why.FAILED for one in self.left)
        return failed or FindingCode.INTERNAL_ERROR in codes
