"""``crf-intake serve``: the page begins, says its address once, and ends when it is told to."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from intake.cli import serve as command
from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.web import serve as serving


def run(*arguments):
    return CliRunner().invoke(main, ["serve", *arguments])


@pytest.fixture
def opened(monkeypatch):
    """Return the addresses that a browser was opened on; nothing is served."""
    addresses = []
    monkeypatch.setattr(command.webbrowser, "open", addresses.append)
    monkeypatch.setattr(serving, "serve", lambda _folder, by, say: say(f"http://x/?by={by}"))
    return addresses


def test_the_browser_is_opened_unless_it_is_not_wanted(opened, tmp_path):
    assert "http://x/?by=A. B" in run("--workspace", str(tmp_path), "--by", " A.  B ").output
    assert opened == ["http://x/?by=A. B"]
    told = run("--workspace", str(tmp_path), "--no-browser", "--json").output
    assert told == '{"url": "http://x/?by="}\n'
    assert len(opened) == 1


def test_without_the_extra_it_says_what_to_install(opened, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "uvicorn" else name)
    done = run("--no-browser")
    assert done.exit_code == ExitCode.USAGE
    assert 'pip install "crf-intake[web]"' in done.output
    assert opened == []


def test_the_help_has_an_example():
    assert "crf-intake serve --no-browser --json" in run("--help").output


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal to send to another")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_on_this_computer_alone_until_it_is_stopped(tmp_path, number):
    arguments = ["serve", "--no-browser", "--json", "--workspace", str(tmp_path)]
    with subprocess.Popen(
        [sys.executable, "-m", "intake", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        url = json.loads(process.stdout.readline())["url"]
        assert url.startswith("http://127.0.0.1:")
        assert [status_of(one) for one in (url.partition("?")[0], url, url)] == [403, 303, 403]
        os.kill(process.pid, number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


def status_of(url):
    host, _, path = url.removeprefix("http://").partition("/")
    with contextlib.closing(http.client.HTTPConnection(host, timeout=10)) as asked:
        asked.request("GET", f"/{path}")
        return asked.getresponse().status
