"""Port of the stock-takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.stock.stock import Lot
    from pos.domain.stock.stock_count import StockCount, StockTakeSheet


@dataclass(frozen=True, slots=True)
class CountLine:
    """A product (and its lot, 0: no lot) of a stock-take, with the book stock when it began."""

    product: int
    lot: int
    expected: int
    recount: bool = False
    outside: bool = False
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountEntry:
    """The counted pieces of a product on a sheet, of a lot or (0) of any lot; counted between two movements."""

    sheet: int
    product: int
    lot: int
    counted: int
    first_move: int
    last_move: int
    round: int = 1


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An entry of a sheet for display: goods, lot, pieces and time."""

    product: int
    code: str
    name: str
    names: Mapping[str, str]
    category: str
    lot: str
    counted: int
    at: datetime
    outside: bool


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Goods that the books have at the location and that are on no sheet."""

    product: int
    lot: int
    code: str
    name: str
    names: Mapping[str, str]
    lot_code: str
    expected: int


class Counts(Protocol):
    """Stock-takes, their lines, sheets and entries."""

    def add(self, count: StockCount) -> StockCount:
        """Add a stock-take; return it with its id."""

    def take_lines(self, count: StockCount, products: Sequence[int]) -> int:
        """Record the book stock at its location for its scope, `products` always; return the number of lines."""

    def also_counted(self, count: StockCount) -> tuple[str, int] | None:
        """A product of its lines that another open stock-take of the location counts, and the number of that
        stock-take.
        """

    def counted_by(self, product_id: int, location: str, but: int) -> int | None:
        """The number of another open stock-take (not the one with id `but`) of this location with this product."""

    def by_number(self, number: int) -> StockCount | None: ...

    def all(self, limit: int, before: int | None = None) -> Sequence[StockCount]:
        """Stock-takes, newest first, below the number `before`."""

    def set_state(self, count_id: int, state: str) -> None: ...

    def post(self, count_id: int, at: datetime, person: str, content: str) -> None:
        """Post it with its final content."""

    def content(self, count_id: int) -> str | None:
        """The posted content as JSON; None before posting."""

    def add_sheet(self, count: StockCount, person: str, at: datetime) -> StockTakeSheet:
        """Add a sheet for the current round."""

    def sheets(self, count_id: int) -> Sequence[StockTakeSheet]:
        """All sheets, by number."""

    def finish_sheet(self, sheet: StockTakeSheet, at: datetime) -> None:
        """Close a sheet for further entries."""

    def lines_of(self, count_id: int, product_id: int) -> Sequence[CountLine]: ...

    def lines_found(self, count_id: int) -> Sequence[CountLine]:
        """The lines of all products that are on a sheet."""

    def is_found(self, count_id: int, product_id: int) -> bool:
        """Whether a product is on any sheet."""

    def add_line(self, count_id: int, line: CountLine) -> None:
        """Add a line for goods that the books did not have there; an existing line stays."""

    def mark_recount(self, count_id: int, lines: Sequence[tuple[int, int]]) -> None:
        """Mark these (product, lot) lines for a second count."""

    def explain(self, count_id: int, product_id: int, lot: int, reason: str, note: str) -> bool:
        """Record the reason for a difference; False if there is no such line."""

    def explain_rest(self, count_id: int, lines: Sequence[tuple[int, int]], reason: str) -> None:
        """Record the reason for those of the lines, by (product, lot), that have none."""

    def entry(self, count_id: int, sheet: int, product_id: int, lot: int) -> CountEntry | None: ...

    def write_entry(self, count_id: int, entry: CountEntry, at: datetime) -> None:
        """Write an entry, replacing the one of the same product and lot."""

    def strike(self, count_id: int, sheet: int, product_id: int, lot: int | None = None) -> int:
        """Remove a product, or one lot of it, from a sheet, as if it had not been counted; return how many entries."""

    def entries(self, count_id: int) -> Sequence[CountEntry]: ...

    def pieces_on(self, count_id: int, sheet: int) -> tuple[int, int]:
        """Products and pieces on a sheet."""

    def rows(self, count_id: int, sheet: int, limit: int, offset: int = 0) -> Sequence[SheetRow]:
        """The rows of a sheet, newest entry first."""

    def moves(self, count: StockCount) -> Sequence[tuple[int, int, int | None, int]]:
        """Movements at its location, since it began, of counted goods: (movement, product, lot, pieces)."""

    def moved_between(self, product_id: int, location: str, after: int, until: int) -> bool:
        """Whether a product moved at a location after one movement and up to another."""

    def not_counted(self, count_id: int, limit: int, after: tuple[int, int] = (0, 0)) -> Sequence[NotCounted]:
        """Lines of goods that are on no sheet, by (product, lot)."""

    def how_many_not_counted(self, count_id: int) -> int:
        """The number of lines that are on no sheet."""

    def none_there(self, count_id: int, sheet: int, move: int, at: datetime) -> int:
        """Write 0 on the sheet for every line that is on none; return their number."""

    def lots(self, ids: Sequence[int]) -> Mapping[int, Lot]: ...

    def posted(self, document: str) -> Sequence[tuple[int, int | None, int, int | None]]:
        """Movements of a stock document, in order: (product, lot, pieces, signed cost or None where unknown)."""
