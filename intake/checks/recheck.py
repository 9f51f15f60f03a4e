"""Newer rules over answers that are held: what is said of them from now on. Pure.

The answers stay as they are, and so does what was said of how they were read. What newer rules
change is the difference between two checks of the same held answers: by the rules that spoke
last, and by the newest ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from intake.checks.checker import Checker
from intake.model.carry import Renaming, carried, renaming
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.submission import Submission

Question = tuple[str, str | None, int | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one form version."""

    definition: FormDefinition
    checker: Checker


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The current answers of a record, and all that is said of them."""

    submission: Submission
    asked: FormDefinition
    """The version that the returned form asked."""
    findings: tuple[Finding, ...]
    received: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """What is said of a record from now on, under the names of the newest version."""

    findings: tuple[Finding, ...]
    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    reworded: tuple[Finding, ...]
    """The same question with other words, or of another severity."""


def recheck(held: Held, last: Rules, newest: Rules, *, ask_new: bool = False) -> Rechecked:
    """Return what the newest rules say of held answers, beside what was said.

    Args:
        held: the record; its findings are under the names of its own version.
        last: the rules that spoke last.
        newest: those that speak now.
        ask_new: whether questions that the returned form did not ask are asked now.
    """
    way = renaming(newest.definition, last.definition.version)
    before = [renamed(found, way) for found in _check(held, last, ask_new=False)]
    now = _check(held, newest, ask_new=ask_new)
    own = renaming(newest.definition, held.submission.version)
    return _compared([renamed(found, own) for found in held.findings], before, now)


def _check(held: Held, rules: Rules, *, ask_new: bool) -> tuple[Finding, ...]:
    answers = carried(held.submission, rules.definition)
    not_asked = frozenset[str]() if ask_new else _not_asked(held.asked, rules.definition)
    found = rules.checker.check_held(answers, received=held.received, not_asked=not_asked)
    return tuple(f for f in found if not_asked.isdisjoint(f.all_items))


def _not_asked(asked: FormDefinition, newer: FormDefinition) -> frozenset[str]:
    """Return the questions of a version that the returned form did not ask."""
    way = renaming(newer, asked.version)
    return frozenset(newer.items) - {way.name(name) for name in asked.items}


def _compared(
    said: Iterable[Finding], before: Iterable[Finding], now: Iterable[Finding]
) -> Rechecked:
    was, new = _by_question(before), _by_question(now)
    kept, gone, reworded = list[Finding](), list[Finding](), list[Finding]()
    for finding in said:
        question = question_of(finding)
        if question in was and question not in new:
            gone.append(finding)
            continue
        latest = new.get(question)
        if latest is not None and question in was and _says_other(was[question], latest):
            finding = replace(latest, location=finding.location)  # noqa: PLW2901 - its new words
            reworded.append(finding)
        kept.append(finding)
    known = {*was, *(question_of(finding) for finding in kept)}
    appeared = tuple(f for question, f in new.items() if question not in known)
    return Rechecked(
        findings=(*kept, *appeared),
        appeared=appeared,
        gone=tuple(gone),
        reworded=tuple(reworded),
    )


def question_of(finding: Finding) -> Question:
    """Return what a finding asks and of which answers, whatever its words and severity."""
    return (finding.code, finding.item, finding.row, finding.items)


def _says_other(before: Finding, now: Finding) -> bool:
    return (before.severity, before.message) != (now.severity, now.message)


def _by_question(findings: Iterable[Finding]) -> Mapping[Question, Finding]:
    found: dict[Question, Finding] = {}
    for finding in findings:
        found.setdefault(question_of(finding), finding)
    return found


def renamed(finding: Finding, way: Renaming) -> Finding:
    """Return a finding about the same answers under their names of now."""
    return replace(
        finding,
        item=None if finding.item is None else way.name(finding.item),
        items=tuple(way.name(name) for name in finding.items),
    )
