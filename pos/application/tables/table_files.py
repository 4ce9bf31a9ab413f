"""Table files: one writer per format, chosen by the suffix of the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pos.application.tables.table import Table
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.domain.errors import BadInput, Refused

WriteTables = Callable[[Sequence[Table], BinaryIO, Translator, str], None]
"""Writes tables to a byte stream in one format; the text, if any, is a stamp of training data."""

WriteWhole = Callable[[Path], AbstractContextManager[BinaryIO]]
"""Opens a stream that becomes the file once it is complete. Raises InfrastructureError."""

XLSX, CSV, PDF = ".xlsx", ".csv", ".pdf"
KINDS = (XLSX, CSV, PDF)
"""The suffixes in menu order."""


@dataclass(eq=False)
class UnknownFileKind(BadInput):
    """No tables are saved with this suffix."""

    fact = "unknown_file_kind"

    file: str
    known: tuple[str, ...] = KINDS


@dataclass(eq=False)
class TooManyTables(BadInput):
    """A file of this format holds one table."""

    fact = "too_many_tables"

    tables: int
    kind: str = CSV


@dataclass(eq=False)
class TooManyRows(Refused):
    """More rows than a file of this format can hold."""

    fact = "too_many_rows"

    most: int
    kind: str


@dataclass(frozen=True, slots=True)
class TablesByEnding:
    """The TableFiles of the program: `writers` by suffix, every file written atomically.

    In `training` each is stamped.
    """

    writers: Mapping[str, WriteTables]
    whole: WriteWhole
    training: bool = False

    def save(self, tables: Sequence[Table], path: Path, tr: Translator) -> None:
        kind = kind_of_file(path)
        if kind == CSV and len(tables) != 1:
            raise TooManyTables(len(tables))
        with self.whole(path) as stream:
            self._write(kind, tables, stream, tr)

    def content(self, tables: Sequence[Table], kind: str, tr: Translator) -> bytes:
        """The content of a file with this suffix. Raises as `save` does, except for the disk."""
        if kind == CSV and len(tables) != 1:
            raise TooManyTables(len(tables))
        stream = BytesIO()
        self._write(kind, tables, stream, tr)
        return stream.getvalue()

    def _write(self, kind: str, tables: Sequence[Table], stream: BinaryIO, tr: Translator) -> None:
        stamp = tr(TRAINING_STAMP) if self.training else ""
        self.writers[kind](tables, stream, tr, stamp)


def kind_of_file(path: Path) -> str:
    """The suffix of a name. Raises UnknownFileKind."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UnknownFileKind(path.name[:80])
    return kind
