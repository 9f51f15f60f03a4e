"""An answer for every place of a blank form, out of texts that programs like to break."""

from __future__ import annotations

import io
import unicodedata
from itertools import cycle

import pikepdf

from tests.kit.fillers.kinds import entries, radio_states, ticks

HOSTILE = (
    "Œdème d’été",
    unicodedata.normalize("NFD", "à pâlir, élève"),
    "≥ 88 µg/L",
    "12,5 €",
    "« dit-il » \"oui\" 'non'",
    "=1+1",
    "<b>gras</b> & \\(x\\)",
    "ND/03/2016",
    "–3 …",
    "07",
)
LINES = "ligne 1\nligne 2 : « fin »\n\nligne 4"
_READ_ONLY, _MULTILINE = 1 << 0, 1 << 12


def every_answer(blank: bytes) -> dict[str, str]:
    """Return a text, code or tick for each field that a person may change."""
    answers = dict.fromkeys(ticks(blank), "1")
    for number, (name, codes) in enumerate({**radio_states(blank), **entries(blank)}.items()):
        real = [code for code in codes if code != "_"]
        answers[name] = real[number % len(real)]
    return {**answers, **_texts(blank)}


def _texts(blank: bytes) -> dict[str, str]:
    texts, found = cycle(HOSTILE), {}
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            flags = int(field.get("/Ff", 0))
            if field.get("/FT") == "/Tx" and not flags & _READ_ONLY:
                text = LINES if flags & _MULTILINE else next(texts)
                found[str(field.T)] = text[: int(field.get("/MaxLen", 1000))]
    return found
