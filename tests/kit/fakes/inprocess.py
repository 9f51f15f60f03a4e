"""An executor that does the work at once, in the process that asks for it.

No limit is set here; a file that exhausts memory or time takes the program with it. What a
PDF says is found out once: it depends on nothing but its bytes and its name.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import lru_cache

from intake.execution.allotted import allotting
from intake.formats.pdf.read.reader import drawn_digests, is_pdf
from intake.formats.registry import inspect_file, open_file

_OF_BYTES_ALONE = (drawn_digests, inspect_file, open_file)


class InProcess:
    """``ports.Executor`` without isolation: every library meets one caller, one call at a time."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        """Nothing is under way."""

    def allotting(self, left):
        """Hold to it what other programs are asked for within; nothing stops a call here."""
        return allotting(left)

    def submit(self, function, /, *arguments, **named):
        """Do the call; its future holds the result or the exception."""
        future = Future()
        try:
            future.set_result(_called(function, *arguments, **named))
        except Exception as error:  # noqa: BLE001 - whatever the call raises is its answer
            future.set_exception(error)
        return future


def _called(function, /, *arguments, **named):
    """Return what a call gives; what was found of the same PDF before is given again."""
    is_asked_again = function in _OF_BYTES_ALONE and is_pdf(arguments[0])
    return _once(function, *arguments) if is_asked_again else function(*arguments, **named)


@lru_cache(maxsize=128)
def _once(function, /, *arguments):
    return function(*arguments)
