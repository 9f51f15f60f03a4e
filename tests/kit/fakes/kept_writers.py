"""Writers of forms that write each form once, for all the tests and workers.

For tests of what is done with forms. A test of how a form is written asks its writer itself.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from intake.formats.registry import writers
from intake.model.definition import FormDefinition
from intake.model.submission import FileFormat
from intake.ports import FormRequest, FormWriter, LayoutFault
from intake.wiring import forms, reading, schema_check, sheets
from tests.kit import blanks
from tests.kit.kept import kept


@dataclass(frozen=True, slots=True)
class KeptWriter:
    """``ports.FormWriter``: what another one wrote, or found, for the same request before."""

    writer: FormWriter

    @property
    def file_format(self) -> FileFormat:
        """Return the other's format."""
        return self.writer.file_format

    @property
    def extension(self) -> str:
        """Return the other's extension."""
        return self.writer.extension

    def write(self, definition: FormDefinition, request: FormRequest) -> bytes:
        """Return the form; what cannot be written is refused each time."""
        return blanks.written(definition, self.file_format, request)

    def audit(self, definition: FormDefinition, request: FormRequest) -> tuple[LayoutFault, ...]:
        """Return every layout fault."""
        found: tuple[LayoutFault, ...] = pickle.loads(  # noqa: S301 - the tests' own file
            kept(
                f"audit-{self.file_format.value}",
                (definition.id, definition.version, definition.fingerprint),
                request,
                make=lambda: pickle.dumps(self.writer.audit(definition, request)),
            )
        )
        return found


def kept_writers() -> Mapping[FileFormat, FormWriter]:
    """Return the writers by format."""
    return {file_format: KeptWriter(writer) for file_format, writer in writers().items()}


@contextmanager
def written_once() -> Iterator[None]:
    """Give the program the kept writers, wherever its parts are put together."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (forms, reading, schema_check, sheets):
            patch.setattr(module, "writers", kept_writers)
        yield
