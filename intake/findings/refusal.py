"""A refused decision as one sentence."""

from __future__ import annotations

from intake.findings.wording import finding_words
from intake.model.errors import DecisionRefused
from intake.words.catalogue import Words


def refusal_sentence(problem: DecisionRefused, words: Words, *, on_page: bool = False) -> str:
    """Return why a decision was not taken and what to do; never an answer.

    What to do is a command, or what the coordinator's page has for it.
    """
    context = dict(problem.context)
    if "outcome" in context:
        context["outcome"] = words.text(f"outcome.{context['outcome']}")
    own = f"web.refused.{problem.why.value}"
    key = own if on_page and words.has(own) else f"cli.review.refused.{problem.why.value}"
    text = words.text(key, **context)
    if problem.finding is None:
        return text
    return f"{text} {finding_words(words, problem.finding, None).sentence}"
