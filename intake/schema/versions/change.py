"""One difference between two versions of a form: what it is, where, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.model.local_text import LocalText


class ChangeKind(StrEnum):
    """What differs. Each kind has its sentence in the words of the command line."""

    TITLE = "title"
    LANGUAGES = "languages"
    IDENTITY = "identity"
    DAY_ZERO = "day_zero"
    ITEM_ADDED = "item_added"
    ITEM_REMOVED = "item_removed"
    ITEM_RETIRED = "item_retired"
    ITEM_RENAMED = "item_renamed"
    ITEM_MOVED = "item_moved"
    VISIBLE_CODE = "visible_code"
    SECTION = "section"
    TYPE = "type"
    UNIT = "unit"
    UNIT_WORDS = "unit_words"
    CODE_ADDED = "code_added"
    CODE_REMOVED = "code_removed"
    CODE_RETIRED = "code_retired"
    CODE_RENAMED = "code_renamed"
    CODE_LABEL = "code_label"
    CODE_ROLE = "code_role"
    BOUNDS = "bounds"
    USUAL_BOUNDS = "usual_bounds"
    LABEL = "label"
    HELP = "help"
    REQUIRED = "required"
    RELEVANT = "relevant"
    REASONS = "reasons"
    IDENTIFYING = "identifying"
    ROWS = "rows"
    FIXED_ROWS = "fixed_rows"
    MORE_ROWS = "more_rows"
    FEWER_ROWS = "fewer_rows"
    RULE_ADDED = "rule_added"
    RULE_REMOVED = "rule_removed"
    RULE_SEVERITY = "rule_severity"
    RULE_WORDS = "rule_words"
    RULE_CONDITION = "rule_condition"
    COMPUTED_ADDED = "computed_added"
    COMPUTED_REMOVED = "computed_removed"
    COMPUTED_CHANGED = "computed_changed"


_REFUSED = frozenset(
    {
        ChangeKind.IDENTITY,
        ChangeKind.DAY_ZERO,
        ChangeKind.ITEM_REMOVED,
        ChangeKind.ITEM_MOVED,
        ChangeKind.TYPE,
        ChangeKind.UNIT,
        ChangeKind.CODE_REMOVED,
        ChangeKind.FIXED_ROWS,
        ChangeKind.FEWER_ROWS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChange:
    """One difference. Texts are by language; what no language has a say in stands under ``""``."""

    kind: ChangeKind
    name: str
    """Of the question as the newer version calls it, ``name=code``, or the id of a rule."""
    code: str = ""
    """The visible code, of the newer version where it still asks the question."""
    before: LocalText = field(default_factory=dict)
    after: LocalText = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        """Say whether answers of both versions could not stand in one column."""
        return self.kind in _REFUSED


def plain(text: object) -> Mapping[str, str]:
    """Return a text that is the same in every language."""
    return {"": str(text)} if text not in (None, "", ()) else {}
