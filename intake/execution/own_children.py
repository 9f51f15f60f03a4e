"""One child for each thread that asks, and another in its place where it can take no more."""

from __future__ import annotations

import threading
from typing import TypeVar

from intake.execution.child import Terms
from intake.execution.one_child import Call, Child
from intake.execution.plain import taken

T = TypeVar("T")


class OwnChildren:
    """The children of the threads of this process, all on the same terms."""

    def __init__(self, terms: Terms) -> None:
        """Start none: each is started by the first call of its thread."""
        self.terms = terms
        self._own = threading.local()
        self._children: list[Child] = []
        self._is_stopped = False

    def asked(self, call: Call[T], seconds: float) -> tuple[T, bytes]:
        """Return what a call gives in this thread's child, and the same as it was sent.

        Raises UnreadableFile and FaultInChild.
        """
        child = self._living()
        sent = child.ask(call, seconds)
        return child.judged(lambda: taken(call.function, sent)), sent

    def stop(self) -> None:
        """Kill every child, from whatever thread; one that is still started is killed too."""
        self._is_stopped = True
        for child in tuple(self._children):
            child.kill()

    def end(self) -> None:
        """Leave nothing of the children, once no thread asks any more."""
        for child in self._children:
            child.end()

    def _living(self) -> Child:
        """Return this thread's child, another where it can take no more call."""
        child: Child | None = getattr(self._own, "child", None)
        if child is not None and child.can_go_on:
            return child
        if child is not None:
            child.end()
            self._children.remove(child)
        new = self._own.child = Child(self.terms)
        self._children.append(new)
        if self._is_stopped:
            new.kill()
        return new
