"""The study as a whole: its centres, where it stands, the folder watched."""
