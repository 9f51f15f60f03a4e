"""Fill with pdftk from an XFDF file, as many hospital scripts do: a full rewrite."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tests.kit.fillers.kinds import ticks
from tests.kit.fillers.process import run

NAME = "pdftk"
_START = '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>'


def missing() -> str | None:
    return None if shutil.which("pdftk") else "pdftk is not installed"


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    boxes = ticks(blank)
    states = {name: "Yes" if name in boxes and text else text for name, text in answers.items()}
    fields = "".join(
        f"<field name={quoteattr(name)}><value>{escape(text)}</value></field>"
        for name, text in states.items()
        if text
    )
    with tempfile.TemporaryDirectory() as folder:
        source, data, target = (Path(folder, n) for n in ("in.pdf", "in.xfdf", "out.pdf"))
        source.write_bytes(blank)
        data.write_text(f"{_START}{fields}</fields></xfdf>", encoding="utf-8")
        run(["pdftk", str(source), "fill_form", str(data), "output", str(target)])
        return target.read_bytes()
