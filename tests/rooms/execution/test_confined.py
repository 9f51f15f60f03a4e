"""A foreign program is held to its limits, and nothing of it is left running or lying about."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from intake.execution import confined, libreoffice
from intake.execution.allotted import allotting
from intake.execution.child import MEMORY_CAN_BE_LIMITED
from intake.execution.confined import Bounds, run_confined
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode

pytestmark = pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")

SHORT = Bounds(seconds=1)
OUT = 'while [ "$1" != --outdir ]; do shift; done; out="$2"; shift 2; mkdir -p "$out"; '


@pytest.fixture
def soffice(tmp_path, monkeypatch):
    """Put a program named soffice on the path, made of shell lines."""
    places = tmp_path / "bin"
    places.mkdir()
    monkeypatch.setenv("PATH", f"{places}{os.pathsep}{os.environ['PATH']}")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def install(script):
        program = places / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        return scratch

    return install


def namespaces():
    """Say whether the system lets an ordinary user leave the network."""
    words = ["unshare", "--map-root-user", "--net", "--pid", "--fork", "true"]
    return bool(shutil.which("unshare")) and subprocess.run(words, check=False).returncode == 0


def beats(path):
    """Return how many bytes a living child has written, after waiting for more of them."""
    time.sleep(0.3)
    return path.stat().st_size if path.exists() else 0


def refused(*arguments):
    with pytest.raises(UnreadableFile) as problem:
        libreoffice.converted(b"{\\rtf1 a form}", "rtf", "docx", *arguments)
    return problem.value.code, problem.value.context.get("limit")


@pytest.mark.slow
@pytest.mark.parametrize("way", ["(", "setsid sh -c '"], ids=["child", "child that left the group"])
def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(soffice, tmp_path, way):
    pulse = tmp_path / "pulse"
    loop = f"while :; do echo beat >> {pulse}; sleep 0.05; done"
    if way != "(" and not namespaces():
        pytest.skip("this system does not let a user make a namespace")
    scratch = soffice(f"{way}{loop}{')' if way == '(' else chr(39)} &\nsleep 600")
    assert refused(SHORT) == (FindingCode.FILE_LIMIT, "time")
    written = beats(pulse)
    assert written > 0
    assert beats(pulse) == written
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("has_namespaces", [True, False])
def test_what_a_conversion_leaves_running_is_ended_too(
    soffice, tmp_path, monkeypatch, has_namespaces
):
    if not has_namespaces:
        monkeypatch.setattr(confined, "_where_possible", lambda words: ())
    pulse = tmp_path / "pulse"
    loop = f"(while :; do echo beat >> {pulse}; sleep 0.05; done) &"
    soffice(f"{loop}\nsleep 0.2\n{OUT}echo made > $out/returned.docx")
    assert libreoffice.converted(b"{\\rtf1}", "rtf", "docx") == b"made\n"
    written = beats(pulse)
    assert written > 0
    assert beats(pulse) == written


@pytest.mark.parametrize("left", [0.5, 0.0])
def test_a_conversion_has_no_more_time_than_is_left_for_its_file(soffice, left):
    soffice("sleep 20")
    begun = time.monotonic()
    with allotting(lambda: left):
        assert refused() == (FindingCode.FILE_LIMIT, "time")
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(not MEMORY_CAN_BE_LIMITED, reason="the system does not limit memory")
def test_a_conversion_that_swells_makes_nothing(soffice):
    swell = f'"{sys.executable}" -S -c "bytearray(300 << 20)" &&'
    soffice(f"{OUT}{swell} echo made > $out/returned.docx")
    assert refused(Bounds(memory=200 << 20)) == (FindingCode.FILE_DAMAGED, None)
    assert libreoffice.converted(b"{\\rtf1}", "rtf", "docx") == b"made\n"


def test_a_file_that_grows_is_cut_off(soffice):
    soffice(f"{OUT}head -c 4000000 /dev/zero > $out/returned.docx && sleep 5")
    started = time.monotonic()
    content = libreoffice.converted(b"{\\rtf1}", "rtf", "docx", Bounds(file_size=1 << 20))
    assert len(content) <= 1 << 20
    assert time.monotonic() - started < 4


def test_a_result_that_is_too_large_is_a_limit(soffice, monkeypatch):
    monkeypatch.setattr(libreoffice, "MOST_BYTES", 1000)
    soffice(f"{OUT}head -c 1001 /dev/zero > $out/returned.docx")
    assert refused() == (FindingCode.FILE_LIMIT, "size")


@pytest.mark.parametrize("script", ["exit 1", f"{OUT}ln -s /etc/hostname $out/returned.docx"])
def test_a_conversion_that_makes_no_file_says_that_the_file_is_damaged(soffice, script):
    soffice(script)
    assert refused() == (FindingCode.FILE_DAMAGED, None)


def test_the_program_has_a_profile_of_its_own_without_macros_links_or_network(soffice):
    profile = 'p=${1#-env:UserInstallation=file://}; cat "$p/user/registrymodifications.xcu"'
    soffice(f'x=$({profile}); {OUT}printf "%s" "$x" > $out/returned.docx; pwd > "$HOME/mine"')
    settings = libreoffice.converted(b"{\\rtf1}", "rtf", "docx").decode()
    for name in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "ooInetProxyType"):
        assert name in settings
    assert settings.count('oor:name="Link"') == 2
    assert not (Path.home() / "mine").exists()


def test_the_network_is_out_of_reach_where_the_system_lets_a_user_take_it_away(tmp_path):
    if not namespaces():
        pytest.skip("this system does not let a user make a namespace")
    seen = tmp_path / "seen"
    run_confined(["sh", "-c", f"cat /proc/net/dev > {seen}"], {}, SHORT)
    found = (line.split(":")[0].strip() for line in seen.read_text().splitlines() if ":" in line)
    assert set(found) == {"lo"}


def test_a_returned_file_lies_in_the_work_folder_while_it_is_converted(soffice, tmp_path):
    work = tmp_path / "archive" / "work"
    soffice(f'{OUT}printf "%s" "$HOME" > $out/returned.docx')
    home = Path(libreoffice.converted(b"{\\rtf1}", "rtf", "docx", work=work).decode())
    assert home.parent == work
    assert (list(work.iterdir()), work.stat().st_mode & 0o077) == ([], 0)


def killed_while_running(script, *, ends_alone):
    """Run a program from a process that is then killed."""
    held = "confined._where_possible = lambda words: ()" if ends_alone else ""
    code = (
        "from intake.execution import confined\n"
        f"{held}\n"
        f"confined.run_confined(['sh', '-c', {script!r}], {{}}, confined.Bounds(seconds=1))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    time.sleep(0.9)
    parent.kill()
    parent.wait()


@pytest.mark.slow
def test_a_program_ends_when_this_one_is_killed_where_the_system_can_do_it(tmp_path):
    if not confined.ends_with_us() or not confined.leaves_network():
        pytest.skip("this system cannot end a program with its parent")
    pulse = tmp_path / "pulse"
    script = f"while :; do echo beat >> {pulse}; sleep 0.05; done"
    killed_while_running(script, ends_alone=False)
    written = beats(pulse)
    assert written > 0
    assert beats(pulse) == written


@pytest.mark.slow
def test_a_program_without_anybody_to_stop_it_has_no_more_processor_time_than_its_own(tmp_path):
    pulse = tmp_path / "pulse"
    killed_while_running(f"while :; do echo beat >> {pulse}; done", ends_alone=True)
    written = beats(pulse)
    assert written > 0
    until = time.monotonic() + 100  # three seconds of processor time on a busy machine
    while (now := beats(pulse)) != written:
        assert time.monotonic() < until
        written = now
