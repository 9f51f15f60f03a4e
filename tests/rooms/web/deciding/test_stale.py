"""A form that was shown before somebody else decided: what it left alone stays decided."""

from __future__ import annotations

import re

import pytest
from starlette.datastructures import FormData

from intake.model.receipt import Correction
from intake.web.screens.deciding.acts import kept, typed_answers
from intake.wiring import decisions

WHY = "Vérifié avec le centre"
FIELD = re.compile(
    r"<(?:input|textarea)[^>]*name=\"((?:answer|shown):[^\"]*)\"[^>]*?(?:value=\"([^\"]*)\"|>\n([^<]*)<)"
)


@pytest.fixture
def waiting(office):
    return office.receipts[1].id


def fields(browser, address):
    """Return what a browser sends of a screen's fields of text as they stand, by name."""
    html = browser.get(address).text
    ticked = set(re.findall(r'type="checkbox" name="answer:([^"]*)"', html))
    found = {name: value or text for name, value, text in FIELD.findall(html)}
    return {name: text for name, text in found.items() if name.partition(":")[2] not in ticked}


def written(office, receipt):
    values = office.app.store.entry(receipt).submission.values
    return {value.address: value.raw for value in values}


@pytest.mark.parametrize("how", ["type", "give"])
def test_a_field_that_was_left_as_it_stood_takes_no_later_answer_back(
    browser, office, waiting, how
):
    old = fields(browser, f"/decide/{waiting}/type")
    assert old["answer:lab_hb_dx"] == old["shown:lab_hb_dx"] == "9,9"
    decisions.set_answers(office.app, waiting, [Correction("lab_hb_dx", "11,1", "")], WHY)
    typed = {**old, "answer:id_surname2": "ZU", "reason": WHY}
    assert browser.post(f"/decide/{waiting}/{how}", typed).status_code == 303
    now = written(office, waiting)
    assert (now["lab_hb_dx"], now["id_surname2"]) == ("11,1", "ZU")


def test_a_refused_form_shows_again_what_was_typed_and_else_what_stands_now(
    browser, office, waiting
):
    old = fields(browser, f"/decide/{waiting}/type")
    decisions.set_answers(office.app, waiting, [Correction("lab_hb_dx", "11,1", "")], WHY)
    typed = {**old, "answer:id_surname2": "NOT TWO", "reason": WHY}
    refused = browser.post(f"/decide/{waiting}/type", typed)
    assert refused.status_code == 409
    assert 'name="answer:lab_hb_dx" value="11,1"' in refused.text
    assert 'name="answer:id_surname2" value="NOT TWO"' in refused.text


def test_a_form_that_is_sent_as_it_stands_decides_nothing(browser, office, waiting):
    old = fields(browser, f"/decide/{waiting}/type")
    assert browser.post(f"/decide/{waiting}/type", {**old, "reason": WHY}).status_code == 303
    assert office.app.store.entry(waiting).receipt.decisions == ()


@pytest.mark.parametrize(
    ("shown", "sent", "is_new"),
    [
        (["a\nb"], ["a\r\nb"], False),
        (["a", "b"], ["", "a", "b"], False),
        ([""], [""], False),
        (["a", "b"], ["", "a"], True),
        (["a"], [""], True),
        ([""], ["a"], True),
        (None, ["a"], True),
    ],
)
def test_an_answer_is_what_differs_from_what_stood_in_its_field(shown, sent, is_new):
    form = FormData([("shown:x", text) for text in shown or ()] + [("answer:x", t) for t in sent])
    assert typed_answers(form) == ({"x": sent} if is_new else {})
    assert ("answer:x" in kept(form)) == is_new
