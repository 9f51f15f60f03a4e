"""A query sheet as a form: made of a form version, a record's answers and what is asked of it.

Flat items at the form's own addresses, prefilled, each run of them headed by its question, a
box that confirms and a short text. Nothing is required or hidden: a sheet says only what its
centre changes on it. The same queries give the same sheet, so it is never kept. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from intake.checks.patient.patient_key import hint
from intake.findings.wording import finding_words
from intake.model.address import Place, item_places, places_by_address
from intake.model.definition import (
    DataType,
    FormDefinition,
    Item,
    ItemGroup,
    LocalText,
    Option,
    Section,
)
from intake.model.query import Query
from intake.model.stamp import FormStamp, SheetStamp
from intake.model.submission import Submission, ValueStatus
from intake.pipeline.forms.written import written
from intake.pipeline.sheets.question import Question, questions_of
from intake.privacy.quoting import may_repeat
from intake.words.catalogue import Words

Elements = tuple[Item | ItemGroup, ...]

CONFIRMED = "ok"
"""Code of the one option of the box that confirms."""
_SECTION = "sheet"
_REASON_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a sheet is made of."""

    definition: FormDefinition
    """Of the form version that the record has."""
    before: Submission
    """The record's answers at the revision that the sheet is about."""
    queries: tuple[Query, ...]
    stamp: FormStamp
    """With its part of a sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as a form, with what it shows when it is sent."""

    definition: FormDefinition
    questions: tuple[Question, ...]
    prefill: Mapping[str, str]
    """Text by address."""


def sheet_of(asked: Asked) -> Sheet:
    """Return the sheet that asks these queries. Raises ValueError for a stamp of no sheet."""
    stamp = asked.stamp.sheet
    if stamp is None:
        raise ValueError("a sheet has its own part of the stamp")
    questions = questions_of(asked.definition, asked.before, asked.queries)
    received, withheld = _received(asked)
    definition = _definition(asked, stamp, tuple(_elements(asked, questions, withheld)))
    shown = places_by_address(definition)
    return Sheet(
        definition=definition,
        questions=questions,
        prefill={address: text for address, text in received.items() if address in shown},
    )


def _definition(asked: Asked, stamp: SheetStamp, elements: Elements) -> FormDefinition:
    form, language = asked.definition, asked.stamp.language
    words = Words(language)
    objection, names = form.objection, {element.name for element in elements}
    return replace(
        form,
        fingerprint=_fingerprint(asked, elements),
        languages=(language,),
        title={language: _title(asked, words, stamp.subject)},
        sections=(Section(_SECTION, "Q", {language: words.text("sheet.section")}),),
        elements=elements,
        eligibility=(),
        objection=objection if objection and objection.item in names else None,
        rules=(),
        derived=(),
        scores=(),
        tables=(),
        document={},
        sheet=stamp,
    )


def _title(asked: Asked, words: Words, subject: str) -> str:
    """Return what helps the centre find its patient: number, letters, when the form was filled."""
    letters = hint(asked.definition, asked.before).replace(" ", "\N{NO-BREAK SPACE}")
    dated = asked.before.record.get(asked.definition.identity.filling_date or "")
    if letters and isinstance(dated, str):
        return words.text(
            "sheet.patient_dated", subject=subject, hint=letters, date=words.date(dated)
        )
    key = "sheet.patient_known" if letters else "sheet.patient"
    return words.text(key, subject=subject, hint=letters)


def _fingerprint(asked: Asked, elements: Elements) -> str:
    """Return what tells a sheet from all others inside the program; it is printed nowhere."""
    names = " ".join(element.name for element in elements)
    return hashlib.sha256(f"{asked.stamp.text} {names}".encode()).hexdigest()[:8].upper()


def _elements(
    asked: Asked, questions: tuple[Question, ...], withheld: frozenset[str]
) -> Iterator[Item | ItemGroup]:
    """Yield what a sheet asks; what two questions name is asked once, in the first."""
    words = Words(asked.stamp.language)
    met: set[str] = set()
    for number, question in enumerate(questions, start=1):
        new = [place for place in question.own if place.address not in met]
        further = [group for group in question.further if group.name not in met]
        said = _said(asked, words, question, (number, len(questions)))
        said = f"{said} {_further(words, question)}".rstrip()
        if not new:
            said = f"{said} {_elsewhere(words, question)}".rstrip()
        met |= {place.address for place in new} | {group.name for group in further}
        has_mark = question.confirmable
        if has_mark:
            yield _mark(words, question, number, said)
        for place in new:
            hints = [] if has_mark or place is not new[0] else [said]
            hints += [words.text("sheet.withheld")] if place.address in withheld else []
            yield _flat(asked, words, place, " ".join(hints))
        yield from (_table(group) for group in further)
        reason = _reason(words, number, question, "" if new or has_mark else said)
        yield replace(reason, beside=question.mark) if has_mark else reason


