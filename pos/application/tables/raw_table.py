"""Rows of a file between a reader and an import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pos.domain.errors import BadField


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


def bare(text: str) -> str:
    """The normalised name of a column: case, blanks, `-` and `_` make no difference."""
    return "".join(text.casefold().replace("-", " ").replace("_", " ").split())


def column_indexes(header: Sequence[str], known: Mapping[str, str]) -> Mapping[str, int]:
    """The index of each column `known` by its bare name. Raises BadField for a duplicate."""
    indexes: dict[str, int] = {}
    for index, text in enumerate(header):
        name = known.get(bare(text))
        if name is None:
            continue
        if name in indexes:
            raise BadField("header", "column_twice", name)
        indexes[name] = index
    return indexes


def is_too_wide(cells: Sequence[str], width: int) -> bool:
    """Whether cells beyond the `width` of the header are filled: one surplus comma shifts every cell after it, so that
    a figure would be read from the wrong column.
    """
    return len(cells) > width and any(cell.strip() for cell in cells[width:])


def check_there(names: Iterable[str], indexes: Mapping[str, int]) -> None:
    """Raise BadField for the first of `names` that has no column."""
    for name in names:
        if name not in indexes:
            raise BadField(f"header.{name}", "missing")
