"""The names of forms and archives: safe on every system."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from intake.pipeline.forms.generate import Order, form_name
from intake.schema.check.document import check_document
from tests.kit.fillers.forms import definition
from tests.kit.small_document import small_document

LONGEST = 60


def test_the_longest_name_has_at_most_sixty_characters():
    form = replace(definition(), id="a" * 20, version="100.1000.100")
    order = Order(
        definition=form,
        languages=("fr",),
        centre="PAR-2000",
        study_title={"fr": "-"},
        sponsor="-",
        closing_date=dt.date(2027, 3, 31),
    )
    assert len(form_name(order, "fr", ".docx")) <= LONGEST


def test_a_version_that_would_make_names_too_long_is_a_fault():
    document = small_document()
    document["x-form"]["version"] = "1000.1000.1000"
    assert "/x-form/version" in [fault.pointer for fault in check_document(document)]
