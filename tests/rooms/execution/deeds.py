"""What a child is asked to do in these tests: good, faulty and hostile deeds.

Loaded by the child before it gives anything up, as the readers are.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from intake.execution import calls
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents, Member
from intake.model.finding_codes import FindingCode


def double(number: int) -> int:
    return 2 * number


def refuse(reason: str) -> int:
    raise UnreadableFile(FindingCode.FILE_PROTECTED, {"reason": reason})


def fail() -> int:
    raise KeyError("a bug that quotes Mme Durand")


def hang() -> int:
    time.sleep(600)
    return 0


def spin() -> int:
    while True:
        pass


def swell() -> int:
    return len(bytearray(3 * 1024**3))


def die() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def crash() -> int:
    os.abort()


def process_number() -> int:
    return os.getpid()


def files() -> Contents:
    return Contents(members=(Member("a", bytes(range(256))),), sender="x")


def promises_a_number() -> int:
    return "12"


def tried(deed: str, target: str) -> str:
    """Do what a foreign code in a child might; return how it ended."""
    try:
        _DEEDS[deed](target)
    except Exception as refusal:  # noqa: BLE001 - how it ended is what is asked
        return type(refusal).__name__
    return "done"


def write_to_pipe(kind: str, target: str) -> int:
    """Send bytes of one's own to the parent, past all that answers; then what was asked."""
    answers = _pipe_to_parent()
    message = {
        "pickle": pickle.dumps(_Touch(target)),
        "pickle as an answer": b"=" + pickle.dumps(_Touch(target)),
        "another class": b'=[{"format":"pdf","page":1}]',
        "a number as text": b'=["12"]',
        "an unknown code": b'-[{"code":"NOT_A_CODE","context":{}}]',
        "a fault with words": b"?KeyError at x:1 Mme Durand",
        "nothing": b"",
    }[kind]
    os.write(answers, len(message).to_bytes(8, "big") + message)
    return 12


def announce_too_much() -> int:
    os.write(_pipe_to_parent(), (1 << 60).to_bytes(8, "big"))
    time.sleep(600)
    return 0


class _Touch:
    def __init__(self, target):
        self.target = target

    def __reduce__(self):
        return Path.touch, (Path(self.target),)


def _pipe_to_parent():
    """Return the highest open pipe: the copy made of the standard output at the start."""
    return next(fd for fd in range(3, 20) if _is_pipe(fd) and os.get_blocking(fd) and _writes(fd))


def _is_pipe(fd):
    try:
        return (os.fstat(fd).st_mode & 0o170000) == 0o010000
    except OSError:
        return False


def _writes(fd):
    import fcntl  # noqa: PLC0415 - not on Windows

    return fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY


def _fork(_):
    if os.fork() == 0:
        os._exit(0)


def _signal_parent(_):
    os.kill(os.getppid(), 0)


def _raw_socket(_):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.socket(2, 1, 0) < 0:
        raise PermissionError(ctypes.get_errno())


def _new_namespace(_):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) < 0:
        raise PermissionError(ctypes.get_errno())


_DEEDS = {
    "read": lambda target: Path(target).read_bytes(),
    "list": lambda target: list(Path(target).iterdir()),
    "write": lambda target: Path(target).write_bytes(b"x"),
    "remove": lambda target: Path(target).unlink(),
    "run": lambda target: subprocess.run([sys.executable, "-c", "1"], check=True),
    "fork": _fork,
    "connect": lambda target: socket.create_connection(("127.0.0.1", int(target)), 2),
    "datagram": lambda target: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "local socket": lambda target: socket.socket(socket.AF_UNIX),
    "raw socket": _raw_socket,
    "signal": _signal_parent,
    "namespace": _new_namespace,
    "import": lambda target: __import__("wave"),
    "rights": lambda target: calls.gain_nothing(),
}
