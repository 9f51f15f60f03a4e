"""Where functions run: in this process or in limited children."""
