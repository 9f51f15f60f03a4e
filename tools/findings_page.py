"""The manual's page of finding codes, made from the catalogue: ``docs/findings.md``."""

from __future__ import annotations

from collections.abc import Iterator

from intake.model.finding_codes import FindingCode
from intake.words.catalogue import LANGUAGES, Words

_INTRODUCTION = """\
# Findings

Made from the catalogue of words; do not edit. Every remark in a receipt, in the dataset's
`findings.csv` and in a list of queries has one of these codes, or the id of a rule of the
form, whose words are in the form's schema. A code is never renamed or used again.

An `error` asks for a correction, a `query` for a confirmation or a correction, a `note` for
nothing. Words in braces are filled in; where they are not known, the shorter sentence is used.
"""


def findings_page() -> str:
    """Return the page in Markdown: each code, its severity, its words in every language."""
    every_words = [Words(language) for language in reversed(LANGUAGES)]
    lines = [_INTRODUCTION]
    for code in FindingCode:
        lines.append(f"## {code.value}\n\nSeverity: `{code.severity.value}`\n")
        lines += [line for words in every_words for line in _entry(words, code)]
    return "\n".join(lines).rstrip() + "\n"


def _entry(words: Words, code: FindingCode) -> Iterator[str]:
    key = f"finding.{code.value}"
    advice = words.template(f"{key}.advice")
    said = f"{words.template(f'{key}.sentence')} {advice}".rstrip()
    yield f"- {words.language}: **{words.template(f'{key}.title')}.** {said}"
    index = 0
    while words.has(f"{key}.precise.{index}"):
        yield f"  - {words.template(f'{key}.precise.{index}')}"
        index += 1
    yield ""
