"""What a refused decision says, and the exit code it gives."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

import click

from intake.cli.exit_codes import ExitCode
from intake.cli.frame import WORDS, say
from intake.findings.wording import finding_words
from intake.model.errors import DecisionRefused


def told_when_refused(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a refused decision into one sentence on standard error."""

    @functools.wraps(command)
    def run(*arguments: object, **named: object) -> None:
        try:
            command(*arguments, **named)
        except DecisionRefused as problem:
            click.echo(sentence(problem), err=True)
            sys.exit(ExitCode.USAGE)

    return run


def sentence(problem: DecisionRefused) -> str:
    """Return why a decision was not taken and what to do; never an answer."""
    context = dict(problem.context)
    if "outcome" in context:
        context["outcome"] = WORDS.text(f"outcome.{context['outcome']}")
    text = say(f"review.refused.{problem.why.value}", **context)
    if problem.finding is None:
        return text
    return f"{text} {finding_words(WORDS, problem.finding, None).sentence}"
