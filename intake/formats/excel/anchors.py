"""What the writer promises and the reader expects inside an Excel form. Nothing else.

Each answer cell has a defined name, the address of its place, and stands in the line of its
visible code: ``A01`` (item), ``A01=hta`` (option), the row being the heading of its column.
"""

from __future__ import annotations

import re

from intake.model.address import STAMP_ADDRESS

STAMP_NAME = STAMP_ADDRESS
"""Defined name of the cell that holds the stamp on the first sheet."""
META_SHEET = "_meta"
"""Hidden sheet that holds the stamp once more."""
LISTS_SHEET = "_listes"
"""Hidden sheet that holds the labels of the lists."""
TALLY_SHEET = "_suivi"
"""Hidden sheet that counts the answers expected and given; never read."""
HIDDEN_SHEETS = (META_SHEET, LISTS_SHEET, TALLY_SHEET)
STAMP_PROPERTY = "form-stamp"
"""Custom property that holds the stamp."""
COLOURED = "coloured"
"""The kind of doubt about an empty cell that is set apart as if it were ticked."""
ABOVE, HEADING = "above", "heading"
"""What stands for the code of the lines above a table, and of its heading."""
CODE = re.compile(r"(?:[A-Z]{1,2}\d{2}(?:\.\d{1,2})?|n°\d{1,3}b?)(?:=[!-~]{1,40})?")
"""What stands in the first column of a line; a row's own code and ``n°3`` on a query sheet."""
