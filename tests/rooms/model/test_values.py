"""Values as one text and as JSON, versions in order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intake.model.definition import version_order
from intake.model.submission import ItemData, json_of_value, value_of_json, value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("8.5"), "8.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.0000001"), "0.0000001"),
        (12500, "12500"),
        (("a", "b"), "a;b"),
        ("2019-03", "2019-03"),
    ],
)
def test_a_value_is_one_text_with_every_digit_and_no_exponent(value: ItemData, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize("value", [Decimal("8.5"), 12, ("a", "b"), (), "nd"])
def test_a_value_comes_back_from_a_record_as_it_went(value: ItemData) -> None:
    back = value_of_json(json_of_value(value))
    assert (back, type(back)) == (value, type(value))


def test_versions_are_ordered_as_numbers() -> None:
    versions = ["1.10.0", "1.9.0", "1.9", "0.11.0"]
    assert sorted(versions, key=version_order) == ["0.11.0", "1.9", "1.9.0", "1.10.0"]
    with pytest.raises(ValueError, match="invalid literal"):
        version_order("1.0-draft")
