"""Real forms: the shipped study at full size and cut short, and one unlike it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from intake.model.definition import FormDefinition, Item
from intake.model.stamp import FormStamp
from intake.model.submission import FileFormat
from intake.ports import FormRequest
from tests.kit import blanks
from tests.kit.places import ROOT

SHIPPED = "schemas/dm-sam/1.0.0.json"
OTHER = "tests/kit/studies/beehive/schemas/hive/2.1.0.json"

_FEW = (
    "id_surname2", "id_firstname2", "birth_date", "sex", "centre3", "form_date", "comorbidities",
    "dm_dx_date", "dm_ild", "mas_dx_date", "mas_weight", "mas_temp_max", "mas_tx", "lab_hb_dx",
    "lab_hb_worst", "lab_plt_dx", "lab_plt_worst", "lab_wbc_dx", "lab_wbc_worst", "lab_anc_dx",
    "lab_anc_worst", "lab_fib_dx", "lab_fib_worst", "lab_asat_dx", "lab_asat_worst", "lab_alat_dx",
    "lab_crp_dx", "lab_pct_dx", "dm_cancer", "dm_cancer_type", "mas_fu", "comments",
)  # fmt: skip


def definition(schema: str = SHIPPED) -> FormDefinition:
    """Return the definition of a study."""
    return blanks.definition(ROOT / schema)


def blank(schema: str = SHIPPED) -> bytes:
    """Return the blank form of one centre, in the study's first language."""
    language = definition(schema).languages[0]
    return blanks.blank(ROOT / schema, language=language, centre="REI")


@cache
def few() -> FormDefinition:
    """Return the shipped study with few questions a section, asked unconditionally.

    It is written, changed and read four times as fast as the whole.
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


def few_blank(file_format: FileFormat = FileFormat.EXCEL) -> bytes:
    """Return the blank form with few questions."""
    form = few()
    stamp = FormStamp(form.id, form.version, "fr", form.fingerprint, "REI")
    return blanks.written(form, file_format, FormRequest(language="fr", stamp=stamp))


def _always(item: Item) -> Item:
    return replace(item, relevant=None, condition=None, required=None, beside=None)
