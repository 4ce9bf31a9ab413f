"""Customer orders over one connection: written, locked, queued, and found by code, phone and name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from db.catalogue.product_columns import NAME_COLUMNS, names_by_language
from db.engine.dialect import insert_new
from db.engine.types import Instant
from db.engine.value_chunks import value_chunks
from db.pickup.deposits import deposit_of, deposit_sums, deposits_of, entry_row, owed_sums, with_rest
from db.pickup.order_figures import figures_by_channel, figures_by_quarter
from db.tables.catalogue import product
from db.tables.pickup import (
    customer_order,
    customer_order_line,
    customer_order_word,
    deposit_entry,
    stream_item,
)
from db.tables.sales import sale
from db.tables.stock import stock
from pos.application.ports.pickup_ports import ClaimedPieces, OrderFilter, StreamItem
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pickup.agreed_price import AgreedPrice
from pos.domain.pickup.buyer import Buyer, words_of
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderLine, OrderState
from pos.domain.pickup.deposit import Deposit, DepositEntry, DepositSums
from pos.domain.pickup.order_figures import OrderFigures
from pos.domain.receipt_number import read_receipt_number, receipt_number

_O, _L, _W = customer_order.c, customer_order_line.c, customer_order_word.c
_LAST_SIGN = "\U0010ffff"
_LONGEST_PHONE = 20

_ORDERS = select(customer_order, sale.c.till.label("sale_till"), sale.c.number.label("sale_number")).outerjoin(
    sale, sale.c.id == _O.sale_id
)
_LINES = (
    select(customer_order_line, product.c.code, product.c.name, *(product.c[name] for name in NAME_COLUMNS))
    .join(product, product.c.id == _L.product_id)
    .where(_L.order_id.in_(bindparam("ids", expanding=True)))
    .order_by(_L.order_id, _L.no)
)
_LOCK = update(customer_order).where(_O.code == bindparam("of_code")).values(tell=_O.tell).returning(_O.id)
"""Changes nothing: the row is locked by it."""
_LOCK_GOODS = update(stock).where(stock.c.product_id == bindparam("id")).values(held=stock.c.held)
_IS_OPEN: ColumnElement[bool] = literal_column("state IN ('claimed', 'waiting', 'confirmed', 'ready')")
"""In the words of the index."""
_WAITING = _O.state == literal_column("'waiting'")
_OVER = (
    select(_O.code).where(_IS_OPEN, _O.hold_until <= bindparam("now", type_=Instant())).order_by(_O.hold_until, _O.id)
)
_SALE_ID = select(sale.c.id).where(sale.c.till == bindparam("till"), sale.c.number == bindparam("number"))


class SqlPickups:
    """Customer orders over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ── write ────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, order: CustomerOrder, key: str, fingerprint: str) -> CustomerOrder | None:
        row = {**_changing(order, None), **_fixed(order), "key": key, "fingerprint": fingerprint}
        if not self._connection.execute(insert_new(self._connection, customer_order), row).rowcount:
            return None
        order_id = self._connection.execute(select(_O.id).where(_O.code == order.code)).scalar_one()
        lines = [
            {
                "order_id": order_id,
                "no": line.no,
                "product_id": line.product,
                "quantity": line.quantity,
                "price_minor": line.agreed.amount.minor,
                "currency": line.agreed.amount.currency.code,
                "rate": str(line.agreed.rate),
                "rate_day": line.agreed.day,
                "marks": json.dumps(line.marks),
                "picked": line.picked,
            }
            for line in order.lines
        ]
        self._connection.execute(insert(customer_order_line), lines)
        words = [{"word": word, "order_id": order_id} for word in words_of(order.buyer.name)]
        if words:
            self._connection.execute(insert(customer_order_word), words)
        return self.by_code(order.code)

    def save(self, order: CustomerOrder) -> None:
        sale_id = None
        if order.receipt:
            till, number = read_receipt_number(order.receipt)
            sale_id = self._connection.execute(_SALE_ID, {"till": till, "number": number}).scalar_one()
        self._connection.execute(update(customer_order).where(_O.id == order.id).values(_changing(order, sale_id)))
        for line in order.lines:
            self._connection.execute(
                update(customer_order_line)
                .where(_L.order_id == order.id, _L.no == line.no)
                .values(marks=json.dumps(line.marks), picked=line.picked)
            )

    def lock(self, codes: Iterable[str]) -> Mapping[str, CustomerOrder]:
        for code in sorted(set(codes)):
            self._connection.execute(_LOCK, {"of_code": code})
        found = self._read(_ORDERS.where(_O.code.in_(sorted(set(codes)))))
        return {order.code: order for order in found}

    def lock_goods(self, products: Iterable[int]) -> None:
        for product_id in sorted(set(products)):
            self._connection.execute(_LOCK_GOODS, {"id": product_id})

    # ── read ─────────────────────────────────────────────────────────────────────────────────────────────────

    def with_key(self, key: str) -> tuple[CustomerOrder, str] | None:
        orders = self._read(_ORDERS.where(_O.key == key))
        if not orders:
            return None
        return orders[0], self._connection.execute(select(_O.fingerprint).where(_O.key == key)).scalar_one()

    def with_ref(self, channel: str, channel_ref: str) -> CustomerOrder | None:
        return next(iter(self._read(_ORDERS.where(_O.channel == channel, _O.channel_ref == channel_ref))), None)

    def by_code(self, code: str) -> CustomerOrder | None:
        return next(iter(self._read(_ORDERS.where(_O.code == code))), None)

    def with_codes(self, codes: Collection[str]) -> Sequence[CustomerOrder]:
        return self._read(_ORDERS.where(_O.code.in_(sorted(codes)))) if codes else ()

    def waiting(self, products: Collection[int] | None = None) -> Sequence[CustomerOrder]:
        which = _ORDERS.where(_WAITING)
        if products is not None:
            which = which.where(_O.id.in_(select(_L.order_id).where(_L.product_id.in_(sorted(products)))))
        return self._read(which.order_by(_O.claimed_at, _O.id))

    def claimed(self, products: Collection[int]) -> Sequence[ClaimedPieces]:
        question = (
            select(_L.product_id, _O.id, _O.claimed_at, func.sum(_L.quantity).label("pieces"))
            .join(customer_order, _O.id == _L.order_id)
            .where(_L.product_id.in_(sorted(products)), _O.state == OrderState.CLAIMED.value)
            .group_by(_L.product_id, _O.id, _O.claimed_at)
        )
        return [
            ClaimedPieces(row.product_id, row.id, row.claimed_at, int(row.pieces))
            for row in self._connection.execute(question)
        ]

    def over(self, at: datetime, limit: int) -> Sequence[str]:
        return self._connection.execute(_OVER.limit(limit), {"now": at}).scalars().all()

    def has_over(self, at: datetime) -> bool:
        return bool(self.over(at, 1))

    def by_code_begun(self, signs: str, limit: int) -> Sequence[CustomerOrder]:
        if not signs:
            return []
        which = and_(_O.code >= signs, _O.code < signs + _LAST_SIGN)
        return self._read(_ORDERS.where(which).order_by(_O.code).limit(limit))

    def by_phone(self, digits: str, limit: int) -> Sequence[CustomerOrder]:
        back = digits[::-1]
        if not back:
            return []
        found = (
            select(_O.id)
            .where(_O.phone_back >= back, _O.phone_back <= back.ljust(_LONGEST_PHONE, "9"))
            .order_by(_O.phone_back, _O.id.desc())
            .limit(limit)
        )
        return self._newest_first(self._connection.execute(found).scalars().all())

    def by_name(self, words: str, limit: int) -> Sequence[CustomerOrder]:
        if not words:
            return []
        same = select(_W.order_id).where(_W.word == words).order_by(_W.order_id.desc()).limit(limit)
        ids = list(self._connection.execute(same).scalars())
        if len(ids) < limit:
            begun = (
                select(_W.order_id)
                .where(_W.word > words, _W.word < words + _LAST_SIGN)
                .order_by(_W.word, _W.order_id.desc())
                .limit(limit)
            )
            more = set(self._connection.execute(begun).scalars()).difference(ids)
            ids += sorted(more, reverse=True)[: limit - len(ids)]
        orders = {order.id: order for order in self._of_ids(ids)}
        return [orders[order_id] for order_id in ids]

    def listed(self, which: OrderFilter, limit: int, before: int | None = None) -> Sequence[CustomerOrder]:
        question = _ORDERS
        if which.states:
            question = question.where(_O.state.in_([state.value for state in which.states]))
        if which.channel:
            question = question.where(_O.channel == which.channel)
        if which.to_tell:
            question = question.where(_O.tell, _IS_OPEN)
        if before is not None:
            question = question.where(_O.id < before)
        return self._read(question.order_by(_O.id.desc()).limit(limit))

    def next_of(self, state: OrderState, limit: int) -> Sequence[CustomerOrder]:
        which = _ORDERS.where(_IS_OPEN, _O.state == state.value)
        return self._read(which.order_by(_O.hold_until, _O.id).limit(limit))

    def counts(self) -> Mapping[str, int]:
        by_state = select(_O.state, func.count().label("orders")).where(_IS_OPEN).group_by(_O.state)
        counts = {row.state: row.orders for row in self._connection.execute(by_state)}
        to_tell = select(func.count()).select_from(customer_order).where(_IS_OPEN, _O.tell)
        return counts | {"tell": self._connection.execute(to_tell).scalar_one()}

    def of_sale(self, till: str, number: int) -> Sequence[CustomerOrder]:
        return self._read(_ORDERS.where(sale.c.till == till, sale.c.number == number).order_by(_O.code))

    # ── deposits ─────────────────────────────────────────────────────────────────────────────────────────────

    def add_entry(
        self, order: CustomerOrder, deposit: Deposit, entry: DepositEntry, day: date, key: str | None = None
    ) -> None:
        sale_id = None
        if entry.receipt:
            till, number = read_receipt_number(entry.receipt)
            sale_id = self._connection.execute(_SALE_ID, {"till": till, "number": number}).scalar_one()
        row = entry_row(order.id, deposit, entry) | {"sale_id": sale_id, "business_date": day, "key": key}
        self._connection.execute(insert(deposit_entry), row)

    def with_entry_key(self, key: str) -> tuple[str, Deposit] | None:
        question = select(_O.code, deposit_entry).join(deposit_entry, deposit_entry.c.order_id == _O.id)
        row = self._connection.execute(question.where(deposit_entry.c.key == key)).one_or_none()
        return None if row is None else (row.code, deposit_of(row))

    def owed(self, limit: int) -> Sequence[CustomerOrder]:
        rest = with_rest()
        which = _ORDERS.where(_O.id.in_(rest), ~_IS_OPEN).order_by(_O.closed_at, _O.id).limit(limit)
        return self._read(which)

    def not_come(self, no_show: str, limit: int) -> Sequence[str]:
        which = select(_O.code).where(_O.id.in_(with_rest(no_show)), _O.state == OrderState.EXPIRED.value)
        return self._connection.execute(which.order_by(_O.closed_at, _O.id).limit(limit)).scalars().all()

    # ── figures ──────────────────────────────────────────────────────────────────────────────────────────────

    def figures_by_channel(self, since: datetime, until: datetime, price: Currency) -> Mapping[str, OrderFigures]:
        return figures_by_channel(self._connection, since, until, price)

    def figures_by_quarter(
        self, since: datetime, until: datetime, price: Currency
    ) -> Sequence[tuple[datetime, OrderFigures]]:
        return figures_by_quarter(self._connection, since, until, price)

    def no_shows(self, since: datetime, until: datetime, limit: int) -> Sequence[CustomerOrder]:
        expired = _ORDERS.where(
            _O.claimed_at >= since, _O.claimed_at < until, _O.state == OrderState.EXPIRED.value
        )  # fmt: skip
        return self._read(expired.order_by(_O.claimed_at, _O.id).limit(limit))

    def deposit_sums(self, first: date, last: date) -> DepositSums:
        return deposit_sums(self._connection, deposit_entry.c.business_date.between(first, last))

    def owed_sums(self) -> Sequence[Money]:
        return owed_sums(self._connection)

    # ── the stream ───────────────────────────────────────────────────────────────────────────────────────────

    def stream_items(self) -> Sequence[StreamItem]:
        rows = self._connection.execute(select(stream_item).order_by(stream_item.c.number))
        return [
            StreamItem(
                row.number,
                row.product_id,
                None if row.currency is None else Money(row.price_minor, CURRENCIES[row.currency]),
            )
            for row in rows
        ]

    def put_stream(self, items: Sequence[StreamItem]) -> None:
        self._connection.execute(delete(stream_item))
        if items:
            self._connection.execute(insert(stream_item), [_stream_row(one) for one in items])

    def add_stream_item(self, item: StreamItem) -> bool:
        new = insert_new(self._connection, stream_item)
        return bool(self._connection.execute(new, _stream_row(item)).rowcount)

    def remove_stream_item(self, item: StreamItem) -> bool:
        its = [stream_item.c[name].is_not_distinct_from(value) for name, value in _stream_row(item).items()]
        return bool(self._connection.execute(delete(stream_item).where(*its)).rowcount)

    # ── personal data ────────────────────────────────────────────────────────────────────────────────────────

    def has_phones(self, before: datetime) -> bool:
        question = select(exists().where(_O.phone.is_not(None), _O.closed_at < before))
        return bool(self._connection.execute(question).scalar_one())

    def mask_phones(self, before: datetime) -> int:
        rows = self._connection.execute(
            select(_O.id, _O.phone_tail).where(_O.phone.is_not(None), _O.closed_at < before)
        ).all()
        for row in rows:
            masked = {"phone": None, "phone_back": row.phone_tail[::-1]}
            self._connection.execute(update(customer_order).where(_O.id == row.id).values(masked))
        return len(rows)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _newest_first(self, ids: Sequence[int]) -> Sequence[CustomerOrder]:
        return sorted(self._of_ids(ids), key=lambda order: -order.id)

    def _of_ids(self, ids: Sequence[int]) -> list[CustomerOrder]:
        return self._read(_ORDERS.where(_O.id.in_(list(ids)))) if ids else []

    def _read(self, question: Select[Any]) -> list[CustomerOrder]:
        rows = self._connection.execute(question).all()
        ids = [row.id for row in rows]
        lines: dict[int, list[CustomerOrderLine]] = {order_id: [] for order_id in ids}
        deposits: dict[int, Deposit] = {}
        for some in value_chunks(ids):
            for row in self._connection.execute(_LINES, {"ids": some}):
                lines[row.order_id].append(_line(row))
            deposits |= deposits_of(self._connection, some)
        return [_order(row, tuple(lines[row.id]), deposits.get(row.id)) for row in rows]


