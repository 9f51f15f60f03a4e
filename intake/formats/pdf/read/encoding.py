"""Text whose encoding is not marked: the letters that make sense, where one reading does.

A string of a PDF is in its standard encoding or marked as Unicode. Some programs write the
bytes of UTF-8, Windows or Mac letters all the same, others the entities of a web page. The
standard reading is kept wherever it is a text; what two readings could mean is not guessed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_SMALL = "a-zß-öø-ÿœ"
_CAPITAL = "A-ZÀ-ÖØ-ÞŒŸ"
_NONSENSE = re.compile(
    "|".join(
        (
            "[\ufffd\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]",
            "[¡¿¢¤¥¦ª¬¯´¸º¶ƒˆ˜˘ˇ˙˝˛˚⁄‹›†‡™∏∫◊Ω∂∑√∆π\uf8ff]",
            f"[{_SMALL}][{_CAPITAL}]",  # a capital within a word
            f"(?<![{_LETTER}])[À-ÖØ-öø-ÿŒœ](?<![àÀôÔ])(?![{_LETTER}’'.])",  # a lone letter
            r"[À-ÖØ-öø-ÿŒœ]\d|\d[À-ÖØ-öø-ÿŒœ]",
            r"(?<![A-Za-z\d)])[²³]",
            r"ﬁ(?![aeiouéèêy])|ﬂ(?![aeiouéèêy])",
            f"…[{_LETTER}]|[{_LETTER}][–—„‚]|[–—‚„][{_LETTER}]",
            f"[{_LETTER}\\d][“‘«][{_LETTER}]|(?<!\n)(?<!^)•",
            r"^[^“]*”|^[^„“”]*‘",
            f"(?<![{_LETTER}][{_LETTER}])(?<![cdjlmnstCDJLMNST])(?<=[{_LETTER}])’[{_LETTER}]",
            f"(?<=[{_LETTER}][{_LETTER}])(?<!qu)(?<!rd)(?<!tr)’(?!(?:s|re|ve|ll|d|m|(?<=n’)t)\\b)[{_LETTER}]",
        )
    )
)
"""What no sentence holds: signs of other trades, accents or quotes where none can stand."""
_RARE = re.compile("[ŁłŠšŽžıÐðÞþÝý×÷áíóúñãõìòåøÁÍÓÚÑÃÕÌÒÅØ]|(?<![A-Za-z])[A-Z]…")
"""Letters of other languages, a cut name: they may be meant, or be another encoding's."""
_KNOWN = frozenset("ŒœŸ€‚„…‰‘’“”•–—™ﬁﬂ≥≤≠≈−→←↑↓√∞αβγδεκλμσωΔΩ⁰⁴⁵⁶⁷⁸⁹⁻\u202f\u2009")
_NO, _PERHAPS, _YES = range(3)
_ENOUGH = 3
"""Letters from which a text tells its encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What bytes without a mark may say."""

    text: str
    is_odd: bool = False
    """No sentence reads so; what the box shows may still say that it was meant."""
    guess: str = ""
    """The one other reading that makes sense, of an odd text."""


def decoded(data: bytes, standard: str) -> Decoded:
    """Return the text that bytes without a mark hold.

    ``standard`` is how the standard encoding reads them. Bytes that are a text in UTF-8
    are taken for it: as letters of the standard encoding they make no sense. A box that
    shows those letters all the same leaves them in doubt (``FieldText.as_shown``).
    """
    if data.isascii():
        return Decoded(_without_entities(standard))
    unicode = _read(data, "utf-8")
    if _likely(unicode) == _YES:
        return Decoded(_without_entities(unicode))
    likely = _likely(standard)
    others = {_read(data, name) for name in ("cp1252", "mac_roman")}
    better = [text for text in others - {standard} if _likely(text) == _YES]
    if likely == _NO and _likely(unicode) == _PERHAPS:
        better = [unicode]
    if likely == _YES or (likely == _PERHAPS and not better):
        return Decoded(_without_entities(standard))
    is_told = likely == _NO and len(better) == 1 and len(data) >= _ENOUGH
    return Decoded(standard, is_odd=True, guess=better[0] if is_told else "")


def _read(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


def _likely(text: str) -> int:
    if _NONSENSE.search(text):
        return _NO
    is_rare = any(c > "\xff" and c not in _KNOWN for c in text)
    return _PERHAPS if is_rare or _RARE.search(text) else _YES


def _without_entities(text: str) -> str:
    """Return a text with the entities of a web page as the letters that they stand for."""
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
