"""Reads forms with no live field left (printed, exported, scanned) by place, beside their blank.

Nothing read here is loaded before a person has confirmed it.
"""
