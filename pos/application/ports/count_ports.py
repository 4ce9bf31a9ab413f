"""What the steps of a stock-take need from the store, as a Protocol."""

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
    """A product (and a lot of it, 0: of no lot) of a stock-take with what the books had when it began."""

    product: int
    lot: int
    expected: int
    recount: bool = False
    outside: bool = False
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountEntry:
    """What stands on a sheet of a product, of a lot or (0) of whatever lot; counted between two movements."""

    sheet: int
    product: int
    lot: int
    counted: int
    first_move: int
    last_move: int
    round: int = 1


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An entry of a sheet as it is shown: goods, lot, pieces and when."""

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
    """Goods that the books have at the place and nobody has counted."""

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
        """A new stock-take; with its id."""
        ...

    def take_lines(self, count: StockCount, products: Sequence[int]) -> int:
        """Write down what the books have at its place in its scope, `products` always; how many lines."""
        ...

    def also_counted(self, count: StockCount) -> tuple[str, int] | None:
        """A product of its lines that another open stock-take of the place counts, and that one's number."""
        ...

    def counted_by(self, product_id: int, place: str, but: int) -> int | None:
        """The number of another open stock-take (not the one with id `but`) of this place with this product."""
        ...

    def by_number(self, number: int) -> StockCount | None:
        """The stock-take with this number."""
        ...

    def all(self, limit: int, before: int | None = None) -> Sequence[StockCount]:
        """Stock-takes, the youngest first, from below the number `before`."""
        ...

    def set_state(self, count_id: int, state: str) -> None:
        """It goes into another state."""
        ...

    def post(self, count_id: int, at: datetime, person: str, content: str) -> None:
        """It is posted, with its content as it stays."""
        ...

    def content(self, count_id: int) -> str | None:
        """What was posted, as JSON; None before."""
        ...

    def add_sheet(self, count: StockCount, person: str, at: datetime) -> StockTakeSheet:
        """A new sheet of its present round."""
        ...

    def sheets(self, count_id: int) -> Sequence[StockTakeSheet]:
        """All sheets, by number."""
        ...

    def finish_sheet(self, sheet: StockTakeSheet, at: datetime) -> None:
        """Nothing more comes on it."""
        ...

    def lines_of(self, count_id: int, product_id: int) -> Sequence[CountLine]:
        """The lines of a product."""
        ...

    def lines_found(self, count_id: int) -> Sequence[CountLine]:
        """The lines of all products that stand on a sheet."""
        ...

    def is_found(self, count_id: int, product_id: int) -> bool:
        """Whether a product stands on any sheet."""
        ...

    def add_line(self, count_id: int, line: CountLine) -> None:
        """A line for goods that the books did not have there; one that is there already stays."""
        ...

    def mark_recount(self, count_id: int, lines: Sequence[tuple[int, int]]) -> None:
        """These (product, lot) are counted again."""
        ...

    def explain(self, count_id: int, product_id: int, lot: int, reason: str, note: str) -> bool:
        """Say why a line differs; False where there is no such line."""
        ...

    def entry(self, count_id: int, sheet: int, product_id: int, lot: int) -> CountEntry | None:
        """What stands on a sheet of a product and lot."""
        ...

    def write_entry(self, count_id: int, entry: CountEntry, at: datetime) -> None:
        """Put it on the sheet, over what stood there of the same product and lot."""
        ...

    def strike(self, count_id: int, sheet: int, product_id: int) -> int:
        """Take a product off a sheet, as if it had not been counted; how many entries there were."""
        ...

    def entries(self, count_id: int) -> Sequence[CountEntry]:
        """Everything on all sheets."""
        ...

    def pieces_on(self, count_id: int, sheet: int) -> tuple[int, int]:
        """Products and pieces on a sheet."""
        ...

    def rows(self, count_id: int, sheet: int, limit: int, offset: int = 0) -> Sequence[SheetRow]:
        """A sheet as it is shown, the newest entry first."""
        ...

    def moves(self, count: StockCount) -> Sequence[tuple[int, int, int | None, int]]:
        """What moved at its place since it began of goods that were counted: (movement, product, lot, pieces)."""
        ...

    def moved_between(self, product_id: int, place: str, after: int, until: int) -> bool:
        """Whether a product moved at a place after one movement up to another."""
        ...

    def not_counted(self, count_id: int, limit: int, after: tuple[int, int] = (0, 0)) -> Sequence[NotCounted]:
        """Lines of goods that stand on no sheet, by (product, lot)."""
        ...

    def how_many_not_counted(self, count_id: int) -> int:
        """How many lines stand on no sheet."""
        ...

    def none_there(self, count_id: int, sheet: int, move: int, at: datetime) -> int:
        """Write 0 on the sheet for every line that stands on none; how many."""
        ...

    def lots(self, ids: Sequence[int]) -> Mapping[int, Lot]:
        """Lots by id."""
        ...

    def posted(self, document: str) -> Sequence[tuple[int, int | None, int, int | None]]:
        """What a paper moved, in its order: (product, lot, pieces, cost with their sign or None where unknown)."""
        ...
