"""What a kind of database must do for a store: one module a kind has all of it.

Nothing here knows a kind; ``opening`` chooses one by the store's address.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError

from intake.model.errors import StoreUnavailable

WRITES = "intake_writes"
"""Execution option of a connection that is about to write: it is alone in that."""

PATIENCE = 30
"""Seconds to wait for another program that is writing."""


class Dialect(Protocol):
    """A kind of database."""

    def make_engine(self, url: URL) -> Engine:
        """Return an engine for a store's URL. Raises StoreUnavailable before any connection.

        A transaction sees the store as it was when it began; of those that write there is one.
        """

    def is_there(self, url: URL) -> bool:
        """Say whether something stands at an address, or may stand there; creates nothing."""

    def named(self, url: URL) -> str:
        """Return how messages name a store; never with a password."""

    def explain(self, problem: DBAPIError, url: URL) -> StoreUnavailable | None:
        """Return an error that a person can mend, None for our own faults."""

    def append_only(self, table: str) -> tuple[str, ...]:
        """Return the statements that make a table refuse changes. Used by migrations."""

    def empty_log(self, engine: Engine) -> None:
        """Leave as little as possible of what was deleted, after the transaction."""

    def only_run(self, engine: Engine, url: URL) -> AbstractContextManager[None]:
        """Be the only run that works on a store, of all computers. Raises StoreUnavailable."""
