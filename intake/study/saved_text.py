"""The text of a file that a person saved with Excel or Notepad, in whichever letters they use.

What the text may say is for those who read it.
"""

from __future__ import annotations

import codecs


def saved_text(content: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 with its mark, or the letters of Windows.

    Raises UnicodeDecodeError for anything else: no letter is ever guessed or replaced.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")
