"""Word cases."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.pipeline.office_word import filled_word

CASES = (Case("w01-intact", filled_word, "docx", about="filled in, nothing else"),)
