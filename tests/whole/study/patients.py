"""The forty fictional patients: what is true of each, and what its centre wrote at first.

A fixed seed draws both; nothing of the program is asked here.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from intake.model.submission import FileFormat
from tests.kit.office.office import demo_answers

PATIENTS, OF_FIRST_VERSION = 40, 32
PDF, WORD, EXCEL = FileFormat.PDF, FileFormat.WORD, FileFormat.EXCEL
CENTRES = {
    "ZAA": ("fr", PDF), "ZBE": ("fr", WORD), "ZCO": ("fr", EXCEL), "ZDU": ("en", PDF),
    "ZEL": ("en", WORD), "ZFI": ("en", EXCEL), "ZGA": ("fr", PDF), "ZHU": ("fr", PDF),
}  # fmt: skip
ODD_BUT_TRUE = {
    "dm_mmt8": "1", "dm_fvc_pct": "11", "lab_na_worst": "105", "lab_pct_dx": "239",
    "gc_dose_last": "150", "dm_ck_max": "90 000", "lab_ferritin_glyc": "90", "mas_weight": "31",
}  # fmt: skip
SLIPS = {
    # what cannot be read, or cannot be
    "lab_hb_dx": "huit", "lab_asat_dx": "12.500", "dm_first_sign_date": "31/09/2015",
    "mas_fever_days": "3,5", "mas_fu__2__fu_temp_max": "45", "mas_fu__4__fu_ferritin": "x12",
    # what is unusual, and wrong
    "lab_na_dx": "181", "mas_fu__2__fu_hb": "2", "dm_dlco_pct": "6", "lab_alb_worst": "3",
    # what is missing
    "lab_crp_dx": "", "lab_creat_dx": "", "mas_outcome": "", "mas_tx__1__mtrt_line": "",
    "mas_fu__2__fu_date": "", "vital_status": "",
    # what contradicts another answer
    "lab_crp_worst": "20", "lab_plt_dx": "20", "dm_dx_date": "21/03/2015",
    "mas_tx__1__mtrt_stop_date": "11/05/2016", "mas_tx__2__mtrt_start_date": "10/05/2015",
}  # fmt: skip
NEW_QUESTIONS = {"mas_height": "165", "lab_ggt_dx": "88", "lab_alp_dx": "120"}
"""Asked by the second version only."""


FURTHER = (3, 4, 10, 26, 39)
"""Who had one treatment more than the form prints: asked for on a sheet, in each format."""
_FIRST_ROW, _NINTH_ROW = "mas_tx__1__", "mas_tx__9__"


class Habit(Enum):
    """How a centre answers about a patient, besides rightly (a closed list)."""

    RIGHT = auto()
    MARKS_AND_CHANGES = auto()
    ONE_AT_A_TIME = auto()
    WORDS = auto()
    WRONG_AGAIN = auto()
    WRONG_TWICE = auto()
    SENDS_A_FORM = auto()
    """A newer form, while the sheet is under way; the sheet then says an old thing."""
    TELEPHONES = auto()


HABITS = {
    15: Habit.SENDS_A_FORM, 18: Habit.MARKS_AND_CHANGES, 19: Habit.ONE_AT_A_TIME,
    20: Habit.WORDS, 21: Habit.WORDS, 22: Habit.WRONG_AGAIN, 23: Habit.WRONG_TWICE,
    24: Habit.TELEPHONES, 25: Habit.TELEPHONES,
}  # fmt: skip
FORCED = {
    15: ("lab_hb_dx",), 18: ("lab_crp_worst",), 19: ("lab_hb_dx", "lab_crp_dx"),
    20: ("vital_status",), 21: ("lab_asat_dx",), 22: ("lab_hb_dx",), 23: ("lab_hb_dx",),
    24: ("lab_plt_dx",),
}  # fmt: skip
"""The slips of those whose centre answers otherwise; all other patients' are drawn."""


