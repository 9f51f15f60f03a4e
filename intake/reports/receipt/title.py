"""What became of a file, in a few words: more precise than its outcome where people ask why.

A blank form, another document, a form that a person refused and an objection are four things,
though nothing is kept of any.
"""

from __future__ import annotations

from intake.model.finding_codes import FindingCode
from intake.model.receipt import Outcome, Receipt, ReviewAction
from intake.words.catalogue import Words

_BY_DECISION = {
    ReviewAction.OBJECTION: "objection",
    ReviewAction.WITHDRAW: "withdrawn",
    ReviewAction.REJECT: "refused",
    ReviewAction.UNDO: "undone",
}
_BY_FINDING = {
    FindingCode.FORM_EMPTY: "blank",
    FindingCode.FORM_UNKNOWN: "other",
    FindingCode.FILE_UNKNOWN: "other",
    FindingCode.FILE_FOREIGN: "other",
    FindingCode.FORM_OTHER_STUDY: "other_study",
    FindingCode.CONTAINER_EMPTY: "no_form",
}


def receipt_title(receipt: Receipt, words: Words) -> str:
    """Return the title of a receipt in one language."""
    special = _special(receipt)
    return words.text(f"title.{special}") if special else words.outcome(receipt.outcome)


def _special(receipt: Receipt) -> str | None:
    """Return the key of a title of its own; None where the outcome says it all."""
    if receipt.is_withdrawn:
        return _BY_DECISION[ReviewAction.WITHDRAW]
    if receipt.outcome is not Outcome.REJECTED:
        return None
    if receipt.decisions and receipt.decisions[-1].action in _BY_DECISION:
        return _BY_DECISION[receipt.decisions[-1].action]
    codes = {finding.code for finding in receipt.findings}
    return next((title for code, title in _BY_FINDING.items() if code in codes), None)
