"""The folder of published schemas and their fingerprints."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from intake.model.errors import DefinitionError
from intake.schema.compile.definition import compile_definition
from intake.schema.compile.fingerprint import fingerprint
from intake.workspace.form_library import SchemaLibrary, check_fingerprints
from tests.kit.small_document import an_item, small_document


def publish(folder, version, form="small", **members):
    document = small_document(**members)
    document["x-form"] |= {"id": form, "version": version}
    path = folder / form / f"{version}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_versions_are_numbers_not_text(tmp_path):
    for version in ("1.10.0", "1.9.0", "1.2.0"):
        publish(tmp_path, version)
    library = SchemaLibrary(tmp_path)
    assert [d.version for d in library.definitions()] == ["1.2.0", "1.9.0", "1.10.0"]
    assert library.latest("small").version == "1.10.0"


def test_a_form_is_found_by_name_and_by_fingerprint(tmp_path):
    publish(tmp_path, "1.0.0")
    publish(tmp_path, "1.1.0")
    library = SchemaLibrary(tmp_path)
    old = library.get("small", "1.0.0")
    assert library.by_fingerprint(old.fingerprint.lower()) is old
    assert library.get("small", "3.0.0") is None
    assert library.by_fingerprint("00000000") is None
    assert library.latest("other") is None


def test_an_empty_or_absent_folder_holds_no_form(tmp_path):
    assert SchemaLibrary(tmp_path / "nowhere").definitions() == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "must hold a JSON object"),
        ('{"a": 1, "a": 2}', "'a' is given twice"),
        ('{"a": NaN}', "NaN is not a number"),
        ("{}", "lacks 'x-form'"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, text, problem):
    path = tmp_path / "small" / "1.0.0.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        SchemaLibrary(tmp_path).definitions()
    assert str(path) in str(raised.value)
    assert problem in str(raised.value)


def test_a_file_under_another_name_is_refused(tmp_path):
    publish(tmp_path, "1.0.0").rename(tmp_path / "small" / "1.0.1.json")
    with pytest.raises(DefinitionError, match=r"belongs in small/1.0.0.json"):
        SchemaLibrary(tmp_path).definitions()


def test_a_version_that_is_not_numbers_is_refused(tmp_path):
    publish(tmp_path, "first")
    with pytest.raises(DefinitionError, match="must be numbers and dots"):
        SchemaLibrary(tmp_path).definitions()


def test_the_fingerprint_is_eight_capital_hexadecimal_digits():
    digits = fingerprint(small_document())
    assert len(digits) == 8
    assert set(digits) <= set("0123456789ABCDEF")


def test_the_fingerprint_ignores_how_the_file_is_laid_out():
    document = small_document()
    turned = dict(reversed(document.items()))
    assert fingerprint(json.loads(json.dumps(turned, indent=4))) == fingerprint(document)


def test_the_fingerprint_changes_with_a_word_or_with_the_order_of_questions():
    document = small_document()
    reworded = small_document(title="Petite fiche bis")
    reordered = small_document()
    reordered["properties"] = dict(reversed(reordered["properties"].items()))
    longer = small_document()
    longer["properties"]["more"] = an_item("B01", type="string")
    assert len({fingerprint(d) for d in (document, reworded, reordered, longer)}) == 4


def test_two_versions_that_would_print_the_same_stamp_are_refused():
    first = compile_definition(small_document())
    check_fingerprints([first, replace(first, version="1.1.0", fingerprint="00000000")])
    with pytest.raises(DefinitionError, match="same fingerprint"):
        check_fingerprints([first, replace(first, version="1.1.0")])
