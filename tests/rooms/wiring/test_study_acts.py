"""The long acts of a study: their consequence before, their result after, their files."""

from __future__ import annotations

import pytest

from intake.formats.registry import writers
from intake.model.errors import StudyError
from intake.model.submission import FileFormat
from intake.wiring.forms import Wanted, write_forms
from intake.wiring.study.acts import Act, Choice
from intake.wiring.study.carrying_out import carry_out
from intake.wiring.study.foreseeing import foresee
from tests.kit.office.few import FewOffice

AS_CHOSEN = Choice(anyway=True)


@pytest.fixture
def ready(office):
    office.fill_in()
    office.change_study(opens="2020-01-01", closes="2099-01-01", reminder="2020-06-01")
    return office


def files_in(office, *parts):
    folder = office.folder.joinpath(*parts)
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("act", list(Act))
def test_each_act_says_its_consequence_and_changes_nothing(ready, act):
    before = files_in(ready)
    found = foresee(ready.app, act)
    assert set(found.before) == set(found.title) == {"fr", "en"}
    assert all(text for text in (*found.before.values(), *found.title.values()))
    assert found.obstacle is None
    ready.app.store.close()
    kept = {name: content for name, content in files_in(ready).items() if "store" not in name}
    assert kept == {name: content for name, content in before.items() if "store" not in name}


def test_forms_are_those_of_the_command(ready, tmp_path, monkeypatch):
    word = {FileFormat.WORD: writers()[FileFormat.WORD]}
    monkeypatch.setattr("intake.wiring.forms.writers", lambda: word)
    other = FewOffice(tmp_path / "other")
    other.fill_in()
    other.change_study(opens="2020-01-01", closes="2099-01-01", reminder="2020-06-01")
    told = []
    done = carry_out(ready.app, Act.FORMS, tell=told.append)
    list(write_forms(other.app, Wanted(), None, lambda _: None))
    assert files_in(ready, "form_templates") == files_in(other, "form_templates")
    assert len(done.files) == len(told) == 2
    assert done.said[0]["en"].startswith("2 forms written into form_templates/")
    assert "Writes 2 blank forms (fr, en)" in foresee(ready.app, Act.FORMS).before["en"]


def test_what_is_left_to_fill_is_an_obstacle_before_it_is_a_refusal(office):
    office.change_study(opens="2020-01-01", closes="2099-01-01", reminder="2020-06-01")
    for act in (Act.ARCHIVES, Act.PACKS, Act.HALF_WAY):
        found = foresee(office.app, act)
        assert found.obstacle is not None
        assert "contact.email" in found.obstacle["en"]
        with pytest.raises(StudyError, match=r"contact\.email"):
            carry_out(office.app, act)


def test_without_centres_there_is_nobody_to_write_to(ready):
    (ready.folder / "centres.csv").write_text("id;letters;hospital\n", encoding="utf-8")
    for act in (Act.ARCHIVES, Act.PACKS, Act.HALF_WAY):
        found = foresee(ready.app, act)
        assert found.obstacle is not None
        assert "centres.csv" in found.obstacle["fr"]


def test_reminders_say_who_gets_one_and_are_not_made_twice(ready):
    found = foresee(ready.app, Act.HALF_WAY)
    assert found.before["en"].startswith("Prepares 5 messages")
    assert [line["en"].partition(":")[0] for line in found.lines] == [
        *("ZAA", "ZBE", "ZBE-2", "ZOR", "ZUN")
    ]
    told = []
    done = carry_out(ready.app, Act.HALF_WAY, tell=told.append)
    assert done.said[0]["en"].startswith("5 messages prepared")
    assert len(told) == 5
    again = foresee(ready.app, Act.HALF_WAY)
    assert again.is_empty
    assert "No message" in carry_out(ready.app, Act.HALF_WAY).said[0]["en"]


def test_closing_asks_before_and_says_what_was_frozen(ready):
    found = foresee(ready.app, Act.CLOSE)
    assert found.asks is not None
    assert "days until the closing" in found.lines[0]["en"]
    with pytest.raises(StudyError, match="Nothing was frozen"):
        carry_out(ready.app, Act.CLOSE)
    done = carry_out(ready.app, Act.CLOSE, AS_CHOSEN)
    assert "number 1: 0 patients" in done.said[0]["en"]
    assert done.files[0].startswith("outbox/report/closing-001-")


def test_a_whole_dataset_is_frozen_only_after_a_yes(ready):
    with pytest.raises(StudyError, match="tick that you know"):
        carry_out(ready.app, Act.CLOSE, Choice(profile="full", anyway=True))


def test_a_profile_that_is_none_names_no_folder():
    with pytest.raises(ValueError, match="elsewhere"):
        Choice(profile="../elsewhere")
