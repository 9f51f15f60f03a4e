"""From a file's findings to its outcome. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import assert_never

from intake.model.finding import Finding
from intake.model.finding_codes import Effect, FindingCode, engine_code
from intake.model.receipt import Outcome, loaded_with

_ATTENTION = (
    Outcome.DUPLICATE,
    Outcome.LOADED,
    Outcome.LOADED_WITH_QUERIES,
    Outcome.REJECTED,
    Outcome.REVIEW,
)
"""The outcomes by the attention that they call for, the most last."""


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """Return the outcome that a file's findings call for."""
    found = tuple(findings)
    match _strongest(engine_code(finding.code) for finding in found):
        case Effect.REJECT:
            return Outcome.REJECTED
        case Effect.REVIEW:
            return Outcome.REVIEW
        case Effect.NONE:
            return loaded_with(found)
        case unknown:
            assert_never(unknown)


def _strongest(codes: Iterable[FindingCode | None]) -> Effect:
    """Return the effect that goes before the others; a rule's finding has none."""
    effects = {code.effect for code in codes if code is not None}
    order = list(Effect)
    return max(effects, key=order.index, default=Effect.NONE)


def outcome_of_container(findings: Iterable[Finding], inside: Collection[Outcome]) -> Outcome:
    """Return the outcome of a container: what calls for most attention among its members.

    Rejected only when nothing in it could be taken, so that sent again it is opened again: a
    part that cannot be read counts as a member that was rejected.
    """
    own = outcome_of(findings)
    if own is Outcome.REVIEW or not inside:
        return own
    is_loaded = any(outcome.is_loaded for outcome in inside)
    match max((own, *inside), key=_ATTENTION.index):
        case Outcome.REVIEW:
            return Outcome.REVIEW
        case Outcome.REJECTED:
            return Outcome.LOADED_WITH_QUERIES if is_loaded else Outcome.REJECTED
        case Outcome.LOADED_WITH_QUERIES:
            return Outcome.LOADED_WITH_QUERIES
        case Outcome.LOADED | Outcome.DUPLICATE:
            return Outcome.LOADED if is_loaded else Outcome.DUPLICATE
        case unknown:
            assert_never(unknown)
