"""Fill with pypdf, as scripts and small web services do: a full rewrite."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping

import pypdf

NAME = "pypdf"


def missing() -> str | None:
    return None


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of letters the font lacks
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(blank))
    kinds = {name: entry.get("/FT") for name, entry in (writer.get_fields() or {}).items()}
    single = {name for name, entry in (writer.get_fields() or {}).items() if "/Kids" not in entry}
    states = {
        name: _state(text, tick=name in single) if kinds.get(name) == "/Btn" else text
        for name, text in answers.items()
    }
    writer.update_page_form_field_values(None, states, auto_regenerate=False)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _state(text: str, *, tick: bool) -> str:
    if not text:
        return "/Off"
    return "/Yes" if tick else f"/{text}"
