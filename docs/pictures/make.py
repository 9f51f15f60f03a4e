"""Make the pictures of the manual, from the demonstration: ``python docs/pictures/make.py``.

Needs LibreOffice, Chromium and ``npm ci`` in tests/kit/programs. Each page is
found by what stands on it, so that another layout needs no change here.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402 - the program is found from here
from PIL import Image, ImageChops, ImageOps  # noqa: E402

from intake.demo.returns import prepare  # noqa: E402
from tests.kit.fillers import chromium  # noqa: E402
from tests.whole.clients.libreoffice import converted  # noqa: E402

SHOWN = "fiche ZBE 03.pdf"
WORKBOOK = "fiche ZBE-2 05.xlsx"
BLANK = "form_templates/dm-sam/1.0.0/dm-sam-1.0.0-fr"
WIDTH = 1000
COLOURS = 64
MARGIN = 24
SCALE = 2.1


def main() -> None:
    """Make all six, in this folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "demo")
        prepare(folder)
        returned = {path.name: path.read_bytes() for path in (folder / "inbox").iterdir()}
        blank = (folder / f"{BLANK}.pdf").read_bytes()
        document = converted((folder / f"{BLANK}.docx").read_bytes(), "docx", "pdf")
        book = converted(returned[WORKBOOK], "xlsx", "pdf")
        keep("pdf-first-page", top(page(blank, "Comment remplir"), 0.84))
        keep("pdf-laboratory", top(page(blank, "Hémoglobine", "Natrémie"), 0.72))
        keep("pdf-treatments", top(page(blank, "S03.1"), 0.56))
        keep("word", top(page(document, "B01"), 0.75))
        progress = top(page(book, "Avancement", start="Où en est la fiche"), 0.66)
        answers = top(page(book, "Q02", "Hémoglobine"), 0.62)
        keep("excel", one_above_the_other(trimmed(progress), answers))
        run(sys.executable, "-m", "intake", "process", "--workspace", str(folder))
        keep("filled-and-receipt", filled_and_receipt(returned[SHOWN], receipt(folder), folder))


def page(pdf: bytes, *words: str, start: str = "") -> Image.Image:
    """Return the first page that holds all of some words, without the white around it.

    With ``start``, only from this text on.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()  # else what stands in fields is not drawn
        texts = [one.get_textpage() for one in document]
        number = next(n for n, t in enumerate(texts) if all(w in t.get_text_range() for w in words))
        drawn = document[number].render(scale=SCALE).to_pil().convert("RGB")
        if start:
            first, _ = texts[number].search(start).get_next()
            upper = document[number].get_height() - texts[number].get_charbox(first)[3]
            drawn = drawn.crop((0, round(upper * SCALE) - MARGIN // 2, *drawn.size))
    return trimmed(drawn)


def trimmed(image: Image.Image) -> Image.Image:
    """Return an image with the same narrow margin on each side."""
    white = Image.new("RGB", image.size, "white")
    box = ImageChops.difference(image, white).getbbox()
    return ImageOps.expand(image.crop(box), MARGIN, "white")


def top(image: Image.Image, share: float) -> Image.Image:
    """Return the upper part of an image."""
    return image.crop((0, 0, image.width, round(image.height * share)))


def one_above_the_other(*images: Image.Image) -> Image.Image:
    """Return images of one width, the first at the top."""
    width = min(image.width for image in images)
    same = [image.resize((width, image.height * width // image.width)) for image in images]
    joined = Image.new("RGB", (width, sum(image.height for image in same)), "white")
    for number, image in enumerate(same):
        joined.paste(image, (0, sum(above.height for above in same[:number])))
    return joined


def receipt(folder: Path) -> Path:
    """Return the receipt page of the form that is shown."""
    found = (folder / "outbox/receipts").glob("*/receipt.html")
    return next(path for path in found if SHOWN in path.read_text(encoding="utf-8"))


def filled_and_receipt(form: bytes, answer: Path, folder: Path) -> Image.Image:
    """Return a page of a filled form in the browser, its receipt laid over it."""
    shot, paper = folder / "form.png", folder / "receipt.png"
    chromium.walk(form, [["picture", str(shot), 1]])
    options = ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--window-size=760,875"]
    run(str(chromium.BROWSER), *options, f"--screenshot={paper}", answer.resolve().as_uri())
    under = Image.open(shot).convert("RGB").crop((0, 0, 1000, 860))
    over = ImageOps.expand(trimmed(Image.open(paper).convert("RGB")), 2, "#1f4e5f")
    over = ImageOps.contain(over, (620, 700))
    canvas = Image.new("RGB", (1280, 900), "#e9eef0")
    canvas.paste(under, (0, 0))
    canvas.paste(over, (canvas.width - over.width, canvas.height - over.height))
    return canvas


def keep(name: str, image: Image.Image) -> None:
    """Write a picture with few colours, at the width of a manual."""
    height = round(image.height * WIDTH / image.width)
    small = image.resize((WIDTH, height), Image.Resampling.LANCZOS)
    few = small.quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE)
    few.save(HERE / f"{name}.png", optimize=True)


def run(*command: str) -> None:
    """Run a program; what it says is shown when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    # 1: some forms of the demonstration wait for a person.
    if done.returncode > 1:
        raise SystemExit(done.stderr)


if __name__ == "__main__":
    main()
