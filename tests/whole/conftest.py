"""What holds for all tests of the whole: each form is written once."""

from __future__ import annotations

import pytest

from tests.kit.fakes.kept_writers import written_once


@pytest.fixture(autouse=True, scope="session")
def forms_written_once():
    """Write a form once for all tests and workers."""
    with written_once():
        yield
