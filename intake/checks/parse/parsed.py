"""What parsing one answer gives: a value, a bound, a reason or nothing, with remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from intake.model.definition import MissingReason
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import ItemData


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to say about one answer; becomes a finding once its place is known."""

    finding: Finding
    """Of no place yet."""
    holds: bool = False
    """A fault of the value alone: it is held back."""

    @property
    def code(self) -> str:
        """Return the finding's code."""
        return self.finding.code

    @property
    def context(self) -> Mapping[str, str]:
        """Return what the finding's words are filled with."""
        return self.finding.context


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One answer as understood: at most one of value, missing and bound."""

    value: ItemData | None = None
    missing: MissingReason | None = None
    bound: str | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written or understood."""
        return self.value is None and self.missing is None and self.bound is None

    @property
    def faulty(self) -> bool:
        """Say whether a fault of the value alone was found."""
        return any(remark.holds for remark in self.remarks)

    def noting(self, *remarks: Remark) -> Parsed:
        """Return the same answer with more remarks."""
        return replace(self, remarks=(*self.remarks, *remarks))


def remark(code: FindingCode, **context: str) -> Remark:
    """Return a remark that leaves the value in place."""
    return Remark(finding=finding_of(code, context))


def fault(code: FindingCode, **context: str) -> Remark:
    """Return a remark that holds the value back."""
    return Remark(finding=finding_of(code, context), holds=True)


def unread(code: FindingCode, **context: str) -> Parsed:
    """Return an answer of which no value could be made."""
    return Parsed(remarks=(fault(code, **context),))
