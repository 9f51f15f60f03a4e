"""A blank Word form saved by real programs stays blank; full ones are ``tests/whole/clients``."""

from __future__ import annotations

import unicodedata

import pytest

from intake.formats.word.read.reader import WordReader
from intake.model.address import places_by_address
from intake.model.finding_codes import FindingCode as Code
from tests.kit.fillers.forms import definition
from tests.whole.clients import libreoffice
from tests.whole.clients.answers import every_answer
from tests.whole.clients.word_routes import ROUTES, blank


def marks(route):
    reason = route.missing()
    skip = pytest.mark.skipif(reason is not None, reason=reason or "-")
    slow = [] if route.name == "by hand" else [pytest.mark.slow, pytest.mark.programs]
    return [skip, *slow]


EVERY = [pytest.param(route, id=route.name, marks=marks(route)) for route in ROUTES]


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(libreoffice.cannot_type() is not None, reason=str(libreoffice.cannot_type()))
def test_what_is_typed_in_libreoffice_as_the_form_opens_comes_back_with_a_note_at_most():
    by_address = places_by_address(definition())
    written = {
        address: chosen(by_address[address].item, text)
        for address, text in every_answer(definition()).items()
        if by_address[address].option is None and "\n" not in text
    }
    content = libreoffice.typed(blank(), written)
    raw = WordReader().read(WordReader().inspect(content), definition())
    read = {answer.address: answer.text for answer in raw.answers}

    assert {address: read.get(address) for address in written} == written
    assert {finding.code for finding in raw.findings} == {Code.CONTROL_LOST}


def chosen(item, text):
    """Return the label of a code; else the text, its letters whole as a keyboard gives them."""
    option = item.option(text)
    return option.title["fr"] if option else unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("route", EVERY)
def test_a_blank_form_saved_by_a_program_stays_blank_and_keeps_its_stamp(route):
    reader = WordReader()
    inspection = reader.inspect(route.send(blank(), {}))
    raw = reader.read(inspection, definition())
    assert {finding.code for finding in raw.findings} <= {Code.CONTROL_LOST}
    fixed = {group.fixed_item for group in definition().groups.values()}

    assert {a.address for a in raw.answers if a.address.rsplit("__", 1)[-1] not in fixed} == set()
    assert {claim.stamp.text for claim in inspection.claims} == {
        f"DM-SAM 1.0.0 · fr · REI · {definition().fingerprint}"
    }
