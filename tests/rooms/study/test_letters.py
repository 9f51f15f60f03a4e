"""Letters' templates: subject, places, lines left out, faults named with their line."""

from __future__ import annotations

import pytest

from intake.model.errors import StudyError
from intake.pipeline.mail.compose import PLACES
from intake.study.letters import FilledLetter, fill, parse_letter, require_known
from tests.kit.places import ROOT

TEMPLATE = """\
# pour qui écrit
Objet : {title}

Bonjour {contact},
Madame,

## Un titre
- {closes}


{phones}
"""
SHIPPED = sorted((ROOT / "letters").glob("*.txt"))


def filled(text: str, **values: str) -> FilledLetter:
    return fill(parse_letter(text.encode(), "essai.fr.txt", "fr"), values)


def test_places_are_filled_and_a_line_with_an_empty_place_is_left_out() -> None:
    said = filled(TEMPLATE, title="Étude", contact="", closes="le 31 mars", phones="")
    assert said == FilledLetter("Étude", "Madame,\n\n## Un titre\n- le 31 mars")


def test_a_value_that_looks_like_a_place_is_not_filled_again() -> None:
    said = filled("Objet : {title}\n{contact}", title="a", contact="{title}")
    assert said.text == "{title}"


def test_a_subject_never_goes_over_a_line() -> None:
    assert filled("Objet : {title}\nx", title="a\nBcc: b@c.fr").subject == "a Bcc: b@c.fr"


def test_an_unknown_place_is_refused_with_its_line() -> None:
    letter = parse_letter(b"Subject: {title}\n\nDear {nam},\n", "essai.txt", "en")
    with pytest.raises(StudyError, match=r"essai\.txt, line 3: nothing fills \{nam\}.*title"):
        require_known(letter, ["title"])


@pytest.mark.parametrize("line", ["avant le {closes", "avant le closes}", "{title} et {closes"])
def test_a_brace_that_stands_alone_is_refused_and_not_sent(line: str) -> None:
    letter = parse_letter(f"Objet : x\n{line}\n".encode(), "essai.txt", "fr")
    with pytest.raises(StudyError, match="line 2"):
        require_known(letter, ["title", "closes"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_letter_is_read_however_notepad_saved_it(encoding: str) -> None:
    letter = parse_letter("Objet : été\r\nÀ bientôt\r\n".encode(encoding), "essai.txt", "fr")
    assert fill(letter, {}) == FilledLetter("été", "À bientôt")


def test_letters_that_are_in_no_encoding_are_refused_and_not_replaced() -> None:
    with pytest.raises(StudyError, match="UTF-8"):
        parse_letter(b"Objet : \x8ft\x81\nx", "essai.txt", "fr")


@pytest.mark.parametrize("text", ["Objet : {title}\nx", "Objet : x\n{title}\n", "Objet : x\n"])
def test_a_letter_of_which_nothing_is_left_is_refused(text: str) -> None:
    with pytest.raises(StudyError, match="is left"):
        filled(text, title="")


@pytest.mark.parametrize("content", [b"", b"# rien\n", b"Madame,\nObjet : x", b"Objet :\nx"])
def test_a_letter_without_a_subject_is_refused(content: bytes) -> None:
    with pytest.raises(StudyError, match="first line must be the subject"):
        parse_letter(content, "essai.txt", "fr")


def test_a_letter_saved_in_the_letters_of_windows_is_read() -> None:
    letter = parse_letter("Objet : été".encode("cp1252"), "essai.txt", "fr")
    assert letter.subject == (1, "été")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_letters_have_no_place_that_nothing_fills(path) -> None:
    require_known(parse_letter(path.read_bytes(), path.name, "fr"), PLACES)


def test_every_shipped_letter_is_there_in_french_and_in_english() -> None:
    names = {path.name for path in SHIPPED if not path.name.startswith("call.")}
    assert {name.replace(".fr.", ".en.") for name in names} == {
        name for name in names if ".en." in name
    }
