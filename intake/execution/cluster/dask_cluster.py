"""The machines of a cluster, as Dask has them: joined, looked over, asked.

The only module that knows Dask, and it needs it only when a study names a cluster. What Dask
may show or log of a task is a number made at random and the name of one function of ours.
"""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import secrets
import ssl
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from intake.execution.child import Terms
from intake.execution.cluster.batch import Answers, Batch, Program, is_there, read_batch
from intake.execution.cluster.executor import ClusterExecutor
from intake.execution.cluster.program import require_same
from intake.execution.cluster.window import Died, Outcome
from intake.execution.cluster.worker import Worker, looked_over
from intake.execution.lacks import say_lacks_of_cluster
from intake.model.errors import ClusterFault, ClusterUnavailable
from intake.study.model import Execution, is_private

if TYPE_CHECKING:
    from distributed import Client, Future, Security

T = TypeVar("T")

_JOIN_SECONDS = 5
_QUIET = ("distributed", "distributed.client")
_NO_PROGRAM = (ImportError, AttributeError, TypeError)
"""What comes of asking for a function that is not there, or is another."""
_NO_LONGER = (
    OSError, TimeoutError, RuntimeError, ValueError, CancelledError, asyncio.CancelledError,
)  # fmt: skip
"""What Dask raises once it has lost its scheduler."""


@contextmanager
def on_cluster(
    execution: Execution, root: Path, terms: Terms, program: Callable[[], Program]
) -> Iterator[ClusterExecutor]:
    """Join a study's cluster, look its workers over, and have calls answered there.

    Certificates are named from the study's folder. Raises ClusterUnavailable where it cannot
    serve, before anything is asked.
    """
    if importlib.util.find_spec("distributed") is None:
        raise ClusterUnavailable(ClusterFault.NO_EXTRA)
    with closing(DaskMachines(_joined(execution, root))) as machines:
        machines.look_over(terms, program)
        with ClusterExecutor(machines, terms, program) as executor:
            yield executor


class DaskMachines:
    """``Machines`` by a Dask client."""

    def __init__(self, client: Client) -> None:
        """Keep the client."""
        self._client = client

    def threads(self) -> int:
        """Return how many calls can be answered at once, now. Raises ClusterUnavailable."""
        return sum(self._asked(self._client.nthreads).values())

    def send(self, batch: Batch, done: Callable[[Outcome], None]) -> None:
        """Have a batch answered by whichever worker is free. Raises ClusterUnavailable."""
        key = f"read-{secrets.token_hex(16)}"
        future = self._asked(lambda: self._client.submit(read_batch, batch, key=key, pure=False))
        future.add_done_callback(lambda it: done(_outcome(it)))

    def close(self) -> None:
        """Leave the cluster, which forgets what it was asked.

        A client that has lost its scheduler ends by itself: it is not waited for.
        """
        if self._client.status == "running":
            self._client.close(timeout=2)

    def look_over(self, terms: Terms, program: Callable[[], Program]) -> None:
        """Have every worker show that it may read files as this machine does.

        Raises ClusterUnavailable, which says what to mend.
        """
        addresses = self._asked(self._client.nthreads)
        if not addresses:
            raise ClusterUnavailable(ClusterFault.NO_WORKERS)
        open_ones = [address for address in addresses if not is_private(address)]
        if open_ones:
            raise ClusterUnavailable(ClusterFault.NOT_ENCRYPTED, worker=open_ones[0])
        self._asked(lambda: self._client.run_on_scheduler(is_there))
        found = self._asked(lambda: self._client.run(looked_over, program, terms))
        _require_fit(program(), found.values())

    def _asked(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except _NO_PROGRAM:
            raise ClusterUnavailable(ClusterFault.NO_PROGRAM) from None
        except _NO_LONGER:
            raise ClusterUnavailable(ClusterFault.LOST) from None


def _outcome(future: Future[Any]) -> Outcome:
    """Return what became of a batch, and have the cluster forget it."""
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    try:
        outcome: Answers = future.result()
    except KilledWorker:
        return Died()
    except (*_NO_PROGRAM, RuntimeError):  # the scheduler's word for what it cannot import
        return ClusterUnavailable(ClusterFault.NO_PROGRAM)
    except _NO_LONGER:
        return ClusterUnavailable(ClusterFault.LOST)
    finally:
        future.release()
    return outcome


def _require_fit(program: Program, workers: Iterable[Worker]) -> None:
    """Raise ClusterUnavailable for a worker that would read otherwise, or leave traces."""
    for worker in workers:
        require_same(program, worker.program)
        if worker.writes_to_disk:
            raise ClusterUnavailable(ClusterFault.WRITES_TO_DISK)
        if not worker.has_child:
            raise ClusterUnavailable(ClusterFault.NO_CHILD)
        say_lacks_of_cluster(worker.lacks)


def _joined(execution: Execution, root: Path) -> Client:
    """Return a client of the study's scheduler. Raises ClusterUnavailable."""
    address, security = execution.cluster or "", _security(execution, root)
    import dask  # noqa: PLC0415 - an extra
    from distributed import Client  # noqa: PLC0415

    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
    try:
        with warnings.catch_warnings(action="ignore"):  # of other versions of Dask: told below
            return Client(address, security=security, timeout=_JOIN_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise ClusterUnavailable(ClusterFault.UNREACHABLE, cluster=address) from None


def _security(execution: Execution, root: Path) -> Security | None:
    """Return how both sides show who they are. Raises ClusterUnavailable."""
    names = (execution.authority, execution.certificate, execution.key)
    paths = [str(root / name) for name in names if name is not None]
    if not execution.is_encrypted:
        return None
    authority, certificate, key = paths
    try:
        ssl.create_default_context(cafile=authority).load_cert_chain(certificate, key)
    except OSError:
        files = ", ".join(dict.fromkeys(paths))
        raise ClusterUnavailable(ClusterFault.CERTIFICATES, files=files) from None
    from distributed import Security  # noqa: PLC0415 - an extra

    return Security(
        tls_ca_file=authority,
        tls_client_cert=certificate,
        tls_client_key=key,
        require_encryption=True,
    )
