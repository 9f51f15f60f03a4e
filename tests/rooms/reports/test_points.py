"""A receipt is short: equal remarks are one point, missing answers one list, the rest folded."""

from __future__ import annotations

import re
from dataclasses import replace

from intake.model.definition import DataType, FormDefinition, Item
from intake.model.finding import Finding, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.reports.pages import receipt_page
from intake.reports.receipt.points import FEWEST, points_of
from intake.reports.receipt.remarks import Remarks
from intake.words.catalogue import Words
from tests.rooms.reports.samples import FORM, QUERIED

WORDS = Words("fr")
NBSP = "\N{NO-BREAK SPACE}"


def numbered(count: int) -> FormDefinition:
    """Return a form of so many numbers."""
    items = tuple(
        Item(
            name=f"n{n}",
            code=f"D{n:02d}",
            data_type=DataType.DECIMAL,
            section="trunk",
            label={"fr": f"Nombre {n}"},
            unit={"fr": "m"},
        )
        for n in range(1, count + 1)
    )
    return replace(FORM, elements=items)


def found(code: str, number: int, **context: str) -> Finding:
    return replace(finding_of(FindingCode[code], context), item=f"n{number}")


def points(*findings: Finding):
    return points_of(Remarks(findings, numbered(40), WORDS), WORDS)


def codes(point) -> list[str]:
    return [question.code for question in point.questions]


def page(*findings: Finding) -> str:
    return receipt_page(replace(QUERIED, findings=findings), numbered(40), "fr")


def test_what_is_said_of_several_answers_is_said_once_at_the_first() -> None:
    asked = points(
        found("NUMBER_UNREADABLE", 1, entered="beaucoup"),
        found("RANGE_SOFT", 2, entered="40"),
        found("NUMBER_UNREADABLE", 3, entered="trop"),
    )
    (point,) = asked.corrections
    assert codes(point) == ["D01", "D03"]
    assert point.answer == "texte non recopié, car il pourrait nommer quelqu’un"
    assert codes(asked.confirmations[0]) == ["D02"]
    assert asked.count(Severity.ERROR) == 2
    html = page(*(found("NUMBER_UNREADABLE", n, entered="trop") for n in (1, 3)))
    assert html.count("ne se lit pas comme un nombre") == 1
    assert html.count("texte non recopié") == 1


def test_answers_that_differ_stand_each_beside_its_question() -> None:
    asked = points(found("RANGE_SOFT", 1, entered="40"), found("RANGE_SOFT", 2, entered="50"))
    (point,) = asked.confirmations
    assert point.answer == ""
    assert [q.answer for q in point.questions] == [f"«{NBSP}{n}{NBSP}»" for n in (40, 50)]


def test_several_answers_compared_are_a_point_of_their_own() -> None:
    message = {"fr": "Ces valeurs ne vont pas ensemble."}
    rule = Finding(code="R1", severity=Severity.QUERY, item="n1", message=message)
    both = replace(rule, items=("n1", "n2")), replace(rule, item="n3", items=("n3", "n4"))
    assert [codes(point) for point in points(*both).confirmations] == [["D01"], ["D03"]]


def test_missing_answers_are_one_list_and_one_with_words_of_its_own_keeps_them() -> None:
    own = replace(found("REQUIRED", 2), message={"fr": "Merci de compter les branches."})
    missing = points(found("REQUIRED", 1), own).missing
    assert [(one.code, one.words) for one in missing] == [
        ("D01", ""),
        ("D02", "Merci de compter les branches."),
    ]
    assert page(found("REQUIRED", 1), own).count("Ces réponses sont nécessaires.") == 1


def test_a_missing_answer_of_which_more_is_said_is_no_line_of_the_list() -> None:
    asked = points(found("REQUIRED", 1), found("RANGE_HARD", 1))
    assert asked.missing == ()
    assert [codes(point) for point in asked.corrections] == [["D01"]]


def test_many_notes_of_a_kind_are_said_once_with_what_was_entered_and_read() -> None:
    notes = [found("UNIT_CONVERTED", n, entered="85 cm", value="0.85") for n in (1, 2, 3)]
    assert len(notes) == FEWEST
    (point,) = points(*notes).notes
    assert codes(point) == ["D01", "D02", "D03"]
    assert point.answer == f"«{NBSP}85 cm{NBSP}», lu 0,85 m"
    assert len(points(*notes[:2]).notes) == 1  # their sentences are equal
    few = points(notes[0], replace(notes[1], context={"entered": "9 cm", "value": "0.09"})).notes
    assert ["a été lu comme" in point.remarks[0].words.sentence for point in few] == [True, True]


def test_a_long_list_goes_on_folded_and_nothing_is_lost() -> None:
    html = page(*(found("RANGE_HARD", n, low="0", high=str(n)) for n in range(1, 31)))
    shown, folded = html.split("<details>")
    assert len(re.findall(r'class="point', shown)) == 12
    assert len(re.findall(r'class="point', folded)) == 18
    assert "18 autres points" in folded
    assert "<details>" not in page(*(found("RANGE_HARD", n) for n in range(1, 31)))


def test_many_notes_are_folded_and_few_are_not() -> None:
    many = [found("BOUND_KEPT", n, entered=f"> {n}") for n in range(1, 15)]
    assert "Voir les 14 remarques" in page(*many)
    assert "<details>" not in page(*many[:12])


def test_where_all_may_be_right_confirming_comes_first() -> None:
    html = page(found("RANGE_SOFT", 3))
    steps = html[html.index('<ol class="steps">') : html.index("</ol>")]
    assert steps.count("<li>") == 3
    assert steps.index("confirmé tel quel") < steps.index("Sinon, merci") < steps.index("le nom")


def test_there_are_three_steps_at_most() -> None:
    html = page(found("REQUIRED", 1), found("RANGE_HARD", 2), found("RANGE_SOFT", 3))
    steps = html[html.index('<ol class="steps">') : html.index("</ol>")]
    assert steps.count("<li>") == 3
    assert steps.index("corriger") < steps.index("confirmé tel quel") < steps.index("le nom")
