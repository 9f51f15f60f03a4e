"""What may be repeated, where, and in which profile; what is not known here is withheld.

Everybody who tells something asks here; nothing here reads or writes.
"""
