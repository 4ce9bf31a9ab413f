"""Rows of a file between a reader and an import."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class RawRow(NamedTuple):
    """One row as a reader found it: `line` is the first line of it in the file (the header's is 1).

    `fault` is empty, or says why the cells cannot be trusted (`encoding`, `cell_too_long`, `unclosed_quote`);
    `cells` are then what could be read.
    """

    line: int
    cells: Sequence[str]
    fault: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A catalogue as a reader gives it: `name` of the file, its header, its rows one at a time.

    `encoding` and `delimiter` are those of a text, `sheet` that of a workbook.
    """

    name: str
    header: Sequence[str]
    rows: Iterator[RawRow]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
