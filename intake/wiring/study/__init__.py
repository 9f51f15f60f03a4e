"""The study as a whole: its centres, the language spoken with its people, the folder watched."""
