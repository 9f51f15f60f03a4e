"""Make self-contained HTML pages from this package's templates.

Every text is escaped; pages hold no script, no form and no address of anything outside.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


def page(template: str, **content: object) -> str:
    """Return one page. An undefined name in a template raises: a page is never half said."""
    return _environment().get_template(template).render(**content)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("intake.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
