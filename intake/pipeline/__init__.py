"""The order of work, through ports only."""
