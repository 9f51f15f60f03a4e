"""The study as a whole: its beginning, settings and centres, its state, the folder watched."""
