"""Which form a file is: claims compared with each other and with what was published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.model.address import places
from intake.model.finding_codes import FindingCode as Code
from intake.model.submission import StampClaim
from intake.pipeline.returns.identify import identify
from tests.kit.fakes.forms import FewForms
from tests.kit.garden import GARDEN, NEWER, RENAMED, a_file, stamp

FORMS = FewForms(GARDEN, NEWER)
EVERYWHERE = {place.address: "x" for place in places(GARDEN)}


def claimed(*claims):
    return identify(a_file(claims=tuple(StampClaim(*claim) for claim in claims)), FORMS)


def codes(identified):
    return [str(finding.code) for finding in identified.findings]


def test_a_stamp_of_a_published_version_is_that_version():
    found = claimed(("metadata", stamp(centre="ZAA")))
    assert (found.definition, found.stamp, found.findings) == (GARDEN, stamp(centre="ZAA"), ())


def test_the_most_telling_carrier_is_believed_and_the_others_contradict_it():
    other = stamp(version="1.1.0", fingerprint="0A1B2C3E")
    found = claimed(("metadata", other), ("qr", other), ("field", stamp()), ("footer", stamp()))
    assert (found.definition, codes(found)) == (GARDEN, ["STAMP_CONFLICT"])
    assert found.findings[0].context == {"carriers": "metadata, qr"}


def test_a_version_with_another_fingerprint_is_a_conflict():
    found = claimed(("field", stamp(fingerprint="FFFFFFFF")))
    assert (found.definition, codes(found)) == (GARDEN, ["STAMP_CONFLICT"])


@pytest.mark.parametrize(
    ("other", "code"),
    [({"version": "9.0.0"}, "FORM_VERSION_UNKNOWN"), ({"form": "orchard"}, "FORM_OTHER_STUDY")],
)
def test_a_form_that_was_never_published_is_not_read(other, code):
    found = claimed(("field", stamp(**other)))
    assert (found.definition, codes(found)) == (None, [code])
    assert found.findings[0].context["version"] == other.get("version", "1.0.0")


def test_what_a_foreign_stamp_calls_itself_is_told_nowhere():
    found = claimed(("field", stamp(form="durandal", centre="CLAIRE")))
    assert "DURANDAL" not in repr(found).upper()
    assert "CLAIRE" not in repr(found)
    assert found.stamp.language == "fr"


def test_without_stamp_the_one_version_that_has_these_places_is_taken():
    only = FewForms(GARDEN)
    found = identify(a_file(entered=EVERYWHERE, claims=()), only)
    assert (found.definition, found.stamp, codes(found)) == (GARDEN, None, ["STAMP_MISSING"])


def test_visible_codes_tell_a_form_as_addresses_do():
    by_code = {place.code: "x" for place in places(GARDEN)}
    found = identify(a_file(entered=by_code, claims=()), FewForms(GARDEN))
    assert found.definition is GARDEN


def test_without_stamp_two_versions_that_fit_are_told_apart_by_nobody():
    found = identify(a_file(entered=EVERYWHERE, claims=()), FORMS)
    assert (found.definition, codes(found)) == (None, ["FORM_VERSION_UNKNOWN"])


def test_a_few_of_the_places_are_not_the_form():
    some = dict(list(EVERYWHERE.items())[: int(len(EVERYWHERE) * 0.7)])
    found = identify(a_file(entered=some, claims=()), FewForms(GARDEN))
    assert (found.definition, codes(found)) == (None, ["FORM_UNKNOWN"])


def test_nothing_tells_what_an_unrecognised_scan_shows():
    found = identify(a_file(Code.FILE_SCANNED, entered=EVERYWHERE, claims=()), FewForms(GARDEN))
    assert (found.definition, found.findings) == (None, ())


def test_a_form_without_places_fits_no_file():
    bare = replace(GARDEN, elements=())
    assert codes(identify(a_file(claims=()), FewForms(bare))) == ["FORM_UNKNOWN"]


@pytest.mark.parametrize(("definition", "other"), [(GARDEN, RENAMED), (RENAMED, GARDEN)])
def test_without_stamp_the_version_that_asks_just_this_is_taken(definition, other):
    entered = {place.address: "x" for place in places(definition)}
    found = identify(a_file(entered=entered, claims=()), FewForms(definition, other))
    assert (found.definition, codes(found)) == (definition, ["STAMP_MISSING"])


def test_exported_answers_of_two_versions_are_told_by_what_one_asks_alone():
    entered = {**dict.fromkeys(["place", "letters", "born", "filled", "agreed"], "x")}
    both = FewForms(GARDEN, RENAMED)
    data = a_file(Code.FILE_FIELD_DATA, entered=entered, claims=())
    assert identify(data, both).definition is None
    one = a_file(Code.FILE_FIELD_DATA, entered={**entered, "shade": "x"}, claims=())
    assert identify(one, both).definition is RENAMED
