"""Say whether all that the program needs, its extras too, is there as files for Windows.

Asks pip to resolve it, without building anything and without installing, for each Python given
(3.11 and 3.13 when none is). Skips, and says why, where no package index can be reached.

pip reads conditions such as ``sys_platform == "win32"`` for the computer it runs on: what only
Windows needs is found here, in what each package says of itself, and asked for too.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.13")
PLATFORM = "win_amd64"
NOT_SHIPPED = ("dev",)


def wanted(project: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what pyproject.toml asks for, with every extra that users may install."""
    own = canonicalize_name(project["name"])
    lists = [project["dependencies"]]
    extras = project["optional-dependencies"].items()
    lists += [needs for name, needs in extras if name not in NOT_SHIPPED]
    every = (Requirement(line) for needs in lists for line in needs)
    return tuple(sorted({str(need) for need in every if canonicalize_name(need.name) != own}))


def needed_on_windows(report: Mapping[str, Any], python: str) -> Iterator[str]:
    """Yield what resolved packages ask for on Windows and what is not among them."""
    environment = {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "extra": "",
    }
    found = {canonicalize_name(one["metadata"]["name"]) for one in report["install"]}
    for one in report["install"]:
        for line in one["metadata"].get("requires_dist", ()):
            need = Requirement(line)
            applies = need.marker is None or need.marker.evaluate(environment)
            if applies and canonicalize_name(need.name) not in found:
                yield f"{need.name}{need.specifier}"


def resolved(needs: Iterable[str], *options: str) -> subprocess.CompletedProcess[str]:
    """Ask pip what it would install; its report is on standard output."""
    with tempfile.TemporaryDirectory() as target:
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"]
        command += ["--quiet", "--disable-pip-version-check", "--report", "-", "--target", target]
        return subprocess.run(
            [*command, *options, *needs], capture_output=True, text=True, check=False
        )


def check(needs: Iterable[str], python: str) -> tuple[int, str]:
    """Return how many packages are there for one Python, and pip's complaint, empty where none."""
    asked = list(needs)
    options = ("--only-binary=:all:", "--platform", PLATFORM, "--python-version", python)
    options += ("--constraint", str(ROOT / "constraints.txt"))
    while True:
        done = resolved(asked, *options)
        if done.returncode:
            return 0, done.stderr.strip()
        report = json.loads(done.stdout)
        more = sorted(set(needed_on_windows(report, python)) - set(asked))
        if not more:
            return len(report["install"]), ""
        asked += more


def main(pythons: tuple[str, ...]) -> int:
    """Check each Python and say what was found; 1 when something is missing."""
    needs = wanted(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"])
    failed = False
    for python in pythons:
        count, complaint = check(needs, python)
        if complaint and resolved(["packaging"], "--no-deps").returncode:
            print(f"skipped: no package index can be reached ({complaint.splitlines()[-1]})")
            return 0
        failed = failed or bool(complaint)
        print(f"Python {python}, {PLATFORM}: {complaint or f'{count} packages, all there'}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or PYTHONS))
