"""Missing reasons written in the answer's place, in the language of the form."""

from __future__ import annotations

import re

from intake.checks.parse.parsed import Parsed, fault, remark
from intake.model.definition import Item, MissingReason
from intake.model.finding_codes import FindingCode
from intake.words.spelling import fold
from intake.words.word_lists import reasons

_MARK = re.compile("[?/\\-\u2010-\u2015\u2212]+")
_BRACKETED_ENDING = re.compile(r"\((e?s?)\)")


def find_reason(text: str, language: str) -> MissingReason | None:
    """Return the reason a whole text stands for, or None when it is not one."""
    folded = fold(text)
    if _MARK.fullmatch(folded):
        return MissingReason.NI
    words = _BRACKETED_ENDING.sub(r"\1", folded)
    table = reasons(language)
    return table.get(words) or table.get(re.sub(r"(?<=\w)[./](?=\w|$)", "", words))


def as_reason(item: Item, reason: MissingReason) -> Parsed:
    """Return a reason as an answer, with a fault when the item does not accept it."""
    if reason is MissingReason.NI and item.missing:
        return Parsed(missing=reason, remarks=(remark(FindingCode.REASON_AMBIGUOUS),))
    if reason in item.missing:
        return Parsed(missing=reason)
    context = {"reason": reason.value}
    return Parsed(missing=reason, remarks=(fault(FindingCode.REASON_NOT_ALLOWED, **context),))
