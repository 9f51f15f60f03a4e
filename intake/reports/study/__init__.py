"""Where the study stands, for the coordinator alone: what is left to do, centres, files."""
