"""One section of a number format: the words it prints around a number, the digits it shows.

A format has up to four sections: for positive numbers, negative ones, zero, and texts. Which
one counts, and whether it is one of dates, is decided in ``number_format``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|_.|\*.|\[[^\]]*\]'
    r"|(?P<general>general|standard)|(?P<power>E[+-])|(?P<digit>[0#?])|(?P<point>\.)"
    r"|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LITERAL = frozenset({"quoted", "escaped", "currency", "other"})
_SHOWING = frozenset({"digit", "general", "text"})
_SAYS = re.compile(r"[^\s().,+€$£¥-]")
"""A sign that says something of the number: spaces, brackets and currencies do not."""
_QUIET_INSIDE = " \u00a0\u202f'’"
"""What only parts the thousands."""
_LONG = Context(prec=60)
_Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """What one section of a format prints."""

    before: str = ""
    after: str = ""
    shows: bool = False
    """Any digit or text is shown."""
    is_plain: bool = False
    """The number is shown as it is, or a text: every digit."""
    is_text: bool = False
    whole: str = ""
    """Places for digits before the point: ``0`` shows a zero, ``#`` does not."""
    decimals: int = 0
    below: int = 0
    """Digits of a fraction's lower part; none where no fraction is shown."""
    percents: int = 0
    is_torn: bool = False
    """Other signs stand between the digits, or thousands or powers are shown."""

    def words(self, text: str) -> str:
        """Return a number or a text with the words around it that say something of it."""
        before, after = (part if _SAYS.search(part) else "" for part in (self.before, self.after))
        return f"{before}{text}{after}"

    def is_true_to(self, value: Decimal) -> bool:
        """Say whether the digits shown are those of the number."""
        if self.is_plain:
            return True
        if self.is_torn or not self.shows:
            return False
        if self.below:
            exact = Fraction(value)
            return exact.limit_denominator(10**self.below - 1) == exact
        shown = value * 100**self.percents
        if shown == 0 and not self.decimals and not set("0?") & set(self.whole):
            return False
        rounded: Decimal = _LONG.quantize(shown, Decimal(1).scaleb(-self.decimals))
        return bool(rounded == shown)


def section_of(code: str) -> Section:
    """Return what a section's code prints."""
    tokens = [(str(m.lastgroup), m[m.lastgroup]) for m in _TOKEN.finditer(code) if m.lastgroup]
    showing = [number for number, (kind, _) in enumerate(tokens) if kind in _SHOWING]
    if not showing:
        return Section(before=_literals(tokens))
    first, last = showing[0], showing[-1]
    before, after = _literals(tokens[:first]), _literals(tokens[last + 1 :])
    percents = sum(kind == "percent" for kind, _ in tokens)
    shown = tokens[first : last + 1]
    kinds = {kind for kind, _ in shown}
    return Section(
        before=before,
        after=after,
        shows=True,
        is_plain=bool(kinds & {"general", "text"}) and not percents,
        is_text="text" in kinds,
        whole=_digits(_until(shown, "point")),
        decimals=len(_digits(_behind(shown, "point"))),
        below=len(_digits(_behind(shown, "slash"))),
        percents=percents,
        is_torn=_is_torn(shown, tokens[last + 1 :]),
    )


def _is_torn(shown: Sequence[_Token], behind: Sequence[_Token]) -> bool:
    is_scaled = any(kind == "power" for kind, _ in shown) or (
        bool(behind) and behind[0][0] in ("comma", "slash")
    )
    return is_scaled or bool(_literals(shown).strip(_QUIET_INSIDE))


def _literals(tokens: Sequence[_Token]) -> str:
    return "".join(text for kind, text in tokens if kind in _LITERAL)


def _digits(tokens: Sequence[_Token]) -> str:
    return "".join(text for kind, text in tokens if kind == "digit")


def _until(tokens: Sequence[_Token], kind: str) -> Sequence[_Token]:
    found = [number for number, token in enumerate(tokens) if token[0] == kind]
    return tokens[: found[0]] if found else tokens


def _behind(tokens: Sequence[_Token], kind: str) -> Sequence[_Token]:
    found = [number for number, token in enumerate(tokens) if token[0] == kind]
    return tokens[found[0] + 1 :] if found else ()
