"""A Dask scheduler and its workers on this machine, as a person starts them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

START = Path(sys.executable).with_name("dask")
SETTINGS = {
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
}
ONE_CERTIFICATE = (
    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
    "-noenc", "-days", "2", "-subj", "/CN=cluster",
)  # fmt: skip
"""It signs itself, and all machines of the cluster have it."""


@dataclass
class Cluster:
    """Started at once; a worker's process group is its nanny and the worker."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    workers: list[subprocess.Popen] = field(default_factory=list)

    def __post_init__(self):
        files = ("-keyout", self.folder / "cluster.key", "-out", self.folder / "cluster.pem")
        subprocess.run([*ONE_CERTIFICATE, *files], check=True, capture_output=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start_scheduler()

    @property
    def address(self):
        return f"tls://127.0.0.1:{self.port}"

    @property
    def settings(self):
        """Return what study.toml says of it."""
        files = dict.fromkeys(("authority", "certificate"), self.folder / "cluster.pem")
        lines = {"cluster": self.address, **files, "key": self.folder / "cluster.key"}
        return "\n[execution]\n" + "".join(f'{name} = "{told}"\n' for name, told in lines.items())

    @property
    def log(self):
        return (self.folder / "log.txt").read_text("utf-8")

    def start_scheduler(self):
        self.scheduler = self._start("scheduler", "--port", str(self.port))

    def start_worker(self, **environment):
        options = ("--nthreads", "1", "--local-directory", str(self.folder))
        worker = self._start("worker", self.address, *options, **environment)
        self.workers.append(worker)
        return worker

    def kill(self, process):
        """Kill a process with all that it started, at once."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process in self.workers:
            self.workers.remove(process)

    def end(self):
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                self.kill(process)

    def wait_for(self, workers):
        """Wait until so many workers were ever registered."""
        until = time.monotonic() + 30
        while self.log.count("Register worker addr") < workers:
            assert time.monotonic() < until, self.log
            time.sleep(0.05)

    def _start(self, *command, **environment):
        certificate, key = self.folder / "cluster.pem", self.folder / "cluster.key"
        shown = ("--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", key)
        here = ("--host", "tls://127.0.0.1", "--dashboard-address", "127.0.0.1:0")
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [START, *command, *here, *shown],
                stdout=log,
                stderr=log,
                env={**os.environ, **SETTINGS, **self.environment, **environment},
                start_new_session=True,
            )
