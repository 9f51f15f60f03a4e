"""W01-W18: what happens to the text and the ticks of a Word form in one place."""

from __future__ import annotations

from lxml import etree

from tests.kit.fillers.word_by_hand import run
from tests.kit.office.office_word import filled_word
from tests.whole.corpus.word_damage import (
    HB,
    MC,
    W14,
    WEIGHT,
    Change,
    Element,
    W,
    at,
    deleted,
    duplicate,
    form,
    inserted,
    line_of,
    replace_by,
    show,
    shown,
    symbol,
    unwrap,
    word_case,
)

_TICK, _EMPTY = "comorbidities__hta", "comorbidities__dm2"


def _typed(text: str) -> Change:
    """Return the change of typing where the control was deleted."""
    return lambda control: replace_by(control, run(text))


def _flag(control: Element) -> None:
    control.find(W + "sdtPr").append(etree.Element(W + "showingPlcHdr"))


def _unflag(control: Element) -> None:
    properties = control.find(W + "sdtPr")
    properties.remove(properties.find(W + "showingPlcHdr"))


def _retyped(address: str, sign: str) -> bytes:
    return at(address, lambda control: replace_by(control, run(sign)))


def _split(control: Element) -> None:
    show(control, run("9"), etree.Element(W + "proofErr"), run(","), run("1"))


def _alternatives(control: Element) -> None:
    both = etree.Element(MC + "AlternateContent")
    for kind in ("Choice", "Fallback"):
        etree.SubElement(both, MC + kind).append(run("9,1"))
    show(control, both)


def _shows(sign: str) -> Change:
    def change(control: Element) -> None:
        next(shown(control).iter(W + "t")).text = sign

    return change


def _row_deleted(control: Element) -> None:
    etree.SubElement(line_of(control).find(W + "trPr"), W + "del", {W + "id": "900"})


def _checked(control: Element) -> None:
    state = control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
    state.set(W14 + "val", "1")


CASES = (
    word_case("w01-intact", "filled in, nothing else", form),
    word_case("w01-english", "the English form, filled in", lambda: filled_word(language="en")),
    word_case(
        "w02-control-deleted",
        "control and bookmark deleted, the answer typed in the cell",
        lambda: at(HB, _typed("9,1")),
    ),
    word_case(
        "w02-control-unwrapped",
        "control deleted, its text and bookmark kept",
        lambda: at(HB, unwrap),
    ),
    word_case(
        "w03-typed-beside",
        "typed behind a waiting control",
        lambda: at(HB, lambda c: c.addnext(run(" 9,1")), form(lab_hb_dx="")),
    ),
    word_case(
        "w04-flag-kept",
        "a filled control still says that it shows a placeholder",
        lambda: at(HB, _flag),
    ),
    word_case(
        "w05-flag-lost",
        "an empty control lost the mark of its placeholder",
        lambda: at(HB, _unflag, form(lab_hb_dx="")),
        meant={HB: ""},
    ),
    word_case(
        "w06-tracked-changes",
        "a number corrected in tracked changes",
        lambda: at(HB, lambda c: show(c, deleted("7,7"), inserted("9,1"))),
    ),
    word_case(
        "w07-line-deleted-in-tracking",
        "a line deleted in tracked changes",
        lambda: at(HB, _row_deleted),
    ),
    word_case(
        "w08-line-twice-same",
        "a line pasted again, same value",
        lambda: at(HB, lambda c: duplicate(line_of(c))),
    ),
    word_case(
        "w09-line-twice-other",
        "a line pasted again, another value",
        lambda: at(HB, lambda c: duplicate(line_of(c), "8,4")),
    ),
    word_case("w10-split-runs", "a number in several runs", lambda: at(HB, _split)),
    word_case(
        "w11-line-break-and-unit",
        "the unit typed on a line of its own",
        lambda: form(lab_hb_dx="9,1\ng/dL"),
    ),
    word_case(
        "w12-spaces",
        "non-breaking and narrow spaces in numbers",
        lambda: form(lab_hb_dx="9,1\u00a0g/dL", lab_ferritin_dx="8\u202f450"),
    ),
    word_case(
        "w13-typography",
        "curly quotes and dashes in a date and in free text",
        lambda: form(mas_dx_date="12–05–2016", comments="« bilan » d’entrée — ‘stable’"),
        meant={"comments": "« bilan » d’entrée — ‘stable’"},
    ),
    word_case(
        "w14-fractions",
        "1/2 and 1/4 turned into one sign",
        lambda: form(mas_weight="62½", mas_dm_pga="7¼"),
        meant={WEIGHT: "62½", "mas_dm_pga": "7¼"},
    ),
    word_case(
        "w15-typed-crosses",
        "boxes deleted, a cross or a tick typed instead",
        lambda: at(_TICK, lambda c: replace_by(c, run("x")), _retyped("mas_support__rbc", "✓")),
    ),
    word_case(
        "w15-typed-empty-box",
        "a box deleted, an empty one typed instead",
        lambda: _retyped(_EMPTY, "☐"),
    ),
    word_case(
        "w16-box-shows-otherwise",
        "an empty box whose state says ticked",
        lambda: at(_EMPTY, _checked),
        meant={_EMPTY: "1"},
    ),
    word_case(
        "w17-picture-font",
        "ticks as signs of a picture font",
        lambda: at(
            _EMPTY,
            lambda c: replace_by(c, symbol("Wingdings", "F0A8")),
            at(_TICK, lambda c: replace_by(c, symbol("Wingdings", "F0FE"))),
        ),
    ),
    word_case(
        "w18-alternatives", "a text written for two ages of Word", lambda: at(HB, _alternatives)
    ),
)
