"""The files that are double-clicked on Windows, walked through as its console would."""

from __future__ import annotations

import re

import pytest

from intake.cli.exit_codes import ExitCode
from intake.workspace.batch import OPEN_FILE, PROCESS_FILE, batch_files

FILES = batch_files()


def lines(name):
    return FILES[name].decode("ascii").split("\r\n")


def walked(name, answers):
    """Return what is echoed and started; ``answers`` gives the exit code of a command."""
    code, variables, said, place = 0, {}, [], 0
    text = lines(name)
    labels = {line[1:]: number for number, line in enumerate(text) if line.startswith(":")}
    while place < len(text):
        line = text[place].replace("%ERRORLEVEL%", str(code))
        place += 1
        for variable, value in variables.items():
            line = line.replace(f"%{variable}%", value)
        condition = re.fullmatch(r"if (errorlevel \d|\d+==\d+|\d+ GTR \d+|exist \S+) (.*)", line)
        if condition:
            if not is_true(condition[1], code):
                continue
            line = condition[2]
        if line.startswith("goto "):
            place = labels[line[5:]]
        elif line.startswith("set RESULT="):
            variables["RESULT"] = line.partition("=")[2]
        elif line.startswith(("echo ", "start ")):
            said.append(line)
        elif line.startswith("exit"):
            return said
        elif line.startswith(("py ", "where ")):
            code = next(answer for start, answer in answers.items() if line.startswith(start))
    return said


def is_true(condition, code):
    if condition.startswith("errorlevel"):
        return code >= int(condition[-1])
    if condition.startswith("exist"):
        return True
    if "GTR" in condition:
        left, right = condition.split(" GTR ")
        return int(left) > int(right)
    left, right = condition.split("==")
    return left == right


def process(code, *, python=0, program=0):
    return walked(PROCESS_FILE, {"where py": python, "py -c": program, "py -m intake": code})


@pytest.mark.parametrize("name", [PROCESS_FILE, OPEN_FILE])
def test_a_file_is_ascii_with_windows_lines_and_leaves_its_window_open(name):
    assert not re.search(rb"[^\r]\n", FILES[name])
    assert lines(name)[-3:] == [":end", "pause", ""]
    assert '--workspace "%~dp0."' in FILES[name].decode()


def test_the_console_speaks_utf_8_before_the_program_does():
    text = lines(PROCESS_FILE)
    run = text.index('py -m intake process --workspace "%~dp0."')
    assert text.index("chcp 65001 >nul") < run
    assert text.index("set PYTHONUTF8=1") < run


@pytest.mark.parametrize("code", list(ExitCode))
def test_each_code_of_the_program_has_its_sentence(code):
    told = [line for line in process(int(code)) if line.startswith("echo ")]
    assert len(told) == 1


def test_a_waiting_file_and_a_missing_program_are_told_apart():
    waiting = process(1)
    assert "attend votre decision" in waiting[0]
    assert waiting[-1].startswith("start ")
    missing = process(1, program=1)
    assert "n'est pas installe" in missing[0]
    assert not any("attend votre decision" in line for line in missing)
    assert "Python est introuvable" in process(0, python=1)[0]


def test_the_page_is_opened_by_the_program_or_as_it_was_without_it():
    good = {"where py": 0, "py -c": 0, "py -m intake serve": 0}
    assert walked(OPEN_FILE, good) == []
    without = walked(OPEN_FILE, {**good, "py -c": 1})
    assert "n'est pas installe" in without[0]
    assert without[-1] == 'start "" "%~dp0outbox\\status.html"'


def test_without_the_extra_the_page_of_the_last_run_is_opened():
    without = {'py -c "import starlette': 1, "where py": 0, "py -c": 0}
    assert walked(OPEN_FILE, {**without, "py -m intake status --open": 0}) == []
