"""A small form about trees, and receipts of it, for the tests of words and reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from intake.model.definition import (
    DataType,
    FormDefinition,
    Identity,
    Item,
    ItemGroup,
    NumberLimits,
    Option,
    Section,
)
from intake.model.finding import Finding, Location, Severity
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.receipt import (
    Change,
    Completeness,
    Outcome,
    Receipt,
    ReviewAction,
    ReviewDecision,
    SourceFile,
)
from intake.model.submission import FileFormat

LETTERS_CANARY = "CANARILETTRES"
BIRTH_CANARY = "1931-02-03"
PLOT_CANARY = "4711"
"""Part of who is who, though not marked as identifying."""
TEXT_CANARY = "texte-canari de la rue des Canaris"
METRES = {"fr": "m", "en": "m"}


def _item(name: str, code: str, data_type: DataType, **more: object) -> Item:
    label = {"fr": f"Question {name}", "en": f"The {name}", "nl": f"De {name}"}
    section = more.pop("section", "trunk")
    return Item(name=name, code=code, data_type=data_type, section=section, label=label, **more)


_LEAVES = (
    _item("leaf_date", "C01", DataType.DATE, section="leaves", group="leaf"),
    _item("leaf_note", "C02", DataType.TEXT, section="leaves", group="leaf"),
)
_BARK = (
    Option("smooth", {"fr": "Lisse", "en": "Smooth", "nl": "Glad"}),
    Option("rough", {"fr": "Rugueuse", "en": "Rough", "nl": "Ruw"}),
)

FORM = FormDefinition(
    id="trees",
    version="1.2.0",
    fingerprint="0A1B2C3D",
    languages=("fr", "en", "nl"),
    title={"fr": "Arbres des jardins", "en": "Garden trees", "nl": "Tuinbomen"},
    day_zero="planted",
    sections=(
        Section("owner", "A", {"fr": "Jardin", "en": "Garden", "nl": "Tuin"}),
        Section("trunk", "B", {"fr": "Tronc", "en": "Trunk", "nl": "Stam"}),
        Section("leaves", "C", {"fr": "Feuilles", "en": "Leaves", "nl": "Bladeren"}),
    ),
    elements=(
        _item("letters", "A01", DataType.TEXT, section="owner", identifying=True),
        _item("birth", "A02", DataType.DATE, section="owner", identifying=True),
        _item("plot", "A03", DataType.INTEGER, section="owner"),
        _item("height", "B01", DataType.DECIMAL, unit=METRES, limits=NumberLimits()),
        _item("bark", "B02", DataType.SINGLE_CHOICE, options=_BARK),
        _item("planted", "B03", DataType.PARTIAL_DATE),
        _item("comment", "B04", DataType.TEXT),
        ItemGroup(
            name="leaf",
            section="leaves",
            title={"fr": "Feuilles", "en": "Leaves", "nl": "Bladeren"},
            items=_LEAVES,
            rows=3,
        ),
    ),
    identity=Identity(items=("letters", "birth", "plot"), centre="letters", filling_date=None),
)

SOURCE = SourceFile(
    name="arbres <b>2</b>.pdf",
    sha256="ab" * 32,
    size=1000,
    received=dt.datetime(2026, 11, 20, 14, 5, tzinfo=dt.UTC),
    token="somewhere/arbres.pdf",  # noqa: S106 - a relative path, not a secret
)

LOADED = Receipt(
    id="R-000001",
    source=SOURCE,
    outcome=Outcome.LOADED,
    form="trees",
    version="1.2.0",
    language="fr",
    format=FileFormat.PDF,
    centre="REI",
    subject="REI-007",
    record_id="3f9a",
    revision=1,
    completeness=Completeness(expected=104, answered=104),
    name_is_safe=True,
    hint="REI · DU/MA",
    filling_date="2026-11-18",
)


def finding(code: str, item: str | None = None, **context: str) -> Finding:
    """Return an engine finding about the file, or about an item on page 3."""
    place = FORM.items[item] if item else None
    location = Location(page=3, code=place.code) if place else None
    return replace(finding_of(FindingCode[code], context, location=location), item=item)


RULE = Finding(
    code="R14",
    severity=Severity.QUERY,
    item="planted",
    items=("planted", "height"),
    message={"fr": "Arbre bien grand pour son âge.", "en": "A tall tree for its age."},
)
ROW = replace(
    finding("DATE_IMPOSSIBLE", "leaf_date", entered="31/02/2019"),
    row=2,
    location=Location(page=4, code="C01.2"),
)

QUERIED = replace(
    LOADED,
    id="R-000002",
    outcome=Outcome.LOADED_WITH_QUERIES,
    completeness=Completeness(expected=104, answered=96),
    findings=(
        finding("UNIT_CONVERTED", "height", entered="850 cm", value="8.5"),
        ROW,
        RULE,
        finding("RANGE_HARD", "height", entered="1200", low="0.5", high="60"),
        finding("REQUIRED", "bark"),
        finding("HIDDEN_ANSWER", "comment", entered=TEXT_CANARY),
        finding("NUMBER_UNREADABLE", "height", entered="haut comme Canari"),
        finding("DATE_UNREADABLE", "birth", entered=BIRTH_CANARY),
        finding("NUMBER_NOT_WHOLE", "plot", entered=f"{PLOT_CANARY},5"),
        finding("TEXT_PATTERN", "letters", entered=LETTERS_CANARY),
        finding("SECTION_INCOMPLETE", section="leaves", count="24"),
        finding("LATE", closing="2026-10-01"),
    ),
)
REJECTED = Receipt(
    id="R-000003",
    source=SOURCE,
    outcome=Outcome.REJECTED,
    findings=(finding("FILE_DAMAGED"),),
)
REVIEW = replace(
    LOADED,
    id="R-000004",
    outcome=Outcome.REVIEW,
    subject=None,
    record_id=None,
    revision=None,
    findings=(
        finding("IDENTITY_OTHER_CENTRE", subject="PAR-002"),
        finding("REQUIRED", "bark"),
    ),
)
DUPLICATE = replace(
    LOADED,
    id="R-000005",
    outcome=Outcome.DUPLICATE,
    earlier="R-000001",
    findings=(finding("DUPLICATE_FILE", receipt="R-000001"),),
)
REVISION = replace(
    LOADED,
    id="R-000006",
    revision=2,
    findings=(finding("REVISION", revision="2"),),
    changes=(
        Change("height", None, "B01", "12", "8.5"),
        Change("bark", None, "B02", "", "smooth"),
        Change("planted", None, "B03", "2019-03", "ERR"),
        Change("comment", None, "B04", TEXT_CANARY, TEXT_CANARY),
        Change("plot", None, "A03", PLOT_CANARY, PLOT_CANARY),
        Change("birth", None, "A02", BIRTH_CANARY, BIRTH_CANARY),
    ),
)
DECIDED = replace(
    LOADED,
    id="R-000007",
    findings=(
        replace(finding("IDENTITY_OTHER_CENTRE", subject="PAR-002"), severity=Severity.NOTE),
        finding("REVISION", revision="2"),
    ),
    subject="PAR-002",
    revision=2,
    changes=(Change("height", None, "B01", "12", "8.5"),),
    decisions=(
        ReviewDecision(action=ReviewAction.SET, at=SOURCE.received, code="A01"),
        ReviewDecision(action=ReviewAction.SAME_AS, at=SOURCE.received, subject="PAR-002"),
    ),
)
REFUSED = replace(
    REVIEW,
    id="R-000008",
    outcome=Outcome.REJECTED,
    completeness=None,
    findings=(finding("IDENTITY_NEAR", subject="PAR-002"),),
    decisions=(ReviewDecision(action=ReviewAction.REJECT, at=SOURCE.received),),
)
RECEIPTS = {
    "loaded": LOADED,
    "queried": QUERIED,
    "rejected": REJECTED,
    "review": REVIEW,
    "duplicate": DUPLICATE,
    "revision": REVISION,
    "decided": DECIDED,
    "refused": REFUSED,
}
