"""A published schema keeps its fingerprint: a changed one is refused until it is a new version."""

from __future__ import annotations

import json

import pytest

from intake.model.errors import DefinitionError
from intake.schema.compile.definition import compile_definition
from intake.workspace.form_library import SchemaLibrary
from intake.workspace.published import (
    PUBLISHED_FILE,
    digest,
    kept_forms,
    published_content,
    read_published,
)
from tests.kit.small_document import small_document


def put(folder, document):
    """Write a schema among those of a workspace and return its version."""
    path = folder / "schemas" / "small" / "1.0.0.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return compile_definition(document)


def publish(folder, form):
    """Write what was published of a version and return where."""
    kept = kept_forms(folder / "form_templates", form)
    kept.mkdir(parents=True)
    (kept / PUBLISHED_FILE).write_bytes(published_content(form, {"a.pdf": digest(b"a")}))
    return kept


def library(folder):
    return SchemaLibrary(folder / "schemas", folder / "form_templates")


def test_what_was_published_reads_back(tmp_path):
    form = compile_definition(small_document())
    found = read_published(publish(tmp_path, form))
    assert found is not None
    assert found.fingerprint == form.fingerprint
    assert dict(found.files) == {"a.pdf": digest(b"a")}


def test_an_unpublished_schema_may_change(tmp_path):
    put(tmp_path, small_document())
    put(tmp_path, small_document(title="Autre titre"))
    assert library(tmp_path).latest("small") is not None


def test_a_published_schema_that_changed_is_refused_with_what_to_do(tmp_path):
    before = put(tmp_path, small_document())
    kept = publish(tmp_path, before)
    assert library(tmp_path).latest("small") is not None
    after = put(tmp_path, small_document(title="Autre titre"))
    with pytest.raises(DefinitionError) as raised:
        library(tmp_path).definitions()
    for words in (before.fingerprint, after.fingerprint, "new version", f"delete {kept}"):
        assert words in str(raised.value)


def test_spaces_and_the_order_of_keywords_may_change(tmp_path):
    publish(tmp_path, put(tmp_path, small_document()))
    put(tmp_path, dict(reversed(small_document().items())))
    assert library(tmp_path).latest("small") is not None


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"fingerprint": "A"}', b"\xff"])
def test_a_damaged_file_is_named_and_never_taken_for_none(tmp_path, content):
    kept = publish(tmp_path, put(tmp_path, small_document()))
    (kept / PUBLISHED_FILE).write_bytes(content)
    with pytest.raises(DefinitionError, match=PUBLISHED_FILE):
        library(tmp_path).definitions()
