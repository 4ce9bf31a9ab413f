"""The lists of the stock: what moved, what expires, the accounts of lots, what runs out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from pos.application.listing import Listing, Reader, after_last, in_pages, price_of
from pos.application.low_stock import RIGHT as LOW_RIGHT
from pos.application.low_stock import LowGoods, LowStock
from pos.application.movement_ports import MovementRow, Wanted
from pos.application.names import STOCK_PLACES, STOCK_REASONS, STOCK_WHYS, name_of
from pos.application.read_stock import RIGHT, ExpiringLot, ReadStock
from pos.application.table import Cell, Column, Kind, Table
from pos.application.tables.office import rounded
from pos.application.words import N_
from pos.domain.staff import Person
from pos.domain.stock import PLACES, LotBalance

_PAGE = 500
NOTHING_TYPED: Mapping[int, int] = {}


def movements(read: ReadStock, wanted: Wanted, of: str = "") -> Listing:
    """What moved, the newest first; `of` says of what."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("When"), Kind.INSTANT),
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Pieces"), Kind.COUNT, is_summed=True),
            Column(words("Cost"), Kind.AMOUNT, reader.settings.price.code, is_summed=True),
            Column(words("Reason")),
            Column(words("Note")),
            Column(words("Where")),
            Column(words("Linked document")),
            Column(words("Who")),
        ]

        def page(before: int | None) -> tuple[Sequence[MovementRow], int | None]:
            return after_last(read.movements(reader.person, wanted, _PAGE, before), _PAGE, lambda one: one.id)

        found = in_pages(page)
        facts = [
            (words("Shown for"), of),
            (words("Reason"), name_of(STOCK_REASONS, wanted.reason, words) if wanted.reason else ""),
            (words("Where"), name_of(STOCK_PLACES, wanted.place, words) if wanted.place else ""),
            (words("Linked document"), wanted.document),
        ]
        return [
            reader.table("movements", words("Movements"), columns, (_movement(one, reader) for one in found), facts)
        ]

    told = {"product": wanted.product, "reason": wanted.reason, "place": wanted.place, "document": wanted.document}
    return Listing("movements", N_("Movements"), RIGHT, make, told)


def _movement(one: MovementRow, reader: Reader) -> Sequence[Cell]:
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
    """Lots on hand that end soon, the soonest first."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Import document")),
            Column(words("Last day"), Kind.DAY),
            Column(words("Days left"), Kind.COUNT),
            Column(words("On hand"), Kind.COUNT, is_summed=True),
            *(Column(words(STOCK_PLACES[place]), Kind.COUNT, is_summed=True) for place in PLACES),
        ]

        def page(after: tuple[date, int] | None) -> tuple[Sequence[ExpiringLot], tuple[date, int] | None]:
            found = read.expiring(reader.person, days, _PAGE, after)
            return after_last(found, _PAGE, lambda one: (one.balance.lot.expiry or date.max, one.balance.lot.id))

        rows = (_expiring(one, reader) for one in in_pages(page))
        return [reader.table("expiring", words("Expiry"), columns, rows)]

    return Listing("expiring", N_("Expiry"), RIGHT, make, {"days": days})


def _expiring(one: ExpiringLot, reader: Reader) -> Sequence[Cell]:
    balance = one.balance
    return (
        balance.name_in(reader.words.language),
        balance.code,
        balance.lot.code,
        balance.lot.entry,
        balance.lot.expiry,
        one.days,
        balance.on_hand,
        *(balance.places.get(place, 0) for place in PLACES),
    )


def lots(
    read: ReadStock, product: int | None = None, entry: str = "", *, on_hand: bool = False, of: str = ""
) -> Listing:
    """The accounts of lots: received − sold + returned − destroyed ± counted = on hand; `of` names the product."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Last day"), Kind.DAY),
            Column(words("Import document")),
            *(
                Column(name, Kind.COUNT, is_summed=True)
                for name in (
                    words("Received"),
                    words("Sold"),
                    words("Returned"),
                    words("Destroyed"),
                    words("Counts ±"),
                    words("On hand"),
                    *(words(STOCK_PLACES[place]) for place in PLACES),
                )
            ),
        ]
        rows = (_lot(one, reader) for one in read.every_lot(reader.person, product, entry, on_hand=on_hand))
        facts = [(words("Shown for"), of), (words("Import document"), entry)]
        facts.append((words("Lots shown"), words("In stock only") if on_hand else ""))
        return [reader.table("lots", words("Lots"), columns, rows, facts)]

    return Listing("lots", N_("Lots"), RIGHT, make, {"product": product, "entry": entry, "on_hand": on_hand or None})


def _lot(one: LotBalance, reader: Reader) -> Sequence[Cell]:
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
        *(one.places.get(place, 0) for place in PLACES),
    )


def low(step: LowStock, supplier: str | None = None, pieces: Mapping[int, int] = NOTHING_TYPED) -> Listing:
    """What runs out, the most urgent first; of one supplier, where one is named.

    `pieces` by product are those that somebody wants instead of what is proposed.
    """
    return _to_order(step, supplier, pieces, "low", N_("Low-stock list"))


def gathered(goods: Sequence[LowGoods], pieces: Mapping[int, int]) -> Listing:
    """What somebody has put together to be ordered."""
    return _to_order(lambda _person: goods, None, pieces, "order", N_("To reorder"))


def _to_order(
    read: Callable[[Person], Sequence[LowGoods]],
    supplier: str | None,
    pieces: Mapping[int, int],
    key: str,
    title: str,
) -> Listing:
    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Supplier")),
            Column(words("Available"), Kind.COUNT, is_summed=True),
            Column(words("Coming"), Kind.COUNT, is_summed=True),
            Column(words("Sold"), Kind.COUNT, is_summed=True),
            Column(words("Days on sale"), Kind.COUNT),
            Column(words("Sold per day"), Kind.FIGURE),
            Column(words("Days left"), Kind.FIGURE),
            Column(words("Reorder point"), Kind.COUNT),
            Column(words("Pieces per carton"), Kind.COUNT),
            Column(words("To order"), Kind.COUNT, is_summed=True),
        ]

        def rows() -> Iterator[Sequence[Cell]]:
            for one in read(reader.person):
                if supplier is None or one.supplier == supplier:
                    yield _low(one, pieces.get(one.product.id, one.cover.proposal), reader)

        return [reader.table(key, words(title), columns, rows(), [(words("Supplier"), supplier or "")])]

    return Listing(key, title, LOW_RIGHT, make, {"supplier": supplier})


def _low(one: LowGoods, wanted: int, reader: Reader) -> Sequence[Cell]:
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
        wanted,
    )
