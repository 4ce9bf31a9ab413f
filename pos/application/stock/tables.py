"""Stock lists: movements, expiry, lot accounts, low stock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pos.application.ports.stock_ports import MovementFilter, MovementRow
from pos.application.stock.low_stock import RIGHT as LOW_RIGHT
from pos.application.stock.low_stock import LowGoods, LowStock
from pos.application.stock.read_stock import RIGHT, ExpiringLot, ReadStock
from pos.application.tables.listing import ColumnOf, Listing, ListReader, after_last, in_pages, price_of
from pos.application.tables.table import CellKind, Table
from pos.application.tables.table_cells import rounded
from pos.application.text.names import STOCK_LOCATIONS, STOCK_REASONS, STOCK_WHYS, name_of
from pos.application.text.translator import N_, Translator
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import LOCATIONS, LotBalance

_PAGE = 500
NOTHING_TYPED: Mapping[int, int] = {}
NO_COSTS: Mapping[int, Money | None] = {}


def movements(read: ReadStock, query: MovementFilter, of: str = "") -> Listing:
    """Movements, newest first; `of` names their product."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        columns: list[ColumnOf[MovementRow]] = [
            ColumnOf(tr("When"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Product"), lambda one: one.names.get(tr.language) or one.name),
            ColumnOf(tr("Code"), lambda one: one.code),
            ColumnOf(tr("Lot"), lambda one: one.lot),
            ColumnOf(tr("Pieces"), lambda one: one.quantity, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Cost"), lambda one: _cost(one, reader), CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(tr("Reason"), lambda one: name_of(STOCK_REASONS, one.reason, tr)),
            ColumnOf(tr("Note"), lambda one: _why(one, tr)),
            ColumnOf(tr("Where"), lambda one: name_of(STOCK_LOCATIONS, one.location, tr)),
            ColumnOf(tr("Linked document"), lambda one: one.document or one.receipt),
            ColumnOf(tr("Who"), lambda one: reader.name_of(one.person)),
        ]

        def page(before: int | None) -> tuple[Sequence[MovementRow], int | None]:
            return after_last(read.movements(reader.person, query, _PAGE, before), _PAGE, lambda one: one.id)

        properties = [
            (tr("Shown for"), of),
            (tr("Reason"), name_of(STOCK_REASONS, query.reason, tr) if query.reason else ""),
            (tr("Where"), name_of(STOCK_LOCATIONS, query.location, tr) if query.location else ""),
            (tr("Linked document"), query.document),
        ]
        return [reader.table_of("movements", tr("Movements"), columns, in_pages(page), properties)]

    details = {"product": query.product, "reason": query.reason, "place": query.location, "document": query.document}
    return Listing("movements", N_("Movements"), RIGHT, make, details)


def _cost(one: MovementRow, reader: ListReader) -> Money | None:
    return None if one.reason == "transfer" else price_of(one.cost, reader.settings)


def _why(one: MovementRow, tr: Translator) -> str:
    why = name_of(STOCK_WHYS, one.why, tr) if one.why else ""
    return " · ".join(part for part in (why, one.note) if part)


def expiring(read: ReadStock, days: int | None = None) -> Listing:
    """Lots on hand that expire soon, the soonest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator

        def at(location: str) -> ColumnOf[ExpiringLot]:
            title = tr(STOCK_LOCATIONS[location])
            return ColumnOf(title, lambda one: one.balance.locations.get(location, 0), CellKind.COUNT, is_summed=True)

        columns: list[ColumnOf[ExpiringLot]] = [
            ColumnOf(tr("Product"), lambda one: one.balance.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.balance.code),
            ColumnOf(tr("Lot"), lambda one: one.balance.lot.code),
            ColumnOf(tr("Import document"), lambda one: one.balance.lot.entry),
            ColumnOf(tr("Last day"), lambda one: one.balance.lot.expiry, CellKind.DAY),
            ColumnOf(tr("Days left"), lambda one: one.days, CellKind.COUNT),
            ColumnOf(tr("On hand"), lambda one: one.balance.on_hand, CellKind.COUNT, is_summed=True),
            *map(at, LOCATIONS),
        ]

        def page(after: tuple[date, int] | None) -> tuple[Sequence[ExpiringLot], tuple[date, int] | None]:
            result = read.expiring(reader.person, days, _PAGE, after)
            return after_last(result, _PAGE, lambda one: (one.balance.lot.expiry or date.max, one.balance.lot.id))

        return [reader.table_of("expiring", tr("Expiry"), columns, in_pages(page))]

    return Listing("expiring", N_("Expiry"), RIGHT, make, {"days": days})


def lots(
    read: ReadStock, product: int | None = None, entry: str = "", *, on_hand: bool = False, of: str = ""
) -> Listing:
    """Lot accounts: received − sold + returned − destroyed ± workshop ± counted = on hand; `of` names the product."""

    def pieces(title: str, count: Callable[[LotBalance], int]) -> ColumnOf[LotBalance]:
        return ColumnOf(title, count, CellKind.COUNT, is_summed=True)

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator

        def at(location: str) -> ColumnOf[LotBalance]:
            return pieces(tr(STOCK_LOCATIONS[location]), lambda one: one.locations.get(location, 0))

        columns: list[ColumnOf[LotBalance]] = [
            ColumnOf(tr("Product"), lambda one: one.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.code),
            ColumnOf(tr("Lot"), lambda one: one.lot.code),
            ColumnOf(tr("Last day"), lambda one: one.lot.expiry, CellKind.DAY),
            ColumnOf(tr("Import document"), lambda one: one.lot.entry),
            pieces(tr("Received"), lambda one: one.received),
            pieces(tr("Sold"), lambda one: one.sold),
            pieces(tr("Returned"), lambda one: one.returned),
            pieces(tr("Written off"), lambda one: one.destroyed),
            pieces(tr("Workshop ±"), lambda one: one.workshop),
            pieces(tr("Counts ±"), lambda one: one.other),
            pieces(tr("On hand"), lambda one: one.on_hand),
            *map(at, LOCATIONS),
        ]
        rows = read.every_lot(reader.person, product, entry, on_hand=on_hand)
        properties = [(tr("Shown for"), of), (tr("Import document"), entry)]
        properties.append((tr("Lots shown"), tr("In stock only") if on_hand else ""))
        return [reader.table_of("lots", tr("Lots"), columns, rows, properties)]

    return Listing("lots", N_("Lots"), RIGHT, make, {"product": product, "entry": entry, "on_hand": on_hand or None})


def low(
    step: LowStock,
    supplier: str | None = None,
    pieces: Mapping[int, int] = NOTHING_TYPED,
    costs: Mapping[int, Money | None] = NO_COSTS,
) -> Listing:
    """Low stock, the most urgent first; of one supplier, where one is given.

    `pieces` and `costs` by product override the proposed ones.
    """
    return _to_order(step, supplier, pieces, costs, "low", N_("Low-stock list"))


def gathered(
    goods: Sequence[LowGoods], pieces: Mapping[int, int], costs: Mapping[int, Money | None] = NO_COSTS
) -> Listing:
    """The collected order lines."""
    return _to_order(lambda _person: goods, None, pieces, costs, "order", N_("To reorder"))


def _to_order(
    read: Callable[[Person], Sequence[LowGoods]],
    supplier: str | None,
    pieces: Mapping[int, int],
    costs: Mapping[int, Money | None],
    key: str,
    title: str,
) -> Listing:
    def wanted(one: LowGoods) -> int:
        return pieces.get(one.product.id, one.to_order)

    def cost(one: LowGoods) -> Money | None:
        return costs.get(one.product.id, one.cost)

    def total(one: LowGoods) -> Money | None:
        each = cost(one)
        return None if each is None else each * wanted(one)

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[LowGoods]] = [
            ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.product.code),
            ColumnOf(tr("Supplier"), lambda one: one.supplier),
            ColumnOf(tr("Available"), lambda one: one.cover.available, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Coming"), lambda one: one.cover.incoming, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Sold"), lambda one: one.cover.sold, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Days on sale"), lambda one: one.cover.days, CellKind.COUNT),
            ColumnOf(tr("Sold per day"), lambda one: rounded(one.cover.per_day, 2), CellKind.FIGURE),
            ColumnOf(tr("Days left"), _days_left, CellKind.FIGURE),
            ColumnOf(tr("Reorder point"), lambda one: one.cover.reorder_point, CellKind.COUNT),
            ColumnOf(tr("Pieces per carton"), lambda one: one.cover.carton, CellKind.COUNT),
            ColumnOf(tr("To order"), wanted, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("To make"), lambda one: one.to_make, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Unit cost"), cost, CellKind.AMOUNT),
            ColumnOf(tr("Total"), total, CellKind.AMOUNT, is_summed=True),
        ]

        def rows() -> Iterator[LowGoods]:
            for one in read(reader.person):
                if supplier is None or one.supplier == supplier:
                    yield one

        return [reader.table_of(key, tr(title), columns, rows(), [(tr("Supplier"), supplier or "")])]

    return Listing(key, title, LOW_RIGHT, make, {"supplier": supplier})


def _days_left(one: LowGoods) -> Decimal | None:
    return None if one.cover.days_left is None else rounded(one.cover.days_left, 1)
