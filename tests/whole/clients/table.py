"""The table of ``docs/clients.md``: one row a route, measured, written and read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from intake.model.submission import FileFormat
from tests.kit.fillers.forms import definition
from tests.kit.places import ROOT
from tests.whole.clients import excel_routes, pdf_routes, word_routes
from tests.whole.clients.answers import every_answer
from tests.whole.clients.route import Route
from tests.whole.clients.tally import Tally, tally

PAGE = ROOT / "docs" / "clients.md"
TEMPLATE = Path(__file__).with_name("page.md")
FORMATS = {
    FileFormat.PDF: pdf_routes,
    FileFormat.WORD: word_routes,
    FileFormat.EXCEL: excel_routes,
}
_TITLES = {"## PDF": FileFormat.PDF, "## Word": FileFormat.WORD, "## Excel": FileFormat.EXCEL}
ROUTES = {
    (file_format, route.name): route
    for file_format, module in FORMATS.items()
    for route in module.ROUTES
}
_HEAD = ("program", "version", "what was done", "places", "recovered", "with a finding",
         "silently different", "remarks")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of the table, as text."""

    program: str
    version: str
    done: str
    places: str
    recovered: str
    questioned: str
    different: str
    remarks: str

    def __str__(self) -> str:
        """Return the line in Markdown."""
        return _line(astuple(self))


def sent(file_format: FileFormat, route: Route) -> bytes:
    """Return the full form as it comes back by a route."""
    return route.send(FORMATS[file_format].blank(), every_answer(definition()))


def row_of(route: Route, found: Tally) -> Row:
    """Return the line that says what a route left of the answers."""
    codes = [f"`{code}`" for code in found.codes]
    remarks = "; ".join(part for part in (route.remark, ", ".join(codes)) if part)
    counts = (found.places, found.recovered, len(found.questioned), len(found.different))
    return Row(route.name, route.version(), route.done, *map(str, counts), remarks)


def measured(file_format: FileFormat, route: Route) -> Row:
    """Send a full form by a route and return the line of the table. Seconds."""
    content = sent(file_format, route)
    return row_of(route, tally(file_format, content, every_answer(definition())))


def page(rows: Mapping[tuple[FileFormat, str], Row]) -> str:
    """Return the whole page around some rows."""
    text = TEMPLATE.read_text(encoding="utf-8")
    for file_format in FORMATS:
        lines = [str(row) for (kind, _), row in rows.items() if kind is file_format]
        table = [_line(_HEAD), _line(["---"] * 3 + ["---:"] * 4 + ["---"]), *lines]
        text = text.replace(f"{{{file_format.value}}}", "\n".join(table))
    return text


def committed() -> dict[tuple[FileFormat, str], Row]:
    """Return the rows of the page as it is in the repository."""
    if not PAGE.exists():
        return {}
    return {(kind, row.program): row for kind, row in rows_of(PAGE.read_text(encoding="utf-8"))}


def rows_of(text: str) -> Iterator[tuple[FileFormat, Row]]:
    """Yield the rows of a page, below the titles of their formats."""
    now = None
    for line in text.splitlines():
        now = _TITLES.get(line, now)
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if now and line.startswith("|") and (now, cells[0]) in ROUTES:
            yield now, Row(*cells)


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"
