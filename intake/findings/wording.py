"""Put one finding into words: title, sentence, advice.

A code's ``precise`` sentences are used where the finding knows all that they mention, the
fullest first; its plain ``sentence`` needs nothing. So a finding with less context than
usual is still said, never a crash while a receipt is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from intake.findings.context import finding_context
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.words.catalogue import Words

_RULE = "RULE"
"""The words of a finding whose code has none: a rule of the schema."""


@dataclass(frozen=True, slots=True)
class FindingWords:
    """What a person reads about one finding."""

    title: str
    """Two to five words."""
    sentence: str
    """What is wrong, with the value where that helps."""
    advice: str
    """What the person does next; empty when the sentence already says it."""

    @property
    def message(self) -> str:
        """Return sentence and advice together."""
        return " ".join(part for part in (self.sentence, self.advice) if part)


def finding_words(
    words: Words, finding: Finding, definition: FormDefinition | None
) -> FindingWords:
    """Return the words of a finding; the schema's own message comes before ours.

    Of one whose question was settled before, nothing is said but that.
    """
    code = finding.code if words.has(f"finding.{finding.code}.title") else _RULE
    title = words.text(f"finding.{code}.title")
    if finding.settled is not None:
        return FindingWords(title, words.text(f"settled.{finding.settled.value}"), "")
    context = finding_context(words, finding, definition)
    if finding.message:
        return FindingWords(title, words.local(finding.message), _offer(words, context))
    sentence = next(
        _filled(words, f"finding.{code}.precise", context), words.text(f"finding.{code}.sentence")
    )
    return FindingWords(title, sentence, words.text(f"finding.{code}.advice"))


def placeholders(template: str) -> frozenset[str]:
    """Return the names in braces of a sentence."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _offer(words: Words, context: Mapping[str, str]) -> str:
    """Return the question that offers another reading, or nothing."""
    return next(_filled(words, "offer", context), "")


def _filled(words: Words, key: str, context: Mapping[str, str]) -> Iterator[str]:
    """Yield the sentences of a list whose placeholders are all known."""
    index = 0
    while words.has(f"{key}.{index}"):
        if placeholders(words.template(f"{key}.{index}")) <= context.keys():
            yield words.text(f"{key}.{index}", **context)
        index += 1
