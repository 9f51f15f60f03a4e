"""What is sent to a centre in one file: its forms and a short text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from intake.model.submission import FileFormat
from intake.pipeline.forms.generate import Order, form_name, generate
from intake.ports import FormWriter
from intake.words.catalogue import Words

_BOM = "\ufeff"
"""Without it, older Windows programs read accents wrong."""

Pack = Callable[[Mapping[str, bytes]], bytes]
"""Files by name to one archive; same files, same bytes."""


def package(
    order: Order, writers: Mapping[FileFormat, FormWriter], pack: Pack
) -> tuple[str, bytes]:
    """Return name and bytes of the archive of an order in one language; same order, same bytes."""
    (language,) = order.languages
    files = dict(generate(order, writers))
    words = Words(language)
    files[words.text("form.package.name")] = _read_me(order, words, files)
    return form_name(order, language, ".zip"), pack(files)


def _read_me(order: Order, words: Words, files: Mapping[str, bytes]) -> bytes:
    """Return what the centre reads first, as a text that Notepad opens."""
    paragraphs = [
        words.local(order.study_title),
        words.text("form.package.intro", centre=order.centre or ""),
        "\n".join(f"  {name}" for name in files),
        words.text("form.package.steps"),
    ]
    if order.minutes is not None:
        paragraphs.append(words.text("form.minutes_text", minutes=order.minutes))
    if order.closing_date is not None:
        date = words.date(order.closing_date.isoformat())
        paragraphs.append(words.text("form.closing_text", date=date))
    paragraphs.append("\n".join((words.text("form.package.contact"), *order.contact)))
    text = "\n\n".join(paragraphs) + "\n"
    return (_BOM + text).replace("\n", "\r\n").encode()
