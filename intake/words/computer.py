"""The language that the people of this computer read, as its system says it."""

from __future__ import annotations

import ctypes
import locale
import os
from collections.abc import Callable, Mapping

ASKED = "CRF_INTAKE_LANG"
"""What a person sets to have another language than the computer's."""
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
Ask = Callable[[], int]
"""Return the number that Windows has for the language of its own menus. Raises OSError."""


def windows_menus() -> int:
    """Ask Windows for the language of its menus. Raises OSError on another system."""
    library = getattr(ctypes, "windll", None)
    if library is None:
        raise OSError("this is no Windows")
    return int(library.kernel32.GetUserDefaultUILanguage())


def asked_language(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the language that a person asked for, as two letters; None where nobody did."""
    return _two_letters(environment.get(ASKED, ""))


def computer_language(
    environment: Mapping[str, str] = os.environ, ask: Ask = windows_menus
) -> str | None:
    """Return the computer's language as two letters, known to us or not; None if it says none.

    Unix says it in variables, Windows only when it is asked.
    """
    for variable in _VARIABLES:
        language = _two_letters(environment.get(variable, ""))
        if language:
            return language
    try:
        return _two_letters(locale.windows_locale.get(ask(), ""))
    except (OSError, AttributeError):
        return None


def _two_letters(text: str) -> str | None:
    """Return the language of ``fr_FR.UTF-8``; None for none, and for the system's ``C``."""
    language = text.replace("-", "_").split(".")[0].split("_")[0].lower()
    return language if len(language) == 2 and language.isalpha() else None
