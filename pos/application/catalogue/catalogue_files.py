"""Files of catalogues as somebody sees them before they are read: what was recognised, and what may be overruled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.ports.exported_goods import ExportedGoods
from pos.application.tables.raw_table import RawRow, RawTable


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How somebody wants a file to be read; what is empty is found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file at first sight: as what it is read, its header and its first rows.

    `encoding` and `delimiter` are empty for a workbook, `sheets` (those that can be seen) for a text.
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
    """Catalogue files, as the adapter of the wiring reads and writes them."""

    def look(self, path: Path, how: ReadAs = ..., rows: int = ...) -> FileLook:
        """A file at first sight. Raises BadField in one sentence for what cannot be read."""
        ...

    def reading(self, path: Path, how: ReadAs = ...) -> AbstractContextManager[RawTable]:
        """A file open while its rows are taken."""
        ...

    def read_catalogue(self, stream: BinaryIO, name: str = "-", how: ReadAs = ...) -> RawTable:
        """The table in a stream of bytes."""
        ...

    def write_catalogue(self, stream: TextIO, goods: Iterable[ExportedGoods], delimiter: str = ",") -> int:
        """Write products to a stream."""
        ...

    def catalogue_file(self, path: Path) -> Callable[[Iterable[ExportedGoods]], int]:
        """A writer of a file that is there whole or not at all."""
        ...

    def rejects_file(self, path: Path) -> AbstractContextManager[Callable[[Reject], None]]:
        """A file of rejected rows."""
        ...
