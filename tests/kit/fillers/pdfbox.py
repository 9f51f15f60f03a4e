"""Fill with PDFBox, as Java programs of hospitals do: a full rewrite."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from tests.kit.fillers.process import run
from tests.kit.places import PROGRAMS

NAME = "PDFBox"
JARS = tuple(Path("/usr/share/java", f"{name}.jar") for name in ("pdfbox2", "fontbox2"))
_LOGGING = Path("/usr/share/java/commons-logging.jar")
PROGRAM = PROGRAMS / "FillPdfBox.java"
_ESCAPED = str.maketrans(
    {"\\": "\\\\", "\n": "\\n", " ": "\\ ", "=": "\\=", ":": "\\:", "#": "\\#", "!": "\\!"}
)


def undrawn(text: str) -> bool:
    """Say whether a box stays blank: its font has no accents in two parts. The value is stored."""
    return any(unicodedata.combining(letter) for letter in text)


def missing() -> str | None:
    if shutil.which("java") is None:
        return "java is not installed"
    absent = [path.name for path in (*JARS, _LOGGING) if not path.exists()]
    return f"{absent[0]} is not installed" if absent else None


def fill(blank: bytes, answers: Mapping[str, str]) -> bytes:
    told = "".join(f"{name}={text.translate(_ESCAPED)}\n" for name, text in answers.items() if text)
    with tempfile.TemporaryDirectory() as folder:
        source, data, target = (Path(folder, n) for n in ("in.pdf", "in.properties", "out.pdf"))
        source.write_bytes(blank)
        data.write_text(told, encoding="utf-8")
        path = ":".join(str(jar) for jar in (*JARS, _LOGGING))
        run(["java", "-cp", path, str(PROGRAM), str(source), str(data), str(target)])
        return target.read_bytes()
