"""Columns of a catalogue file: the names under which they come, and raw rows between a reader and the import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pos.application.table_header import bare
from pos.domain.errors import BadField
from pos.domain.product import LANGUAGES

COLUMNS = (
    "code", *(f"name_{language}" for language in LANGUAGES), "category", "price", "currency",
    "ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant", "on_hand", "name", "codes", "vat",
)  # fmt: skip
"""The columns of an export in their order. `codes` holds the further codes of a product, parted by blanks."""

_OTHER_NAMES = {
    "barcode": "code",
    "alcohol_pct": "abv",
    "net_weight_g": "net_g",
    # A list price in yuan is the price of a shop that prices in yuan; elsewhere it says nothing.
    "list_price_cny": "price",
}
_ONLY_IN = {"list_price_cny": "CNY"}


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
    """A catalogue as a reader gives it: `name` of the file, its header, its rows one at a time."""

    name: str
    header: Sequence[str]
    rows: Iterator[RawRow]


class Reject(NamedTuple):
    """A row that was not taken: its code and name as they came, `reason` a stable name, `detail` the facts."""

    line: int
    code: str
    name: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each known column stands; `ignored` are those that say nothing to this shop."""

    places: dict[str, int]
    ignored: tuple[str, ...]
    width: int

    @classmethod
    def of(cls, header: Sequence[str], currency: str) -> Columns:
        """Read a header for a shop that prices in `currency`; case, blanks, `-` and `_` make no difference.

        Raises BadField naming the header: `empty`, `no_code_column` (with what it says), `column_twice`.
        """
        places: dict[str, int] = {}
        ignored: list[str] = []
        for place, text in enumerate(header):
            column = _KNOWN.get(bare(text))
            name = _OTHER_NAMES.get(column, column) if column is not None else None
            if column is None or name is None or _ONLY_IN.get(column, currency) != currency:
                if text.strip():
                    ignored.append(text.strip()[:40])
            elif name in places:
                raise BadField("header", "column_twice", name)
            else:
                places[name] = place
        if not any(text.strip() for text in header):
            raise BadField("header", "empty")
        if "code" not in places:
            raise BadField("header", "no_code_column", _shown(header))
        return cls(places, tuple(ignored), len(header))

    def among(self, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """Those of `names` that the file has, with their places."""
        return tuple((name, self.places[name]) for name in names if name in self.places)


def is_code_column(text: str) -> bool:
    """Whether a column of this name holds the codes."""
    column = _KNOWN.get(bare(text))
    return column is not None and _OTHER_NAMES.get(column, column) == "code"


_KNOWN = {bare(name): name for name in (*COLUMNS, *_OTHER_NAMES)}


def _shown(header: Sequence[str]) -> str:
    return ascii(", ".join(cell.strip() for cell in header)[:120])[1:-1]
