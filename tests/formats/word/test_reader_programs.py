"""Forms saved again by real programs: each answer comes back, or a finding says why not."""

from __future__ import annotations

from functools import cache

import pytest

from intake.formats.word.reader import WordReader
from intake.model.address import places_by_address
from intake.model.finding_codes import FindingCode as Code
from tests.clients import libreoffice
from tests.clients.word_routes import ROUTES, blank, every_answer, tally
from tests.fillers import word_by_hand
from tests.fillers.forms import definition

LEAST = {"LibreOffice by .doc": 0.95}
"""Share of the answers that must come back; elsewhere all but a few."""


def marks(route):
    reason = route.missing()
    skip = pytest.mark.skipif(reason is not None, reason=reason or "-")
    slow = [] if route.name == "as filled" else [pytest.mark.slow, pytest.mark.programs]
    return [skip, *slow]


EVERY = [pytest.param(route, id=route.name, marks=marks(route)) for route in ROUTES]


@cache
def filled():
    return word_by_hand.fill(blank(), every_answer(definition()))


@pytest.mark.parametrize("route", EVERY)
def test_no_answer_of_the_real_form_is_silently_different(route):
    written = every_answer(definition())
    found = tally(route.send(filled()), written)

    assert found.silently_different == 0
    assert found.recovered >= LEAST.get(route.name, 0.99) * len(written)


@pytest.mark.slow
@pytest.mark.programs
@pytest.mark.skipif(libreoffice.cannot_type() is not None, reason=str(libreoffice.cannot_type()))
def test_texts_typed_in_libreoffice_come_back_or_carry_a_finding():
    by_address = places_by_address(definition())
    written = {
        address: text
        for address, text in every_answer(definition()).items()
        if not by_address[address].item.is_choice and "\n" not in text
    }
    found = tally(libreoffice.typed(blank(), written), written)

    assert found.silently_different == 0
    assert found.recovered >= 0.95 * len(written)


@pytest.mark.parametrize("route", EVERY)
def test_a_blank_form_saved_by_a_program_stays_blank_and_keeps_its_stamp(route):
    reader = WordReader()
    inspection = reader.inspect(route.send(blank()))
    raw = reader.read(inspection, definition())
    assert {finding.code for finding in raw.findings} <= {Code.CONTROL_LOST}
    fixed = {group.fixed_item for group in definition().groups.values()}

    assert {a.address for a in raw.answers if a.address.rsplit("__", 1)[-1] not in fixed} == set()
    assert {claim.stamp.text for claim in inspection.claims} == {
        f"DM-SAM 1.0.0 · fr · REI · {definition().fingerprint}"
    }
