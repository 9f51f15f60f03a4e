"""Handing a file over: as an attachment that stays a file, whatever is in it."""

from __future__ import annotations

from starlette.responses import Response

from intake.web.safety.headers import DOWNLOAD


def handed_over(name: str, content: bytes) -> Response:
    """Return a file under a name of the program's own: plain letters, figures, points, dashes."""
    kept = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "._-~"))
    attached = f'attachment; filename="{kept or "file"}"'
    headers = {**DOWNLOAD, "Content-Disposition": attached}
    return Response(content, headers=headers, media_type="application/octet-stream")
