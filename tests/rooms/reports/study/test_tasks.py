"""Everything that can be left to do has its words, wherever it is told."""

from __future__ import annotations

import pytest

from intake.reports.study.closing import pending_lines
from intake.reports.study.collected import Collected
from intake.reports.study.status import to_do
from intake.study.settings import load_study
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.places import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_task_is_said_on_the_page_and_in_the_report_of_closing(monkeypatch, language):
    study = load_study(ROOT)
    monkeypatch.setattr("intake.reports.study.status.is_left", lambda _task: True)
    words = Words(language)
    kinds = [one["what"] for one in to_do(Collected(), (), study.calendar, study.calendar.opens)]
    assert len(kinds) == 9
    for kind in kinds:
        assert words.text(f"status.task.{kind}", count=2)
        assert words.text(f"status.how.{kind}", receipt="000001")
        assert list(pending_lines([{"what": kind, "count": 2}], words))
