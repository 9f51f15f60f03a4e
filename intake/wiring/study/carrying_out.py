"""Doing a long act of the study, as its command does it, and saying what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import assert_never

from intake.model.errors import StudyError
from intake.model.local_text import LocalText
from intake.wiring.app import App
from intake.wiring.conduct import close as closing
from intake.wiring.conduct.drafts import Wanted as WantedMessages
from intake.wiring.forms import LeftBlank, Wanted, WrittenForm, write_forms, write_packages
from intake.wiring.study.acts import (
    NOTHING_CHOSEN,
    Act,
    ActDone,
    Choice,
    line_of,
    messages,
    name_in,
)
from intake.words.catalogue import LANGUAGES
from intake.words.told import told

Tell = Callable[[LocalText], None]
"""Say what was just done of a long act."""


def carry_out(
    app: App, act: Act, choice: Choice = NOTHING_CHOSEN, tell: Tell = lambda _: None
) -> ActDone:
    """Do an act as its command does, and say what was done.

    Raises StudyError, DefinitionError or StoreUnavailable, as the command does; also StudyError
    where something has to be agreed to first.
    """
    match act:
        case Act.FORMS:
            return _written(app, act, write_forms(app, Wanted(), None, _unsaid(tell)), tell)
        case Act.ARCHIVES:
            return _written(app, act, write_packages(app, Wanted(), None, _unsaid(tell)), tell)
        case Act.PACKS | Act.HALF_WAY | Act.LAST_WEEK | Act.CLOSING:
            drafted = messages(app, act, WantedMessages(progress=lambda due: tell(line_of(due))))
            count = sum(due.why.is_due for due in drafted)
            key = "acts.packs.after" if count else "acts.messages.none"
            return ActDone(act=act, said=(told(key, count=count),))
        case Act.CLOSE:
            return _closed(app, choice)
        case unknown:
            assert_never(unknown)


def _written(app: App, act: Act, forms: Iterator[WrittenForm], tell: Tell) -> ActDone:
    paths = []
    for one in forms:
        paths.append(one.path)
        name = name_in(app, one.path)
        tell(dict.fromkeys(LANGUAGES, name))
    folder = name_in(app, paths[0].parent) if paths else ""
    said = told(f"acts.{act.value}.after", count=len(paths), folder=folder)
    return ActDone(act=act, said=(said,), files=_names(app, paths))


def _unsaid(tell: Tell) -> Callable[[LeftBlank], None]:
    def said(left: LeftBlank) -> None:
        context = {"centre": left.centre, "column": left.column, "text": left.text}
        tell(told("cli.forms.left_blank", source="centres.csv", code=left.code, **context))

    return said


def _closed(app: App, choice: Choice) -> ActDone:
    _require_aware(choice)
    if closing.what_is_pending(app) and not choice.anyway:
        raise StudyError(told("acts.close.unconfirmed"))
    done = closing.close(app, with_late=choice.with_late, profile=choice.profile)
    document = done.document
    said = [
        told(
            "acts.close.after",
            number=document["freeze"],
            frozen=document["frozen"],
            analysed=document["analysed"],
            folder=name_in(app, done.dataset),
            report=name_in(app, done.report),
        )
    ]
    if document["late"]:
        said.append(told("acts.close.late", count=len(document["late"])))
    return ActDone(act=Act.CLOSE, said=tuple(said), files=_names(app, [done.report]))


def _require_aware(choice: Choice) -> None:
    if choice.profile == "full" and not choice.is_aware:
        raise StudyError(told("acts.full.unconfirmed"))


def _names(app: App, paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(name_in(app, path) for path in paths)
