"""What the coordinator can do about a file in review, with the exact commands. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.model.definition import FormDefinition
from intake.model.finding_codes import Doubt, FindingCode, doubt_of, needs_reason
from intake.model.record import Entry
from intake.reports.review.beside import subjects_in_doubt
from intake.words.catalogue import Words

_REASONED = ("set", "accept", "reject")
"""Commands that are shown with a reason; ``_LOADING`` where a finding asks for one."""
_ALWAYS = ("set", "reject")
"""Decisions that are refused without one."""
_OBJECTIONS = frozenset({str(FindingCode.OBJECTION), str(FindingCode.PATIENT_OBJECTED)})
_LOADING = ("same-as", "split", "merge")

_TO_FILL_IN = '"…"'
_COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "same_as": ("same-as", ("subject",)),
    "split": ("split", ()),
    "set": ("set", ("code",)),
    "type": ("set", ("code",)),
    "accept": ("accept", ()),
    "accept_typed": ("accept", ()),
    "accept_newest": ("accept", ()),
    "accept_whole": ("accept", ()),
    "merge": ("merge", ()),
    "reject": ("reject", ()),
    "unlock": ("unlock", ()),
    "objection": ("objection", ()),
}
"""Each thing to do: its command and what follows the receipt's number."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do: when, and the command as it is typed; empty when there is none."""

    text: str
    command: str = ""
    consequence: str = ""
    """What follows from it, in one sentence."""
    key: str = ""
    """Which decision it is, and in what case: ``accept_newest``."""
    act: str = ""
    """The decision's command; empty when there is none to take here."""
    about: str = ""
    """The patient, or the question, that the decision names."""
    needs_reason: bool = False
    reason: str = ""
    """The reason that is proposed, where one is needed or usual."""


def choices(
    entry: Entry,
    definition: FormDefinition | None,
    words: Words,
) -> Iterator[Choice]:
    """Yield what can be done, the likeliest first."""
    is_objection = not _codes(entry).isdisjoint(_OBJECTIONS)
    if is_objection:
        yield _objection(entry, words)
    elif entry.submission is None or definition is None:
        yield from _of_an_unread_file(entry, words)
    else:
        yield from _of_held_answers(entry, definition, words)
    yield _choice(entry, words, "reject")
    if not is_objection:
        yield _objection(entry, words)


def _objection(entry: Entry, words: Words) -> Choice:
    """Return what to do where the patient objects: of a known one, all of the record is meant."""
    known = entry.receipt.answers_about
    if not known:
        return _choice(entry, words, "objection")
    return Choice(
        text=words.text("review.choice.objection"),
        command=f"crf-intake record withdraw {known} --objection --reason {_TO_FILL_IN}",
        consequence=words.text("review.consequence.objection_known", subject=known),
        key="objection_known",
        act="withdraw",
        about=known,
        needs_reason=True,
    )


def _of_an_unread_file(entry: Entry, words: Words) -> Iterator[Choice]:
    codes = _codes(entry)
    if FindingCode.FILE_PROTECTED in codes:
        yield _choice(entry, words, "unlock")
    else:
        is_scan = FindingCode.FILE_SCANNED in codes
        yield Choice(words.text(f"review.choice.{'type_anew' if is_scan else 'ask'}"))


def _codes(entry: Entry) -> set[str]:
    return {str(finding.code) for finding in entry.receipt.findings}


def _of_held_answers(entry: Entry, definition: FormDefinition, words: Words) -> Iterator[Choice]:
    findings = entry.receipt.findings
    is_scan = FindingCode.FILE_SCANNED in _codes(entry)
    doubts = (finding for finding in findings if doubt_of(finding.code) is Doubt.WHICH_PATIENT)
    subjects = [finding.context.get("subject", "") for finding in doubts]
    for subject in dict.fromkeys(filter(None, subjects)):
        yield _choice(entry, words, "same_as", subject=subject)
    if subjects:
        yield _choice(entry, words, "split")
    names = [f.item for f in findings if f.item is not None and f.item in definition.items]
    code = definition.items[names[0] if names else next(iter(definition.items))].code
    yield _choice(entry, words, "type" if is_scan else "set", code=code)
    if not subjects:
        yield from _loading(entry, words)


def _loading(entry: Entry, words: Words) -> Iterator[Choice]:
    """Yield how a form of a patient who is not in doubt is loaded."""
    codes = _codes(entry)
    if FindingCode.REVISION_PARTIAL in codes:
        yield _choice(entry, words, "merge")
        yield _choice(entry, words, "accept_whole")
    elif FindingCode.FILE_SCANNED in codes:
        yield _choice(entry, words, "accept_typed")
    else:
        is_undated = FindingCode.REVISION_UNDATED in codes
        yield _choice(entry, words, "accept_newest" if is_undated else "accept")


def _choice(entry: Entry, words: Words, key: str, **context: str) -> Choice:
    act, place = _COMMANDS[key]
    named = [context[name] for name in place]
    parts = ["crf-intake", "review", act, entry.receipt.id, *named]
    if act == "set":
        parts.append(_TO_FILL_IN)
    is_needed = _needs_reason(entry, act)
    told = f"review.reason.{key}"
    reason = words.text(told) if words.has(told) else ""
    if is_needed or act in _REASONED:
        parts += ["--reason", f'"{reason}"' if reason else _TO_FILL_IN]
    return Choice(
        text=words.text(f"review.choice.{key}", **context),
        command=" ".join(parts),
        consequence=_consequence(entry, words, key, context),
        key=key,
        act=act,
        about="".join(named),
        needs_reason=is_needed,
        reason=reason,
    )


def _needs_reason(entry: Entry, act: str) -> bool:
    """Say whether a decision is refused without a reason."""
    is_doubtful = any(needs_reason(finding.code) for finding in entry.receipt.findings)
    is_doubtful |= act == "split" and FindingCode.PATIENT_IN_DOUBT in _codes(entry)
    return act in _ALWAYS or (act in (*_LOADING, "accept") and is_doubtful)


def _consequence(entry: Entry, words: Words, key: str, context: Mapping[str, str]) -> str:
    """Return what follows from a choice, for the record that it is about where there is one."""
    codes = _codes(entry)
    about = context.get("subject") or ", ".join(subjects_in_doubt(entry.receipt))
    if key == "accept" and FindingCode.RECORD_WITHDRAWN in codes:
        key = "accept_back"
    elif key == "accept" and about:
        key = "accept_over"
    return words.text(f"review.consequence.{key}", subject=about)
