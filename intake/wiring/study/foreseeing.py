"""What a long act of the study would do now, said before anybody begins it; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from intake.model.errors import StudyError
from intake.model.local_text import LocalText
from intake.wiring.app import App
from intake.wiring.conduct import close as closing
from intake.wiring.conduct.drafts import Wanted
from intake.wiring.forms import SENT, chosen_writers, kept_folder, still_to_fill
from intake.wiring.study.acts import (
    Act,
    Foreseen,
    line_of,
    messages,
    name_in,
)
from intake.words.catalogue import LANGUAGES, words_of
from intake.words.told import told
from intake.workspace.left_to_fill import require_filled


def foresee(app: App, act: Act) -> Foreseen:
    """Return what an act would do, changing nothing. Raises StudyError, StoreUnavailable."""
    match act:
        case Act.FORMS:
            return _forms_foreseen(app)
        case Act.ARCHIVES:
            count, folder = len(app.centres), name_in(app, app.places.outbox / SENT)
            said = told("acts.archives.before", count=count, folder=folder)
            return _foreseen(act, said, obstacle=_centres_obstacle(app))
        case Act.PACKS | Act.HALF_WAY | Act.LAST_WEEK | Act.CLOSING:
            return _messages_foreseen(app, act)
        case Act.CLOSE:
            return _close_foreseen(app)
        case unknown:
            assert_never(unknown)


def _foreseen(
    act: Act,
    before: LocalText,
    lines: Iterable[LocalText] = (),
    *,
    obstacle: LocalText | None = None,
    is_empty: bool = False,
) -> Foreseen:
    return Foreseen(
        act=act,
        title=told(f"acts.{act.value}.title"),
        before=before,
        lines=tuple(lines),
        obstacle=obstacle,
        is_empty=is_empty,
    )


def _forms_foreseen(app: App) -> Foreseen:
    definition = app.definition
    count = len(definition.languages) * len(chosen_writers(None))
    folder = name_in(app, kept_folder(app, definition))
    languages = ", ".join(definition.languages)
    said = told("acts.forms.before", count=count, languages=languages, folder=folder)
    return _foreseen(Act.FORMS, said, still_to_fill(app))


def _messages_foreseen(app: App, act: Act) -> Foreseen:
    try:
        planned = messages(app, act, Wanted(dry_run=True))
    except StudyError as problem:
        return _foreseen(act, told("acts.messages.none"), obstacle=problem.text, is_empty=True)
    due = [one for one in planned if one.why.is_due]
    obstacle = _unfilled(app, [one.centre for one in due]) if due else None
    room = "packs" if act is Act.PACKS else "messages"
    said = told(f"acts.{room}.before" if due else "acts.messages.none", count=len(due))
    return _foreseen(act, said, map(line_of, planned), obstacle=obstacle, is_empty=not due)


def _centres_obstacle(app: App) -> LocalText | None:
    if not app.centres:
        return told("setup.centres.none", source=app.places.centres.name)
    return _unfilled(app, [centre.id for centre in app.centres])


def _unfilled(app: App, centres: list[str]) -> LocalText | None:
    try:
        require_filled(app.places, app.study, centres)
    except StudyError as problem:
        return problem.text
    return None


def _close_foreseen(app: App) -> Foreseen:
    found = closing.what_is_pending(app)
    tally = app.store.counts.tally(app.study.form)
    count = sum(centre.patients for centre in tally.centres)
    shown = {lang: closing.pending_in_words(found, words_of(lang)) for lang in LANGUAGES}
    lines = [{lang: shown[lang][place] for lang in LANGUAGES} for place in range(len(found))]
    foreseen = _foreseen(Act.CLOSE, told("acts.close.before", count=count), lines)
    if not found:
        return foreseen
    return replace(foreseen, asks=told("acts.close.pending"))
