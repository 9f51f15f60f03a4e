"""What is to be mended, and how, in a language: one sentence for each kind of set-up error."""

from __future__ import annotations

from intake.model.errors import (
    ClusterUnavailable,
    MailRefused,
    PartMissing,
    SetupError,
    StoreUnavailable,
)
from intake.words.catalogue import Words
from intake.words.faults import fault_in


def problem_in(problem: SetupError, words: Words) -> str:
    """Return what is to be mended; never an answer."""
    if isinstance(problem, StoreUnavailable):
        return words.text(f"cli.store.{problem.why.value}", **problem.context)
    if isinstance(problem, ClusterUnavailable):
        return words.text(f"cli.cluster.{problem.why.value}", **problem.context)
    if isinstance(problem, MailRefused):
        return words.text(f"cli.mail.fault.{problem.why.value}", **problem.context)
    if isinstance(problem, PartMissing):
        return words.text("cli.export.no_extra", extra=problem.extra)
    if words.language in problem.text:
        return problem.text[words.language]
    return fault_in(str(problem), words.language)
