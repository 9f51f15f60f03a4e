"""Bombs are met in a limited child: refused, and the next file is read as if nothing was."""

from __future__ import annotations

import pytest

from intake.execution.child import MEMORY_CAN_BE_LIMITED
from intake.execution.limited import LimitedPool
from intake.formats.pdf.read.inspection import inspect as inspect_pdf
from intake.formats.pdf.read.reader import PdfReader
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode
from tests.kit.broken import hostile
from tests.kit.broken.damage import filled
from tests.kit.broken.small import ANSWERS, blank

pytestmark = pytest.mark.skipif(not MEMORY_CAN_BE_LIMITED, reason="no memory limit here")


@pytest.fixture(scope="module")
def pool():
    with LimitedPool(1) as running:
        yield running


def test_a_form_is_read_in_a_child_exactly_as_in_this_process(pool):
    content = filled(blank(), ANSWERS)

    assert pool.submit(inspect_pdf, content).result(60) == inspect_pdf(content)
    assert pool.submit(PdfReader().inspect, content).result(60) == inspect_pdf(content)


def test_a_refusal_crosses_from_the_child_with_its_reason(pool):
    with pytest.raises(UnreadableFile) as refused:
        pool.submit(inspect_pdf, b"no pdf").result(60)
    assert refused.value.code is FindingCode.FILE_DAMAGED


@pytest.mark.parametrize(
    "bomb",
    [
        hostile.bomb_value,
        hostile.bomb_value_twice_packed,
        pytest.param(hostile.bomb_object_stream, marks=pytest.mark.slow),
        pytest.param(hostile.bomb_page, marks=pytest.mark.slow),
    ],
    ids=lambda build: build.__name__,
)
def test_a_bomb_is_refused_and_hurts_no_other_file(pool, bomb):
    content = filled(blank(), ANSWERS)
    bad, good = pool.submit(inspect_pdf, bomb()), pool.submit(inspect_pdf, content)

    with pytest.raises(UnreadableFile) as refused:
        bad.result(60)

    assert refused.value.code in {FindingCode.FILE_LIMIT, FindingCode.FILE_DAMAGED}
    assert good.result(60).findings == ()
