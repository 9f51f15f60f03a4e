"""A blank workbook saved by real programs stays blank; full ones are ``tests/whole/clients``."""

from __future__ import annotations

import pytest

from intake.formats.excel.read.reader import ExcelReader
from intake.model.finding_codes import FindingCode
from tests.kit.fillers.forms import definition
from tests.whole.clients.excel_routes import ROUTES, blank


def marks(route):
    skip = pytest.mark.skipif(route.missing() is not None, reason=route.missing() or "-")
    slow = [] if route.name == "openpyxl" else [pytest.mark.slow, pytest.mark.programs]
    return [skip, *slow]


EVERY = [pytest.param(route, id=route.name, marks=marks(route)) for route in ROUTES]


@pytest.mark.parametrize("route", EVERY)
def test_a_blank_workbook_saved_by_a_program_stays_blank_and_keeps_its_stamp(route):
    reader = ExcelReader()
    inspection = reader.inspect(route.send(blank(), {}))
    raw = reader.read(inspection, definition())
    assert {finding.code for finding in raw.findings} <= {FindingCode.CELLS_BY_CODE}
    fixed = {group.fixed_item for group in definition().groups.values()}

    assert {a.address for a in raw.answers if a.address.rsplit("__", 1)[-1] not in fixed} == set()
    assert len({claim.stamp for claim in inspection.claims}) == 1
