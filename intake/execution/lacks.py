"""What this system cannot take away from those that open returned files, said once.

Asked without starting any of them. The words are in ``intake.words``; here are the names.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from intake.execution import calls, confined, landlock, libreoffice
from intake.execution.child import MEMORY_CAN_BE_LIMITED

_LOG = logging.getLogger(__name__)


class Lack(StrEnum):
    """One thing that a reading child, or LibreOffice, is left with (a closed list)."""

    MEMORY = "memory"
    FILES = "files"
    CALLS = "calls"
    OFFICE_NETWORK = "office_network"
    OFFICE_ORPHAN = "office_orphan"


_SAID = {
    Lack.MEMORY: (
        "This system cannot limit the memory of a child process: "
        "only the time limit protects against a file that swells when opened."
    ),
    Lack.FILES: (
        "This system has no Landlock: what opens returned files may itself read other files."
    ),
    Lack.CALLS: (
        "This system cannot refuse the network and programs to what opens returned files."
    ),
    Lack.OFFICE_NETWORK: "This system does not let LibreOffice be started without network.",
    Lack.OFFICE_ORPHAN: (
        "This system cannot end LibreOffice when this program is killed: its time limit does."
    ),
}


@cache
def lacks() -> tuple[Lack, ...]:
    """Return what cannot be taken away here, in a fixed order."""
    found = {
        Lack.MEMORY: not MEMORY_CAN_BE_LIMITED,
        Lack.FILES: not landlock.version(),
        Lack.CALLS: not calls.can_refuse(),
    }
    if libreoffice.is_installed():
        found[Lack.OFFICE_NETWORK] = not confined.leaves_network()
        found[Lack.OFFICE_ORPHAN] = not confined.ends_with_us()
    return tuple(lack for lack, is_lacking in found.items() if is_lacking)


@cache
def say_lacks() -> None:
    """Tell the log, once a run of the program, what cannot be taken away here."""
    for lack in lacks():
        _LOG.warning("%s", _SAID[lack])


def say_lacks_of_cluster(found: Iterable[Lack]) -> None:
    """Tell the log what a worker's machine cannot take away; LibreOffice never runs there."""
    for lack in found:
        if lack in (Lack.MEMORY, Lack.FILES, Lack.CALLS):
            _LOG.warning("On a worker of the cluster: %s", _SAID[lack])
