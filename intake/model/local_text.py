"""Words by language, the one type that every other part of the model shares."""

from __future__ import annotations

from collections.abc import Mapping

LocalText = Mapping[str, str]
"""Words by language code, e.g. ``{"fr": "Sexe", "en": "Sex"}``."""
