"""A refused decision as one sentence."""

from __future__ import annotations

from intake.findings.wording import finding_words
from intake.model.errors import DecisionRefused
from intake.words.catalogue import Words


def refusal_sentence(problem: DecisionRefused, words: Words) -> str:
    """Return why a decision was not taken and what to do; never an answer."""
    context = dict(problem.context)
    if "outcome" in context:
        context["outcome"] = words.text(f"outcome.{context['outcome']}")
    text = words.text(f"cli.review.refused.{problem.why.value}", **context)
    if problem.finding is None:
        return text
    return f"{text} {finding_words(words, problem.finding, None).sentence}"
