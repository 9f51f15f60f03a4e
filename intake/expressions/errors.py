"""The one exception of this package: an expression of a schema that cannot be used."""

from __future__ import annotations

from intake.model.errors import DefinitionError


class ExpressionError(DefinitionError):
    """An expression that does not compile; says where, why and what to write instead."""

    def __init__(self, source: str, problem: str, advice: str = "") -> None:
        """Keep the three parts, so that each can be shown where it belongs."""
        super().__init__(f"in {source!r}: {problem}. {advice}".strip())
        self.source = source
        self.problem = problem
        self.advice = advice
