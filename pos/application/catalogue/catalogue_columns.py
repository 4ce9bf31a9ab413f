"""Columns of a catalogue file: their names, and raw rows between the reader and the import."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from pos.application.catalogue.column_names import column_called, column_key, second_best
from pos.application.tables.raw_table import bare
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES, FIELDS, ON_PAPERS, OWN
from pos.domain.errors import BadField, readable

COLUMNS = (
    "code", *(f"name_{language}" for language in LANGUAGES), "category", "price", "currency",
    *CUSTOMS_ATTRIBUTES, "on_hand", "name", "codes", *(name for name in OWN if name not in ON_PAPERS),
    "cartons", *ON_PAPERS,
)  # fmt: skip
"""The columns of an export in order. `codes` holds further codes of a product, separated by blanks; `cartons` holds
codes with their pieces (`code:12`); `by_weight` and `asks_lot` are yes or no.
"""

FIGURES = (*(field.name for field in FIELDS if field.is_figure), "on_hand")
"""Numeric columns, which may use a decimal comma."""

EXAMPLES = ("EXAMPLE-1", "EXAMPLE-2")
"""The codes of the example rows of a template: an import rejects them, so that an example is never sold."""

_OTHER_NAMES = {
    "barcode": "code",
    "alcohol_pct": "abv",
    "net_weight_g": "net_g",
}
_LIST_PRICE = "list_price_"
"""A list price in a currency is the price of a shop that prices in it; elsewhere it is ignored."""


class Reject(NamedTuple):
    """A rejected row: code and name as read, `reason` a stable name, `detail` its parameters."""

    line: int
    code: str
    name: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class CatalogueColumns:
    """The index of each known column; `ignored` are columns that this shop does not use."""

    indexes: dict[str, int]
    ignored: tuple[str, ...]
    width: int

    @classmethod
    def of(cls, header: Sequence[str], currency: str, said: Sequence[str] | None = None) -> CatalogueColumns:
        """Read the header for a shop that prices in `currency`; case, blanks, `-` and `_` make no difference.

        `said` are the columns by index as the user mapped them, empty for ignored ones. Raises BadField naming the
        header: `empty`, `no_code_column` (with its text), `column_twice`, `unknown_column`.
        """
        names = recognised(header, currency) if said is None else said[: len(header)]
        indexes: dict[str, int] = {}
        ignored: list[str] = []
        for index, (text, name) in enumerate(zip_longest(header, names, fillvalue="")):
            if not name:
                if text.strip():
                    ignored.append(text.strip()[:40])
            elif name not in COLUMNS:
                raise BadField("header", "unknown_column", name[:40])
            elif name in indexes:
                raise BadField("header", "column_twice", name)
            else:
                indexes[name] = index
        if not any(text.strip() for text in header):
            raise BadField("header", "empty")
        if "code" not in indexes:
            raise BadField("header", "no_code_column", _shown(header))
        return cls(indexes, tuple(ignored), len(header))

    def among(self, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """Those of `names` that the file has, with their indexes."""
        return tuple((name, self.indexes[name]) for name in names if name in self.indexes)


def recognised(header: Sequence[str], currency: str) -> list[str]:
    """The known column of each header cell; empty for an unknown one."""
    names = [_recognised(text, currency) for text in header]
    for index, text in enumerate(header):
        column = second_best(text)
        if column is not None and not names[index] and column not in names:
            names[index] = column
    return names


def _recognised(text: str, currency: str) -> str:
    name = bare(text)
    own = _KNOWN.get(name)
    if own is not None:
        return _OTHER_NAMES.get(own, own)
    if name.startswith(_LIST_PRICE_KEY):
        return "price" if name == f"{_LIST_PRICE_KEY}{bare(currency)}" else ""
    return column_called(text, currency) or ""


def is_code_column(text: str) -> bool:
    """Whether a column of this name holds the codes."""
    return _recognised(text, "") == "code" or second_best(text) == "code"


def header_key(header: Sequence[str]) -> str:
    """The key under which the mapping of a header is remembered."""
    return hashlib.sha256("\x1f".join(column_key(text) for text in header).encode("utf-8", "replace")).hexdigest()


_KNOWN = {bare(name): name for name in (*COLUMNS, *_OTHER_NAMES)}
_LIST_PRICE_KEY = bare(_LIST_PRICE)


def _shown(header: Sequence[str]) -> str:
    return readable(", ".join(cell.strip() for cell in header)[:120])
