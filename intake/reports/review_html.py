"""The page of a file in review, for the coordinator alone: ``review/<receipt>/index.html``."""

from __future__ import annotations

from intake.reports.pages import page
from intake.reports.review.review_view import Waiting, review_view
from intake.words.catalogue import Words


def review_page(waiting: Waiting, language: str) -> str:
    """Return one page in a language; its pictures stand beside it, nothing else is needed."""
    words = Words(language)
    view = review_view(waiting, words)
    return page("review.html", receipt=waiting.entry.receipt, view=view, words=words)
