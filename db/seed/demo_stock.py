"""The clerk's records of the demo shop: suppliers, shelves, cartons, reorder points, lots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import bindparam, insert, update

from db.seed.goods import FEATURED
from db.seed.goods_item import DemoGoods
from db.seed.price_list import PriceList
from db.store.unit_of_work import SqlUnitOfWork
from db.tables.catalogue import product_code, supplier
from pos.application.ports.catalogue_ports import GoodsRow
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.category import any_covers
from pos.domain.money import Money
from pos.domain.stock.stock import FLOOR, STORE_ROOM, Movement

SUPPLIERS = (
    ("Almaty Sweets", "+7 727 000 11 22", ("487",)),
    ("Sibir Trade", "+7 383 000 33 44", ("46",)),
    ("Urumqi Wholesale", "+86 991 0000 558", ("69",)),
    ("Seoul Beauty House", "+82 2 000 7711", ("88",)),
    ("Europe Select", "+48 22 000 90 90", ("3", "4", "5", "7", "8")),
    ("Silk Road Import", "+7 727 000 55 66", ("",)),
)
"""Name, telephone, and the beginnings of the codes of what they bring; the first that fits."""

_SHELVES = {
    "tobacco": "T", "vape": "T", "alcohol": "A", "drink": "D", "food": "F", "cosmetics": "C", "perfume": "C",
    "electronics": "E", "clothing": "W", "footwear": "W", "fur": "W", "toy": "K", "book": "K",
}  # fmt: skip
_BY_THE_CARTON = ("food", "drink", "alcohol", "cosmetics", "medicine")
_WITH_A_LAST_DAY = ("food", "drink", "medicine", "cosmetics")
_ASKS_LOT = ("food.dairy", "food.meat", "medicine")
_REORDER = ((50, 12), (300, 6), (1_000, 3), (1_000_000, 1))
"""Upper price of a piece in the list, and the reorder point in pieces."""

_CARTONS = (6, 8, 12, 24)
_LOTS = 120
_DAYS_LEFT = (-6, 4, 12, 27, 60, 120, 240, 400)


def supplied(goods: Sequence[DemoGoods], prices: PriceList) -> list[GoodsRow]:
    """The goods as the catalogue takes them, with carton codes, shelves and reorder points."""
    taken = {code for one in goods for code in one.codes}
    return [_row(one, prices, taken) for one in goods]


def add_suppliers(work: SqlUnitOfWork) -> list[int]:
    """Write the suppliers; their ids in the order of SUPPLIERS."""
    made = []
    for name, contact, _ in SUPPLIERS:
        row = {"name": name, "contact": contact, "active": True}
        made.append(work.connection.execute(insert(supplier).returning(supplier.c.id), row).scalar_one())
    return made


def with_suppliers(rows: Sequence[GoodsRow], ids: Sequence[int]) -> list[GoodsRow]:
    """The same goods, each from the first supplier who brings such."""
    return [replace(row, supplier=ids[_supplier_of(row.code)]) for row in rows]


def name_cartons(work: SqlUnitOfWork, rows: Sequence[GoodsRow]) -> None:
    """Set for each carton code how many pieces it names."""
    cartons = [
        {"of_code": code, "kind": "carton", "quantity": _pieces_of(row.code)}
        for row in rows
        for code in row.codes
        if code == _carton_of(row.code)
    ]
    named = update(product_code).where(product_code.c.code == bindparam("of_code"))
    work.connection.execute(named.values(kind=bindparam("kind"), quantity=bindparam("quantity")), cartons)


def stock_the_store_room(
    work: SqlUnitOfWork, goods: Sequence[tuple[int, DemoGoods]], customs: str, at: datetime, today: date
) -> None:
    """Lots that came in under customs documents, whose numbers begin with `customs`: most of them behind the shop."""
    orderable = (
        (product_id, one)
        for product_id, one in goods
        if one.code not in FEATURED and one.price is not None and any_covers(_WITH_A_LAST_DAY, one.category or "other")
    )
    moves = []
    for number, (product_id, one) in enumerate(islice(orderable, 0, 4 * _LOTS, 4)):
        assert one.price is not None, "chosen so"
        expiry = today + timedelta(days=_DAYS_LEFT[number % len(_DAYS_LEFT)])
        entry = f"{customs}-{50_514_000 + number // 12:08d}"
        lot = work.stock.lot(product_id, f"L{today:%y}{number:03d}", expiry, entry, at)
        cost = one.price.minor * 58 // 100
        pieces = 12 + number % 5 * 6
        moves.append(Movement(product_id, pieces, "opening", STORE_ROOM, lot.id, cost * pieces))
        if expiry - today > timedelta(days=20) and number % 3 == 0:
            moves.append(Movement(product_id, 6, "opening", FLOOR, lot.id, cost * 6))
    work.stock.record(moves, at, "demo")


def _row(one: DemoGoods, prices: PriceList, taken: set[str]) -> GoodsRow:
    carton = _carton_of(one.code) if any_covers(_BY_THE_CARTON, one.category or "other") else ""
    is_new = bool(carton) and carton not in taken and int(one.code[-3:]) % 4 == 0
    category = one.category or "other"
    shelf = f"{_SHELVES.get(category.partition('.')[0], 'H')}{int(one.code[-4:-1]) % 9 + 1}"
    return GoodsRow(
        one.code,
        one.names["en"],
        one.names,
        one.category,
        one.price,
        one.attributes,
        None,
        (*one.codes, carton) if is_new else one.codes,
        reorder_point=reorder_point_of(one.price, prices) if int(one.code[-2:]) % 3 == 0 else None,
        shelf=shelf,
        asks_lot=any_covers(_ASKS_LOT, category),
        **one.papers,
    )


def reorder_point_of(price: Money | None, prices: PriceList) -> int | None:
    """The reorder point for goods of a price; None where the price is unknown."""
    if price is None:
        return None
    listed = prices.listed(price)
    return next(pieces for below, pieces in _REORDER if listed < below * 100)


def _carton_of(code: str) -> str:
    return with_check_digit(f"1{code[:12]}") if len(code) == 13 else ""


def _pieces_of(code: str) -> int:
    return _CARTONS[int(code[-3:-1]) % len(_CARTONS)]


def _supplier_of(code: str) -> int:
    return next(n for n, (_, _, beginnings) in enumerate(SUPPLIERS) if code.startswith(beginnings))
