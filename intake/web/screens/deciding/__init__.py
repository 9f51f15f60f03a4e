"""Deciding: the list of what waits, one file of it, its pictures, and typing a form."""

from __future__ import annotations

from intake.web.screens.deciding import acts, listing, one, pictures, typing

ROUTES = [*listing.ROUTES, *pictures.ROUTES, *typing.ROUTES, *acts.ROUTES, *one.ROUTES]
