"""Blank and prefilled forms, and records checked before they are written into one."""
