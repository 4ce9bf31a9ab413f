"""Holds: goods reserved in the stock, and lines that count in a visitor's ledger until they lapse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, or_, select, update

from db.catalogue.product_columns import attribute_columns, attributes_of
from db.engine.compiled_statement import CompiledStatement
from db.engine.types import Instant
from db.tables.holds import hold, hold_line
from db.tables.stock import stock
from db.visitors.documents_by_keys import ByKeys, documents_by_keys
from pos.application.ports.sale_ports import Hold
from pos.application.ports.visitor_ports import Keys, LedgerLine
from pos.domain.money import CURRENCIES, Money
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.parking import PARKED

_NOW = bindparam("now", type_=Instant())
_INSERT = CompiledStatement(insert(hold))
_INSERT_LINE = CompiledStatement(insert(hold_line))
_TAKE_LINES = CompiledStatement(
    delete(hold_line)
    .where(hold_line.c.key == bindparam("sale"))
    .returning(hold_line.c.product_id, (hold_line.c.quantity - hold_line.c.coming).label("aside"))
)
_TAKE = CompiledStatement(delete(hold).where(hold.c.key == bindparam("sale")))
_OF_SALE = CompiledStatement(select(hold).where(hold.c.key == bindparam("sale")))
_LAPSED = CompiledStatement(select(hold).where(hold.c.until <= _NOW, hold.c.lapsed.is_(False)).order_by(hold.c.key))
_MARK = update(hold).where(hold.c.key == bindparam("sale"), hold.c.lapsed.is_(False)).values(lapsed=True)
_EXTEND = (
    update(hold)
    .where(hold.c.key == bindparam("sale"), hold.c.until.between(_NOW, bindparam("then", type_=Instant())))
    .values(until=bindparam("then", type_=Instant()))
)
_SET_UNTIL = update(hold).where(hold.c.key == bindparam("sale")).values(until=bindparam("then", type_=Instant()))
_REWRITE = update(hold).where(hold.c.key == bindparam("sale")).values(basket=bindparam("text"))
_RELEASE = update(stock).where(stock.c.product_id == bindparam("id")).values(held=stock.c.held - bindparam("n"))
_HELD = (
    select(hold_line, hold.c.regime)
    .join(hold, hold.c.key == hold_line.c.key)
    .where(hold.c.until > _NOW, hold.c.key != bindparam("besides"))
    .order_by(hold.c.at, hold_line.c.key, hold_line.c.line_no)
)
_PENDING = ByKeys(lambda count: _HELD.where(hold_line.c.visitor_id.in_(documents_by_keys(count))))
_OF_PRODUCT = (
    select(hold)
    .where(hold.c.until > bindparam("now", type_=Instant()))
    .where(hold.c.key.in_(select(hold_line.c.key).where(hold_line.c.product_id == bindparam("id"))))
    .order_by(hold.c.at, hold.c.key)
)
_PARKED = select(hold).where(hold.c.kind == PARKED).order_by(hold.c.at, hold.c.key)
_GOODS_ONLY = select(hold_line.c.key).where(hold_line.c.visitor_id.is_(None)).distinct()
_BESIDE = select(hold_line.c.key, hold_line.c.product_id, hold_line.c.coming).where(hold_line.c.coming > 0)
_PARKED_WITH = _PARKED.where(
    hold.c.key.in_(select(hold_line.c.key).where(hold_line.c.product_id.in_(bindparam("products", expanding=True))))
)
_LEFT = _PARKED.where(
    hold.c.till == bindparam("at_till"),
    or_(hold.c.handed_over_in.is_(None), hold.c.handed_over_in != bindparam("in_shift")),
)
_HAND_OVER = (
    update(hold)
    .where(and_(hold.c.kind == PARKED, hold.c.till == bindparam("at_till")))
    .values(handed_over_in=bindparam("in_shift"))
)


class SqlReservations:
    """Holds over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, held: Hold, cart: Cart, carriers: Mapping[str, int], coming: Mapping[int, int]) -> None:
        _INSERT.run(self._connection, _row(held))
        rows, left = [], dict(coming)
        for number, line in enumerate(cart.lines):
            back = min(line.quantity, left.get(line.product.id, 0))
            left[line.product.id] = left.get(line.product.id, 0) - back
            rows.append(_line_row(held.key, number, line, carriers) | {"coming": back})
        _INSERT_LINE.run_each(self._connection, rows)

    def take(self, key: str) -> Mapping[int, int]:
        pieces: dict[int, int] = {}
        for product_id, reserved in _TAKE_LINES.tuples(self._connection, {"sale": key}):
            pieces[product_id] = pieces.get(product_id, 0) + reserved
        _TAKE.run(self._connection, {"sale": key})
        return pieces

    def extend(self, key: str, at: datetime, until: datetime) -> None:
        self._connection.execute(_EXTEND, {"sale": key, "now": at, "then": until})

    def set_until(self, key: str, until: datetime) -> None:
        self._connection.execute(_SET_UNTIL, {"sale": key, "then": until})

    def drop(self, key: str, *kinds: str) -> Hold | None:
        row = _OF_SALE.one(self._connection, {"sale": key})
        if row is None or row.kind not in kinds:
            return None
        self._give_back([key])
        return _hold(row) if _TAKE.run(self._connection, {"sale": key}) else None

    def lapse(self, at: datetime) -> Sequence[Hold]:
        """Of two tills that see it lapse, the one that marks it gives the goods back."""
        rows = _LAPSED.rows(self._connection, {"now": at})
        marked = [row for row in rows if self._connection.execute(_MARK, {"sale": row.key}).rowcount]
        self._give_back([row.key for row in marked])
        for row in marked:
            if row.kind != PARKED:
                _TAKE.run(self._connection, {"sale": row.key})
        return [_hold(row) for row in marked]

    def _give_back(self, keys: Sequence[str]) -> None:
        """Release the lines of holds; the stock in one order for all tills."""
        pieces: dict[int, int] = {}
        for key in keys:
            for product_id, reserved in _TAKE_LINES.tuples(self._connection, {"sale": key}):
                pieces[product_id] = pieces.get(product_id, 0) + reserved
        for product_id in sorted(pieces):
            self._connection.execute(_RELEASE, {"id": product_id, "n": pieces[product_id]})

    def pending(self, keys: Keys, at: datetime, besides: str) -> Sequence[LedgerLine]:
        rows = _PENDING.rows(self._connection, keys, now=at, besides=besides)
        return [_ledger_line(row, at) for row in rows]

    def rewrite(self, key: str, basket: str) -> None:
        self._connection.execute(_REWRITE, {"sale": key, "text": basket})

    def of_product(self, product_id: int, at: datetime) -> Sequence[Hold]:
        return [_hold(row) for row in self._connection.execute(_OF_PRODUCT, {"id": product_id, "now": at})]

    def parked(self) -> Sequence[Hold]:
        goods_only = set(self._connection.execute(_GOODS_ONLY).scalars())
        beside: dict[str, dict[int, int]] = {}
        for key, product_id, pieces in self._connection.execute(_BESIDE):
            of_hold = beside.setdefault(key, {})
            of_hold[product_id] = of_hold.get(product_id, 0) + pieces
        holds = [_hold(row) for row in self._connection.execute(_PARKED)]
        return [replace(hold, goods_only=hold.key in goods_only, beside=beside.get(hold.key, {})) for hold in holds]

    def parked_with(self, products: Collection[int]) -> Sequence[Hold]:
        return [_hold(row) for row in self._connection.execute(_PARKED_WITH, {"products": sorted(products)})]

    def left_in(self, till: str, shift: int) -> Sequence[Hold]:
        return [_hold(row) for row in self._connection.execute(_LEFT, {"at_till": till, "in_shift": shift})]

    def hand_over(self, till: str, shift: int) -> None:
        self._connection.execute(_HAND_OVER, {"at_till": till, "in_shift": shift})


