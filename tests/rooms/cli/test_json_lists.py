"""A long list as JSON: printed item by item, the same document as printed whole."""

from __future__ import annotations

import pytest

from intake.cli.frame import print_json, print_json_list

ITEMS = [
    {"name": "a\nb", "rows": [1, {"deep": ["é", None]}], "none": []},
    "a\ud800b",
    [],
]


@pytest.mark.parametrize("count", range(len(ITEMS) + 1))
def test_a_list_in_parts_is_the_document_printed_whole(capsys, count):
    print_json({"queries": ITEMS[:count]})
    whole = capsys.readouterr().out

    print_json_list("queries", iter(ITEMS[:count]))

    assert capsys.readouterr().out == whole


def test_an_item_is_printed_before_the_next_is_asked_for(capsys):
    def items():
        yield {"first": 1}
        assert '"first": 1' in capsys.readouterr().out
        yield {"second": 2}

    print_json_list("queries", items())
    assert '"second": 2' in capsys.readouterr().out
