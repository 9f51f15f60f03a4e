"""A centre reads its sheet: what it ticks, corrects or writes beside each question.

It knows what is true and sees what it wrote; how well it answers is its habit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake.model.submission import Submission
from intake.pipeline.sheets.question import Question
from tests.whole.study.cells import cells_of, expected
from tests.whole.study.patients import Habit, Patient

WORDS = "dossier archivé, réponse plus tard"
WRONG = {"lab_hb_dx": ("2", "deux")}
"""What is answered wrongly first, and then again."""


def answered(
    patient: Patient, questions: Iterable[Question], received: Submission
) -> dict[str, str]:
    """Return what the centre does to a sheet, by address of the sheet."""
    answers: dict[str, str] = {}
    for number, question in enumerate(questions):
        if patient.habit is Habit.ONE_AT_A_TIME and number and not patient.asked:
            break
        answers |= _of(patient, question, received)
    return answers


def _of(patient: Patient, question: Question, received: Submission) -> dict[str, str]:
    right = dict(_corrections(patient, question, received))
    mark = {f"{question.mark}__ok": "1"}
    match patient.habit:
        case Habit.WORDS:
            return {question.reason: WORDS} if not patient.asked else {}
        case Habit.MARKS_AND_CHANGES if not patient.asked:
            return right | mark
        case Habit.SENDS_A_FORM if not patient.asked:
            return dict.fromkeys(right, "7,1")
        case Habit.WRONG_AGAIN if not patient.asked:
            return {address: WRONG[address][0] for address in right}
        case Habit.WRONG_TWICE if patient.asked < 2 and set(right) & set(WRONG):
            return {a: WRONG[a][1 - patient.asked] for a in right if a in WRONG}
        case _:
            return right or mark


def _corrections(
    patient: Patient, question: Question, received: Submission
) -> Iterator[tuple[str, str]]:
    """Yield what is true in each place where something else stands."""
    true, held = expected(patient.truth), cells_of(received)
    for place in question.places:
        key = (place.item.group or "", place.row or 0, place.item.name)
        if held.get(key, "") != true.get(key, ""):
            options = [name for name in patient.truth if name.startswith(f"{place.address}__")]
            yield from ((name, patient.truth[name]) for name in options or (place.address,))
