"""Arrange a receipt's findings as a centre reads them: by question, in form order.

Pure. Findings about the file come apart, findings on the same answer come together, notes
come last. Nothing identifying or typed freely is quoted. How they are gathered into points
is in ``points``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from intake.findings.context import finding_context
from intake.model.address import Place
from intake.model.definition import FormDefinition, Item, Section
from intake.model.finding import ANSWER, Finding, Location, Settled, Severity
from intake.model.finding_codes import FindingCode, engine_code
from intake.privacy.quoting import quoted_answer, told_place
from intake.reports.receipt.together import shared_dates
from intake.reports.receipt.worded_finding import WordedFinding, place_words, worded_finding
from intake.words.catalogue import Words

_NOWHERE = Location()
CROWD = 2
"""With more questions than this under one, each sentence names those it speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, or several compared by a rule, and what is said about it."""

    names: tuple[tuple[str, str], ...]
    """Visible code and label of each question concerned."""
    place: str
    """Page, or sheet and cell; empty when unknown."""
    answer: str
    """The answer as written, unless a sentence quotes it; empty when there is none."""
    entered: str = ""
    """The answer as written, in quotes, or why it is not shown; empty when there is none."""
    understood: str = ""
    """What was read in its place, when it is another text."""
    remarks: tuple[WordedFinding, ...]

    @property
    def code(self) -> str:
        """Return the visible code of the first question."""
        return self.names[0][0]

    @property
    def first(self) -> WordedFinding:
        """Return the most severe remark."""
        return self.remarks[0]

    @property
    def is_missing(self) -> bool:
        """Say whether all that is said is that the answer is missing."""
        codes = {remark.code for remark in self.remarks}
        return codes == {FindingCode.REQUIRED} and len(self.names) == 1


@dataclass(frozen=True, slots=True)
class IncompleteSection:
    """A section with so many answers missing that they are not listed one by one."""

    letter: str
    title: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: the answer's item and row; no item means the file."""

    item: Item | None
    row: int | None


