"""How far a run says that it is: to a person, to another program, to nobody."""

from __future__ import annotations

import json
import sys

import pytest

from intake.cli.progress import Far, Pace, Shown, said_far, shown_progress
from intake.words.catalogue import Words


def _after(times, total=1000):
    pace = Pace(0.0)
    for now in times:
        far = pace.count(total, now)
    return far


@pytest.mark.parametrize(
    ("far", "french", "english"),
    [
        (Far(1, 1), "Fichiers : 1 sur 1", "Files: 1 of 1"),
        (Far(2, 40), "Fichiers : 2 sur 40", "Files: 2 of 40"),
        (
            Far(12, 40, 84.6, 19.9),
            "Fichiers : 12 sur 40 · 85 par minute · encore 20 s environ",
            "Files: 12 of 40 · 85 a minute · about 20 s left",
        ),
        (
            Far(3, 900, 8, 6_720),
            "Fichiers : 3 sur 900 · 8 par minute · encore 1 h 52 min environ",
            "Files: 3 of 900 · 8 a minute · about 1 h 52 min left",
        ),
        (
            Far(3, 9, 0.4, 1_000),
            "Fichiers : 3 sur 9 · < 1 par minute · encore 17 min environ",
            "Files: 3 of 9 · < 1 a minute · about 17 min left",
        ),
        (Far(9, 9, 60, 0), "Fichiers : 9 sur 9 · 60 par minute", "Files: 9 of 9 · 60 a minute"),
    ],
)
def test_a_person_reads_files_done_pace_and_time_left(far, french, english):
    assert said_far(far, Words("fr")).replace("\N{NO-BREAK SPACE}", " ") == french
    assert said_far(far, Words("en")).replace("\N{NO-BREAK SPACE}", " ") == english


def test_no_pace_is_told_by_two_files():
    assert _after([1, 2]) == Far(2, 1000)
    assert _after([1, 2, 3]) == Far(3, 1000, 60, 997)


def test_the_time_left_is_told_by_the_last_files_not_by_all():
    quick = [n / 100 for n in range(1, 1001)]
    slow = [10 + 10 * n for n in range(1, 31)]
    far = _after([*quick, *slow], total=1040)
    assert far.per_minute == pytest.approx(6)
    assert far.seconds_left == pytest.approx(100)


def test_a_burst_of_files_does_not_hide_the_minute_before_it():
    far = _after([50, *(55 + n / 1000 for n in range(40))], total=82)
    assert far.seconds_left == pytest.approx(55, abs=1)


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def _run(how, files, seconds):
    clock = Clock()
    with shown_progress(how, clock) as progress:
        for _ in range(files):
            clock.now += seconds
            progress(None, files)


def test_another_program_reads_a_line_of_json_a_second_and_the_last(capsys):
    _run(Shown.JSON, 25, 0.25)
    written = [json.loads(line)["progress"] for line in capsys.readouterr().err.splitlines()]
    for one in written:
        assert list(one) == ["done", "total", "per_minute", "seconds_left"]
        assert type(one["done"]) is type(one["total"]) is int
        assert one["seconds_left"] is None or type(one["seconds_left"]) is int
    assert [one["done"] for one in written] == [1, 5, 9, 13, 17, 21, 25]
    assert written[0]["per_minute"] is written[0]["seconds_left"] is None
    assert written[-1] == {"done": 25, "total": 25, "per_minute": 240.0, "seconds_left": 0}


def _interrupted():
    with shown_progress(Shown.AUTO, Clock()) as progress:
        progress(None, 4)
        raise KeyboardInterrupt


@pytest.mark.parametrize("how", [Shown.AUTO, Shown.NONE])
def test_nothing_is_said_where_nobody_looks(how, capsys):
    _run(how, 5, 1)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_has_one_line_drawn_again_and_ended_whatever_happens(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    with pytest.raises(KeyboardInterrupt):
        _interrupted()
    drawn = capsys.readouterr().err
    assert drawn.startswith("\r[#####               ] Fi")
    assert drawn.endswith("\n")
    assert drawn.count("\n") == 1


def test_a_drawn_line_is_no_wider_than_its_terminal(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    _run(Shown.AUTO, 9, 1)
    assert max(len(line) for line in capsys.readouterr().err.strip("\n").split("\r")) < 30
