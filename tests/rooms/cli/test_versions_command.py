"""``check-schema --against``: what a new version changes, said; what loses answers, refused."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from intake.cli.exit_codes import ExitCode
from intake.cli.main import main
from intake.schema.versions.change import ChangeKind
from intake.words.catalogue import LANGUAGES, Words
from tests.kit.small_document import an_item
from tests.kit.two_versions import new_document, old_document


def write(folder, document):
    path = folder / f"{document['x-form']['version']}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.fixture
def old(tmp_path):
    return write(tmp_path, old_document())


def compared(new, old, *more):
    arguments = ["check-schema", str(new), "--against", str(old), *more]
    return CliRunner().invoke(main, arguments)


def test_changes_are_listed_in_words(tmp_path, old):
    done = compared(write(tmp_path, new_document()), old)
    assert done.exit_code == ExitCode.DONE, done.output
    assert "A03: height_cm is now called height." in done.stdout
    assert 'A04=green (colour=green): new answer "green en".' in done.stdout
    assert "REFUSED" not in done.stdout


def test_a_removal_that_nothing_explains_is_refused_and_marked(tmp_path, old):
    document = new_document()
    del document["properties"]["height"]
    done = compared(write(tmp_path, document), old)
    assert done.exit_code == ExitCode.DEFINITION
    assert 'REFUSED: A03 (height_cm): the question "A03 en" is gone' in done.stdout
    assert "x-retired" in done.stderr


def test_a_former_name_that_was_not_there_is_refused(tmp_path, old):
    document = new_document()
    document["properties"]["height"]["x-formerly"][0]["name"] = "size"
    done = compared(write(tmp_path, document), old, "--json")
    assert done.exit_code == ExitCode.DEFINITION
    (fault,) = json.loads(done.stdout)["faults"]
    assert (fault["name"], fault["problem"]) == ("height", "1.0.0 had no 'size'")


def test_json_tells_each_change_with_its_words_and_whether_it_is_refused(tmp_path, old):
    told = json.loads(compared(write(tmp_path, new_document()), old, "--json").stdout)
    named = {(each["kind"], each["name"]): each for each in told["changes"]}
    added = named["item_added", "weight"]
    assert added["after"] == {"fr": "A06 fr", "en": "A06 en"}
    assert (added["code"], added["refused"]) == ("A06", False)
    assert told["faults"] == []


def test_the_newer_file_comes_first(tmp_path, old):
    done = compared(old, write(tmp_path, new_document()))
    assert done.exit_code == ExitCode.DEFINITION
    assert "name the newer file first" in done.stderr


def test_two_forms_are_not_versions_of_one(tmp_path, old):
    document = new_document()
    document["x-form"]["id"] = "other"
    assert "of the form small" in compared(write(tmp_path, document), old).stderr


def test_one_schema_at_a_time_is_compared(tmp_path, old):
    new = write(tmp_path, new_document())
    done = compared(new, old, str(new))
    assert done.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_change_has_its_sentence(language):
    words = Words(language)
    for kind in ChangeKind:
        context = {"name": "NAME", "code": "C01", "before": "BEFORE", "after": "AFTER"}
        said = words.text(f"cli.check_schema.change.{kind.value}", **context)
        assert said.endswith(".")


def test_a_file_that_is_not_named_as_its_version_is_a_fault(tmp_path):
    document = old_document(remark=an_item("B01", "two", type="string", maxLength=60))
    path = tmp_path / "1.0.1.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = CliRunner().invoke(main, ["check-schema", str(path), "--json"])
    assert done.exit_code == ExitCode.DEFINITION
    told = json.loads(done.stdout)[str(path)]
    problem = "the file is named 1.0.1.json and holds the version 1.0.0"
    assert ("/x-form/version", problem) in {(fault["pointer"], fault["problem"]) for fault in told}
