"""The labels on the shelf, and which may be outdated; no query here reads the whole catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, literal_column, or_, select, union

from db.catalogue.products import SqlProducts
from db.engine.dialect import is_sqlite
from db.tables.catalogue import label_print, product, product_code, product_price
from db.tables.receiving import goods_receipt, receipt_line
from db.tables.stock import lot, stock, stock_place
from pos.application.ports.pricing_ports import LabelData
from pos.domain.catalogue.product import Product
from pos.domain.money import CURRENCIES, Money
from pos.domain.pricing.label import Label, LabelLot, PrintedLabel
from pos.domain.pricing.promotion import Promotion

_PRINTED = select(label_print).where(label_print.c.product_id.in_(bindparam("ids", expanding=True)))
_OWNED = select(stock.c.product_id, stock.c.owned).where(stock.c.product_id.in_(bindparam("ids", expanding=True)))
_PRICES = (
    select(product_price)
    .where(product_price.c.product_id.in_(bindparam("ids", expanding=True)))
    .order_by(product_price.c.product_id, product_price.c.since)
)
_NEVER = (
    select(stock.c.product_id)
    .join(product, product.c.id == stock.c.product_id)
    .where(
        stock.c.product_id > bindparam("after"),
        stock.c.owned > 0,
        or_(
            product.c.price_minor.is_not(None),
            select(product_price.c.product_id).where(product_price.c.product_id == product.c.id).exists(),
        ),
        ~select(label_print.c.product_id).where(label_print.c.product_id == stock.c.product_id).exists(),
    )
    .order_by(stock.c.product_id)
    .limit(bindparam("limit"))
)
_RECEIPT = select(goods_receipt.c.id, goods_receipt.c.state).where(goods_receipt.c.number == bindparam("number"))
_RECEIVED = (
    select(receipt_line.c.product_id, receipt_line.c.lot_code, receipt_line.c.expiry, receipt_line.c.counted)
    .where(receipt_line.c.receipt_id == bindparam("id"), receipt_line.c.set_aside.is_(False))
    .order_by(receipt_line.c.line_no)
)
_LOTS = (
    select(stock_place.c.product_id, lot.c.code, lot.c.expiry, func.sum(stock_place.c.on_hand).label("on_hand"))
    .join(lot, lot.c.id == stock_place.c.lot_id)
    .where(stock_place.c.product_id.in_(bindparam("ids", expanding=True)), stock_place.c.on_hand > 0)
    .group_by(stock_place.c.product_id, lot.c.code, lot.c.expiry)
    .order_by(lot.c.expiry.is_(None), lot.c.expiry, lot.c.code)
)
_PACKS = (
    select(product_code.c.product_id, product_code.c.code, product_code.c.quantity)
    .where(product_code.c.product_id.in_(bindparam("ids", expanding=True)), product_code.c.quantity > 1)
    .order_by(product_code.c.position)
)


class SqlLabels:
    """Labels over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def data(self, ids: Sequence[int], at: datetime) -> Sequence[LabelData]:
        if not ids:
            return ()
        asked = {"ids": list(ids)}
        goods = SqlProducts(self._connection).by_ids(ids, at)
        printed = {row.product_id: row for row in self._connection.execute(_PRINTED, asked)}
        owned = {row.product_id: row.owned for row in self._connection.execute(_OWNED, asked)}
        prices, lots, packs = (self._by_product(question, asked) for question in (_PRICES, _LOTS, _PACKS))
        return [
            replace(
                _label_data(goods[key], prices.get(key, ()), owned.get(key, 0), printed.get(key), at),
                lots=tuple(dict.fromkeys(LabelLot(row.code, row.expiry) for row in lots.get(key, ()))),
                has_loose=sum(int(row.on_hand) for row in lots.get(key, ())) < owned.get(key, 0),
                packs=tuple((row.code, row.quantity) for row in packs.get(key, ())),
            )
            for key in ids
            if key in goods
        ]

    def _by_product(self, question: Select[Any], asked: Mapping[str, Any]) -> dict[int, list[Row[Any]]]:
        by_product: dict[int, list[Row[Any]]] = {}
        for row in self._connection.execute(question, asked):
            by_product.setdefault(row.product_id, []).append(row)
        return by_product

    def doubtful(self, promotions: Sequence[Promotion], limit: int, after: int = 0) -> Sequence[int]:
        marked: ColumnElement[bool] = literal_column(
            "label_print.doubtful = 1" if is_sqlite(self._connection) else "label_print.doubtful"
        )
        page = select(label_print.c.product_id.label("id")).where(marked, label_print.c.product_id > after)
        questions = [_page(page, limit)]
        questions += [_page(_covered(one, after), limit) for one in promotions if one.take is None]
        ids = union(*(select(question.subquery().c.id) for question in questions)).subquery()
        return self._connection.execute(select(ids.c.id).order_by(ids.c.id).limit(limit)).scalars().all()

    def never_printed(self, limit: int, after: int = 0) -> Sequence[int]:
        return self._connection.execute(_NEVER, {"after": after, "limit": limit}).scalars().all()

    def received(self, number: int) -> Mapping[tuple[int, LabelLot | None], int] | None:
        receipt = self._connection.execute(_RECEIPT, {"number": number}).one_or_none()
        if receipt is None or receipt.state == "dropped":
            return None
        came: dict[tuple[int, LabelLot | None], int] = {}
        for row in self._connection.execute(_RECEIVED, {"id": receipt.id}):
            if row.counted:
                key = row.product_id, LabelLot(row.lot_code, row.expiry) if row.lot_code or row.expiry else None
                came[key] = came.get(key, 0) + row.counted
        return came

    def remember(self, label: Label, at: datetime, person: str, *, doubtful: bool) -> None:
        values = {
            "price_minor": label.price.minor,
            "price_currency": label.price.currency.code,
            "names": "\n".join([*label.names, *(f"{name}\t{text}" for name, text in label.details)]),
            "at": at,
            "person": person,
            "regular_minor": None if label.regular is None else label.regular.minor,
            "doubtful": doubtful,
        }
        changed = label_print.update().where(label_print.c.product_id == label.product).values(values)
        if not self._connection.execute(changed).rowcount:
            self._connection.execute(label_print.insert().values(product_id=label.product, **values))


