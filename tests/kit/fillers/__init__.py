"""Real programs that fill a blank PDF form, behind one function each.

Every module has ``NAME``, ``missing()`` (why it cannot run here, or None) and
``fill(blank, answers)``; answers are texts by address, ``1`` for a tick, a code for a choice.
"""

from __future__ import annotations

from types import ModuleType

from tests.kit.fillers import pdf_js, pdfbox, pdfium, pdftk, poppler, with_pypdf

FILLERS: tuple[ModuleType, ...] = (with_pypdf, pdfium, pdf_js, poppler, pdftk, pdfbox)
