"""Files made to exhaust or mislead: refused with a reason, or read whole with a finding."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.formats.pdf.read.inspection import inspect as inspect_pdf
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken import hostile
from tests.kit.broken.damage import appended, changed, filled
from tests.kit.broken.small import ANSWERS, blank


def codes(inspection):
    return {finding.code for finding in inspection.findings}


def texts(inspection):
    return {field.address: field.text for field in inspection.fields}


def refusal(content):
    with pytest.raises(UnreadableFile) as refused:
        inspect_pdf(content)
    return refused.value.code


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><body>%PDF- is a format</body></html>", os.urandom(4096), b"%PDF-1.7\n%%EOF\n"],
    ids=["empty", "html", "random", "header only"],
)
def test_what_is_not_a_pdf_is_refused_as_damaged(content):
    assert refusal(content) == Code.FILE_DAMAGED


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (hostile.deep_kids, Code.FILE_LIMIT),
        (hostile.crowd, Code.FILE_LIMIT),
        (hostile.long_value, Code.FILE_LIMIT),
        (hostile.bomb_value, Code.FILE_LIMIT),
        (hostile.bomb_value_twice_packed, Code.FILE_LIMIT),
        (hostile.nested_arrays, Code.FILE_DAMAGED),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_limit_refuses_the_whole_file_and_never_returns_part_of_it(build, code):
    assert refusal(build()) == code


def test_a_file_too_large_to_be_a_form_is_refused_unopened():
    assert refusal(b"%PDF-1.7\n" + bytes(33 * 1024 * 1024)) == Code.FILE_TOO_LARGE


@pytest.mark.parametrize(
    "build", [hostile.kids_cycle, hostile.own_kid, hostile.own_parent], ids=lambda b: b.__name__
)
def test_a_field_tree_with_a_loop_is_read_and_said_to_be_mended(build):
    inspection = inspect_pdf(build())

    assert Code.FILE_REPAIRED in codes(inspection)


@pytest.mark.parametrize("left", [2, 5, 60, 100, 200], ids=lambda n: f"{n} bytes left")
@pytest.mark.parametrize("size", [10, 3000], ids=["short answer", "long answer"])
def test_a_save_cut_by_a_mail_gateway_is_never_taken_for_the_blank_form_it_shows(left, size):
    whole = appended(blank(), "name", "V" * size)
    cut = whole[: len(blank()) + left]

    assert texts(inspect_pdf(whole))["name"] == "V" * size
    assert codes(inspect_pdf(whole)) == set()
    assert Code.FILE_REPAIRED in codes(inspect_pdf(cut))


def test_a_long_save_cut_in_its_middle_is_said_to_be_repaired():
    whole = appended(blank(), "name", "V" * 3000)

    assert Code.FILE_REPAIRED in codes(inspect_pdf(whole[:-1500]))


@pytest.mark.parametrize(
    "lie", [hostile.wrong_index, hostile.huge_size, hostile.index_loop], ids=lambda f: f.__name__
)
def test_a_file_whose_index_lies_is_read_only_as_repaired(lie):
    inspection = inspect_pdf(lie(hostile.classic(filled(blank(), ANSWERS))))

    assert Code.FILE_REPAIRED in codes(inspection)
    assert texts(inspection)["name"] == ANSWERS["name"]


def test_bytes_before_and_after_the_file_change_nothing_but_may_be_remarked():
    content = filled(blank(), ANSWERS)
    inspection = inspect_pdf(b"\r\n\r\n" + content + b"\r\n-- \r\nmessagerie\r\n")

    assert texts(inspection)["name"] == ANSWERS["name"]


def test_line_ends_changed_by_a_transfer_are_said_to_be_a_repair():
    content = hostile.classic(filled(blank(), ANSWERS)).replace(b"\n", b"\r\n")

    assert Code.FILE_REPAIRED in codes(inspect_pdf(content))


def test_a_value_of_ten_thousand_letters_is_read_whole_by_both_programs():
    long = "œuvre " * 2000
    inspection = inspect_pdf(filled(blank(), {"comments": long}))

    assert texts(inspection)["comments"] == long
    assert codes(inspection) == set()


def test_fields_that_no_object_describes_are_counted_as_damage():
    def change(pdf):
        pdf.Root.AcroForm.Fields.append(None)

    assert Code.FILE_REPAIRED in codes(inspect_pdf(changed(blank(), change)))


FILLED = hostile.classic(filled(blank(), ANSWERS))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(FILLED) - 1), st.integers(1, 400))
@example(len(FILLED) - 6, 6)
def test_bytes_lost_anywhere_are_refused_or_said_or_change_nothing(start, length):
    damaged = FILLED[:start] + FILLED[start + length :]
    try:
        inspection = inspect_pdf(damaged)
    except UnreadableFile:
        return
    assert codes(inspection) or texts(inspection) == texts(inspect_pdf(FILLED))
