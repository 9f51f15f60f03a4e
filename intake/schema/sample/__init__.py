"""Random full records of a form, for checks of programs and for tests."""
