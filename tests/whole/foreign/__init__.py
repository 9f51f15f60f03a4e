"""Small forms made by others, with names and structures that our writers never use."""
