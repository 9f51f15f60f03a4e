"""What the writer promises and the reader expects inside a Word form. Nothing else.

A place's address is the tag of its content control and the name of the bookmark around it;
its visible code stands alone in the first cell of its row. Layout and damage are not known
here.
"""

from __future__ import annotations

import re

from intake.model.address import STAMP_ADDRESS

STAMP_BOOKMARK = STAMP_ADDRESS
"""Bookmark of the title band around the stamp (hidden in Word: it begins with ``_``)."""
STAMP_PROPERTY = "FormStamp"
"""Custom document property that holds the stamp."""
TICKED, UNTICKED = "\u2612", "\u2610"
"""What a checkbox control shows."""
MAX_ALIAS = 64
"""Word's limit for the title of a content control."""
CODE = re.compile(r"[A-Z]{1,2}[0-9]{1,3}(?:\.[0-9]{1,2})?|n°[0-9]{1,3}b?")
"""A visible code as it is printed, of an item or of an item in a row."""
ANSWER = 2
"""The cell of a line that holds its answer, counted from 0; cells added behind hold none."""
BY_CODE = "code:"
"""Begins the address of a reading known by its visible code only."""
PROMPT = "prompt"
"""The kind of doubt about a text that its control calls a placeholder."""
