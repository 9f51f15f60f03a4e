"""Every program leaves of a full form what the committed table says, and never lies in silence."""

from __future__ import annotations

import pytest

from tests.kit.fillers.forms import definition
from tests.whole.clients import table
from tests.whole.clients.answers import every_answer, own_places
from tests.whole.clients.table import ROUTES, Row
from tests.whole.clients.tally import tally


def _parameter(key):
    reason = ROUTES[key].missing()
    skip = pytest.mark.skipif(reason is not None, reason=reason or "-")
    name = f"{key[0].value}-{key[1]}".replace(" ", "-")
    return pytest.param(key, id=name, marks=[skip])


EVERY = [_parameter(key) for key in ROUTES]


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.parametrize("key", EVERY)
def test_a_program_leaves_what_the_committed_table_says(key):
    file_format, name = key
    content = table.sent(file_format, ROUTES[key])
    found = tally(file_format, content, every_answer(definition()))
    assert found.different == (), "answers differ and no finding says so: a defect of the reader"

    now, before = table.row_of(ROUTES[key], found), table.committed().get(key)
    assert before is not None, f"{name} has no row in docs/clients.md: run `make clients`"
    assert now.version == before.version, (
        f"docs/clients.md is about {name} {before.version}, here is {now.version}: "
        "run `make clients` and look at what changed"
    )
    assert now == before, "docs/clients.md is not what happens: run `make clients`, then look"


def test_the_page_holds_the_words_of_its_template_and_nothing_else():
    assert table.PAGE.read_text(encoding="utf-8") == table.page(table.committed())


def test_every_place_of_the_form_is_answered():
    entered = every_answer(definition())
    assert list(entered) == [place.address for place in own_places(definition())]
    assert all(entered.values())


def test_a_tally_tells_an_answer_changed_in_silence_from_one_in_question():
    key = next(key for key in ROUTES if key[1] == "openpyxl")
    entered = every_answer(definition())
    number = next(a for a in entered if definition().items.get(a) and _is_free(a))
    wrong = {**entered, number: "x", "sex": "?"}
    content = ROUTES[key].send(table.FORMATS[key[0]].blank(), wrong)
    found = tally(key[0], content, entered)

    assert (found.different, found.questioned) == ((number,), ("sex",))
    assert found.recovered == found.places - 2


def _is_free(address):
    item = definition().items[address]
    return item.is_free_text and not item.required and item.name not in definition().identity.items


def test_a_row_is_read_back_as_it_was_written():
    key = next(iter(ROUTES))
    row = Row(key[1], "1.2", "filled", "3", "1", "1", "1", "")
    assert str(row) == f"| {key[1]} | 1.2 | filled | 3 | 1 | 1 | 1 |  |"
    assert dict(table.rows_of(table.page({key: row}))) == {key[0]: row}
