"""A form of some twenty questions, and small inboxes of it: what patients' forms come as.

Few answers and many ways to come: near keys, equal answers, older and undated forms, partly
filled ones, other carriers, archives, messages.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from intake.model.definition import DataType, FormDefinition, Item, Option
from intake.model.file.container import Contents, Member
from intake.model.file.dates import DateSource, Written
from intake.model.finding_codes import FindingCode as Code
from intake.model.finding_codes import finding_of
from intake.model.submission import Inspection, Rung
from tests.kit.garden import GARDEN, a_file
from tests.kit.plain_office import NOON, PlainOffice

COUNTS = tuple(f"tree_{number:02d}" for number in range(1, 13))


def _question(name: str, code: str, kind: DataType, *codes: str, constant: bool = True) -> Item:
    options = tuple(Option(each, {"fr": each, "en": each}) for each in codes)
    label = {"fr": name, "en": name}
    return Item(
        name=name, code=code, data_type=kind, section="s", label=label, options=options,
        constant=constant,
    )  # fmt: skip


ORCHARD: FormDefinition = replace(
    GARDEN,
    elements=(
        *(element for element in GARDEN.elements if element.name in ("place", "letters", "born")),
        *(element for element in GARDEN.elements if element.name in ("filled", "agreed")),
        _question("kind", "A10", DataType.SINGLE_CHOICE, "apple", "pear"),
        _question("planted", "A11", DataType.PARTIAL_DATE),
        *(
            _question(name, f"A{number}", DataType.INTEGER, constant=False)
            for number, name in enumerate(COUNTS, start=20)
        ),
    ),
)

WHOLE = {
    "place": "ZAA",
    "letters": "QA",
    "born": "17/04/1961",
    "agreed": "yes",
    "kind": "apple",
    "planted": "03/2011",
    **{name: str(number) for number, name in enumerate(COUNTS, start=3)},
}


@dataclass(frozen=True)
class Form:
    """One returned form: its answers, what carries it, when it was written and sent."""

    name: str
    answers: dict[str, str] = field(default_factory=lambda: dict(WHOLE))
    rung: Rung = Rung.FIELD
    codes: tuple[Code, ...] = ()
    sent: dt.datetime | None = None
    saved: Written | None = None
    zipped: bool = False

    def seen(self) -> Inspection:
        """Return what a reader sees of the file."""
        found = a_file(entered={k: v for k, v in self.answers.items() if v}, rung=self.rung)
        findings = tuple(finding_of(code, {"count": "1", "pages": "1"}) for code in self.codes)
        return replace(found, findings=findings, written=self.saved)


def drop(office: PlainOffice, form: Form, content: bytes) -> None:
    """Put a form in the inbox as it came: alone, in an archive, in a message."""
    came = carried(office, form, content)
    office.drop(came.name, came.content)


def drop_together(office: PlainOffice, came: list[Member]) -> None:
    """Put what came for several forms in the inbox as one archive, as a secretary does."""
    office.drop(f"{came[0].name}.zip", office.bytes_of(Contents(members=tuple(came))))


def carried(office: PlainOffice, form: Form, content: bytes) -> Member:
    """Return what a form came as: itself, an archive, a message."""
    if form.sent is None and not form.zipped:
        return Member(form.name, content)
    inside = Contents(members=(Member(form.name, content),), sent=form.sent)
    return Member(f"{form.name}.eml", office.bytes_of(inside))


def an_inbox(chance: random.Random) -> list[Form]:
    """Return the forms of one or two patients, one hard to tell from the other."""
    if chance.random() < 0.3:
        return _corrections(chance)
    first = Form("0.pdf", dict(WHOLE, filled=_filled(chance)))
    forms = [_come(chance, first)]
    for number in range(1, chance.randint(2, 6)):
        forms.append(a_change(chance, chance.choice(forms), f"{number}.pdf"))
    return forms


def _corrections(chance: random.Random) -> list[Form]:
    """Return what most centres send: a form, then itself corrected, each saved after the other."""
    form, forms = Form("0.pdf"), []
    for number in range(chance.randint(2, 5)):
        change = chance.choice((_equal, _corrected, _corrected))
        when = NOON - dt.timedelta(days=9 - number)
        sent = when + dt.timedelta(hours=1) if chance.random() < 0.6 else None
        form = change(chance, replace(form, name=f"{number}.pdf"))
        form = replace(form, saved=Written(when, DateSource.PDF), sent=sent)
        forms.append(form)
    return forms


def a_change(chance: random.Random, form: Form, name: str) -> Form:
    """Return a form that somebody changed, or sent again as it was."""
    made = replace(form, name=name)
    for change in chance.sample(_CHANGES, chance.choice((1, 1, 2))):
        made = change(chance, made)
    return _come(chance, made)


def _come(chance: random.Random, form: Form) -> Form:
    """Return a form with a date of its message and of its file, or without."""
    sent = NOON - dt.timedelta(days=chance.randint(1, 9)) if chance.random() < 0.5 else None
    saved = None
    if chance.random() < 0.7:
        moment = NOON - dt.timedelta(days=10, hours=6 * chance.randint(0, 20))
        naive = chance.random() < 0.3
        saved = Written(moment.replace(tzinfo=None) if naive else moment, DateSource.PDF)
    return replace(form, sent=sent, saved=saved, zipped=chance.random() < 0.2)


def _filled(chance: random.Random) -> str:
    return chance.choice(("", "", "07/10/2026", "08/10/2026", "09/10/2026"))


def _changed(form: Form, **answers: str) -> Form:
    return replace(form, answers={**form.answers, **answers})


def _counts(chance: random.Random, how_many: int) -> Iterator[tuple[str, str]]:
    for name in chance.sample(COUNTS, how_many):
        yield name, str(chance.randint(30, 60))


def _equal(_chance: random.Random, form: Form) -> Form:
    return form


def _dated(chance: random.Random, form: Form) -> Form:
    return _changed(form, filled=_filled(chance))


def _corrected(chance: random.Random, form: Form) -> Form:
    return _changed(form, **dict(_counts(chance, chance.randint(1, 3))))


def _rewritten(chance: random.Random, form: Form) -> Form:
    return _changed(form, **dict(_counts(chance, 9)))


def _twin(_chance: random.Random, form: Form) -> Form:
    return _changed(form, kind="pear")


def _partial(chance: random.Random, form: Form) -> Form:
    return _changed(form, **dict.fromkeys(chance.sample(COUNTS, 10), ""))


def _near(chance: random.Random, form: Form) -> Form:
    key = ({"letters": "QO"}, {"born": "17/05/1961"}, {"place": "ZOR"}, {"born": "14/07/1961"})
    return _changed(form, **chance.choice(key))


def _renamed(_chance: random.Random, form: Form) -> Form:
    return _changed(form, letters="WZ", born="02/02/1944")


def _printed(_chance: random.Random, form: Form) -> Form:
    return replace(form, rung=Rung.PRINTED_TEXT, codes=(Code.FILE_PRINTED,))


def _live(_chance: random.Random, form: Form) -> Form:
    return replace(form, rung=Rung.FIELD, codes=())


_CHANGES = (
    _equal, _equal, _dated, _corrected, _corrected, _corrected, _rewritten, _twin, _partial,
    _near, _renamed, _printed, _live,
)  # fmt: skip
