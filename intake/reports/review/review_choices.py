"""What the coordinator can do about a file in review, with the exact commands. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from intake.model.definition import FormDefinition
from intake.model.finding_codes import FindingCode
from intake.model.record import Entry
from intake.words.catalogue import Words

_REASONED = ("set", "accept", "reject")
_DOUBTS = (FindingCode.IDENTITY_NEAR, FindingCode.IDENTITY_OTHER_CENTRE)

_TO_FILL_IN = '"…"'
_COMMANDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "same_as": ("same-as", ("subject",)),
    "split": ("split", ()),
    "set": ("set", ("code",)),
    "type": ("set", ("code",)),
    "accept": ("accept", ()),
    "accept_typed": ("accept", ()),
    "reject": ("reject", ()),
    "unlock": ("unlock", ()),
    "objection": ("objection", ()),
}
"""Each thing to do: its command and what follows the receipt's number."""

Asked = tuple[Entry, Collection[str]]
"""What waits, and the finding codes that ask for a reason."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do: when, and the command as it is typed; empty when there is none."""

    text: str
    command: str = ""


def choices(
    entry: Entry,
    definition: FormDefinition | None,
    words: Words,
    needs_reason: Collection[str],
) -> Iterator[Choice]:
    """Yield what can be done, the likeliest first.

    ``needs_reason`` are the finding codes that ask for a reason when the form is loaded.
    """
    asked = (entry, needs_reason)
    is_objection = FindingCode.OBJECTION in _codes(entry)
    if is_objection:
        yield _choice((entry, ()), words, "objection")
    elif entry.submission is None or definition is None:
        yield from _of_an_unread_file(entry, words)
    else:
        yield from _of_held_answers(asked, definition, words)
    yield _choice(asked, words, "reject")
    if not is_objection:
        yield _choice((entry, ()), words, "objection")


def _of_an_unread_file(entry: Entry, words: Words) -> Iterator[Choice]:
    codes = _codes(entry)
    if FindingCode.FILE_PROTECTED in codes:
        yield _choice((entry, ()), words, "unlock")
    else:
        is_scan = FindingCode.FILE_SCANNED in codes
        yield Choice(words.text(f"review.choice.{'type_anew' if is_scan else 'ask'}"))


def _codes(entry: Entry) -> set[str]:
    return {str(finding.code) for finding in entry.receipt.findings}


def _of_held_answers(asked: Asked, definition: FormDefinition, words: Words) -> Iterator[Choice]:
    findings = asked[0].receipt.findings
    is_scan = FindingCode.FILE_SCANNED in _codes(asked[0])
    subjects = [f.context.get("subject", "") for f in findings if f.code in _DOUBTS]
    for subject in dict.fromkeys(filter(None, subjects)):
        yield _choice(asked, words, "same_as", subject=subject)
    if subjects:
        yield _choice(asked, words, "split")
    names = [f.item for f in findings if f.item is not None and f.item in definition.items]
    code = definition.items[names[0] if names else next(iter(definition.items))].code
    yield _choice(asked, words, "type" if is_scan else "set", code=code)
    if not subjects:
        yield _choice(asked, words, "accept_typed" if is_scan else "accept")


def _choice(asked: Asked, words: Words, key: str, **context: str) -> Choice:
    entry, needs_reason = asked
    command, place = _COMMANDS[key]
    parts = ["crf-intake", "review", command, entry.receipt.id]
    parts += [context[name] for name in place]
    if command == "set":
        parts.append(_TO_FILL_IN)
    if command in _REASONED or any(f.code in needs_reason for f in entry.receipt.findings):
        told = f"review.reason.{key}"
        parts += ["--reason", f'"{words.text(told)}"' if words.has(told) else _TO_FILL_IN]
    return Choice(words.text(f"review.choice.{key}", **context), " ".join(parts))
