"""Make the pictures of the coordinator's guide: ``python docs/pictures/guide.py``.

From the demonstration, on the day it is run. Needs Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from make import chromium, keep, prepare, receipt, run, top, trimmed
from PIL import Image

SCALE = 1.3


def main() -> None:
    """Make both, beside this file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "demo")
        prepare(folder)
        run(sys.executable, "-m", "intake", "process", "--workspace", str(folder))
        keep("guide-status", shot(folder / "outbox" / "status.html", folder))
        keep("guide-receipt", top(shot(receipt(folder), folder), 0.9))


def shot(page: Path, folder: Path) -> Image.Image:
    """Return a page as the browser draws it, without the white around it."""
    file = folder / "shot.png"
    options = ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--window-size=1100,1400"]
    options.append(f"--force-device-scale-factor={SCALE}")
    run(str(chromium.BROWSER), *options, f"--screenshot={file}", page.resolve().as_uri())
    return trimmed(Image.open(file).convert("RGB"))


if __name__ == "__main__":
    main()
