"""The schemas that are shipped, and the second study, have no fault."""

from __future__ import annotations

import json

import pytest

from intake.schema.check.document import check_document
from tests.kit import places

SCHEMAS = sorted([*places.SCHEMAS.glob("*/*.json"), places.HIVE])


@pytest.mark.long(15)
@pytest.mark.slow
@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_published_schema_has_no_fault(path):
    assert check_document(json.loads(path.read_text(encoding="utf-8"))) == ()


def test_the_shipped_form_and_the_second_study_are_among_them():
    assert {path.parent.name for path in SCHEMAS} >= {"dm-sam", "hive"}
