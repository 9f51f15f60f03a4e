"""Six months of a study with thirty centres, in plain data: who is written to, day by day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.model.mail.message import MessageEvent, MessageKind, MessageState, ledger_of
from intake.model.receipt import Outcome, Receipt, SourceFile
from intake.pipeline.mail.due import Conduct, Due, Heard, packs_due, reminders_due
from intake.pipeline.mail.replies import centre_of, replies_due
from intake.study.centres import Centre
from intake.study.model import Calendar

CALENDAR = Calendar(opens=dt.date(2026, 10, 1), closes=dt.date(2027, 3, 31))
LETTERS = [f"Z{a}{b}" for a in "ABC" for b in "AEIOUBCDFG"]
CENTRES = tuple(
    Centre(
        id=letters,
        letters=letters,
        hospital=f"Centre fictif {number}",
        email=f"recueil.{letters.lower()}@hopital.test" if number % 10 else "",
    )
    for number, letters in enumerate(LETTERS, 1)
)
REMINDERS = (MessageKind.HALF_WAY, MessageKind.LAST_WEEK, MessageKind.CLOSING)


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def received(number: int, letters: str, day: dt.date) -> Receipt:
    """Return what became of the next file; every fifth waits for a person, every ninth is lost."""
    outcome = list(Outcome)[number % 2]
    if number % 5 == 0:
        outcome = Outcome.REVIEW
    elif number % 9 == 0:
        outcome = Outcome.REJECTED
    source = SourceFile(f"fiche {number}.pdf", f"{number:064d}", 1000, at(day))
    return Receipt(id=f"{number:06d}", source=source, outcome=outcome, centre=letters)


@dataclass
class SixMonths:
    """The study's state, moved day by day; ``acts`` counts what the coordinator did."""

    events: list[MessageEvent] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)

    def conduct(self, today: dt.date) -> Conduct:
        loaded = (receipt for receipt in self.receipts if receipt.outcome.is_loaded)
        heard = Counter(
            centre.id for r in loaded if (centre := centre_of(CENTRES, r, r.source.sender))
        )
        return Conduct(
            centres=CENTRES,
            calendar=CALENDAR,
            ledger=ledger_of(self.events),
            today=today,
            heard={centre: Heard(count) for centre, count in heard.items()},
        )

    def days(self) -> Iterator[tuple[dt.date, list[Due]]]:
        """Yield each day with the messages drafted on it: each round is asked for twice."""
        day = CALENDAR.opens
        while day <= CALENDAR.closes + dt.timedelta(days=12):
            self.arrive(day)
            yield day, [*self.round(day), *self.round(day)]
            day += dt.timedelta(days=1)

    def arrive(self, day: dt.date) -> None:
        """Let two centres in three send a form now and then, and the team decide each Monday."""
        since = (day - CALENDAR.opens).days
        for place, letters in enumerate(LETTERS):
            if (
                day <= CALENDAR.closes
                and place % 3
                and since > 10
                and (since + 11 * place) % 67 == 0
            ):
                self.receipts.append(received(len(self.receipts) + 1, letters, day))
        if day.weekday() == 0:
            self.receipts = [decided(receipt) for receipt in self.receipts]

    def round(self, day: dt.date) -> list[Due]:
        """Draft all that is due, as the coordinator would on a day: replies on Fridays."""
        now = self.conduct(day)
        found = list(packs_due(now, "1.1.0"))
        for kind in REMINDERS:
            found += reminders_due(now, kind)
        if day.weekday() == 4:
            found += [reply.due for reply in replies_due(now, self.receipts)]
        due = [one for one in found if one.why.is_due]
        for one in due:
            for state in (MessageState.DRAFTED, MessageState.SENT):
                self.events.append(event(one, state, day))
        self.acts["round"] += bool(due)
        return due


def decided(receipt: Receipt) -> Receipt:
    if receipt.outcome is not Outcome.REVIEW:
        return receipt
    return Receipt(
        id=receipt.id, source=receipt.source, outcome=Outcome.LOADED, centre=receipt.centre
    )


def event(due: Due, state: MessageState, day: dt.date) -> MessageEvent:
    return MessageEvent(
        key=due.key, kind=due.kind, centre=due.centre, state=state, at=at(day), about=due.about
    )
