"""Commands by which a person decides: about files that wait, about records; in whose name."""
