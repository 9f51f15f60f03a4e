"""What goes with a pack on paper: the call, and the sheet that a department keeps."""

from __future__ import annotations

from collections.abc import Iterator

from intake.reports.paper import Block, Paper, bullets, heading, paragraph, run
from intake.study.letters import FilledLetter
from intake.words.catalogue import Words

_ROWS = 16


def department_sheet(title: str, centre: str, words: Words) -> Paper:
    """Return the correspondence sheet of a centre, to be printed and kept."""
    columns = ("number", "letters", "patient", "chart", "filled", "sent")
    return Paper(
        title=words.text("mail.sheet.title"),
        language=words.language,
        kicker=title,
        number=centre,
        heading=words.text("mail.sheet.title"),
        wide=True,
        blocks=(
            paragraph(run(words.text("mail.sheet.keep"), "strong")),
            paragraph(run(words.text("mail.sheet.why"))),
            {
                "kind": "blank",
                "head": [words.text(f"mail.sheet.{column}") for column in columns],
                "widths": [1, 4, 6, 4, 3, 3],
                "rows": _ROWS,
            },
        ),
    )


def call_paper(call: FilledLetter, sponsor: str, language: str) -> Paper:
    """Return the study's call as a document: its title, then ``##`` titles, lists, paragraphs."""
    return Paper(
        title=call.subject,
        language=language,
        kicker=sponsor,
        heading=call.subject,
        blocks=tuple(_blocks(call.text)),
    )


def _blocks(text: str) -> Iterator[Block]:
    items: list[list[Block]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("- "):
            items.append(_runs(line[2:]))
            continue
        if items:
            yield bullets(items)
            items = []
        if line.startswith("## "):
            yield heading(line[3:])
        elif line:
            yield paragraph(*_runs(line))


def _runs(line: str) -> list[Block]:
    return [run(part, "strong" if index % 2 else "plain") for index, part in _parts(line)]


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces between the marks of strong words; every second one is strong."""
    yield from ((index, part) for index, part in enumerate(line.split("**")) if part)
