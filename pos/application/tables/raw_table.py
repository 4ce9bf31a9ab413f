"""Rows of a file between a reader and an import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class RawRow(NamedTuple):
    """One raw row: `line` is its first line in the file (the header's is 1).

    `fault` is empty, or the reason why the cells are unreliable (`encoding`, `cell_too_long`, `unclosed_quote`);
    `cells` are then what could be read.
    """

    line: int
    cells: Sequence[str]
    fault: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A catalogue file as read: `name` of the file, its header, its rows one at a time.

    `encoding` and `delimiter` belong to a text, `sheet` to a workbook.
    """

    name: str
    header: Sequence[str]
    rows: Iterator[RawRow]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
