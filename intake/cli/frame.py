"""What every command shares: workspace and JSON options, words, errors, exit codes."""

from __future__ import annotations

import functools
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import ParamSpec

import click

from intake.cli.exit_codes import ExitCode
from intake.model.errors import (
    ClusterUnavailable,
    DefinitionError,
    MailRefused,
    PartMissing,
    RecordRefused,
    SetupError,
    StoreUnavailable,
    StudyError,
)
from intake.wiring.study.language import spoken_language
from intake.words.catalogue import Words
from intake.words.problem import problem_in
from intake.words.shown import utf8
from intake.words.spelling import fold

P = ParamSpec("P")
Command = Callable[P, None]


_WORKSPACE = "--workspace"
_YES = {"o", "oui", "y", "yes"}
_NO = {"", "n", "non", "no"}


def named_workspace(arguments: Sequence[str]) -> Path:
    """Return the folder that a command line names, before the command itself is known."""
    for number, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == _WORKSPACE and equals:
            return Path(value)
        if argument == _WORKSPACE and number + 1 < len(arguments):
            return Path(arguments[number + 1])
    return Path()


WORDS = Words(spoken_language(named_workspace(sys.argv)))


def say(key: str, **context: object) -> str:
    """Return one sentence of the command line."""
    return WORDS.text(f"cli.{key}", **context)


def workspace_option(command: Command[P]) -> Command[P]:
    """Add ``--workspace``; the command receives the folder that holds study.toml."""
    return click.option(
        _WORKSPACE,
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


def is_agreed(question: str) -> bool:
    """Ask a yes or a no until one is given: « o », « oui », « y » or « yes » is a yes.

    Nothing typed is a no, the end of the input too.
    """
    while True:
        try:
            asked = f"{question} {say('yes_or_no')}"
            given = click.prompt(asked, default="", show_default=False, err=True)
        except click.Abort:
            return False
        answer = fold(given).strip(" .!")
        if answer in _YES:
            return True
        if answer in _NO:
            return False


def print_json_line(document: object) -> None:
    """Print one JSON document on one line, at once: another program reads as it comes."""
    click.echo(utf8(json.dumps(document, ensure_ascii=False, default=str)).decode())
    sys.stdout.flush()


def print_json_list(name: str, items: Iterable[object]) -> None:
    """Print one JSON document of a list, each item as soon as it is there; as ``print_json``."""
    print_json_with({}, name, items)


def print_json_with(document: Mapping[str, object], name: str, items: Iterable[object]) -> None:
    """Print one JSON document that ends with a list, each item as soon as it is there."""
    head = json.dumps({**document, name: []}, ensure_ascii=False, indent=2, default=str)
    is_first = True
    for item in items:
        click.echo(utf8(head).decode().removesuffix("]\n}") if is_first else ",", nl=False)
        text = json.dumps(item, ensure_ascii=False, indent=2, default=str)
        click.echo("\n    " + utf8(text).decode().replace("\n", "\n    "), nl=False)
        is_first = False
    click.echo(utf8(head).decode() if is_first else "\n  ]\n}")


def guarded(command: Command[P]) -> Command[P]:
    """Turn what a person must mend into one sentence and the right exit code."""

    @functools.wraps(command)
    def run(*arguments: P.args, **named: P.kwargs) -> None:
        try:
            command(*arguments, **named)
        except SetupError as problem:
            click.echo(f"{say('problem')} {said(problem)}", err=True)
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


def said(problem: SetupError) -> str:
    """Return what is to be mended, and how, in the language spoken."""
    return problem_in(problem, WORDS)


def _exit_code(problem: SetupError) -> ExitCode:
    if isinstance(problem, StoreUnavailable | MailRefused | ClusterUnavailable | PartMissing):
        return ExitCode.STORE
    if isinstance(problem, RecordRefused):
        return ExitCode.USAGE
    if isinstance(problem, DefinitionError | StudyError):
        return ExitCode.DEFINITION
    return ExitCode.OUR_FAULT
