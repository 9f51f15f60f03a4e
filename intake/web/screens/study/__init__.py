"""The study as a whole: its settings, its list of centres, what is sent and how it ends."""

from intake.web.screens.study import acts, centres, settings

ROUTES = [*settings.ROUTES, *centres.ROUTES, *acts.ROUTES]
