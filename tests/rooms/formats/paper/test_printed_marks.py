"""How dark a box must be to be marked, and what is doubted between; on pages of plain dots."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from intake.formats.paper.blank_form import Box, Face
from intake.formats.paper.page_words import PrintedPage, Word
from intake.formats.paper.printed_page import (
    LIST_TRACE,
    TRACE,
    LaidPage,
    added_words,
    page_answers,
)
from intake.formats.paper.registration import Axis, Registration
from intake.formats.pdf.rect import Rect
from intake.model.submission import FieldKind

STILL = Registration(Axis(1, 0), Axis(1, 0), 10, 10, 10)
YES, NO = Rect(10, 10, 20, 20), Rect(30, 10, 40, 20)
LINE = Rect(100, 100, 200, 115)


@dataclass
class Drawn:
    """A page whose darkness is known box by box (``ink.Paper``)."""

    ink: dict[Rect, float]
    dots: int = 0

    def darkness(self, rect):
        return self.ink.get(rect, 0.0)

    def black(self, rect, holes=()):
        return self.dots


def sheet(ink, words=(), dots=0, printed=0.1):
    blank = Face(PrintedPage(()), Drawn({YES: printed, NO: printed}))
    seen = {rect: printed + dark for rect, dark in ink.items()}
    returned = Face(PrintedPage(tuple(words)), Drawn(seen, dots))
    return LaidPage(3, blank, returned, STILL)


def marks(yes, no):
    boxes = [Box("fed", 1, rect, FieldKind.CHOICE, code) for rect, code in ((YES, "1"), (NO, "0"))]
    (found,) = page_answers(sheet({YES: yes, NO: no}), boxes)
    return found.text, found.doubt


@pytest.mark.parametrize(
    ("yes", "no", "text", "doubt"),
    [
        (0.0, 0.0, "", ""),
        (0.035, 0.0, "", ""),
        (0.2, 0.02, "1", ""),
        (0.02, 0.095, "0", ""),
        (0.06, 0.0, "", "faint"),
        (0.2, 0.05, "1", "faint"),
        (0.2, 0.2, "1;0", "several"),
        (0.5, 0.0, "1", "scratched"),
        (0.5, 0.06, "1", "faint"),
    ],
)
def test_a_mark_is_ink_beyond_the_blanks_and_between_the_two_a_person_looks(yes, no, text, doubt):
    assert marks(yes, no) == (text, doubt)


def written(text, dots, **more):
    box = Box("note", 1, LINE, FieldKind.TEXT, **more)
    words = (Word(text, Rect(110, 102, 150, 112)),) if text else ()
    (found,) = page_answers(sheet({}, words, dots), [box])
    return found.text, found.doubt


def test_a_text_whose_ink_is_its_letters_is_sure():
    assert written("huit", 0)[0] == "huit"
    assert written("", TRACE - 1) == ("", "")


def test_ink_that_no_letter_explains_is_a_doubt():
    assert written("", TRACE) == ("", "unread")


def test_letters_without_ink_are_not_seen_by_anybody():
    assert written("huit", TRACE - 1) == ("huit", "unseen")


def test_a_list_is_read_by_its_label_and_its_arrow_is_no_answer():
    entries = (("oui", "1"),)
    assert written("", LIST_TRACE - 1, entries=entries) == ("", "")
    assert written("oui", LIST_TRACE, entries=entries) == ("1", "")
    assert written("peut", LIST_TRACE - 1, entries=entries) == ("peut", "list")


def words_added(printed, shown):
    """Return the words of a returned page that its blank does not print."""
    blank = Face(PrintedPage(tuple(printed)), Drawn({}))
    returned = Face(PrintedPage(tuple(shown)), Drawn({}))
    return [word.text for word in added_words(LaidPage(1, blank, returned, STILL))]


def test_a_word_in_the_place_of_a_printed_one_is_misread_and_one_over_it_added():
    printed, over = Word("mg/L", Rect(10, 10, 40, 18)), Word("620", Rect(14, 11, 30, 17))
    assert words_added([printed], [Word("rng/L", Rect(10, 10, 40, 18))]) == []
    assert words_added([printed], [printed, over]) == ["620"]
