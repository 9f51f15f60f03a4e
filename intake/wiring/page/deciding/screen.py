"""Everything the screen of one waiting file shows, as one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from intake.findings.wording import finding_words
from intake.model.address import Place
from intake.model.finding_codes import FindingCode, awaits_decision
from intake.model.record import Entry
from intake.pipeline.returns.deliver import definition_of
from intake.pipeline.review.held import receipt_in_review
from intake.reports.review.review_choices import Choice
from intake.reports.review.review_view import Answer, Answers, ReviewView, Waiting, review_view
from intake.reports.review.typing_view import TypedField, questions, typed_field
from intake.wiring.app import App
from intake.wiring.known_sides import known_sides
from intake.wiring.page.deciding.pictures import has_pages
from intake.wiring.page.deciding.work_list import Around, around
from intake.words.catalogue import Words

_AT_ONCE = ("accept", "merge")
"""Decisions that need no choice between patients: one key takes the first of them."""


@dataclass(frozen=True, kw_only=True)
class DecidingScreen:
    """One file that waits, for the coordinator alone."""

    receipt: str
    view: ReviewView
    around: Around
    choices: tuple[Choice, ...]
    """What can be decided here, the likeliest first; giving answers is apart."""
    advice: tuple[str, ...]
    """What can be done elsewhere."""
    fields: Mapping[str, TypedField]
    """The answers in doubt as fields to type in, by address."""
    can_be_typed: bool
    """A form is held, whose every answer can be given."""
    is_complete: bool
    """It tells whose it is: what is accepted as it stands is not refused for that."""
    is_scan: bool
    has_pages: bool
    """Its pages can be drawn."""
    pages: tuple[int, ...]
    """Those that hold what is in doubt, else the first."""
    is_whole: bool
    """Also answers in no doubt that tell who the patient is are shown."""

    @property
    def first_choice(self) -> Choice | None:
        """Return the decision that one key takes; None where something is to be said before."""
        if not self.is_complete or any(one.act == "same-as" for one in self.choices):
            return None
        return next((one for one in self.choices if one.act in _AT_ONCE), None)


def deciding_screen(
    app: App, receipt_id: str, words: Words, *, identity: bool = False
) -> DecidingScreen:
    """Return what the screen of a file in review shows; of what is in no doubt, the open alone.

    ``identity`` shows every answer. Raises DecisionRefused where the file does not wait.
    """
    receipt = receipt_in_review(app.store, receipt_id)
    entry = app.store.entry(receipt.id)
    waiting = Waiting(
        entry=entry,
        definition=definition_of(app.printed_forms, receipt),
        pictures=(),
        original="",
        known=tuple(known_sides(app.store, receipt, lambda _source: "")),
    )
    view = _with_unkept(waiting, review_view(waiting, words), words)
    shown = view if identity else replace(view, answers=tuple(map(_without_others, view.answers)))
    told = tuple(one for one in view.choices if one.act != "set")
    return DecidingScreen(
        receipt=receipt.id,
        view=shown,
        around=around(app, receipt.id),
        choices=tuple(one for one in told if one.act),
        advice=tuple(one.text for one in told if not one.act),
        fields=_fields(waiting, view, words),
        can_be_typed=any(one.act == "set" for one in view.choices),
        is_complete=_is_complete(entry),
        is_scan=any(f.code == FindingCode.FILE_SCANNED for f in receipt.findings),
        has_pages=has_pages(receipt),
        pages=_pages(view),
        is_whole=identity or shown == view,
    )


def _is_complete(entry: Entry) -> bool:
    return entry.key is not None or bool(entry.receipt.answers_about)


def _without_others(answers: Answers) -> Answers:
    """Return answers that nobody doubts without those that may be told nowhere."""
    if answers.key != "others":
        return answers
    return replace(answers, lines=tuple(map(_hidden, answers.lines)))


def _hidden(answer: Answer) -> Answer:
    return answer if answer.may_repeat else replace(answer, text="", understood="", before="")


def _with_unkept(waiting: Waiting, view: ReviewView, words: Words) -> ReviewView:
    """Return the view with the questions to be decided of whose answer nothing is kept.

    Too many letters of a name are not kept: the page shows them.
    """
    shown = {line.address for one in view.answers for line in one.lines}
    lines = tuple(
        _unkept(waiting, place, words) for place in _asked(waiting) if place.address not in shown
    )
    if not lines:
        return view
    found = [one.lines for one in view.answers if one.key == "doubtful"]
    every = (*lines, *(found[0] if found else ()))
    title = words.text("review.answers.doubtful", count=len(every))
    others = (one for one in view.answers if one.key != "doubtful")
    return replace(view, answers=(Answers("doubtful", title, every), *others))


def _asked(waiting: Waiting) -> Iterator[Place]:
    """Yield the questions that are to be decided, once each."""
    definition = waiting.definition
    if definition is None or waiting.entry.submission is None:
        return
    findings = waiting.entry.receipt.findings
    named = [(f.item, f.row) for f in findings if awaits_decision(f.code) and f.item is not None]
    for name, row in dict.fromkeys(named):
        if name in definition.items:
            yield Place(definition.items[name], row)


def _unkept(waiting: Waiting, place: Place, words: Words) -> Answer:
    findings = waiting.entry.receipt.findings
    about = (f for f in findings if (f.item, f.row) == (place.item.name, place.row))
    return Answer(
        code=place.code,
        label=words.printed(place.item.label),
        text="",
        understood="",
        before="",
        found="",
        place="",
        remarks=tuple(finding_words(words, one, waiting.definition) for one in about),
        crop=None,
        address=place.address,
        page=None,
        may_repeat=False,
    )


def _fields(waiting: Waiting, view: ReviewView, words: Words) -> Mapping[str, TypedField]:
    """Return the answers in doubt, and those a person gave, as fields."""
    definition, submission = waiting.definition, waiting.entry.submission
    if definition is None or submission is None:
        return {}
    values = {value.address: value for value in submission.values}
    places = {one.address: one for one in questions(definition)}
    lines = (line for one in view.answers if one.key != "others" for line in one.lines)
    return {
        line.address: typed_field(places[line.address], values.get(line.address), words)
        for line in lines
        if line.address in places
    }


def _pages(view: ReviewView) -> tuple[int, ...]:
    lines = (line for one in view.answers if one.key == "doubtful" for line in one.lines)
    return tuple(sorted({line.page for line in lines if line.page is not None})) or (1,)
