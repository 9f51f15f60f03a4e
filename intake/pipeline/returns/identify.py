"""Which form is this file? Stamp claims against the published form versions.

Pure. A claim is never believed alone: every carrier is compared with the others and with
the known fingerprints. Reading the claims belongs to the formats.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.model.address import places
from intake.model.definition import FormDefinition
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.stamp import FormStamp
from intake.model.submission import Inspection, StampClaim
from intake.ports import Forms

_TRUST = ("field", "footer", "metadata")
_LIKENESS = 0.8
_FEWEST = 5
"""Exported answers below which a form is not told by them."""


@dataclass(frozen=True, slots=True)
class Identified:
    """The form version a file is read as, the stamp that says so, what is odd about it."""

    definition: FormDefinition | None
    stamp: FormStamp | None
    findings: tuple[Finding, ...] = ()


def identify(inspection: Inspection, forms: Forms) -> Identified:
    """Find the form version of an inspected file; no definition means it cannot be read."""
    stamp = _best(inspection.claims)
    if stamp is None:
        return _without_stamp(inspection, forms)
    definition = forms.get(stamp.form, stamp.version)
    if definition is not None and stamp.sheet is not None:
        return _of_sheet(inspection, stamp, forms)
    if definition is None:
        known = {other.id for other in forms.definitions()}
        code = (
            FindingCode.FORM_VERSION_UNKNOWN
            if stamp.form in known
            else FindingCode.FORM_OTHER_STUDY
        )
        if stamp.form not in known:
            # What a foreign stamp calls itself, or its centre, may be anybody's name.
            stamp = replace(stamp, form="", centre=None)
        context = {"form": stamp.form.upper() or "?", "version": stamp.version}
        return Identified(None, stamp, (finding_of(code, context),))
    return Identified(definition, stamp, tuple(_conflicts(inspection.claims, stamp, definition)))


def _of_sheet(inspection: Inspection, stamp: FormStamp, forms: Forms) -> Identified:
    """Find the query sheet that a stamp names: one that was made here, of a known record."""
    sheet = forms.printed(stamp)
    if sheet is None:
        context = {"sheet": stamp.sheet.text if stamp.sheet else ""}
        return Identified(None, stamp, (finding_of(FindingCode.SHEET_UNKNOWN, context),))
    known = replace(stamp, fingerprint=sheet.fingerprint)
    claims = (
        replace(claim, stamp=known) if claim.stamp == stamp else claim
        for claim in inspection.claims
    )
    return Identified(sheet, stamp, tuple(_conflicts(claims, known, sheet)))


def _best(claims: Iterable[StampClaim]) -> FormStamp | None:
    """Return the claim of the most telling carrier."""
    ranked = sorted(claims, key=lambda c: _TRUST.index(c.carrier) if c.carrier in _TRUST else 9)
    return ranked[0].stamp if ranked else None


def _conflicts(
    claims: Iterable[StampClaim], stamp: FormStamp, definition: FormDefinition
) -> Iterable[Finding]:
    """Yield a finding when carriers, or fingerprint and version, do not agree."""
    differing = [c for c in claims if c.stamp != stamp]
    if differing:
        carriers = ", ".join(sorted({c.carrier for c in differing}))
        yield finding_of(FindingCode.STAMP_CONFLICT, {"carriers": carriers})
    elif stamp.fingerprint != definition.fingerprint:
        yield finding_of(FindingCode.STAMP_CONFLICT, {"carriers": stamp.fingerprint})


def _without_stamp(inspection: Inspection, forms: Forms) -> Identified:
    """Recognise a form whose stamp is lost by its places, if one version alone fits."""
    if any(finding.code == FindingCode.FILE_SCANNED for finding in inspection.findings):
        return Identified(None, None)  # nothing tells what a picture shows
    found = {f.address for f in inspection.fields}
    is_data = any(f.code == FindingCode.FILE_FIELD_DATA for f in inspection.findings)
    like = _share_of_data if is_data else _likeness
    fitting = [d for d in forms.definitions() if like(found, d) >= _LIKENESS]
    fitting = _closest(found, fitting, is_whole=not is_data)
    if len(fitting) == 1:
        return Identified(fitting[0], None, (finding_of(FindingCode.STAMP_MISSING),))
    code = FindingCode.FORM_VERSION_UNKNOWN if fitting else FindingCode.FORM_UNKNOWN
    return Identified(None, None, (finding_of(code, {"form": "?", "version": "?"}),))


def _closest(
    found: set[str], fitting: list[FormDefinition], *, is_whole: bool
) -> list[FormDefinition]:
    """Return the versions that differ least from what was found; exported data lacks the blanks.

    Versions of one form ask nearly the same: what tells them apart is what one asks alone.
    """

    def differences(definition: FormDefinition) -> int:
        asked = {place.address for place in places(definition)}
        codes = {place.code for place in places(definition)}
        named = max((asked, codes), key=lambda names: len(names & found))
        return len(named ^ found) if is_whole else len(found - named)

    counts = {d.fingerprint: differences(d) for d in fitting}
    return [d for d in fitting if counts[d.fingerprint] == min(counts.values())]


def _share_of_data(found: set[str], definition: FormDefinition) -> float:
    """Return which share of exported answers a form has places for: it exports no others."""
    if len(found) < _FEWEST:
        return 0.0
    return len(found & {place.address for place in places(definition)}) / len(found)


def _likeness(found: set[str], definition: FormDefinition) -> float:
    """Return which share of a form's places is among the addresses, or the codes, found."""
    every = list(places(definition))
    if not every:
        return 0.0
    by_address = sum(place.address in found for place in every)
    by_code = sum(place.code in found for place in every)
    return max(by_address, by_code) / len(every)
