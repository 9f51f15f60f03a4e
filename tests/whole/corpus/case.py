"""One case of the acceptance corpus: a returned file, made by a script, and what was meant.

A case says how to make the file and what the person wanted to enter; what must become of it
is in ``expected/<name>.json``. How a case is run is in ``run``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def needs_nothing() -> str | None:
    """Say that a case can be made anywhere."""
    return None


@dataclass(frozen=True)
class Case:
    """One returned file: the first demonstration patient's form, changed or damaged."""

    name: str
    """Names the file of its expected receipt: ``w01-intact``."""
    build: Callable[[], bytes]
    suffix: str
    """Ends the name of the returned file: ``docx``."""
    slow: bool = False
    """Runs with the slow tests: it starts another program, or the fast ones are enough."""
    about: str = ""
    """What was done to the form, in a few words for the table of ``docs/corpus.md``."""
    meant: Mapping[str, str] = field(default_factory=dict)
    """What was entered otherwise than in the demonstration record, by address; an empty
    text where nothing was."""
    missing: Callable[[], str | None] = needs_nothing
    """Say which program the case needs and cannot find here."""
