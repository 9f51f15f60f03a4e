"""Seccomp (Linux): system calls that reading a file never needs are refused to this process.

No socket, no program, no other process, no signal to one; and nothing that would lead round
that (namespaces, io_uring, keys, tracing). Refused calls fail as forbidden, so a library that
only tried goes on. Numbers are those of the two machines that servers have.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator

_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVS = 1, 4, 22, 38
_FILTER = 2
_KILL_SIGNAL = 9
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""What the kernel calls a machine, and its column below."""
_REFUSED: tuple[tuple[int | None, int | None], ...] = (
    (41, 198), (53, 199),  # socket, socketpair
    (59, 221), (322, 281),  # execve, execveat
    (57, None), (58, None),  # fork, vfork
    (101, 117), (310, 270), (311, 271),  # ptrace, process_vm_readv and writev
    (200, 130), (129, 138), (297, 240),  # tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
    (424, 424), (434, 434), (438, 438),  # pidfd_send_signal, pidfd_open, pidfd_getfd
    (425, 425), (426, 426), (427, 427),  # io_uring
    (272, 97), (308, 268), (161, 51),  # unshare, setns, chroot
    (165, 40), (166, 39), (155, 41),  # mount, umount2, pivot_root
    (428, 428), (429, 429), (430, 430), (442, 442),  # the newer ways to mount
    (248, 217), (249, 218), (250, 219),  # keys
    (321, 280), (298, 241), (323, 282), (304, 265),  # bpf, perf, userfaultfd, open by handle
    (29, 194), (68, 186), (64, 190), (240, 180),  # memory, messages, semaphores of others
)  # fmt: skip
_CLONE, _CLONE_3 = (56, 220), 435
_TO_ONESELF = ((62, 129), (234, 131))
"""kill, tgkill: how a program ends itself."""
_THREAD = 0x10000
_ALLOW, _FORBIDDEN, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _HAS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_AT = 0, 4, 16
_OTHER_NUMBERS = 0x40000000
"""From here on the calls of x86_64 have other numbers."""

_Step = tuple[int, int, int, int]


def end_with_parent(parent: int) -> None:
    """Have this process killed when the thread that started it ends (Linux)."""
    if sys.platform == "linux":
        _prctl(_SET_DEATH_SIGNAL, _KILL_SIGNAL)
        if os.getppid() != parent:
            raise SystemExit


def gain_nothing() -> bool:
    """Give up gaining rights by programs, and being looked into; say whether it is done."""
    return sys.platform == "linux" and _prctl(_SET_DUMPABLE, 0) and _prctl(_SET_NO_NEW_PRIVS, 1)


def can_refuse() -> bool:
    """Say whether the numbers of this machine's calls are known."""
    is_whole = struct.calcsize("P") == 8
    return sys.platform == "linux" and is_whole and platform.machine() in _MACHINES


def refuse_calls() -> bool:
    """Refuse the calls to this process, for good; say whether it is done."""
    if not can_refuse():
        return False
    steps = list(_program(*_MACHINES[platform.machine()]))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    whole = struct.pack("@HP", len(steps), ctypes.addressof(code))
    return _prctl(_SET_SECCOMP, _FILTER, ctypes.c_char_p(whole))


def _program(machine: int, column: int) -> Iterator[_Step]:
    """Yield the steps by which the kernel judges a call."""
    yield (_LOAD, 0, 0, _MACHINE_AT)
    yield from _when(_EQUAL, machine, unless=True, then=_KILL)
    yield (_LOAD, 0, 0, _NUMBER_AT)
    yield from _when(_AT_LEAST, _OTHER_NUMBERS, then=_KILL)
    for numbers in _REFUSED:
        number = numbers[column]
        if number is not None:
            yield from _when(_EQUAL, number, then=_FORBIDDEN)
    yield from _when(_EQUAL, _CLONE_3, then=_UNKNOWN)  # the C library falls back on clone
    yield from _unless_first(_CLONE[column], _HAS, _THREAD)
    for numbers in _TO_ONESELF:
        yield from _unless_first(numbers[column], _EQUAL, os.getpid())
    yield (_RETURN, 0, 0, _ALLOW)


def _when(test: int, value: int, *, then: int, unless: bool = False) -> Iterator[_Step]:
    yield (test, 1, 0, value) if unless else (test, 0, 1, value)
    yield (_RETURN, 0, 0, then)


def _unless_first(number: int, test: int, value: int) -> Iterator[_Step]:
    """Refuse a call unless its first argument passes a test."""
    yield (_EQUAL, 0, 4, number)
    yield (_LOAD, 0, 0, _FIRST_AT)
    yield (test, 1, 0, value)
    yield (_RETURN, 0, 0, _FORBIDDEN)
    yield (_LOAD, 0, 0, _NUMBER_AT)


def _prctl(option: int, *arguments: object) -> bool:
    library = ctypes.CDLL(None, use_errno=True)
    words = [a if isinstance(a, ctypes.c_char_p) else ctypes.c_ulong(a) for a in arguments]  # type: ignore[arg-type]
    padding = [ctypes.c_ulong(0)] * (4 - len(words))
    return bool(library.prctl(ctypes.c_int(option), *words, *padding) == 0)
