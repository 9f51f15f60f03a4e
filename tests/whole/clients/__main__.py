"""Write ``docs/clients.md`` anew: ``python -m tests.whole.clients``. Takes a few minutes.

A program that is not installed keeps the row it had.
"""

from __future__ import annotations

import sys

from tests.whole.clients.table import PAGE, ROUTES, committed, measured, page


def main() -> None:
    """Measure every route that can run here and write the page."""
    rows = {}
    before = committed()
    for (file_format, name), route in ROUTES.items():
        reason = route.missing()
        if reason is None:
            rows[file_format, name] = measured(file_format, route)
            sys.stdout.write(f"{file_format.value:6}{rows[file_format, name]}\n")
        elif (file_format, name) in before:
            rows[file_format, name] = before[file_format, name]
            sys.stdout.write(f"{file_format.value:6}{name}: kept as it was, {reason}\n")
        else:
            sys.stdout.write(f"{file_format.value:6}{name}: no row, {reason}\n")
        sys.stdout.flush()
    PAGE.write_text(page(rows), encoding="utf-8")


main()
