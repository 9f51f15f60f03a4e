"""The blank Excel form of the shipped study, whole or cut short, and an answer for each place."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import cycle

from intake.model.address import places
from intake.model.definition import DataType, FormDefinition, Item
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from tests.kit import blanks
from tests.kit.fillers.forms import definition
from tests.kit.places import DM_SAM

TEXTS = ("Œdème d’été", "≥ 88 µg/L", "« oui » \"non\" 'x'", "=1+1", "<b> & \\n", "07", "ND", "1e3")
NUMBERS = ("12,5", "0", "< 30", "40000", "7", "NF", "0,1", "1 200")
DATES = ("14/03/2016", "03/2016", "2016", "INC", "01/02/2015")

_FEW = (
    "id_surname2", "id_firstname2", "birth_date", "sex", "centre3", "form_date", "comorbidities",
    "dm_dx_date", "dm_ild", "mas_dx_date", "mas_weight", "mas_temp_max", "mas_tx", "lab_hb_dx",
    "lab_hb_worst", "lab_plt_dx", "lab_plt_worst", "lab_wbc_dx", "lab_wbc_worst", "lab_anc_dx",
    "lab_anc_worst", "lab_fib_dx", "lab_fib_worst", "lab_asat_dx", "lab_asat_worst", "lab_alat_dx",
    "dm_cancer", "dm_cancer_type", "mas_fu", "comments",
)  # fmt: skip


def blank(language: str = "fr", centre: str | None = "REI") -> bytes:
    return blanks.blank(DM_SAM, FileFormat.EXCEL, language, centre)


@cache
def few() -> FormDefinition:
    """Return the shipped study with few questions a section, asked unconditionally.

    Its workbook is written, changed and read five times as fast as the whole.
    """
    whole = definition()
    kept = [element for element in whole.elements if element.name in _FEW]
    asked = [_always(each) if isinstance(each, Item) else each for each in kept]
    used = {element.section for element in asked}
    return replace(
        whole,
        fingerprint="00FE0000",
        elements=tuple(asked),
        sections=tuple(section for section in whole.sections if section.name in used),
        **dict.fromkeys(("eligibility", "rules", "derived", "scores"), ()),
        objection=None,
    )


def few_blank() -> bytes:
    """Return the blank workbook of the form with few questions."""
    form = few()
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint, "REI")
    return blanks.written(form, FileFormat.EXCEL, FormRequest(language="fr", stamp=stamp))


def _always(item: Item) -> Item:
    return replace(item, relevant=None, condition=None, required=None, beside=None)


def every_answer() -> dict[str, str]:
    """Return what a person may type or choose in each place that is theirs, by address."""
    texts, numbers, dates = cycle(TEXTS), cycle(NUMBERS), cycle(DATES)
    fixed = {group.fixed_item for group in definition().groups.values()}
    answers: dict[str, str] = {}
    for number, place in enumerate(places(definition())):
        item = place.item
        if item.name in fixed:
            continue
        if place.option is not None:
            answers[place.address] = "Oui"
        elif item.data_type is DataType.SINGLE_CHOICE:
            answers[place.address] = item.options[number % len(item.options)].title["fr"]
        else:
            kind = dates if item.is_date else numbers if item.is_number else texts
            answers[place.address] = next(kind)
    return answers
