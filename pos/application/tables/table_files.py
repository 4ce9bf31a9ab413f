"""Tables as files, each kind by its own writer, chosen by the ending of the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pos.application.tables.table import Table
from pos.application.text.words import Words
from pos.domain.errors import BadInput, Refused

WriteTables = Callable[[Sequence[Table], BinaryIO, Words, str], None]
"""Writes tables to a stream of bytes in one form; the text, if any, stamps them as none of a real shop."""

WriteWhole = Callable[[Path], AbstractContextManager[BinaryIO]]
"""Opens a stream that becomes the file when all is written; raises Trouble."""

XLSX, CSV, PDF = ".xlsx", ".csv", ".pdf"
KINDS = (XLSX, CSV, PDF)
"""The endings, in the order in which people are offered them."""


@dataclass(eq=False)
class UnknownFileKind(BadInput):
    """No table is saved as a file of this ending."""

    fact = "unknown_file_kind"

    file: str
    known: tuple[str, ...] = KINDS


@dataclass(eq=False)
class TooManyTables(BadInput):
    """A file of this kind is one table."""

    fact = "too_many_tables"

    tables: int
    kind: str = CSV


@dataclass(eq=False)
class TooManyRows(Refused):
    """More rows than a file of this kind can hold."""

    fact = "too_many_rows"

    most: int
    kind: str


@dataclass(frozen=True, slots=True)
class TablesByEnding:
    """The TableFiles of the program: `writers` by the ending, every file whole or not at all.

    In `training` each is stamped.
    """

    writers: Mapping[str, WriteTables]
    whole: WriteWhole
    training: bool = False

    def save(self, tables: Sequence[Table], path: Path, words: Words) -> None:
        kind = kind_of_file(path)
        if kind == CSV and len(tables) != 1:
            raise TooManyTables(len(tables))
        with self.whole(path) as stream:
            self._write(kind, tables, stream, words)

    def content(self, tables: Sequence[Table], kind: str, words: Words) -> bytes:
        """What a file with this ending would hold. Raises as `save` does, but for the disk."""
        if kind == CSV and len(tables) != 1:
            raise TooManyTables(len(tables))
        stream = BytesIO()
        self._write(kind, tables, stream, words)
        return stream.getvalue()

    def _write(self, kind: str, tables: Sequence[Table], stream: BinaryIO, words: Words) -> None:
        stamp = words("TRAINING — not a real document") if self.training else ""
        self.writers[kind](tables, stream, words, stamp)


def kind_of_file(path: Path) -> str:
    """The ending of a name that says what is written; raises UnknownFileKind."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UnknownFileKind(path.name[:80])
    return kind
