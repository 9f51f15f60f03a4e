"""The tables, their migrations, their opening, and what is special to SQLite."""
