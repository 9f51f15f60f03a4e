"""What is sent to a centre in one file: its forms and a short text, in a zip archive."""

from __future__ import annotations

from collections.abc import Mapping

from intake.formats.office.repack import packed
from intake.pipeline.forms.generate import Order, form_name
from intake.wiring.app import App
from intake.wiring.forms import build_forms
from intake.words.catalogue import Words

_BOM = "\ufeff"
"""Without it, older Windows programs read accents wrong."""


def package_language(app: App, language: str | None) -> str:
    """Return the language of a package: the one asked, else the study's, else the form's."""
    spoken = app.definition.languages
    return language or (app.study.language if app.study.language in spoken else spoken[0])


def build_package(order: Order, file_format: str | None) -> tuple[str, bytes]:
    """Return name and bytes of the archive of an order in one language; same order, same bytes."""
    (language,) = order.languages
    files = dict(build_forms(order, file_format))
    words = Words(language)
    files[words.text("form.package.name")] = _read_me(order, words, files)
    return form_name(order, language, ".zip"), packed(files)


def _read_me(order: Order, words: Words, files: Mapping[str, bytes]) -> bytes:
    """Return what the centre reads first, as a text that Notepad opens."""
    paragraphs = [
        words.local(order.study_title),
        words.text("form.package.intro", centre=order.centre or ""),
        "\n".join(f"  {name}" for name in files),
        words.text("form.package.steps"),
    ]
    if order.closing_date is not None:
        date = words.date(order.closing_date.isoformat())
        paragraphs.append(words.text("form.closing_text", date=date))
    paragraphs.append("\n".join((words.text("form.package.contact"), *order.contact)))
    text = "\n\n".join(paragraphs) + "\n"
    return (_BOM + text).replace("\n", "\r\n").encode()