def _said(asked: Asked, words: Words, question: Question, place: tuple[int, int]) -> str:
    """Return which question it is and why it is asked."""
    found = finding_words(words, question.query.finding, asked.definition)
    offers = "offered" in question.query.finding.context
    why = found.message if offers else found.sentence
    return words.text("sheet.question", number=place[0], total=place[1], why=why)


def _further(words: Words, question: Question) -> str:
    """Return what is to be done with the rows that the form does not print."""
    tables = words.list([f"« {words.local(group.title)} »" for group in question.further])
    return words.text("sheet.further", tables=tables) if question.further else ""


def _elsewhere(words: Words, question: Question) -> str:
    """Return which answers a question is about that stand with another one."""
    named = [f"{place.code} {words.local(place.item.label)}" for place in question.places]
    return words.text("sheet.about", answers=words.list(named)) if named else ""


def _mark(words: Words, question: Question, number: int, said: str) -> Item:
    confirmed = Option(CONFIRMED, {words.language: words.text("sheet.confirmed")})
    return Item(
        name=question.mark,
        code=f"n°{number}",
        data_type=DataType.MULTIPLE_CHOICE,
        section=_SECTION,
        label={words.language: said},
        options=(confirmed,),
    )


def _reason(words: Words, number: int, question: Question, said: str) -> Item:
    return Item(
        name=question.reason,
        code=f"n°{number}b",
        data_type=DataType.TEXT,
        section=_SECTION,
        label={words.language: said or words.text("sheet.reason")},
        max_length=_REASON_LENGTH,
    )


def _flat(asked: Asked, words: Words, place: Place, hint: str) -> Item:
    """Return a question of the form as one of the sheet: by its address, without conditions."""
    item = place.item
    return replace(
        item,
        name=place.address,
        code=place.code,
        section=_SECTION,
        group=None,
        label=_label(asked, words, place),
        hint={words.language: hint} if hint else {},
        unit_item=None,
        required=None,
        relevant=None,
        condition=None,
        prefill=None,
    )


def _table(group: ItemGroup) -> ItemGroup:
    """Return further rows of a group as a table of the sheet, without conditions."""
    items = (
        replace(item, section=_SECTION, required=None, relevant=None, condition=None)
        for item in group.items
    )
    return replace(group, section=_SECTION, relevant=None, items=tuple(items))


def _label(asked: Asked, words: Words, place: Place) -> LocalText:
    label = words.local(place.item.label)
    group = asked.definition.groups.get(place.item.group or "")
    if group is None or place.row is None:
        return {words.language: label}
    topic = words.local(group.title).partition(":")[0].strip()
    fixed = asked.definition.items.get(group.fixed_item or "")
    if fixed is None:
        row = words.text("sheet.row", group=topic, row=place.row)
    else:
        value = group.fixed_values[place.row - 1]
        option = fixed.option(value)
        row = words.local(option.title) if option else value
    return {words.language: words.text("sheet.in_row", label=label, row=row)}


def _received(asked: Asked) -> tuple[dict[str, str], frozenset[str]]:
    """Return what may be shown in each place, and the places of answers that may not.

    An answer that is held back stands as its centre wrote it.
    """
    form, language = asked.definition, asked.stamp.language
    texts = written(form, asked.before.record, language)
    for value in asked.before.values:
        item = form.items.get(value.item)
        if item is None or item.is_choice or value.status is not ValueStatus.HELD_BACK:
            continue
        texts[Place(item, value.row).address] = value.raw
    private = frozenset(_private(form, asked.before, texts))
    return {address: text for address, text in texts.items() if address not in private}, private


def _private(form: FormDefinition, before: Submission, texts: Mapping[str, str]) -> Iterable[str]:
    for value in before.values:
        item = form.items.get(value.item)
        if item is None:
            continue
        for place in item_places(item, value.row):
            text = texts.get(place.address, "")
            if place.option is None and text and not may_repeat(text, item, form):
                yield place.address