def _row(held: Hold) -> dict[str, Any]:
    return {
        "key": held.key,
        "till": held.till,
        "shift_id": held.shift,
        "kind": held.kind,
        "person": held.person,
        "note": held.note,
        "at": held.at,
        "until": held.until,
        "regime": held.regime,
        "basket": held.basket,
        "lapsed": held.lapsed,
        "handed_over_in": None,
    }


def _hold(row: Row[Any]) -> Hold:
    return Hold(
        key=row.key,
        till=row.till,
        shift=row.shift_id,
        kind=row.kind,
        person=row.person,
        note=row.note,
        at=row.at,
        until=row.until,
        regime=row.regime,
        basket=row.basket,
        lapsed=row.lapsed,
    )


def _line_row(key: str, number: int, line: CartLine, carriers: Mapping[str, int]) -> dict[str, Any]:
    product = line.product
    return {
        "key": key,
        "line_no": number,
        "product_id": product.id,
        "quantity": line.quantity,
        "visitor_id": carriers.get(line.carrier or ""),
        "name": product.name,
        "category": product.category,
        "unit_price_minor": line.unit_price.minor,
        "discount_minor": line.off.minor,
        "currency": line.unit_price.currency.code,
    } | attribute_columns(line.attributes)


def _ledger_line(row: Row[Any], at: datetime) -> LedgerLine:
    currency = CURRENCIES[row.currency]
    return LedgerLine(
        at=at,
        carried_out_at=None,
        name=row.name,
        category=row.category,
        quantity=row.quantity,
        taxed=0,
        unit_price=Money(row.unit_price_minor, currency),
        discount=Money(row.discount_minor, currency),
        attributes=attributes_of(row),
        regime=row.regime or "",
    )
