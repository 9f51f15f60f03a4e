"""Fill in Chromium's own viewer, with the keys and the mouse of a person.

Two ways of walking: with the mouse, a click where each answer is; with the keyboard, from
field to field with Tab, Space for a box, arrows in a list. Both follow the form's own
widgets, so that any layout can be walked.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf

from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS

NAME = "Chromium"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
_READ_ONLY = 1 << 0
_MARGIN = (5, 5)
"""A click here leaves a page's last field: typing is lost after it has been scrolled away."""
Step = list[Any]


@dataclass(frozen=True)
class Widget:
    """One place to click or to tab to: its centre in points from the page's left top."""

    name: str
    page: int
    x: float
    y: float
    kind: str
    held: str
    """What the field holds: a text, a code, or the state of its button."""
    codes: tuple[str, ...] = ()
    """The codes of a list in order, or the state of a button when it is on."""


def missing() -> str | None:
    if BROWSER is None or shutil.which("node") is None:
        return "chromium or node is not installed"
    if not (PROGRAMS / "node_modules" / "playwright-core").is_dir():
        return "playwright-core is not installed: run `npm ci` in tests/kit/programs"
    return None


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    return walk(blank, by_mouse(blank, answers))


def walk(form: bytes, steps: Sequence[Step]) -> bytes:
    """Return the form as the viewer saves it after some steps."""
    with tempfile.TemporaryDirectory() as folder:
        source, told, target = (Path(folder, n) for n in ("in.pdf", "in.json", "out.pdf"))
        source.write_bytes(form)
        told.write_text(json.dumps(list(steps)), encoding="utf-8")
        program = PROGRAMS / "browser_walk.mjs"
        run(["node", str(program), str(BROWSER), str(source), str(told), str(target)])
        return target.read_bytes()


def by_mouse(form: bytes, answers: Mapping[str, str]) -> list[Step]:
    """Return the clicks and the typing that enter answers; an empty text takes one away."""
    steps: list[Step] = []
    for page, found in groupby(widgets(form), lambda widget: widget.page):
        for widget in found:
            entered = _entered(widget, answers.get(widget.name))
            steps += _clicked(widget, entered) if entered else []
        steps.append(["click", page, *_MARGIN])
    return steps


def by_keyboard(form: bytes, answers: Mapping[str, str]) -> list[Step]:
    """Return one click a page, in its first answer or box to type in, then keys alone."""
    steps: list[Step] = []
    for page, found in groupby(widgets(form), lambda widget: widget.page):
        places = [(widget, _entered(widget, answers.get(widget.name))) for widget in found]
        while places and not places[-1][1]:
            places.pop()
        while places and places[0][0].kind in ("button", "read only") and not places[0][1]:
            places.pop(0)
        for number, (widget, entered) in enumerate(places):
            steps += [["press", "Tab"], *entered] if number else _clicked(widget, entered)
        steps.append(["click", page, *_MARGIN])
    return [_together(key, list(same)) for key, same in groupby(steps, tuple)]


def _together(step: tuple[Any, ...], same: Sequence[Step]) -> Step:
    """Return equal key strokes in a row as one step that says how many."""
    return [*step[:2], len(same)] if step[0] == "press" and len(step) == 2 else list(step)


def _clicked(widget: Widget, entered: list[Step]) -> list[Step]:
    """Return a click on a widget, which is all that a button needs, and what is entered."""
    click: Step = ["click", widget.page, widget.x, widget.y]
    return [click] if widget.kind == "button" else [click, *entered]


def _entered(widget: Widget, wanted: str | None) -> list[Step]:
    """Return the keys that make a focused widget hold an answer; none where it does."""
    if wanted is None or widget.kind == "read only":
        return []
    if widget.kind == "button":
        on = widget.held == widget.codes[0]
        return [["press", "Space"]] if _is_on(widget, wanted) != on else []
    if widget.kind == "list":
        return _chosen(widget, wanted or widget.codes[0])
    if wanted == widget.held:
        return []
    cleared: list[Step] = [["press", "SelectAll", 1], ["press", "Backspace", 1]]
    typed: list[Step] = [["type", wanted]] if wanted else []
    return [*(cleared if widget.held else []), *typed]


def _is_on(widget: Widget, wanted: str) -> bool:
    """Say whether a button must be on: a tick for any text, a choice for its own code."""
    return wanted != "" if widget.codes[0] == "Yes" else wanted == widget.codes[0]


def _chosen(widget: Widget, wanted: str) -> list[Step]:
    held = widget.codes.index(widget.held) if widget.held in widget.codes else 0
    down = widget.codes.index(wanted) - held
    key = "ArrowDown" if down > 0 else "ArrowUp"
    return [["press", key, abs(down)]] if down else []


def widgets(form: bytes) -> list[Widget]:
    """Return the places of a form in the order of its pages and their tab order."""
    with pikepdf.open(io.BytesIO(form)) as pdf:
        return [widget for number, page in enumerate(pdf.pages) for widget in _on(page, number)]


def _on(page: pikepdf.Page, number: int) -> Iterator[Widget]:
    top, left = float(page.mediabox[3]), float(page.mediabox[0])
    for annotation in page.obj.get("/Annots", []):
        field = annotation if "/FT" in annotation else annotation.get("/Parent", annotation)
        if "/FT" in field:
            sides = [float(side) for side in annotation.Rect]
            x, y = (sides[0] + sides[2]) / 2 - left, top - (sides[1] + sides[3]) / 2
            yield Widget(str(field.T), number, x, y, *_holding(field, annotation))


def _holding(field: pikepdf.Object, widget: pikepdf.Object) -> tuple[str, str, tuple[str, ...]]:
    """Return the kind of a widget, what it holds and its codes."""
    held = str(field.get("/V", "")).removeprefix("/")
    if int(field.get("/Ff", 0)) & _READ_ONLY:
        return "read only", held, ()
    if field.FT == "/Btn":
        states = [state.removeprefix("/") for state in widget.AP.N.keys()]  # noqa: SIM118 - a pikepdf dictionary does not iterate over keys
        on = next(state for state in states if state != "Off")
        return "button", str(widget.get("/AS", "/Off")).removeprefix("/"), (on,)
    if field.FT == "/Ch":
        return "list", held, tuple(str(entry[0]) for entry in field.Opt)
    return "text", held, ()
