"""Keys that nearly agree: one patient written twice, perhaps.

Pure comparisons of keys; whether the answers agree too is in ``likeness``.
"""

from __future__ import annotations

from intake.model.record import Clues, PatientKey

_MOST_APART = 2


def same_but_centre(a: PatientKey, b: PatientKey) -> bool:
    """Say whether two keys differ by their centre and by nothing else."""
    differing = _differing(a, b)
    return differing == [(a.centre, b.centre)] and a.centre != b.centre


def is_near(a: PatientKey, b: PatientKey) -> bool:
    """Say whether two different keys may be one patient written twice.

    One letter differs in one part, or two letters of a part or two parts of letters are
    exchanged, or one of day, month and year differs, or day and month are exchanged.
    Numbers that differ are different: neighbours are usual there.
    """
    differing = _differing(a, b)
    if len(differing) == 1:
        return _near(*differing[0])
    if len(differing) != 2:
        return False
    (left, right), (other_left, other_right) = differing
    return left.isalpha() and left == other_right and right == other_left


def is_within_two_parts(a: PatientKey, b: PatientKey) -> bool:
    """Say whether two different keys are at most two slips apart.

    A slip is one letter, one of day, month and year, or the centre. Two patients are often as
    near as that: only answers that agree make it a question.
    """
    if len(a.parts) != len(b.parts):
        return False
    pairs = zip(a.parts, b.parts, strict=True)
    return 0 < sum(_slips(a, b, *pair) for pair in pairs) <= _MOST_APART


def may_be_meant(clues: Clues, key: PatientKey, likeness: str) -> bool:
    """Say whether a known form is worth comparing with what a form is recognised by."""
    if clues.likeness and clues.likeness == likeness:
        return True
    own = clues.key
    if own is None:
        return False
    is_same = own.parts == key.parts or same_but_centre(own, key)
    return is_same or is_near(own, key) or is_within_two_parts(own, key)


def _slips(a: PatientKey, b: PatientKey, left: str, right: str) -> int:
    """Return how many slips make one part the other; too many where they are not alike."""
    if left == right:
        return 0
    if (left, right) == (a.centre, b.centre):
        return 1
    if "-" in left and "-" in right:
        left_parts, right_parts = left.split("-"), right.split("-")
        return sum(one != other for one, other in zip(left_parts, right_parts, strict=False))
    if len(left) != len(right) or not (left.isalpha() and right.isalpha()):
        return _MOST_APART + 1
    return sum(one != other for one, other in zip(left, right, strict=True))


def _differing(a: PatientKey, b: PatientKey) -> list[tuple[str, str]]:
    if len(a.parts) != len(b.parts):
        return [("", ""), ("", ""), ("", "")]
    pairs = zip(a.parts, b.parts, strict=True)
    return [(left, right) for left, right in pairs if left != right]


def _near(left: str, right: str) -> bool:
    if "-" in left and "-" in right:
        return _near_dates(left, right)
    if len(left) != len(right) or not (left.isalpha() and right.isalpha()):
        return False
    places = [index for index, letter in enumerate(left) if letter != right[index]]
    exchanged = sorted(left) == sorted(right) and len(places) == 2
    return len(places) == 1 or exchanged


def _near_dates(left: str, right: str) -> bool:
    one, other = left.split("-"), right.split("-")
    if len(one) != len(other):
        return False
    differing = [index for index, part in enumerate(one) if part != other[index]]
    return len(differing) == 1 or [one[0], *one[:0:-1]] == other
