"""Make the pictures of the manual, from the demonstration: ``python docs/pictures/make.py``.

Needs LibreOffice, poppler (``pdftoppm``), Chromium and ``npm ci`` in tests/programs. Each page is
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

from intake.wiring.demo import prepare  # noqa: E402
from tests.clients.libreoffice import converted  # noqa: E402
from tests.fillers import chromium  # noqa: E402

SHOWN = "fiche ZBE 03.pdf"
WORKBOOK = "fiche ZBE-2 05.xlsx"
BLANK = "form_templates/dm-sam/1.0.0/dm-sam-1.0.0-fr"
WIDTH = 1100
COLOURS = 48
MARGIN = 24


def main() -> None:
    """Make all six, in this folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "demo")
        prepare(folder)
        returned = {path.name: path.read_bytes() for path in (folder / "inbox").iterdir()}
        blank = (folder / f"{BLANK}.pdf").read_bytes()
        document = converted((folder / f"{BLANK}.docx").read_bytes(), "docx", "pdf")
        book = converted(returned[WORKBOOK], "xlsx", "pdf")
        keep("pdf-first-page", page(blank, "Comment remplir"))
        keep("pdf-laboratory", page(blank, "Hémoglobine", "Fibrinogène", "Natrémie"))
        keep("pdf-treatments", top(page(blank, "S03.1"), 0.62))
        keep("word", page(document, "B01", "C01"))
        keep("excel", beside(page(book, "Avancement"), page(book, "Hémoglobine", "Natrémie")))
        run(sys.executable, "-m", "intake", "process", "--workspace", str(folder))
        keep("filled-and-receipt", filled_and_receipt(returned[SHOWN], receipt(folder), folder))


def page(pdf: bytes, *words: str) -> Image.Image:
    """Return the first page that holds all of some words, without the white around it."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = (one.get_textpage().get_text_range() for one in document)
        number = next(n for n, text in enumerate(texts, 1) if all(w in text for w in words))
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out")
        source.write_bytes(pdf)
        only = ["-f", str(number), "-l", str(number), "-r", "150", "-singlefile", "-png"]
        run("pdftoppm", *only, str(source), str(target))
        return trimmed(Image.open(target.with_suffix(".png")).convert("RGB"))


def trimmed(image: Image.Image) -> Image.Image:
    """Return an image with the same narrow margin on each side."""
    white = Image.new("RGB", image.size, "white")
    box = ImageChops.difference(image, white).getbbox()
    return ImageOps.expand(image.crop(box), MARGIN, "white")


def top(image: Image.Image, share: float) -> Image.Image:
    """Return the upper part of an image."""
    return image.crop((0, 0, image.width, round(image.height * share)))


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Return two images side by side, at one height."""
    height = min(left.height, right.height)
    both = [ImageOps.contain(image, (image.width, height)) for image in (left, right)]
    joined = Image.new("RGB", (sum(image.width for image in both), height), "white")
    joined.paste(both[0], (0, 0))
    joined.paste(both[1], (both[0].width, 0))
    return joined


def receipt(folder: Path) -> Path:
    """Return the receipt page of the form that is shown."""
    found = (folder / "outbox/receipts").glob("*/receipt.html")
    return next(path for path in found if SHOWN in path.read_text(encoding="utf-8"))


def filled_and_receipt(form: bytes, answer: Path, folder: Path) -> Image.Image:
    """Return a page of a filled form in the browser, its receipt laid over it."""
    shot, paper = folder / "form.png", folder / "receipt.png"
    chromium.walk(form, [["picture", str(shot), 1]])
    options = ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--window-size=760,900"]
    run(str(chromium.BROWSER), *options, f"--screenshot={paper}", answer.resolve().as_uri())
    under = Image.open(shot).convert("RGB").crop((0, 0, 1000, 860))
    over = ImageOps.expand(trimmed(Image.open(paper).convert("RGB")), 2, "#1f4e5f")
    over = ImageOps.contain(over, (620, 700))
    canvas = Image.new("RGB", (1280, 900), "white")
    canvas.paste(under, (0, 0))
    canvas.paste(over, (canvas.width - over.width, canvas.height - over.height))
    return canvas


def keep(name: str, image: Image.Image) -> None:
    """Write a picture with few colours, at the width of a manual."""
    height = round(image.height * WIDTH / image.width)
    small = image.resize((WIDTH, height), Image.Resampling.LANCZOS)
    few = small.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(HERE / f"{name}.png", optimize=True)


def run(*command: str) -> None:
    """Run a program; what it says is shown when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    # 1: some forms of the demonstration wait for a person.
    if done.returncode > 1:
        raise SystemExit(done.stderr)


main()
