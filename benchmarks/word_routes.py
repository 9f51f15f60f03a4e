"""What real programs leave of a full Word form: recovered, said, silently different."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.clients.word_routes import ROUTES, blank, every_answer, tally
from tests.fillers import word_by_hand
from tests.fillers.forms import definition


def main() -> None:
    """Print one line a route."""
    written = every_answer(definition())
    filled = word_by_hand.fill(blank(), written)
    print(f"{'route':22}{'recovered':>10}{'said':>6}{'silent':>8}{'ms':>6}   of {len(written)}")
    for route in ROUTES:
        reason = route.missing()
        if reason is not None:
            print(f"{route.name:22}{reason}")
            continue
        found = tally(route.send(filled), written)
        print(
            f"{route.name:22}{found.recovered:10}{found.lost_with_a_finding:6}"
            f"{found.silently_different:8}{found.milliseconds:6.0f}"
        )


if __name__ == "__main__":
    main()
