"""Queries, findings and answers of several versions of a form, under the names of one. Pure.

A query is kept under the names of the version whose answers it is about. Which rule of one
version is which of another is decided here; what follows from it in ``conversation``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from intake.checks.recheck import renamed
from intake.model.carry import Renaming, carried, renaming
from intake.model.definition import version_order
from intake.model.finding import Finding
from intake.model.query import Query
from intake.model.record import KnownRecord
from intake.model.submission import Submission
from intake.ports import Forms

_Rule = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What is said of a record, under the names of one version of its form and back."""

    forms: Forms
    form: str
    version: str
    """Whose names are used."""
    versions: Mapping[int, str]
    """Version by revision of the record."""

    def answers(self, submission: Submission) -> Submission:
        """Return answers under these names; those of a newer version stay as they are."""
        definition = self.forms.get(self.form, self.version)
        return submission if definition is None else carried(submission, definition)

    def finding(self, finding: Finding, version: str) -> Finding:
        """Return what is said under the names of a version, under these."""
        return _renamed(finding, renaming_between(self.forms, self.form, version, self.version))

    def query(self, query: Query) -> Query:
        """Return a query as it is kept, under these names."""
        own = self.versions.get(query.revision, self.version)
        return replace(query, finding=self.finding(query.finding, own))

    def kept(self, query: Query, before: Query | None) -> Query:
        """Return a query to be kept; ``before`` as it was, for the names that it had."""
        if before is not None and self.query(before).finding == query.finding:
            query = replace(query, finding=before.finding)
            then = self.versions.get(before.revision, self.version)
        else:
            then = self.version
        now = self.versions.get(query.revision, then)
        way = renaming_between(self.forms, self.form, then, now)
        return replace(query, finding=_renamed(query.finding, way))

    def earlier(self, new: Finding, old: Finding) -> Finding | None:
        """Return what still counts of a finding of another version of a new one's rule.

        None where both are questions of one version, or another rule with the same id is as
        close. Questions that the newer rule's version does not ask count no more.
        """
        one, other = _rule(new), _rule(old)
        if new.code != old.code or new.row != old.row or one == other:
            return None
        every = tuple(self._rulebooks())
        if any(one in rules and other in rules for _, rules in every):
            return None
        for asked, mine in every:
            for _, theirs in every:
                if one in mine and other in theirs and _is_closest(one, other, theirs - mine):
                    return _only(old, asked)
        return None

    def _rulebooks(self) -> Iterator[tuple[frozenset[str], frozenset[_Rule]]]:
        """Yield what each version of the form asks, and its rules, under these names."""
        for each in self.forms.definitions():
            if each.id == self.form:
                way = renaming_between(self.forms, self.form, each.version, self.version)
                rules = (
                    (rule.id, frozenset(_name(way, item) for item in rule.items))
                    for rule in each.rules
                )
                yield frozenset(_name(way, item) for item in each.items), frozenset(rules)


def names_of(forms: Forms, record: KnownRecord | None, *more: tuple[int, Submission]) -> Names:
    """Return the names of the newest version that a record has answers of.

    ``more`` are revisions that the record does not have yet. Raises ValueError for nothing.
    """
    kept = ((form.revision, form.submission) for form in (record.forms if record else ()))
    every = {number: answers for number, answers in (*kept, *more) if number is not None}
    versions = {number: answers.version for number, answers in every.items()}
    newest = max(versions.values(), key=version_order)
    form = next(answers.form for answers in every.values())
    return Names(forms=forms, form=form, version=newest, versions=versions)


def queries_under(
    forms: Forms, queries: Iterable[Query], record: KnownRecord, version: str
) -> Iterator[Query]:
    """Yield what was asked of a record, under the names of a version of its form."""
    names = replace(names_of(forms, record), version=version)
    return (names.query(query) for query in queries)


def renaming_between(forms: Forms, form: str, of: str, to: str) -> Renaming | None:
    """Return the way from one version of a form to another; None where names stay."""
    newer = forms.get(form, max(of, to, key=version_order))
    if of == to or newer is None:
        return None
    return renaming(newer, of) if newer.version == to else renaming(newer, to).back()


def _renamed(finding: Finding, way: Renaming | None) -> Finding:
    return finding if way is None else renamed(finding, way)


def _name(way: Renaming | None, name: str) -> str:
    return name if way is None else way.name(name)


def _rule(finding: Finding) -> _Rule:
    return finding.code, frozenset(finding.all_items)


def _is_closest(one: _Rule, other: _Rule, gone: Iterable[_Rule]) -> bool:
    """Say whether of the rules that a version lacks, no other shares as many questions."""
    shared = len(one[1] & other[1])
    close = [rule for rule in gone if rule[0] == one[0] and len(one[1] & rule[1]) >= shared]
    return shared > 0 and close == [other]


def _only(finding: Finding, asked: frozenset[str]) -> Finding:
    """Return a finding that names only what is asked."""
    named = tuple(name for name in finding.all_items if name in asked)
    return replace(finding, item=named[0], items=named)
