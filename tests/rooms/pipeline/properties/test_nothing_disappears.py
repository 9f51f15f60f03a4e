"""No decision makes a sound form disappear, whatever is done in whatever order."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable

import pytest

from intake.model.errors import DecisionRefused
from intake.model.receipt import Correction, Outcome, Receipt, ReviewAction
from intake.pipeline.review.amend import set_answer
from intake.pipeline.review.decisions import accept, same_as, split
from intake.pipeline.review.merge import merge
from intake.pipeline.review.refuse import objection, reject
from tests.kit.orchard import COUNTS, ORCHARD, WHOLE, Form, a_change, drop
from tests.kit.plain_office import WHY, PlainOffice

ACTS = 500


class Walk:
    """An office where anything may happen next, and what came so far."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.office = PlainOffice(ORCHARD)
        self.office.has_dates = False
        self.forms = [Form("0.pdf", dict(WHOLE))]
        self.bytes: dict[str, bytes] = {}
        self.came: dict[str, str] = {}
        """The answers as sent, by the digest of the file."""
        self.taken = 0

    def act(self) -> None:
        """Do one thing, likely or not."""
        ways: list[tuple[Callable[[], None], int]] = [
            (self.a_file_comes, 6), (self.office_works, 4), (self.somebody_decides, 6),
            (self.power_is_cut, 1),
        ]  # fmt: skip
        acts, weights = zip(*ways, strict=True)
        self.chance.choices(acts, weights)[0]()

    def a_file_comes(self) -> None:
        form = a_change(self.chance, self.chance.choice(self.forms[-12:]), f"{len(self.forms)}.pdf")
        self.forms.append(form)
        seen = form.seen()
        content = self.bytes.setdefault(repr(seen), self.office.bytes_of(seen))
        self.came[hashlib.sha256(content).hexdigest()] = repr(
            sorted(item for item in form.answers.items() if item[1])
        )
        drop(self.office, form, content)

    def office_works(self) -> None:
        self.office.run()

    def power_is_cut(self) -> None:
        """Stop before receipts are written; what was saved is delivered by a later run."""
        numbers = {f"{number:06d}" for number in range(len(self.forms) * 3)}
        self.office.outbox.closed |= numbers
        self.office.run()
        self.office.outbox.closed.clear()
        again = PlainOffice(ORCHARD)
        again.__dict__.update(self.office.__dict__)
        self.office = again

    def somebody_decides(self) -> None:
        waiting = [r for r in self.receipts() if r.outcome is Outcome.REVIEW and not r.members]
        if not waiting:
            return
        receipt = self.chance.choice(waiting)
        why = self.chance.choice((WHY, WHY, ""))
        subjects = [record.subject for record in self.office.records()] or ["ZAA-001"]
        subject = self.chance.choice(subjects)
        place, text = self.chance.choice((("letters", "QA"), ("letters", "QE"), (COUNTS[0], "7")))
        moves_to = self.chance.choice((subject, ""))
        decision, more = self.chance.choice(
            (
                (accept, (why,)),
                (same_as, (subject, why)),
                (split, (why,)),
                (merge, (self.chance.choice((subject, "")), why)),
                (reject, (why,)),
                (reject, (why,)),
                (objection, ()),
                (set_answer, (Correction(place, text, moves_to), why)),
            )
        )
        try:
            self.office.decide(decision, receipt.id, *more)
            self.taken += 1
        except DecisionRefused:
            pass

    def receipts(self) -> list[Receipt]:
        return [stored.receipt for stored in self.office.store.receipts()]

    def lost(self) -> list[Receipt]:
        """Return the files whose answers are nowhere, do not wait and were refused by nobody."""
        known = {receipt.id: receipt for receipt in self.receipts()}
        files = (r for r in known.values() if not r.members and r.source.sha256 in self.came)
        return [receipt for receipt in files if not self._is_kept(receipt, known)]

    def _is_kept(self, receipt: Receipt, known: dict[str, Receipt]) -> bool:
        match receipt.outcome:
            case Outcome.REVIEW:
                return True
            case Outcome.LOADED | Outcome.LOADED_WITH_QUERIES:
                record = self.office.store.known_record("garden", str(receipt.record_id))
                return record is not None and receipt.id in [f.receipt for f in record.forms]
            case Outcome.REJECTED:
                return self._was_refused(receipt)
            case Outcome.DUPLICATE:
                if any(d.action is ReviewAction.OBJECTION for d in receipt.decisions):
                    return True
                holder = known[str(receipt.earlier)]
                return self._holds(holder, receipt) and self._stands(holder, known)

    def _stands(self, holder: Receipt, known: dict[str, Receipt]) -> bool:
        """Say whether what a repeat points to is not refused itself."""
        objected = any(d.action is ReviewAction.OBJECTION for d in holder.decisions)
        return self._is_kept(holder, known) and (objected or holder.outcome is not Outcome.REJECTED)

    def _was_refused(self, receipt: Receipt) -> bool:
        last = receipt.decisions[-1].action if receipt.decisions else None
        reasons = self.office.store.reasons(receipt.id)
        return last is ReviewAction.OBJECTION or (last is ReviewAction.REJECT and bool(reasons[-1]))

    def _holds(self, holder: Receipt, receipt: Receipt) -> bool:
        """Say whether a file has the answers of another, or has them by a person's decision."""
        same = self.came[holder.source.sha256] == self.came[receipt.source.sha256]
        changing = (ReviewAction.SET, ReviewAction.MERGE)
        return same or any(decision.action in changing for decision in holder.decisions)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2, 3))])
def test_after_every_act_each_form_is_kept_waits_or_was_refused_by_a_person(seed):
    walk = Walk(seed)
    for _ in range(ACTS):
        walk.act()
        assert walk.lost() == []
    assert walk.taken > ACTS / 20
