"""Forms opened by one worker of a cluster, then by two, on this machine: files a second."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from intake.execution.cluster.dask_cluster import on_cluster
from intake.execution.cluster.executor import ClusterExecutor
from intake.execution.limited import LimitedPool
from intake.formats.registry import open_file
from intake.study.model import Execution, Limits
from intake.wiring.cluster import program
from intake.wiring.reading import terms_of
from tests.kit.cluster import Cluster
from tests.kit.office.office import demo_answers, filled

FILES = 200


def main(files: int) -> None:
    """Print files a second by one worker and by two, their ratio, and a lone child beside."""
    different = [filled(demo_answers(mas_weight=str(40 + n))) for n in range(30)]
    forms = [different[n % len(different)] for n in range(files)]
    with LimitedPool(1, terms=terms_of(Limits())) as alone:
        here = _files_a_second(alone, forms)
    print(f"one child, no cluster {here:8.1f} files/s")
    one, two = (_by_workers(number, forms) for number in (1, 2))
    print(f"one worker            {one:8.1f} files/s   {one / here:.2f} of the child")
    print(f"two workers           {two:8.1f} files/s   {two / one:.2f} of one worker")


def _by_workers(number: int, forms: list[bytes]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder))
        try:
            for _ in range(number):
                cluster.start_worker()
            cluster.wait_for(number)
            execution = Execution(
                cluster=cluster.address,
                authority="cluster.pem",
                certificate="cluster.pem",
                key="cluster.key",
            )
            with on_cluster(execution, Path(folder), terms_of(Limits()), program) as executor:
                return _files_a_second(executor, forms)
        finally:
            cluster.end()


def _files_a_second(executor: LimitedPool | ClusterExecutor, forms: list[bytes]) -> float:
    for answer in [executor.submit(open_file, forms[0], "a.pdf") for _ in range(8)]:
        answer.result()
    started = time.perf_counter()
    for answer in [executor.submit(open_file, content, "a.pdf") for content in forms]:
        answer.result()
    return len(forms) / (time.perf_counter() - started)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else FILES)
