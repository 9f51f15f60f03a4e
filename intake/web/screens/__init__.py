"""One module a screen, or a room of them: each has its ``ROUTES``."""