def _fixed(order: CustomerOrder) -> dict[str, Any]:
    buyer = order.buyer
    return {
        "code": order.code,
        "channel": order.channel,
        "channel_ref": order.channel_ref or None,
        "buyer": buyer.name,
        "phone": buyer.phone,
        "phone_tail": buyer.tail,
        "phone_back": buyer.sought[::-1],
        "language": buyer.language,
        "claimed_at": order.claimed_at,
        "person": order.person,
        "till": order.till,
        "note": order.note,
    }


def _changing(order: CustomerOrder, sale_id: int | None) -> dict[str, Any]:
    return {
        "state": order.state.value,
        "hold_until": order.hold_until,
        "place": order.place,
        "tell": order.tell,
        "confirmed_at": order.confirmed_at,
        "ready_at": order.ready_at,
        "closed_at": order.closed_at,
        "closed_by": order.closed_by,
        "why": order.why,
        "sale_id": sale_id,
    }


def _line(row: Any) -> CustomerOrderLine:
    amount = Money(row.price_minor, CURRENCIES[row.currency])
    return CustomerOrderLine(
        no=row.no,
        product=row.product_id,
        quantity=row.quantity,
        agreed=AgreedPrice(amount, Fraction(row.rate), row.rate_day),
        marks=tuple(json.loads(row.marks)),
        picked=row.picked,
        code=row.code,
        name=row.name,
        names=names_by_language(row),
    )


def _order(row: Any, lines: tuple[CustomerOrderLine, ...], deposit: Deposit | None) -> CustomerOrder:
    return CustomerOrder(
        id=row.id,
        code=row.code,
        channel=row.channel,
        channel_ref=row.channel_ref or "",
        buyer=Buyer(row.buyer, row.phone, row.phone_tail, row.language),
        lines=lines,
        state=OrderState(row.state),
        claimed_at=row.claimed_at,
        hold_until=row.hold_until,
        person=row.person,
        till=row.till,
        note=row.note,
        place=row.place,
        tell=bool(row.tell),
        confirmed_at=row.confirmed_at,
        ready_at=row.ready_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        why=row.why,
        receipt="" if row.sale_id is None else receipt_number(row.sale_till, row.sale_number),
        deposit=deposit,
    )


def _stream_row(item: StreamItem) -> dict[str, Any]:
    price = item.price
    return {
        "number": item.number,
        "product_id": item.product,
        "price_minor": None if price is None else price.minor,
        "currency": None if price is None else price.currency.code,
    }
