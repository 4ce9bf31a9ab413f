"""Sales: recorded in one transaction, read back as recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, insert, select

from db.catalogue.product_columns import attributes_of
from db.engine.compiled_statement import CompiledStatement
from db.engine.types import Day
from db.sales.cash import notes_from, write_cash
from db.sales.frozen_rates import rates_from
from db.sales.judgements import quota_of
from db.sales.return_reading import returns_in, void_of
from db.sales.sale_content import SaleContent, SaleContents
from db.sales.sale_moves import cash_rows, move_rows, refundable_rows
from db.sales.sale_rows import Rows
from db.sales.sales_with_rates import SALES_WITH_RATES, sale_row
from db.sales.sealed_texts import GOODS, SealedRow, goods_row, sealed_ids, text_row
from db.stock.pieces import write_sold
from db.stock.stock import SqlStock
from db.tables.sales import (
    line_promotion,
    outbox,
    parcel_address,
    refundable,
    sale,
    sale_change,
    sale_judgement,
    sale_line,
    sale_payment,
    sealed_text,
    sold_goods,
)
from db.tables.stock import stock_move
from db.tables.visitors import declared_line, quota_entry
from db.visitors.erased_visitors import SEAL, nameless, seal_of, with_seal, without_seal
from pos.application.ports.visitor_ports import LockedVisitor
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import Change, Paid, Tender
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Promoted
from pos.domain.pricing.rates import RateTable
from pos.domain.receipt_number import receipt_number
from pos.domain.sales.parcel import Parcel, Recipient
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.stock.stock import LotPart
from pos.domain.visitors.visitor import Visitor

_INSERT_SALE = CompiledStatement(insert(sale).returning(sale.c.id), stored=True)
_INSERT = {
    table: CompiledStatement(insert(table), stored=True)
    for table in (
        sale_line, sale_judgement, line_promotion, refundable, sale_payment, sale_change, stock_move, quota_entry,
        declared_line, outbox,
    )
}  # fmt: skip

_SALE = SALES_WITH_RATES.where(sale.c.kind == "sale")
_BY_KEY = _SALE.where(sale.c.key == bindparam("key"))
_BY_NUMBER = _SALE.where(sale.c.till == bindparam("till"), sale.c.number == bindparam("number"))
_LAST = _SALE.where(sale.c.till == bindparam("till")).order_by(sale.c.number.desc()).limit(1)
_SENT_ON = _SALE.where(
    sale.c.business_date.between(bindparam("first", type_=Day()), bindparam("last", type_=Day())),
    sale.c.delivery_service.is_not(None),
).order_by(sale.c.business_date, sale.c.till, sale.c.number)
_ADDRESS = (
    select(parcel_address.c.recipient, parcel_address.c.address)
    .join(sale, sale.c.id == parcel_address.c.sale_id)
    .where(sale.c.till == bindparam("till"), sale.c.number == bindparam("number"))
)
_LINES = (
    select(sale_line, *(sold_goods.c[name] for name in GOODS))
    .select_from(sale_line.join(sold_goods, sold_goods.c.id == sale_line.c.goods_id))
    .where(sale_line.c.sale_id == bindparam("id"))
    .order_by(sale_line.c.line_no)
)
_PROMOTIONS = (
    select(line_promotion)
    .where(line_promotion.c.sale_id == bindparam("id"))
    .order_by(line_promotion.c.line_no, line_promotion.c.promotion_id)
)
_PAYMENTS = select(sale_payment).where(sale_payment.c.sale_id == bindparam("id")).order_by(sale_payment.c.no)
_CHANGE = select(sale_change).where(sale_change.c.sale_id == bindparam("id")).order_by(sale_change.c.no)


class SqlSales:
    """Sales over one connection; `chain` is Secrets.chain."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    @cached_property
    def _contents(self) -> SaleContents:
        return SaleContents(self._connection)

    def record(
        self,
        sold: Sale,
        before: str,
        visitors: Mapping[str, LockedVisitor],
        business_date: date,
        taken: Mapping[int, Sequence[LotPart]],
    ) -> Sale:
        rows = Rows.of(sold, before, visitors, business_date)
        mac = self._chain(before, rows.content())
        sale_id = self.write_head({**rows.sale, "mac": mac})
        self.write_lines(rows.lines, sale_id)
        self.write_judgements(rows.judgements, sale_id)
        self.write_rows(line_promotion, rows.promotions, sale_id)
        self.write_rows(sale_payment, rows.payments, sale_id)
        self.write_rows(sale_change, rows.change, sale_id)
        self.write_rows(quota_entry, rows.quota, sale_id)
        self.write_rows(declared_line, rows.declared, sale_id)
        self.write_rows(refundable, refundable_rows(sold), sale_id)
        self.write_drawer([{**row, "sale_id": sale_id} for row in cash_rows(sold)])
        self.write_rows(stock_move, move_rows(sold, taken, self._lots_named(sold)), sale_id)
        write_sold(self._connection, sold, sale_id)
        self.write_rows(outbox, [{"kind": "receipt", "state": "pending", "copies": 0}], sale_id)
        return replace(sold, mac=mac)

    def write_head(self, row: Mapping[str, Any]) -> int:
        """Write the row of a sale, as it is in the chain; its id."""
        return self.write_sale(sale_row(row, self.sealed))

    def write_sale(self, row: Mapping[str, Any]) -> int:
        """Write a row of `sale`; its id."""
        return int(_INSERT_SALE.rows(self._connection, row)[0][0])

    def sealed(self, table: Table, rows: Sequence[SealedRow]) -> Mapping[str, int]:
        """The ids of rows of `sealed_text` or `sold_goods` by their digests."""
        return sealed_ids(self._connection, table, rows)

    def write_lines(self, lines: Sequence[Mapping[str, Any]], sale_id: int) -> None:
        """Write the lines of a sale, as they are in the chain."""
        goods = [goods_row(line) for line in lines]
        ids = self.sealed(sold_goods, goods)
        rows = [
            {name: value for name, value in line.items() if name not in GOODS} | {"goods_id": ids[row["digest"]]}
            for line, row in zip(lines, goods, strict=True)
        ]
        self.write_rows(sale_line, rows, sale_id)

    def write_judgements(self, judgements: Sequence[Mapping[str, str]], sale_id: int) -> None:
        """Write how the allowances were judged."""
        forms = [text_row(one["form"]) for one in judgements]
        ids = self.sealed(sealed_text, forms)
        rows = [
            {"visitor": one["visitor"], "form_id": ids[form["digest"]], "figures": one["figures"]}
            for one, form in zip(judgements, forms, strict=True)
        ]
        self.write_rows(sale_judgement, rows, sale_id)

    def write_rows(self, table: Table, rows: Sequence[dict[str, Any]], sale_id: int) -> None:
        """Write rows of one table that belong to a sale."""
        _INSERT[table].run_each(self._connection, [{**row, "sale_id": sale_id} for row in rows])

    def write_drawer(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write the cash of a sale, given as columns of `cash_move`."""
        write_cash(self._connection, rows)

    def _lots_named(self, sold: Sale) -> dict[tuple[int, str], list[int]]:
        """The lots that the lines named, by product and code."""
        stock = SqlStock(self._connection)
        named = {(line.product_id, line.lot) for line in sold.lines if line.lot is not None}
        return {(product, code): [lot.id for lot in stock.lots_named(product, code)] for product, code in named}

    def with_key(self, key: str) -> Sale | None:
        return self._one(_BY_KEY, {"key": key})

    def by_number(self, till: str, number: int) -> Sale | None:
        return self._one(_BY_NUMBER, {"till": till, "number": number})

    def last_of(self, till: str) -> Sale | None:
        return self._one(_LAST, {"till": till})

    def send_to(self, key: str, recipient: Recipient) -> None:
        sale_id = self._connection.execute(select(sale.c.id).where(sale.c.key == key)).scalar_one()
        row = {"sale_id": sale_id, "recipient": recipient.name, "address": recipient.address}
        self._connection.execute(insert(parcel_address), row)

    def recipient_of(self, till: str, number: int) -> Recipient | None:
        row = self._connection.execute(_ADDRESS, {"till": till, "number": number}).one_or_none()
        return None if row is None else Recipient(row.recipient, row.address)

    def sent_on(self, first: date, last: date) -> Sequence[Sale]:
        days = {"first": first, "last": last}
        return [self._read(row) for row in self._connection.execute(_SENT_ON, days).all()]

    def _one(self, statement: Select[Any], parameters: dict[str, Any]) -> Sale | None:
        row = self._connection.execute(statement, parameters).one_or_none()
        return None if row is None else self._read(row)

    def _read(self, row: Row[Any]) -> Sale:
        key = {"id": row.id}
        frozen = json.loads(row.rates)
        rates = rates_from(frozen)
        price = rates.price
        promoted: dict[int, list[Promoted]] = {}
        for one in self._connection.execute(_PROMOTIONS, key):
            applied = Promoted(one.promotion_id, one.name, one.pieces, Money(one.amount_minor, price))
            promoted.setdefault(one.line_no, []).append(applied)
        return Sale(
            till=row.till,
            number=row.number,
            key=row.key,
            at=row.at,
            cashier=row.cashier,
            shift=row.shift_id,
            destination=row.destination,
            regime=row.regime,
            regime_version=row.regime_version,
            total=Money(row.total_minor, price),
            lines=tuple(
                _line_from(line, price.code, promoted.get(line.line_no, ()))
                for line in self._connection.execute(_LINES, key)
            ),
            paid=tuple(_paid_from(p, rates) for p in self._connection.execute(_PAYMENTS, key)),
            change=tuple(_change_from(c, rates) for c in self._connection.execute(_CHANGE, key)),
            rounding=Money(row.rounding_minor, price),
            rates=rates,
            quota_rates=frozen["quota"],
            visitors=tuple(_visitor_from(v) for v in json.loads(row.visitors)),
            quota=quota_of(self._connection, row.id),
            approved_by=row.approved_by,
            mac=row.mac,
            basket=_basket_from(row, price),
            note=row.note or "",
            returns=returns_in(self._connection, receipt_number(row.till, row.number)),
            voided_by=void_of(self._connection, receipt_number(row.till, row.number)),
            parcel=None if row.delivery_service is None else Parcel(row.delivery_service, row.parcel_g),
        )

    def are_whole(self, rows: Sequence[Any]) -> list[bool]:
        """Whether each sale, by its row `as_stored`, is as its till wrote it; `verify` asks this page by page.

        For a sale whose visitors are erased: whether it equals what was left of it then.
        """
        return [self._is_whole(row, content) for row, content in zip(rows, self._contents.of(rows), strict=True)]

    def seal(self, row: Any, visitors: str) -> str:
        """The seal of a sale with the rest of its visitors; it covers the sale's original hash."""
        [content] = self._contents.of([row])
        return self._sealed(row, visitors, content)

    def contents(self, rows: Sequence[Any]) -> list[bytes]:
        """The bytes of each sale in the chain."""
        contents = self._contents.of(rows)
        return [content.with_visitors(row.visitors) for row, content in zip(rows, contents, strict=True)]

    def content_without_who(self, rows: Sequence[Any]) -> list[bytes]:
        """The bytes of each sale without the identity of its visitors: the same before and after their erasure."""
        contents = self._contents.of(rows)
        return [content.with_visitors(nameless(row.visitors)) for row, content in zip(rows, contents, strict=True)]

    def _is_whole(self, row: Any, content: SaleContent) -> bool:
        seal = seal_of(row.visitors)
        if seal is None:
            mac: str = row.mac
            return self._chain(row.before, content.with_visitors(row.visitors)) == mac
        left = without_seal(row.visitors)
        return row.visitors == with_seal(left, seal) and seal == self._sealed(row, left, content)

    def _sealed(self, row: Any, visitors: str, content: SaleContent) -> str:
        return self._chain(f"erased:{row.mac}", content.with_visitors(visitors))


def _visitor_from(content: Mapping[str, Any]) -> Visitor:
    return Visitor(birth_date=None, **{name: value for name, value in content.items() if name != SEAL})


def _basket_from(row: Row[Any], price: Currency) -> Discount | None:
    if row.basket_minor is None:
        return None
    if row.basket_percent is not None:
        return Discount(percent=row.basket_percent)
    return Discount(amount=Money(row.basket_minor, price))


def _line_from(row: Row[Any], currency: str, promotions: Sequence[Promoted]) -> SaleLine:
    def money(minor: int) -> Money:
        return Money(minor, CURRENCIES[currency])

    def perhaps(minor: int | None) -> Money | None:
        return None if minor is None else money(minor)

    return SaleLine(
        line=row.line_no,
        product_id=row.product_id,
        code=row.code,
        name=row.name,
        names=json.loads(row.names),
        category=row.category,
        quantity=row.quantity,
        unit_price=money(row.unit_price_minor),
        discount=money(row.discount_minor),
        amount=money(row.amount_minor),
        carrier=row.carrier,
        taxed=row.taxed,
        attributes=attributes_of(row),
        catalogue=perhaps(row.catalogue_minor),
        promotions=tuple(promotions),
        share=perhaps(row.basket_minor),
        vat=row.vat,
        tax=perhaps(row.tax_minor),
        note=row.note or "",
        discount_kind=row.discount_kind,
        serial=row.serial,
        lot=row.lot,
        grams=row.grams,
        per_kg=perhaps(row.per_kg_minor),
        details={} if row.details is None else json.loads(row.details),
    )


def _paid_from(row: Row[Any], rates: RateTable) -> Paid:
    money = Money(row.amount_minor, CURRENCIES[row.currency])
    agreed = None if row.rate is None else Fraction(row.rate)
    tender = Tender(
        row.method, money, row.reference, notes_from(row.notes), row.origin, row.tender or "", row.provider or "",
        agreed,
    )  # fmt: skip
    return Paid(tender, agreed or rates.taking(money.currency), Money(row.value_minor, rates.price))


def _change_from(row: Row[Any], rates: RateTable) -> Change:
    money = Money(row.amount_minor, CURRENCIES[row.currency])
    return Change(money, Fraction(row.rate), Money(row.value_minor, rates.price), notes_from(row.notes) or {})
