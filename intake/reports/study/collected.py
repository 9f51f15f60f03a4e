"""What the state of a study is made of, gathered elsewhere, and how centres are told apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from intake.model.definition import FormDefinition
from intake.model.finding_codes import FindingCode
from intake.model.mail.letters import Letters
from intake.model.query import Query
from intake.model.receipt import Receipt
from intake.model.tally import AnsweredTally, OpenTally, PatientTally, Tally
from intake.study.centres import Centre
from intake.study.placeholders import LeftToFill

Definitions = Callable[[str, str], FormDefinition | None]
"""Return a form version by form id and version."""


@dataclass(frozen=True, kw_only=True)
class Collected:
    """All that is known of a study at one moment."""

    tally: Tally = field(default_factory=Tally)
    patients: Sequence[PatientTally] = ()
    """By letters and number: all, or the first who owe something, then the first others."""
    unasked: Sequence[str] = ()
    """The patients with a question that the centre was not asked yet: all, or the first."""
    queries: Sequence[Query] = ()
    """Those that are not closed, of these patients."""
    asked: Sequence[OpenTally] = ()
    """All questions that are not closed, counted, for the document."""
    answered: Sequence[AnsweredTally] = ()
    """How complete all patients are, counted, for the document."""
    waiting: Sequence[Receipt] = ()
    """The files in review, the oldest first; no email or archive."""
    arrivals: Mapping[str, dt.datetime] = field(default_factory=dict)
    """When the program first saw a file, by receipt."""
    left: Sequence[LeftToFill] = ()
    letters: Letters | None = None
    """None where the program prepares no letter."""
    unanswered: int = 0
    """Files of which their centre was told nothing yet."""
    definitions: Definitions = lambda _form, _version: None

    def form_of(self, receipt: Receipt) -> FormDefinition | None:
        """Return the form that a receipt names; None where it names none, or an unknown one."""
        if receipt.form is None:
            return None
        return self.definitions(receipt.form, receipt.version or "")

    @property
    def proposed(self) -> tuple[Receipt, ...]:
        """Return the messages whose lines answer questions, to be accepted."""
        return tuple(one for one in self.waiting if _is_proposed(one))

    @property
    def undecided(self) -> tuple[Receipt, ...]:
        """Return the other files in review."""
        return tuple(one for one in self.waiting if not _is_proposed(one))


def listed_names(centres: Sequence[Centre]) -> Callable[[str], str]:
    """Return what gives the centre of the list that a form's letters name, if only one does."""
    letters = Counter(centre.letters for centre in centres)
    ids = {centre.id for centre in centres}
    alone = {c.letters: c.id for c in centres if letters[c.letters] == 1 and c.letters not in ids}
    return lambda name: alone.get(name, name)


def _is_proposed(receipt: Receipt) -> bool:
    return any(finding.code == FindingCode.MESSAGE_ANSWERS for finding in receipt.findings)