class Remarks:
    """The findings of one receipt, sorted for its page."""

    def __init__(
        self, findings: Iterable[Finding], definition: FormDefinition | None, words: Words
    ) -> None:
        """Keep the findings that a centre may read."""
        self._definition = definition
        self._words = words
        self._items = definition.items if definition else {}
        self._sections = definition.sections if definition else ()
        self._order = {name: index for index, name in enumerate(self._items)}
        self._findings = _for_centre(findings)

    @property
    def of_file(self) -> tuple[WordedFinding, ...]:
        """Return what is asked about the file as a whole."""
        return tuple(
            worded_finding(finding, self._definition, self._words)
            for finding in self._findings
            if self._about(finding).item is None
            and not _is_note(finding)
            and self._section_of(finding) is None
        )

    @property
    def incomplete(self) -> tuple[IncompleteSection, ...]:
        """Return the sections to complete, in form order."""
        counts = {
            section.name: finding.context.get("count", "")
            for finding in self._findings
            if (section := self._section_of(finding)) is not None
        }
        return tuple(
            IncompleteSection(
                section.letter,
                self._words.printed(section.title),
                int(count) if (count := counts[section.name]).isdecimal() else None,
            )
            for section in self._sections
            if section.name in counts
        )

    @property
    def asked(self) -> tuple[Question, ...]:
        """Return the questions to correct, confirm or complete, in form order."""
        return self._questions(f for f in self._findings if not _is_note(f))

    @property
    def notes_of_file(self) -> tuple[WordedFinding, ...]:
        """Return what is told about the file and asks for nothing."""
        notes = (f for f in self._findings if _is_note(f))
        return tuple(
            worded_finding(f, self._definition, self._words)
            for f in notes
            if self._about(f).item is None
        )

    @property
    def notes(self) -> tuple[Question, ...]:
        """Return what is told about answers and asks for nothing."""
        return self._questions(f for f in self._findings if _is_note(f))

    def _section_of(self, finding: Finding) -> Section | None:
        """Return the section that a finding says is incomplete as a whole."""
        if finding.code != FindingCode.SECTION_INCOMPLETE:
            return None
        name = finding.context.get("section")
        return next((section for section in self._sections if section.name == name), None)

    def _questions(self, findings: Iterable[Finding]) -> tuple[Question, ...]:
        """Gather the findings on the same answers, in form order."""
        found = tuple(findings)
        dates = shared_dates(found, self._definition)
        together: dict[tuple[str | int | None, ...], list[Finding]] = {}
        abouts: dict[tuple[str | int | None, ...], Subject] = {}
        for index, finding in enumerate(found):
            about = self._about(finding)
            name = about.item.name if about.item else None
            key: tuple[str | int | None, ...] = (name, about.row, *sorted(finding.items))
            if index in dates:
                key = (name, row) = dates[index]
                about = Subject(self._items[name], row)
            if about.item is not None:
                abouts.setdefault(key, about)
                together.setdefault(key, []).append(finding)
        placed = [(abouts[key], group) for key, group in together.items()]
        ordered = sorted(placed, key=lambda pair: self._rank(pair[0]))
        return tuple(self._question(about, group) for about, group in ordered)

    def _rank(self, about: Subject) -> tuple[int, int]:
        name = about.item.name if about.item else ""
        return self._order.get(name, len(self._order)), about.row or 0

    def _question(self, about: Subject, findings: list[Finding]) -> Question:
        severe = sorted(findings, key=lambda f: list(Severity).index(f.severity), reverse=True)
        names = tuple(dict.fromkeys(self._names(about, findings)))
        remarks = self._remarks(about, severe, is_crowded=len(names) > CROWD)
        answer = next((a for f in findings if (a := self._answer(f))), "")
        already_said = any(answer in remark.words.sentence for remark in remarks)
        own = (f.location for f in findings if about.item and f.item == about.item.name)
        place = next(own, None) or findings[0].location
        return Question(
            names=names,
            place=place_words(self._words, told_place(place, self._definition) or _NOWHERE),
            answer="" if already_said else answer,
            entered=answer,
            understood=next((u for f in findings if (u := self._understood(f))), ""),
            remarks=remarks,
        )

    def _remarks(
        self, about: Subject, findings: list[Finding], *, is_crowded: bool
    ) -> tuple[WordedFinding, ...]:
        """Return what is said, each sentence once; in a crowd, of which questions it speaks."""
        made: dict[WordedFinding, list[str]] = {}
        for finding in findings:
            made.setdefault(self._remark(about, finding), []).extend(self._codes(finding))
        if not is_crowded or len(made) == 1:
            return tuple(made)
        return tuple(
            replace(remark, codes=tuple(dict.fromkeys(codes))) for remark, codes in made.items()
        )

    def _codes(self, finding: Finding) -> Iterator[str]:
        for name in (finding.item or "", *finding.items):
            item = self._items.get(name)
            if item is not None:
                yield Place(item, finding.row if item.group else None).code

    def _remark(self, about: Subject, finding: Finding) -> WordedFinding:
        """Return a finding in words; a date gathered under another is only said to be out too."""
        made = worded_finding(finding, self._definition, self._words)
        gathered = about.item is not None and finding.item != about.item.name
        if not gathered or finding.code != FindingCode.DATE_OUT_OF_RANGE:
            return made
        sentence = self._words.text("receipt.dates_outside")
        return replace(made, words=replace(made.words, sentence=sentence, advice=""))

    def _names(self, about: Subject, findings: list[Finding]) -> Iterable[tuple[str, str]]:
        """Yield the code and label of the question in question, then of the others compared."""
        first = about.item.name if about.item else ""
        answers = self._compared(findings)
        concerned = ((name, f.row) for f in findings for name in (f.item, *f.items) if name)
        others = (place for place in concerned if place[0] != first)
        for index, (name, place) in enumerate(((first, about.row), *others)):
            item = self._items.get(name)
            if item is None:
                continue
            row = place if item.group else None
            code = Place(item, row).code
            own = findings[0].location if findings[0].item == name and index == 0 else None
            label = self._label(item, row)
            if (name, row) in answers:
                answer = self._words.value(item, answers[name, row])
                label = self._words.text("receipt.label_with_answer", label=label, answer=answer)
            yield (own.code if own and own.code else code), label

    def _compared(self, findings: list[Finding]) -> dict[tuple[str, int | None], str]:
        """Return the answers that rules compared, by name and row."""
        found = {}
        for finding in findings:
            for key, text in finding.context.items():
                item = self._items.get(key.removeprefix(ANSWER))
                if key.startswith(ANSWER) and item is not None:
                    found[item.name, finding.row if item.group else None] = text
        return found

    def _label(self, item: Item, row: int | None) -> str:
        label = self._words.printed(item.label)
        if row is None:
            return label
        return self._words.text("receipt.label_in_row", label=label, row=row)

    def _answer(self, finding: Finding) -> str:
        if not finding.context.get("entered", "").strip():
            return ""
        text = quoted_answer(finding, self._definition)
        if text is None:
            return self._words.text("receipt.not_shown")
        item = self._items.get(finding.item or "")
        if item is not None and item.is_ticked:
            text = self._words.value(item, text)  # a centre ticks words, not codes
        return self._words.text("receipt.quote", text=text)

    def _understood(self, finding: Finding) -> str:
        """Return what was read, where a finding tells it."""
        if not finding.context.get("value"):
            return ""
        said = finding_context(self._words, finding, self._definition)
        return " ".join(part for part in (said.get("value"), said.get("unit")) if part)

    def _about(self, finding: Finding) -> Subject:
        if finding.item is None and engine_code(finding.code) is not None:
            return Subject(None, None)  # all of the file's places that are lost, say
        names = (finding.item or "", *finding.items)
        found = next((self._items[name] for name in names if name in self._items), None)
        return Subject(found, finding.row)


def _for_centre(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings to show; after an objection, nothing else of the form is said.

    What the coordinator has decided is a note by then, and no business of the centre's.
    """
    found = tuple(f for f in findings if not _is_decided(f))
    objections = tuple(f for f in found if f.code == FindingCode.OBJECTION)
    return objections or found


def _is_decided(finding: Finding) -> bool:
    match finding.settled:
        case Settled.CONFIRMED:
            return False  # the centre sees that it was heard
        case Settled.WITHDRAWN:
            return True
        case None:
            return _was_lowered(finding)
        case unknown:
            assert_never(unknown)


def _was_lowered(finding: Finding) -> bool:
    code = engine_code(finding.code)
    was = code.severity if code is not None else finding.severity
    return _is_note(finding) and was is not Severity.NOTE


def _is_note(finding: Finding) -> bool:
    return finding.severity is Severity.NOTE
