"""An executor that does the work at once, in the process that asks for it.

No limit is set here; a file that exhausts memory or time takes the program with it.
"""

from __future__ import annotations

from concurrent.futures import Future

from intake.execution.allotted import allotting


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
            future.set_result(function(*arguments, **named))
        except Exception as error:  # noqa: BLE001 - whatever the call raises is its answer
            future.set_exception(error)
        return future
