"""Stock lists: movements, expiry, lot accounts, low stock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from pos.application.ports.stock_ports import MovementFilter, MovementRow
from pos.application.stock.low_stock import RIGHT as LOW_RIGHT
from pos.application.stock.low_stock import LowGoods, LowStock
from pos.application.stock.read_stock import RIGHT, ExpiringLot, ReadStock
from pos.application.tables.listing import Listing, ListReader, after_last, in_pages, price_of
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_cells import rounded
from pos.application.text.names import STOCK_PLACES, STOCK_REASONS, STOCK_WHYS, name_of
from pos.application.text.words import N_
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import PLACES, LotBalance

_PAGE = 500
NOTHING_TYPED: Mapping[int, int] = {}


def movements(read: ReadStock, query: MovementFilter, of: str = "") -> Listing:
    """Movements, newest first; `of` names their product."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("When"), CellKind.INSTANT),
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Cost"), CellKind.AMOUNT, reader.settings.price.code, is_summed=True),
            Column(words("Reason")),
            Column(words("Note")),
            Column(words("Where")),
            Column(words("Linked document")),
            Column(words("Who")),
        ]

        def page(before: int | None) -> tuple[Sequence[MovementRow], int | None]:
            return after_last(read.movements(reader.person, query, _PAGE, before), _PAGE, lambda one: one.id)

        result = in_pages(page)
        facts = [
            (words("Shown for"), of),
            (words("Reason"), name_of(STOCK_REASONS, query.reason, words) if query.reason else ""),
            (words("Where"), name_of(STOCK_PLACES, query.place, words) if query.place else ""),
            (words("Linked document"), query.document),
        ]
        return [
            reader.table("movements", words("Movements"), columns, (_movement(one, reader) for one in result), facts)
        ]

    details = {"product": query.product, "reason": query.reason, "place": query.place, "document": query.document}
    return Listing("movements", N_("Movements"), RIGHT, make, details)


def _movement(one: MovementRow, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    why = name_of(STOCK_WHYS, one.why, words) if one.why else ""
    return (
        one.at,
        one.names.get(words.language) or one.name,
        one.code,
        one.lot,
        one.quantity,
        None if one.reason == "transfer" else price_of(one.cost, reader.settings),
        name_of(STOCK_REASONS, one.reason, words),
        " · ".join(part for part in (why, one.note) if part),
        name_of(STOCK_PLACES, one.place, words),
        one.document or one.receipt,
        reader.name_of(one.person),
    )


def expiring(read: ReadStock, days: int | None = None) -> Listing:
    """Lots on hand that expire soon, the soonest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Import document")),
            Column(words("Last day"), CellKind.DAY),
            Column(words("Days left"), CellKind.COUNT),
            Column(words("On hand"), CellKind.COUNT, is_summed=True),
            *(Column(words(STOCK_PLACES[location]), CellKind.COUNT, is_summed=True) for location in PLACES),
        ]

        def page(after: tuple[date, int] | None) -> tuple[Sequence[ExpiringLot], tuple[date, int] | None]:
            result = read.expiring(reader.person, days, _PAGE, after)
            return after_last(result, _PAGE, lambda one: (one.balance.lot.expiry or date.max, one.balance.lot.id))

        rows = (_expiring(one, reader) for one in in_pages(page))
        return [reader.table("expiring", words("Expiry"), columns, rows)]

    return Listing("expiring", N_("Expiry"), RIGHT, make, {"days": days})


def _expiring(one: ExpiringLot, reader: ListReader) -> Sequence[Cell]:
    balance = one.balance
    return (
        balance.name_in(reader.words.language),
        balance.code,
        balance.lot.code,
        balance.lot.entry,
        balance.lot.expiry,
        one.days,
        balance.on_hand,
        *(balance.places.get(location, 0) for location in PLACES),
    )


def lots(
    read: ReadStock, product: int | None = None, entry: str = "", *, on_hand: bool = False, of: str = ""
) -> Listing:
    """Lot accounts: received − sold + returned − destroyed ± counted = on hand; `of` names the product."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Last day"), CellKind.DAY),
            Column(words("Import document")),
            *(
                Column(name, CellKind.COUNT, is_summed=True)
                for name in (
                    words("Received"),
                    words("Sold"),
                    words("Returned"),
                    words("Destroyed"),
                    words("Counts ±"),
                    words("On hand"),
                    *(words(STOCK_PLACES[location]) for location in PLACES),
                )
            ),
        ]
        rows = (_lot(one, reader) for one in read.every_lot(reader.person, product, entry, on_hand=on_hand))
        facts = [(words("Shown for"), of), (words("Import document"), entry)]
        facts.append((words("Lots shown"), words("In stock only") if on_hand else ""))
        return [reader.table("lots", words("Lots"), columns, rows, facts)]

    return Listing("lots", N_("Lots"), RIGHT, make, {"product": product, "entry": entry, "on_hand": on_hand or None})


def _lot(one: LotBalance, reader: ListReader) -> Sequence[Cell]:
    return (
        one.name_in(reader.words.language),
        one.code,
        one.lot.code,
        one.lot.expiry,
        one.lot.entry,
        one.received,
        one.sold,
        one.returned,
        one.destroyed,
        one.other,
        one.on_hand,
        *(one.places.get(location, 0) for location in PLACES),
    )


def low(step: LowStock, supplier: str | None = None, pieces: Mapping[int, int] = NOTHING_TYPED) -> Listing:
    """Low stock, the most urgent first; of one supplier, where one is given.

    `pieces` by product are order quantities that override the proposed ones.
    """
    return _to_order(step, supplier, pieces, "low", N_("Low-stock list"))


def gathered(goods: Sequence[LowGoods], pieces: Mapping[int, int]) -> Listing:
    """The collected order lines."""
    return _to_order(lambda _person: goods, None, pieces, "order", N_("To reorder"))


def _to_order(
    read: Callable[[Person], Sequence[LowGoods]],
    supplier: str | None,
    pieces: Mapping[int, int],
    key: str,
    title: str,
) -> Listing:
    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Supplier")),
            Column(words("Available"), CellKind.COUNT, is_summed=True),
            Column(words("Coming"), CellKind.COUNT, is_summed=True),
            Column(words("Sold"), CellKind.COUNT, is_summed=True),
            Column(words("Days on sale"), CellKind.COUNT),
            Column(words("Sold per day"), CellKind.FIGURE),
            Column(words("Days left"), CellKind.FIGURE),
            Column(words("Reorder point"), CellKind.COUNT),
            Column(words("Pieces per carton"), CellKind.COUNT),
            Column(words("To order"), CellKind.COUNT, is_summed=True),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            for one in read(reader.person):
                if supplier is None or one.supplier == supplier:
                    yield _low(one, pieces.get(one.product.id, one.cover.proposal), reader)

        return [reader.table(key, words(title), columns, rows(), [(words("Supplier"), supplier or "")])]

    return Listing(key, title, LOW_RIGHT, make, {"supplier": supplier})


def _low(one: LowGoods, quantity: int, reader: ListReader) -> Sequence[Cell]:
    cover = one.cover
    return (
        one.product.name_in(reader.words.language),
        one.product.code,
        one.supplier,
        cover.available,
        cover.coming,
        cover.sold,
        cover.days,
        rounded(cover.per_day, 2),
        None if cover.days_left is None else rounded(cover.days_left, 1),
        cover.reorder_point,
        cover.carton,
        quantity,
    )
