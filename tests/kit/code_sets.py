"""What each finding code does to a file, in the four sets that tests go through."""

from __future__ import annotations

from intake.model.finding_codes import Effect, FindingCode, is_partly_read, needs_reason

REJECTING_CODES = sorted(code for code in FindingCode if code.effect is Effect.REJECT)
REVIEWING_CODES = sorted(code for code in FindingCode if code.effect is Effect.REVIEW)
PARTLY_READ_CODES = sorted(filter(is_partly_read, FindingCode))
REASONED_CODES = sorted(filter(needs_reason, FindingCode))
