"""The licences of all that is run with the program, read from what is installed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.kit.places import ROOT
from tools.windows_wheels import needed_on_windows, wanted

EXTRAS = ("all", "cluster", "mail", "postgres", "protected", "scan", "web")
PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|ISC|Zlib|Unlicense", re.IGNORECASE)
TO_BE_NAMED = re.compile(r"Lesser General Public|LGPL|MPL|Mozilla Public", re.IGNORECASE)
REFUSED = re.compile(r"AGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public", re.IGNORECASE)


def run_with_us(
    name: str = "crf-intake", extras: Iterable[str] = EXTRAS
) -> dict[str, Distribution]:
    """Return every installed package that the program needs, and what those need."""
    found: dict[str, Distribution] = {}
    pending = [(name, tuple(extras))]
    while pending:
        wanted, asked = pending.pop()
        key = canonicalize_name(wanted)
        if key in found:
            continue
        found[key] = distribution(wanted)
        for line in found[key].requires or ():
            needed = Requirement(line)
            environments = [{"extra": extra} for extra in ("", *asked)]
            if needed.marker is None or any(map(needed.marker.evaluate, environments)):
                pending.append((needed.name, tuple(needed.extras)))
    return found


def licence_of(package: Distribution) -> str:
    """Return what a package says of its licence, the surest place first."""
    told = package.metadata
    classifiers = told.get_all("Classifier") or ()
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    return told.get("License-Expression") or "; ".join(named) or told.get("License") or ""


LICENCES = {name: licence_of(package) for name, package in run_with_us().items()}


def kind_of(licence: str) -> str:
    """Return what a licence asks of us."""
    if REFUSED.search(licence):
        return "refused"
    if TO_BE_NAMED.search(licence):
        return "named"
    return "permissive" if PERMISSIVE.search(licence) else "unknown"


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_every_library_is_under_a_licence_that_lets_us_use_it(name):
    assert kind_of(LICENCES[name]) in ("permissive", "named"), LICENCES[name]


def test_the_notice_names_the_libraries_that_ask_for_it_and_no_others():
    text = (ROOT / "NOTICE").read_text(encoding="utf-8")
    named = {name.lower() for name in re.findall(r"^- ([\w-]+),", text, re.MULTILINE)}
    assert named == {name for name, licence in LICENCES.items() if kind_of(licence) == "named"}
    assert "pikepdf" in named


@pytest.mark.parametrize(
    ("licence", "kind"),
    [
        ("GNU Library or Lesser General Public License (LGPL)", "named"),
        ("MPL-2.0", "named"),
        ("BSD-3-Clause", "permissive"),
        ("GNU General Public License v3 (GPLv3)", "refused"),
        ("AGPL-3.0-only", "refused"),
        ("MIT AND GPL-2.0-only", "refused"),
        ("", "unknown"),
    ],
)
def test_a_licence_is_taken_for_what_it_asks(licence, kind):
    assert kind_of(licence) == kind


def test_what_is_asked_for_windows_has_every_extra_but_the_developers_own():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {canonicalize_name(Requirement(line).name) for line in wanted(project)}
    assert {"click", "olefile", "pillow", "msoffcrypto-tool"} <= names
    assert names.isdisjoint({"crf-intake", "hypothesis", "pytest"})


def test_what_only_windows_needs_is_asked_for_too():
    needs = ["colorama; sys_platform == 'win32'", "uvloop; sys_platform != 'win32'", "tzdata>=1"]
    metadata = {"name": "click", "requires_dist": [*needs, "click>=1", "rich; extra == 'x'"]}
    report = {"install": [{"metadata": metadata}]}
    assert list(needed_on_windows(report, "3.13")) == ["colorama", "tzdata>=1"]
