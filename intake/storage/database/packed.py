"""Long texts that nobody searches, packed: a tenth of the room, and texts all the same.

What is sealed is the text itself: packing changes no proof. A text that an older version wrote
is read as it stands.
"""

from __future__ import annotations

import base64
import zlib

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

_MARK = "z:"
"""What a packed text begins with; JSON never does."""
_SHORT = 2000
"""Characters that are not worth packing."""


class Packed(TypeDecorator[str]):
    """A column of JSON texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return the text as it is stored."""
        if value is None or len(value) < _SHORT:
            return value
        return _MARK + base64.b64encode(zlib.compress(value.encode("ascii"))).decode("ascii")

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return the text as it was given."""
        if value is None or not value.startswith(_MARK):
            return value
        return zlib.decompress(base64.b64decode(value[len(_MARK) :])).decode("ascii")
