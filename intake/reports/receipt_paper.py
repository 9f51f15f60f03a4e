"""The receipt as a document for paper: what its page says, in the same words and order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake.model.definition import FormDefinition
from intake.model.receipt import Receipt
from intake.reports.pages import outcome_mark
from intake.reports.paper import Block, Paper, heading, numbered, paragraph, run, table
from intake.reports.receipt.next_steps import Addressed
from intake.reports.receipt.points import MissingAnswer, Point
from intake.reports.receipt.receipt_view import ReceiptView, receipt_view
from intake.reports.receipt.remarks import Question
from intake.reports.receipt.worded_finding import WordedFinding
from intake.words.catalogue import Words


def receipt_paper(
    receipt: Receipt, definition: FormDefinition | None, language: str, addressed: Addressed
) -> Paper:
    """Return the receipt as a document in a language."""
    words = Words(language)
    view = receipt_view(receipt, definition, words, addressed)
    name = words.text("receipt.name")
    number = words.text("receipt.number", receipt=receipt.id)
    return Paper(
        title=f"{name} {number}",
        language=language,
        kicker=view.title,
        number=f"{name} {number}",
        heading=view.status,
        mark=outcome_mark(view.outcome),
        foot=" · ".join(view.footer),
        blocks=tuple(_blocks(view, words)),
    )


def _blocks(view: ReceiptView, words: Words) -> Iterator[Block]:
    yield paragraph(run(view.lead))
    if view.reason:
        yield paragraph(run(f"{words.text('receipt.reason')} ", "soft"), run(view.reason))
    yield {"kind": "facts", "items": tuple((fact.label, fact.text) for fact in view.facts)}
    if view.progress:
        yield paragraph(run(view.progress.text, "soft"))
    if view.of_file:
        yield heading(words.text("receipt.file_remarks"))
        yield from (_of_file(view, remark) for remark in view.of_file)
    yield from _to_do(view, words)
    for kind, points in (("error", view.points.corrections), ("query", view.points.confirmations)):
        if points:
            yield heading(words.text(f"severity.{kind}"))
            yield from (block for point in points for block in _point(point, words))
    yield from _to_complete(view, words)
    yield from _changes(view, words)
    yield from _notes(view, words)
    yield from _reply(view, words)


def _of_file(view: ReceiptView, remark: WordedFinding) -> Block:
    where = [run(remark.subject, "code", turn=True)]
    if view.outcome.is_loaded:
        where.append(run(remark.mark, "soft"))
    said = [_said(remark)] if remark.words.message else []
    return _placed(where, [[run(remark.words.title, "strong")], *said])


def _to_do(view: ReceiptView, words: Words) -> Iterator[Block]:
    if not view.counts and not view.steps:
        return
    yield heading(words.text("receipt.to_do"))
    if view.counts:
        counts = tuple((count.number, count.label) for count in view.counts)
        yield {"kind": "counts", "items": counts}
    if view.steps:
        yield numbered([run(step)] for step in view.steps)
    if view.reply and view.reply.until:
        yield paragraph(run(view.reply.until, "strong"))


def _point(point: Point, words: Words) -> Iterator[Block]:
    answer = []
    if point.answer:
        answer = [[run(f"{words.text('receipt.answer')} ", "soft"), run(point.answer)]]
    said = [_said(remark) for remark in point.remarks]
    if not point.is_one:
        yield from (paragraph(*line) for line in (*said, *answer))
        yield _columns((q.code, _line(q, words)) for q in point.questions)
        return
    (question,) = point.questions
    where = [run(f"{question.code} ", "code"), run(question.place, "soft")]
    yield _placed(where, [*_named(question), *answer, *said])


def _named(question: Question) -> Iterator[list[Block]]:
    for index, (code, label) in enumerate(question.names):
        own = [run(f"{code} ", "code")] if index else []
        yield [*own, run(label, "strong")]


def _line(question: Question, words: Words) -> list[Block]:
    label = question.names[0][1]
    if question.answer:
        label = words.text("receipt.label_with_answer", label=label, answer=question.answer)
    return [run(f"{label} "), run(question.place, "soft")]


def _said(remark: WordedFinding) -> list[Block]:
    runs = [run(remark.words.sentence)]
    if remark.words.advice:
        runs.append(run(f" {remark.words.advice}", "accent"))
    if remark.codes:
        runs.append(run(f" ({', '.join(remark.codes)})", "soft"))
    return runs


def _to_complete(view: ReceiptView, words: Words) -> Iterator[Block]:
    missing, sections = view.points.missing, view.remarks.incomplete
    if not missing and not sections:
        return
    yield heading(words.text("receipt.to_complete"))
    yield paragraph(run(words.text("receipt.missing"), "soft"))
    if missing:
        yield _columns((one.code, _missing(one)) for one in missing)
    if sections:
        yield heading(words.text("receipt.incomplete"), 3)
        counts = [
            words.text("receipt.missing_count", count=one.count) if one.count else ""
            for one in sections
        ]
        yield _columns(
            (one.letter, [run(f"{one.title} "), run(count, "soft")])
            for one, count in zip(sections, counts, strict=True)
        )


def _missing(one: MissingAnswer) -> list[Block]:
    place = run(one.place, "soft", turn=bool(one.words))
    return [run(f"{one.label} "), place, *([run(one.words)] if one.words else [])]


def _changes(view: ReceiptView, words: Words) -> Iterator[Block]:
    if view.changes:
        yield heading(words.text("receipt.changes"))
        head = [words.text(f"receipt.{key}") for key in ("code", "question", "before", "after")]
        rows = [(one.code, one.label, one.before, one.after) for one in view.changes]
        yield table(head, rows, (0, 3, 2, 2))


def _notes(view: ReceiptView, words: Words) -> Iterator[Block]:
    of_file, points = view.remarks.notes_of_file, view.points.notes
    if not of_file and not points:
        return
    yield heading(words.text("receipt.for_information"))
    for remark in of_file:
        yield _placed([run(remark.subject, "code")], [[run(remark.words.message)]])
    for point in points:
        if not point.is_one:
            yield from _point(point, words)
            continue
        (question,) = point.questions
        said = [[run(remark.words.message)] for remark in point.remarks]
        label = [run(question.names[0][1], "strong")]
        yield _placed([run(question.code, "code")], [label, *said])


def _reply(view: ReceiptView, words: Words) -> Iterator[Block]:
    if view.reply:
        yield heading(words.text("receipt.reply_to"))
        yield paragraph(*(run(line, turn=True) for line in view.reply.lines))
        if view.reply.closing:
            yield paragraph(run(view.reply.closing, "soft"))
    if view.outcome.is_loaded:
        yield paragraph(run(words.text("receipt.thanks")))


def _placed(where: list[Block], lines: Iterable[list[Block]]) -> Block:
    return {"kind": "point", "where": where, "lines": list(lines)}


def _columns(items: Iterable[tuple[str, list[Block]]]) -> Block:
    return {"kind": "columns", "items": list(items)}
