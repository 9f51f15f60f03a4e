"""One finding as a centre reads it: what it is about, what to do, where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from intake.findings.wording import FindingWords, finding_words
from intake.model.definition import FormDefinition
from intake.model.finding import Finding, Location, Severity
from intake.model.finding_codes import FindingCode, Subject, engine_code
from intake.words.catalogue import Words
from intake.words.typography import typeset


@dataclass(frozen=True, slots=True)
class WordedFinding:
    """One finding in words."""

    code: str
    severity: Severity
    mark: str
    """What the centre is to do, in two words."""
    subject: str
    """What it is about when it is about no question: the file, the form, the patient."""
    words: FindingWords
    codes: tuple[str, ...] = ()
    """The questions it speaks of, where several remarks speak of several."""


def worded_finding(
    finding: Finding, definition: FormDefinition | None, words: Words
) -> WordedFinding:
    """Return a finding in the words of one language."""
    missing = finding.code == FindingCode.REQUIRED
    return WordedFinding(
        code=str(finding.code),
        severity=finding.severity,
        mark=words.text("receipt.to_complete") if missing else words.severity(finding.severity),
        subject=words.text(f"receipt.subject.{_subject(finding)}"),
        words=_said(finding, definition, words),
    )


def place_words(words: Words, location: Location) -> str:
    """Return where something stands: ``page 3``, or sheet and cell; empty when unknown."""
    if location.page is not None:
        return words.text("receipt.page", page=location.page)
    if location.cell is None:
        return ""
    if location.sheet is None:
        return words.text("receipt.cell_only", cell=location.cell)
    return words.text("receipt.cell", sheet=location.sheet, cell=location.cell)


def _said(finding: Finding, definition: FormDefinition | None, words: Words) -> FindingWords:
    if finding.code == FindingCode.IDENTITY_OTHER_CENTRE:
        # A centre does not learn from us that another centre knows its patient.
        title, check = words.text("receipt.identity_title"), words.text("receipt.identity_check")
        return FindingWords(title, check, "")
    said = finding_words(words, finding, definition)
    return replace(said, sentence=typeset(said.sentence, words.language))


def _subject(finding: Finding) -> str:
    """Return whether a finding about no question is about the file, its form or its patient."""
    code = engine_code(finding.code)
    match code.subject if code is not None else Subject.ANSWER:
        case Subject.FILE:
            return "file"
        case Subject.PATIENT:
            return "patient"
        case Subject.FORM | Subject.ANSWER:
            return "form"
        case unknown:
            assert_never(unknown)
