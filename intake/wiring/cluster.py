"""Files opened by a study's cluster, where it names one; all else is done by this machine.

What a file needs beyond its reader (a scan, a conversion, what was added to it) is asked one
after another, so that other machines would save nothing.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from intake import __version__
from intake.execution.cluster.dask_cluster import on_cluster
from intake.exports.refresh import program_digest
from intake.pipeline.desk import FileReading
from intake.study.model import Study
from intake.wiring.reading import terms_of

Elsewhere = Callable[[FileReading], FileReading]
"""Have the files of a run opened where they are to be."""

_READ_WITH = ("distributed", "lxml", "olefile", "pikepdf", "pydantic", "pypdf", "pypdfium2")


@contextmanager
def opened_elsewhere(study: Study, root: Path) -> Iterator[Elsewhere]:
    """Join the study's cluster; without one, files are opened by this machine.

    Raises ClusterUnavailable before any file is touched.
    """
    if study.execution.cluster is None:
        yield lambda reading: reading
        return
    with on_cluster(study.execution, root, terms_of(study.limits), program) as cluster:
        yield lambda reading: replace(reading, opener=cluster, ahead=cluster.ahead)


@cache
def program() -> Mapping[str, str]:
    """Return what files are opened with here: other parts may read a file otherwise."""
    parts = {"crf-intake": f"{__version__} ({program_digest()[:12]})"}
    parts["Python"] = ".".join(platform.python_version_tuple()[:2])
    return {**parts, **{name: _installed(name) for name in _READ_WITH}}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
