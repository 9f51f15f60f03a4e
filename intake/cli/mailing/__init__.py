"""``mail`` and ``close``: what is written to centres, what comes back by mail, the end."""
