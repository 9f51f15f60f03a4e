"""Open an image file (JPEG, PNG, TIFF) page by page, within limits.

Runs in a limited child process: the returned file is hostile.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from intake.formats.paper.picture_limits import MOST_DOTS, MOST_PAGES
from intake.model.errors import UnreadableFile, over_limit
from intake.model.finding_codes import FindingCode

_KINDS = ("JPEG", "PNG", "TIFF")
_PLAIN = ("L", "RGB")


def image_pages(content: bytes, *, longest: int) -> Iterator[Image.Image]:
    """Yield the pages, upright as the camera says, their longest side so many dots at most.

    Raises UnreadableFile before anything is decoded when a page has too many dots.
    """
    try:
        with _opened(content) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image)):
                if frame.width * frame.height > MOST_DOTS:
                    raise over_limit("dots")
                if number >= MOST_PAGES:
                    raise over_limit("pages")
                yield _page(frame, longest)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableFile(FindingCode.FILE_DAMAGED) from error


def _opened(content: bytes) -> Image.Image:
    """Open an image of a kind that is known; nothing is decoded yet."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(content), formats=_KINDS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise over_limit("dots") from error


def _page(frame: Image.Image, longest: int) -> Image.Image:
    if frame.format == "JPEG":
        frame.draft(None, (longest, longest))  # decoded no larger than needed
    upright = ImageOps.exif_transpose(frame)
    page = upright if upright.mode in _PLAIN else upright.convert("RGB")
    page.thumbnail((longest, longest))
    return page