def _page(question: Select[Any], limit: int) -> Select[Any]:
    return question.order_by("id").limit(limit)


def _covered(promotion: Promotion, after: int) -> Select[Any]:
    """Labels without a promotion for goods that one in force covers."""
    own = and_(label_print.c.regular_minor.is_(None), label_print.c.product_id > after)
    question = select(label_print.c.product_id.label("id")).where(own)
    if promotion.code is not None:
        named = select(product_code.c.product_id).where(product_code.c.code == promotion.code)
        return question.where(label_print.c.product_id.in_(named))
    if promotion.scope == "*":
        return question
    scope = promotion.scope
    below = and_(product.c.category >= f"{scope}.", product.c.category < f"{scope}/")  # "/" comes after "."
    return question.join(product, product.c.id == label_print.c.product_id).where(
        or_(product.c.category == scope, below)
    )


def _label_data(
    goods: Product, prices: Sequence[Row[Any]], owned: int, printed: Row[Any] | None, at: datetime
) -> LabelData:
    begun = [row for row in prices if row.since <= at]
    since = begun[-1].since if begun else None
    return LabelData(goods, since, owned, None if printed is None else _printed(printed), len(begun) < len(prices))


def _printed(row: Row[Any]) -> PrintedLabel:
    currency = CURRENCIES[row.price_currency]
    regular = None if row.regular_minor is None else Money(row.regular_minor, currency)
    names = tuple(line for line in row.names.split("\n") if "\t" not in line)
    details = (line.split("\t", 1) for line in row.names.split("\n") if "\t" in line)
    return PrintedLabel(Money(row.price_minor, currency), regular, names, tuple((name, text) for name, text in details))
