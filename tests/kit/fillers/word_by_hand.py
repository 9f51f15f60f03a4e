"""Fill and change Word forms as Word itself leaves them: the product's hand, and damages."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from intake.demo.fill_word import MAIN, enter, part, run, tag_of, with_part
from intake.demo.fill_word import fill_by_hand as fill

__all__ = ["MAIN", "changed", "control_of", "enter", "fill", "run", "tag_of", "with_part"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def changed(
    content: bytes, change: Callable[[etree._Element], None], part_name: str = MAIN
) -> bytes:
    """Return the file after a change to one of its parts."""
    root = etree.fromstring(part(content, part_name))
    change(root)
    made = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return with_part(content, part_name, made)


def control_of(root: etree._Element, address: str) -> etree._Element:
    """Return the control of an address."""
    return next(sdt for sdt in root.iter(_W + "sdt") if tag_of(sdt) == address)
