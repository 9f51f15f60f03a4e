"""Messages to centres: what one is, what became of each, whom a centre answers."""
