"""Make self-contained HTML pages from this package's templates.

Every text is escaped; pages hold no script, no form and no address of anything outside, and
their own policy forbids all that. What comes from a file is isolated (``bdi``), and its marks
that turn a text round are shown: who decides reads what was typed.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from intake.model.definition import FormDefinition
from intake.model.receipt import Outcome, Receipt
from intake.reports.receipt.next_steps import Addressed
from intake.reports.receipt.receipt_view import receipt_view
from intake.reports.review.review_view import Waiting, review_view
from intake.words.catalogue import Words
from intake.words.shown import marks_shown


def receipt_page(
    receipt: Receipt,
    definition: FormDefinition | None,
    language: str,
    addressed: Addressed = Addressed(),  # noqa: B008 - frozen
) -> str:
    """Return the receipt as a page for the centre in a language, printable on A4."""
    words = Words(language)
    view = receipt_view(receipt, definition, words, addressed)
    return page("receipt.html", receipt=receipt, view=view, words=words)


def review_page(waiting: Waiting, language: str) -> str:
    """Return the page of a file in review, for the coordinator alone.

    Its pictures stand beside it, nothing else is needed.
    """
    words = Words(language)
    view = review_view(waiting, words)
    return page("review.html", receipt=waiting.entry.receipt, view=view, words=words)


def page(template: str, **content: object) -> str:
    """Return one page. An undefined name in a template raises: a page is never half said."""
    return _environment().get_template(template).render(**content)


def outcome_mark(outcome: Outcome) -> str:
    """Return the drawn mark of an outcome as an SVG picture, for what is no page."""
    drawn = str(_environment().get_template("marks.html").module.outcome(outcome.value)).strip()  # type: ignore[attr-defined]
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("intake.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=marks_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
