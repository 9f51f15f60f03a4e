"""The dataset as files (CSV, codebook, data package) and the state of the collection.

Pure: records in, names and bytes out; only ``refresh`` drives what reads and writes, through
seams of its own. Asking before identifying data leave, and logging that they did, belong to the
caller.
"""
