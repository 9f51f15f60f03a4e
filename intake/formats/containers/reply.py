"""Answers that the sender of a message wrote as lines: ``Q29 : 140``, ``Q29 : confirmé``.

Only lines that begin with the code of a question are taken, and only of a message that names a
patient or a receipt by its number. All else that a message says stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.model.file.container import Reply, ReplyLine

_MOST_LINES = 400
"""More than any form has questions; of a message with more, no line is taken by half."""
_LINE = re.compile(
    r"[-*•\s]*(?P<code>[A-Z]{1,2}[0-9]{1,3}(?:\.[0-9]{1,2})?)\s*[:=]\s*(?P<text>\S.{0,118})",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w-])(?:[A-Z]{3}-[0-9]{3,6}|0[0-9]{5})(?![\w-])")
"""A patient's number, or a receipt's."""


def reply_in(own: Iterable[str], everything: Iterable[str]) -> Reply | None:
    """Return the answers of a sender's own lines, and whom the message names anywhere."""
    found = (_LINE.fullmatch(line.strip()) for line in own)
    lines = tuple(ReplyLine(m["code"].upper(), m["text"].strip()) for m in found if m)
    names = dict.fromkeys(name for text in everything for name in _NAME.findall(text))
    if not lines or not names or len(lines) > _MOST_LINES:
        return None
    return Reply(tuple(names), lines)
