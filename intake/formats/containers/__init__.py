"""Files that hold files (emails, Outlook messages, zip archives): bytes to members, in memory.

Nothing is written to disk here and no name is used as a path. Members are not opened: each
becomes a file of its own.
"""
