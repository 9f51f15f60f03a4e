"""The same patients in Word: blank forms of a centre, filled as Word leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lxml import etree

from intake.model.submission import FileFormat
from tests.kit.blanks import blank
from tests.kit.fillers import word_by_hand
from tests.kit.kept import kept
from tests.kit.office.office import demo_answers
from tests.kit.places import DM_SAM, ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def blank_word(centre: str | None = "ZAA", language: str = "fr", schema: Path = DM_SAM) -> bytes:
    """Return the blank Word form of a centre."""
    return blank(schema, FileFormat.WORD, language, centre)


def filled_word(
    answers: Mapping[str, str] | None = None,
    *,
    centre: str | None = "ZAA",
    language: str = "fr",
    schema: Path = DM_SAM,
) -> bytes:
    """Return a Word form filled with a patient's answers (the first demo patient's)."""
    written = demo_answers() if answers is None else answers
    return _filled(tuple(sorted(written.items())), centre, language, schema)


@cache
def _filled(
    answers: tuple[tuple[str, str], ...], centre: str | None, language: str, schema: Path
) -> bytes:
    empty = blank_word(centre, language, schema)
    asked = (answers, centre, language, schema.relative_to(ROOT))
    return kept("word", *asked, make=lambda: word_by_hand.fill(empty, dict(answers)))


def with_macro() -> bytes:
    """Return a form that holds a macro."""
    return word_by_hand.with_part(filled_word(), "word/vbaProject.bin", b"x")


def with_marked_answer(mark: str) -> bytes:
    """Return a form with one answer hidden (``vanish``) or inserted in tracked changes."""

    def change(root: etree._Element) -> None:
        run = next(word_by_hand.control_of(root, "lab_hb_dx").iter(W + "r"))
        if mark == "vanish":
            properties = etree.Element(W + "rPr")
            etree.SubElement(properties, W + mark)
            run.insert(0, properties)
            return
        holder = etree.Element(W + mark)
        run.addprevious(holder)
        holder.append(run)

    return word_by_hand.changed(filled_word(), change)


def without_a_control() -> bytes:
    """Return a form in which one answer was typed where its control had been."""

    def change(root: etree._Element) -> None:
        control = word_by_hand.control_of(root, "lab_hb_dx")
        paragraph = control.getparent()
        for child in list(paragraph)[1:]:
            paragraph.remove(child)
        paragraph.append(word_by_hand.run(demo_answers()["lab_hb_dx"]))

    return word_by_hand.changed(filled_word(), change)


def with_words_beside() -> bytes:
    """Return a form with an answer typed behind the prompt, which was left standing."""
    return filled_word(demo_answers(lab_hb_dx="Écrire ici 9,1"))


def with_words_elsewhere() -> bytes:
    """Return a form with words added beside a question."""

    def change(root: etree._Element) -> None:
        control = word_by_hand.control_of(root, "lab_hb_dx")
        question = next(control.iterancestors(W + "tr")).findall(W + "tc")[1]
        question.find(W + "p").append(word_by_hand.run(" 9,1 la veille"))

    return word_by_hand.changed(filled_word(), change)
