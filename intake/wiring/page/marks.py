"""The drawn marks of receipts, for the page."""

from __future__ import annotations

from intake.reports.pages import outcome_mark

__all__ = ["outcome_mark"]
