"""Read a file of an old or foreign kind as what an office program makes of it.

The result goes behind the ordinary guard like any return. What a conversion loses cannot all
be seen in it: such a file always goes to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from intake.formats.office.package_date import open_document_date
from intake.model.errors import UnreadableFile
from intake.model.file.container import Contents
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.submission import Inspection
from intake.ports import Executor

CONVERTED_TO: Mapping[str, str] = {
    "doc": "docx",
    "odt": "docx",
    "rtf": "docx",
    "xls": "xlsx",
    "ods": "xlsx",
}
"""The kinds of files that are converted, and to what."""

Convert = Callable[[bytes, str, str], bytes]
"""Bytes, their kind and the kind wanted, to bytes. Raises UnreadableFile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedRung:
    """Reads an old or foreign kind as an office program saves it (``ports.LowerRung``)."""

    convert: Convert | None
    """None where no program is installed that could."""
    executor: Executor
    inspect: Callable[[bytes, str], Inspection]

    @property
    def is_slow(self) -> bool:
        """Say that another program is started for each file."""
        return True

    def applies(self, found: Inspection | UnreadableFile) -> bool:
        """Say whether a file could not be read because it is of one of these kinds."""
        if not isinstance(found, UnreadableFile) or found.code != FindingCode.FILE_NOT_YET_READ:
            return False
        return found.context.get("kind") in CONVERTED_TO

    def look(
        self, content: bytes, name: str, found: Inspection | UnreadableFile
    ) -> Inspection | Contents:
        """Return what the converted file says. Raises UnreadableFile."""
        kind = found.context["kind"] if isinstance(found, UnreadableFile) else ""
        if self.convert is None:
            raise UnreadableFile(FindingCode.FILE_NOT_CONVERTED, {"kind": kind})
        wanted = CONVERTED_TO[kind]
        made = self.convert(content, kind, wanted)
        inspection = self.executor.submit(self.inspect, made, f"{name}.{wanted}").result()
        told = finding_of(FindingCode.FILE_CONVERTED, {"kind": kind})
        # A conversion writes a date of its own, or none: that of the original counts.
        written = self.executor.submit(open_document_date, content).result()
        return replace(inspection, findings=(told, *inspection.findings), written=written)
