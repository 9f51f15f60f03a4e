"""Whatever is cut, doubled or moved in a Word form, no answer differs in silence."""

from __future__ import annotations

import copy
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.formats.office.repack import packed, unpacked
from intake.formats.registry import inspect_file
from intake.model.address import places_by_address
from intake.model.errors import UnreadableFile
from intake.model.finding_codes import FindingCode as Code
from tests.kit.broken.small_word import FULL, READER, WRITTEN, W, form, read
from tests.kit.fillers.word_by_hand import changed, with_part

SHAKEN = [
    W + name
    for name in (
        "tr", "tc", "p", "sdt", "sdtPr", "tag", "alias", "bookmarkStart", "bookmarkEnd", "tbl",
        "tblPr", "tcPr", "lock", "pPr", "rPr",
    )
]  # fmt: skip


def shake(root, source):
    """Delete, double or move a few elements, never one that holds typed text alone."""
    for _ in range(source.randint(1, 4)):
        found = [e for e in root.iter(*SHAKEN) if e.getparent() is not None]
        element = source.choice(found)
        parent = element.getparent()
        action = source.choice(["delete", "double", "move"])
        if action == "double":
            parent.insert(parent.index(element), copy.deepcopy(element))
        else:
            parent.remove(element)
        if action == "move":
            parent.insert(source.randint(0, len(parent)), element)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_no_answer_differs_in_silence_after_cuts_and_copies(seed):
    nothing_differs_in_silence(seed)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_no_answer_differs_in_silence_after_many_cuts_and_copies(seed):
    nothing_differs_in_silence(seed)


def nothing_differs_in_silence(seed):
    """Assert of a shaken form that each answer is as written, or its item is remarked on."""
    source = random.Random(seed)
    raw = read(changed(FULL, lambda root: shake(root, source)))
    answers = {answer.address: answer.text for answer in raw.answers}
    remarked = {finding.item for finding in raw.findings if finding.item}
    remarked |= {name for finding in raw.findings for name in finding.items}
    doubtful = {finding.code for finding in raw.findings}

    for address, place in places_by_address(form()).items():
        same = answers.get(address, "").split() == WRITTEN.get(address, "").split()
        assert same or place.item.name in remarked, (address, answers.get(address), doubtful)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_damaged_bytes_are_refused_or_read_and_nothing_else_happens(seed):
    source = random.Random(seed)
    parts = unpacked(FULL)
    name = source.choice(sorted(parts))
    content = bytearray(parts[name])
    for _ in range(source.randint(1, 30)):
        content[source.randrange(len(content))] = source.randrange(256)
    whole = bytearray(packed({**parts, name: bytes(content)}))
    if source.random() < 0.3:
        whole[source.randrange(len(whole))] ^= 0xFF
    try:
        inspection = inspect_file(bytes(whole), "fiche.docx")
    except UnreadableFile:
        return
    assert inspection.format in {"word"}


@pytest.mark.parametrize("left", [10, 1000, 3000, -30])
def test_a_cut_file_is_refused(left):
    with pytest.raises(UnreadableFile):
        inspect_file(FULL[:left], "fiche.docx")


@pytest.mark.parametrize(
    ("inner", "times", "code"),
    [
        ("<w:r>{}</w:r>", 5000, Code.FILE_DAMAGED),
        ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", 120, None),
        ("<w:p>{}</w:p>", 200, Code.FILE_LIMIT),
        ("<w:r>{}</w:r>", 240, None),
    ],
)
def test_elements_in_elements_are_read_or_refused(inner, times, code):
    before, after = inner.split("{}")
    body = before * times + "<w:t>a</w:t>" + after * times
    assert _outcome(body) == code


@pytest.mark.parametrize("piece", ["<w:t>ab</w:t>", "<w:t/>", "<w:p/>", "<w:tab/>"])
def test_crowds_of_small_pieces_end_soon(piece):
    marks = "".join(f'<w:bookmarkStart w:id="{n}" w:name="b{n}"/>' for n in range(59))
    started = time.perf_counter()
    outcome = _outcome(f"<w:p>{marks}{piece * 300_000}</w:p>")

    assert outcome in {None, Code.FILE_LIMIT}
    assert time.perf_counter() - started < 5


def _outcome(body):
    document = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}</w:body></w:document>'
    try:
        READER.inspect(with_part(FULL, "word/document.xml", document.encode()))
    except UnreadableFile as refused:
        return refused.code
    return None
