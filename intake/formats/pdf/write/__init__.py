"""Writes the blank PDF form: typesetting, then widgets in place of links, then the tag tree.

What stands where on a page is decided in `layout`; nothing here reads a returned file.
"""
