"""What every command shares: workspace and JSON options, words, errors, exit codes."""

from __future__ import annotations

import functools
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import ParamSpec

import click

from intake.cli.exit_codes import ExitCode
from intake.model.errors import (
    DefinitionError,
    RecordRefused,
    SetupError,
    StoreUnavailable,
    StudyError,
)
from intake.words.catalogue import LANGUAGES, Words
from intake.words.shown import utf8

P = ParamSpec("P")
Command = Callable[P, None]


def spoken_language() -> str:
    """Return the language of help and summaries: CRF_INTAKE_LANG, else the system's."""
    for variable in ("CRF_INTAKE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        language = os.environ.get(variable, "")[:2].lower()
        if language in LANGUAGES:
            return language
    return "en"


WORDS = Words(spoken_language())


def say(key: str, **context: object) -> str:
    """Return one sentence of the command line."""
    return WORDS.text(f"cli.{key}", **context)


def workspace_option(command: Command[P]) -> Command[P]:
    """Add ``--workspace``; the command receives the folder that holds study.toml."""
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=Path(),
        help=say("option.workspace"),
    )(command)


def json_option(command: Command[P]) -> Command[P]:
    """Add ``--json``: one JSON document on standard output."""
    return click.option("--json", "as_json", is_flag=True, help=say("option.json"))(command)


def print_json(document: object) -> None:
    """Print one JSON document on standard output."""
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    click.echo(utf8(text).decode())


def print_json_list(name: str, items: Iterable[object]) -> None:
    """Print one JSON document of a list, each item as soon as it is there; as ``print_json``."""
    is_first = True
    for item in items:
        click.echo(f'{{\n  "{name}": [' if is_first else ",", nl=False)
        text = json.dumps(item, ensure_ascii=False, indent=2, default=str)
        click.echo("\n    " + utf8(text).decode().replace("\n", "\n    "), nl=False)
        is_first = False
    click.echo(f'{{\n  "{name}": []\n}}' if is_first else "\n  ]\n}")


def guarded(command: Command[P]) -> Command[P]:
    """Turn what a person must mend into one sentence and the right exit code."""

    @functools.wraps(command)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        try:
            command(*arguments, **named)
        except SetupError as problem:
            click.echo(f"{say('problem')} {_said(problem)}", err=True)
            sys.exit(_exit_code(problem))

    return run


def set_up_output() -> None:
    """Log to standard error and write UTF-8 whatever the console's own code page is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    sys.excepthook = report_our_fault


def report_our_fault(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    """Say that the program failed and where, never the fault's text: it may quote an answer."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-6:]]
    click.echo(say("our_fault", kind=kind.__name__, where=" > ".join(frames)), err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ExitCode.OUR_FAULT)  # an exception hook has no other way to choose the code


def _said(problem: SetupError) -> str:
    """Return what is to be mended, and how."""
    if isinstance(problem, StoreUnavailable):
        return say(f"store.{problem.why.value}", **problem.context)
    return WORDS.local(problem.text)


def _exit_code(problem: SetupError) -> ExitCode:
    if isinstance(problem, StoreUnavailable):
        return ExitCode.STORE
    if isinstance(problem, RecordRefused):
        return ExitCode.USAGE
    if isinstance(problem, DefinitionError | StudyError):
        return ExitCode.DEFINITION
    return ExitCode.OUR_FAULT
