"""The receipt as a page for the centre: ``receipt.html``, printable on A4."""

from __future__ import annotations

from intake.model.definition import FormDefinition
from intake.model.receipt import Receipt
from intake.reports.pages import page
from intake.reports.receipt.receipt_view import receipt_view
from intake.words.catalogue import Words


def receipt_page(receipt: Receipt, definition: FormDefinition | None, language: str) -> str:
    """Return the receipt as one self-contained HTML page in a language."""
    words = Words(language)
    view = receipt_view(receipt, definition, words)
    return page("receipt.html", receipt=receipt, view=view, words=words)
