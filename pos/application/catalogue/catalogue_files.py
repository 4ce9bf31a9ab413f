"""Preview of catalogue files before import: what was recognised, and what the user may override."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.catalogue_template import CatalogueTemplate
from pos.application.ports.catalogue_ports import ExportedGoods
from pos.application.tables.raw_table import RawRow, RawTable


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How the user wants a file to be read; empty fields are detected."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class FileLook:
    """Preview of a file: detected format, header and first rows.

    `encoding` and `delimiter` are empty for a workbook, `sheets` (the visible ones) for a text.
    """

    name: str
    size: int
    encoding: str
    delimiter: str
    sheets: Sequence[str]
    sheet: str
    header: Sequence[str]
    rows: Sequence[RawRow]


class CatalogueFiles(Protocol):
    """The port of catalogue files; the adapter is wired at start-up."""

    def look(self, path: Path, how: ReadAs = ..., rows: int = ...) -> FileLook:
        """Preview a file. Raises BadField for unreadable files."""

    def reading(self, path: Path, how: ReadAs = ...) -> AbstractContextManager[RawTable]:
        """The file opened for reading rows."""

    def read_catalogue(self, stream: BinaryIO, name: str = "-", how: ReadAs = ...) -> RawTable:
        """The table in a stream of bytes."""

    def write_catalogue(self, stream: TextIO, goods: Iterable[ExportedGoods], delimiter: str = ",") -> int: ...

    def catalogue_file(self, path: Path) -> Callable[[Iterable[ExportedGoods]], int]:
        """A writer that replaces the file atomically."""

    def write_template(self, path: Path, template: CatalogueTemplate) -> None:
        """Write a template as CSV or XLSX. Raises BadField for another ending."""

    def rejects_file(self, path: Path) -> AbstractContextManager[Callable[[Reject], None]]:
        """A file of rejected rows."""