@dataclass
class Patient:
    """One patient: what is true, by address, and what the centre's form says instead."""

    number: int
    centre: str
    truth: dict[str, str]
    slips: Mapping[str, str]
    habit: Habit = Habit.RIGHT
    subject: str = ""
    """The record's number, once the form was loaded."""
    withdrawn: bool = False
    asked: int = field(default=0)
    """Sheets answered so far."""

    @property
    def language(self) -> str:
        return CENTRES[self.centre][0]

    @property
    def file_format(self) -> FileFormat:
        return CENTRES[self.centre][1]

    @property
    def version(self) -> str:
        return "1.0.0" if self.number < OF_FIRST_VERSION else "1.1.0"

    def form(self, **changed: str) -> dict[str, str]:
        """Return what the centre writes in a whole form, by address."""
        written = {**self.truth, **self.slips, **changed}
        return {a: text for a, text in written.items() if text and not a.startswith(_NINTH_ROW)}


def patients() -> list[Patient]:
    """Return the patients in the order of their first forms; the same each time."""
    drawn = random.Random(20261001)
    return [_patient(number, drawn) for number in range(PATIENTS)]


def _patient(number: int, drawn: random.Random) -> Patient:
    centre = list(CENTRES)[number % len(CENTRES)]
    truth = _base(number, drawn) | _identity(number, centre)
    truth |= NEW_QUESTIONS if number >= OF_FIRST_VERSION else {}
    truth |= _further(truth) if number in FURTHER else {}
    odd = drawn.sample(sorted(ODD_BUT_TRUE), drawn.choice((0, 1, 1)))
    names = drawn.sample(sorted(SLIPS), drawn.choice((0, 1, 1, 2, 2)))
    if number in HABITS:
        odd, names = odd if number == 25 else [], list(FORCED.get(number, ()))
        odd = odd or (["dm_mmt8"] if number == 25 else [])
    truth |= {name: ODD_BUT_TRUE[name] for name in odd}
    slips = {name: SLIPS[name] for name in names}
    return Patient(number, centre, truth, slips, HABITS.get(number, Habit.RIGHT))


def _base(number: int, drawn: random.Random) -> dict[str, str]:
    """Return answers that raise no question, a dozen of them drawn: no two patients are alike."""
    crp, ferritin = drawn.randrange(40, 99), drawn.randrange(4000, 9000)
    varied = {
        "mas_weight": drawn.randrange(50, 90), "dm_fvc_pct": drawn.randrange(60, 95),
        "dm_dlco_pct": drawn.randrange(45, 75), "dm_ck_max": drawn.randrange(900, 4000),
        "lab_crp_dx": crp, "lab_crp_worst": crp + drawn.randrange(10, 60),
        "lab_ferritin_dx": ferritin, "lab_ferritin_worst": ferritin + drawn.randrange(50, 900),
        "lab_plt_dx": drawn.randrange(60, 99), "lab_ldh_dx": drawn.randrange(700, 1400),
        "lab_alat_dx": drawn.randrange(60, 155), "lab_creat_dx": drawn.randrange(55, 87),
        "lab_asat_dx": drawn.randrange(150, 330), "mas_fu__4__fu_crp": drawn.randrange(2, 9),
    }  # fmt: skip
    base = demo_answers("09" if number % 3 == 2 else "01")
    return base | {name: str(value) for name, value in varied.items()}


def _further(truth: Mapping[str, str]) -> dict[str, str]:
    """Return one treatment more than the form prints, and that it says so."""
    ninth = {
        name.replace(_FIRST_ROW, _NINTH_ROW): text
        for name, text in truth.items()
        if name.startswith(_FIRST_ROW)
    }
    return ninth | {"mas_tx_more__1": "1"}


def _identity(number: int, centre: str) -> dict[str, str]:
    """Return letters and a birth date that no two patients share in any part."""
    first, second = divmod(number, 20)
    letters = chr(65 + second) + chr(72 + first)
    return {
        "centre3": centre,
        "id_surname2": letters,
        "id_firstname2": letters[::-1],
        "birth_date": f"{1 + number % 28:02d}/{1 + number % 12:02d}/{1944 + number % 37}",
        "form_date": f"{2 + number % 20:02d}/11/2026",
    }
