"""What the address of a list says: its page, and what narrows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

_LONGEST = 60
_MOST_FIGURES = 9


def page_number(request: Request) -> int:
    """Return the page that is asked for; 1 where none, or none that there may be."""
    return max(1, whole_number(request.query_params.get("page", "")) or 1)


def whole_number(text: str) -> int | None:
    """Return a number that something may have; None for what is none, and for endless figures."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_FIGURES
    return int(text) if is_number else None


def narrowing(request: Request, *names: str) -> dict[str, str]:
    """Return what narrows a list, by name: empty for nothing."""
    return {name: narrowed_by(request.query_params, name) for name in names}


def narrowed_by(given: Mapping[str, Any], name: str) -> str:
    """Return one text of an address or a form, of a length that something may have."""
    return str(given.get(name, "")).strip()[:_LONGEST]


def address(path: str, filters: Mapping[str, str], **more: str) -> str:
    """Return the address of a narrowed list; after ``page=""`` the page's number goes."""
    return f"{path}?{urlencode({name: text for name, text in filters.items() if text} | more)}"


def sees_all(request: Request) -> bool:
    """Say whether answers that identify, or were typed freely, are asked for too."""
    return request.query_params.get("all") == "1"
