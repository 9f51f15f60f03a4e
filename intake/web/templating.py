"""The page's templates: every text escaped, every sentence from the catalogue, no name unknown."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from intake.words.shown import marks_shown


@cache
def environment() -> Environment:
    """Return where the templates are; an undefined name raises: a screen is never half said."""
    return Environment(
        loader=PackageLoader("intake.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=marks_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
