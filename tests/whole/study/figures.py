"""What the study's conversation cost: shares of queries, and by rule how many changed a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.model.query import Query, QueryAction, answers_named
from intake.reports.queries import closed_by_code
from tests.whole.study.cells import Cell, dataset_cells, expected
from tests.whole.study.hands import definition
from tests.whole.study.patients import Patient
from tests.whole.study.story import Story


@dataclass(frozen=True)
class Figures:
    """Counts of one study."""

    queries: int
    closed: int
    by_nobody: int
    """Closed by what came back alone: the coordinator typed nothing."""
    in_one_round: int
    """Closed after having been asked once, or before they were asked."""
    asked_twice: int
    silent: int
    """Answers of the dataset that are not what is true, and carry no open question."""

    def lines(self, story: Story) -> Iterator[str]:
        """Yield what is to be told, one line each."""
        yield f"queries {self.queries}, closed {self.closed}"
        yield f"closed with nobody typing {_share(self.by_nobody, self.closed)}"
        yield f"closed in one round {_share(self.in_one_round, self.closed)}"
        yield f"asked twice {self.asked_twice}, silent differences {self.silent}"
        for told in closed_by_code(story.office.app.store.counts.tally("dm-sam").codes):
            changed = _share(told["changed"], told["closed"])
            yield f"  {told['code']}: changed a value {changed}"


def figures(story: Story) -> Figures:
    """Return the figures of a study that was told to its end."""
    app = story.office.app
    every = list(app.store.queries())
    closed = [query for query in every if query.is_closed]
    files = {stored.receipt.id for stored in app.store.receipts() if stored.receipt.format}
    return Figures(
        queries=len(every),
        closed=len(closed),
        by_nobody=sum(_ended_by(query) in files for query in closed),
        in_one_round=sum(_times_asked(query) <= 1 for query in closed),
        asked_twice=sum(1 for patient in story.people for _ in asked_again(story, patient)),
        silent=sum(len(found) for found in differences(story).values()),
    )


def differences(story: Story) -> dict[str, dict[Cell, tuple[str, str]]]:
    """Return, for each record, the answers that are not true and of which nothing is asked."""
    told = dataset_cells(story.office.app.dataset("full"))
    fixed = {group.fixed_item for group in definition("1.1.0").groups.values()}
    found = {}
    for patient in story.people:
        if patient.withdrawn:
            continue
        true, held = expected(patient.truth), told[patient.subject]
        asked = {n for q in story.open_queries(patient) for n in q.finding.all_items}
        found[patient.subject] = {
            cell: (held.get(cell, ""), true.get(cell, ""))
            for cell in true.keys() | held.keys()
            if cell[2] not in fixed | asked and held.get(cell) != true.get(cell)
        }
    return {subject: wrong for subject, wrong in found.items() if wrong}


def asked_again(story: Story, patient: Patient) -> Iterator[str]:
    """Yield each query that asks what was closed before, while the answers were the same."""
    if patient.withdrawn:
        return
    known, ended = story.known(patient), set()
    answers = {form.revision: form.submission for form in known.forms}
    for query in story.office.app.store.queries(known.record_id):
        finding = query.finding
        about = answers_named(finding, answers[query.revision])
        held = frozenset((value.key, value.raw) for value in about)
        asked = (finding.code, frozenset(finding.all_items), finding.row, held)
        if asked in ended or query.last(QueryAction.REOPENED):
            yield query.id
        if query.is_closed:
            ended.add(asked)


def _ended_by(query: Query) -> str | None:
    step = query.last(QueryAction.CLOSED)
    return step.receipt if step else None


def _times_asked(query: Query) -> int:
    """Return how many sheets or forms asked it; the first receipt, which told it, is no round."""
    asked = (step for step in query.steps if step.action is QueryAction.ASKED)
    return sum(step.sheet is not None or step.receipt is None for step in asked)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)"
