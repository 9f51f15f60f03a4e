"""Under which name a dropped file stands in the inbox."""

from __future__ import annotations

import pytest

from intake.channels.folder.stability import is_litter, why_not_by_name
from intake.wiring.page.dropped_name import dropped_name, numbered


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("fiche.pdf", "fiche.pdf"),
        ("Fiche de Mme Émeraude (2).docx", "Fiche de Mme Émeraude (2).docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\fiche.pdf", "fiche.pdf"),
        ("fiche.pdf:stream", "fiche.pdf_stream"),
        ("fi\u202efdp.exe", "fi_fdp.exe"),
        ("a\x00b\nc.pdf", "a_b_c.pdf"),
        ("fiche.pdf. . ", "fiche.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("..", "file"),
        ("", "file"),
        ("   ", "file"),
        ("fiche.pdf.part", "fiche.pdf.part_"),
        ("Thumbs.db", "Thumbs.db_"),
        ("é" * 200 + ".pdf", "é" * 58 + ".pdf"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_is_kept_as_far_as_any_system_holds_it(given, kept):
    assert dropped_name(given) == kept
    assert not is_litter(kept)
    assert why_not_by_name(kept) is None


def test_another_of_the_same_name_is_numbered_before_its_ending():
    assert [numbered("fiche.pdf", n) for n in (1, 2)] == ["fiche.pdf", "fiche (2).pdf"]
