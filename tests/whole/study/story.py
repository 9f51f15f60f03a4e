"""The study from its first form to its last answer: forty patients, eight centres, two versions.

What happens is the same each time. What must be true of it stands in ``test_study.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.model.query import Query
from intake.model.receipt import Receipt
from intake.model.record import KnownRecord
from intake.pipeline.review import decisions, refuse
from intake.pipeline.review import withdraw as withdrawing
from intake.pipeline.sheets.question import questions_of
from intake.wiring import queries as acts
from tests.kit.office.office import Office
from tests.whole.study.answering import answered
from tests.whole.study.course import WHY, Course, new_version
from tests.whole.study.hands import EXTENSIONS, definition, filled, form_of, resaved
from tests.whole.study.patients import OF_FIRST_VERSION, Habit, Patient, patients

ROUNDS = 4
TWIN, NEAR, OLDER, DISPUTED, OBJECTS, WITHDRAWN = 11, 27, 14, 13, 16, 17
"""Patients to whom something happens beside their questions."""
UNDER_WAY = 30
"""The patient whose first sheet comes back once the second version is there."""


@dataclass
class Story:
    """The study as its script sees it."""

    course: Course
    people: list[Patient] = field(default_factory=patients)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    """The first receipt of each file, by the file's name."""
    under_way: dict[str, bytes] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        return self.course.office

    def tell(self) -> None:
        """Let everything happen."""
        self._first_forms()
        self._decisions()
        self._round(is_first=True)
        self._telephone()
        self.course.do(new_version)
        self._forms(self.people[OF_FIRST_VERSION:], self.under_way)
        for _ in range(ROUNDS - 1):
            self._round()
        self._end()

    def open_queries(self, patient: Patient) -> list[Query]:
        """Return what is still asked about a patient."""
        found = self.office.app.store.queries(self.known(patient).record_id)
        return [query for query in found if not query.is_closed]

    def known(self, patient: Patient) -> KnownRecord:
        """Return what the workspace knows of a patient."""
        known = self.office.app.store.known_record("dm-sam", patient.subject)
        assert known is not None
        return known

    def _forms(self, some: Iterable[Patient], more: dict[str, bytes] | None = None) -> None:
        forms = {_name(patient): form_of(patient, patient.form()) for patient in some}
        for receipt in self.course.arrive({**forms, **(more or {})}):
            self.receipts[receipt.source.name] = receipt
        for patient in self.people:
            receipt = self.receipts.get(_name(patient))
            patient.subject = patient.subject or (receipt and receipt.subject) or ""

    def _first_forms(self) -> None:
        """Receive the forms of the first version, and what arrives beside them."""
        people = self.people
        twin, near = people[TWIN], people[NEAR]
        near.truth |= {name: twin.truth[name] for name in ("id_firstname2", "birth_date")}
        near.truth["id_surname2"] = twin.truth["id_surname2"][0] + "K"
        self._forms(people[:OF_FIRST_VERSION])
        again = people[0]
        same = form_of(again, again.form())
        older = people[OLDER].form(form_date="01/11/2026", lab_ldh_dx="701")
        other = people[DISPUTED].form(sex="m", form_date="28/11/2026")
        self._forms(
            (),
            {
                "copie.pdf": same,
                "copie 2.pdf": same,
                _file("ancienne", people[OLDER]): form_of(people[OLDER], older),
                _file("autre", people[DISPUTED]): form_of(people[DISPUTED], other),
            },
        )

    def _decisions(self) -> None:
        """Decide on what waits."""
        near = self.people[NEAR]
        waiting = self.receipts[_name(near)]
        near.subject = self.course.decide(decisions.split, waiting.id, WHY).subject or ""
        for name, number in (("ancienne", OLDER), ("autre", DISPUTED)):
            waits = self.receipts[_file(name, self.people[number])]
            self.course.decide(refuse.reject, waits.id, WHY)
        objects, withdrawn = self.people[OBJECTS], self.people[WITHDRAWN]
        self.course.decide(withdrawing.withdraw_objecting, objects.subject, WHY)
        self.course.decide(withdrawing.withdraw, withdrawn.subject, WHY)
        objects.withdrawn = withdrawn.withdrawn = True

    def _round(self, *, is_first: bool = False) -> None:
        """Ask every centre what is still asked, and read what it sends back."""
        sheets: dict[str, bytes] = {}
        forms: dict[str, bytes] = {}
        for patient in filter(self._is_written_to, self.people):
            is_late = is_first and patient.number == UNDER_WAY
            (self.under_way if is_late else sheets).update(self._answer(patient))
            forms |= self._newer(patient)
            patient.asked += 1
        for files in (forms, resaved(sheets) if is_first else sheets):
            self._received(self.course.arrive(files) if files else ())

    def _is_written_to(self, patient: Patient) -> bool:
        """Say whether a sheet is made: of a question that words answered, none is made again."""
        if patient.withdrawn or not patient.subject or patient.habit is Habit.TELEPHONES:
            return False
        is_left = patient.habit is Habit.WORDS and patient.asked > 0
        return not is_left and bool(self.open_queries(patient))

    def _answer(self, patient: Patient) -> dict[str, bytes]:
        known = self.known(patient)
        submission = known.current.submission
        form = definition(submission.version)
        questions = questions_of(form, submission, self.open_queries(patient))
        sheet = self.course.sheet(patient.subject)
        answers = answered(patient, questions, submission)
        name = _file(f"{patient.subject}-{patient.asked + 1}", patient)
        return {name: filled(patient, sheet, answers)} if answers else {}

    def _newer(self, patient: Patient) -> dict[str, bytes]:
        """Return the newer form that a centre sends while its sheet is under way."""
        if patient.habit is not Habit.SENDS_A_FORM or patient.asked:
            return {}
        patient.truth["form_date"] = "27/11/2026"
        patient.slips = {}
        return {_file("suite", patient): form_of(patient, patient.form())}

    def _received(self, receipts: Iterable[Receipt]) -> None:
        for receipt in receipts:
            self.receipts[receipt.source.name] = receipt

    def _telephone(self) -> None:
        """Take by telephone the answers of those who send nothing back."""
        by_name = {patient.number: patient for patient in self.people}
        corrected, confirmed = by_name[24], by_name[25]
        self.course.correct(corrected.subject, "lab_plt_dx", corrected.truth["lab_plt_dx"])
        for query in self.open_queries(confirmed):
            self.course.do(lambda office, name=query.id: acts.confirm(office.app, name, WHY))
            self.course.typed += 1

    def _end(self) -> None:
        """Give up one of the two questions that were answered by words alone."""
        given_up = self.people[20]
        for query in self.open_queries(given_up):
            for item in query.finding.all_items:
                del given_up.truth[item]  # its centre never said it
            self.course.do(lambda office, name=query.id: acts.withdraw(office.app, name, WHY))
            self.course.typed += 1


def _name(patient: Patient) -> str:
    return _file(f"fiche-{patient.number:02d}", patient)


def _file(stem: str, patient: Patient) -> str:
    return f"{stem}.{EXTENSIONS[patient.file_format]}"
