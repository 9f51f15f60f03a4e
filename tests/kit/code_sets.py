"""What each finding code does to a file, in the four sets that tests go through."""

from __future__ import annotations

from intake.pipeline.returns.decide import INCOMPLETELY_READ, REJECTING, REVIEWING
from intake.pipeline.review.decisions import NEEDS_REASON

REJECTING_CODES = sorted(REJECTING)
REVIEWING_CODES = sorted(REVIEWING)
PARTLY_READ_CODES = sorted(INCOMPLETELY_READ)
REASONED_CODES = sorted(NEEDS_REASON)
