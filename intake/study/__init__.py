"""What a workspace says of its study: study.toml, calendar, centres, folders.

Reading and checking the coordinator's own files lives here; using them (mail, forms,
processing) does not.
"""
