"""Deliveries while they are counted, and posted goods receipts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, update

from db.engine.value_chunks import value_chunks
from db.tables.catalogue import product, supplier
from db.tables.receiving import goods_receipt, purchase_order, receipt_charge, receipt_line, receipt_scan
from pos.application.ports.purchasing_ports import GoodsReceiptSummary
from pos.domain.money import CURRENCIES, Money
from pos.domain.purchasing.goods_receipt import (
    COUNTING,
    DROPPED,
    POSTED,
    Charge,
    DeliveryScan,
    GoodsReceipt,
    GoodsReceiptLine,
)

_INSERT = insert(goods_receipt).returning(goods_receipt.c.id)
_CHANGE = update(goods_receipt).where(goods_receipt.c.id == bindparam("of"))
_CHARGES = select(receipt_charge).where(receipt_charge.c.receipt_id == bindparam("id"))
_LINES = select(receipt_line).where(receipt_line.c.receipt_id == bindparam("id")).order_by(receipt_line.c.line_no)
_LINE = update(receipt_line).where(
    receipt_line.c.receipt_id == bindparam("of_receipt"), receipt_line.c.line_no == bindparam("of_line")
)
_NEXT_LINE = select(func.coalesce(func.max(receipt_line.c.line_no), 0) + 1).where(
    receipt_line.c.receipt_id == bindparam("id")
)
_NEXT_SCAN = select(func.coalesce(func.max(receipt_scan.c.scan_no), 0) + 1).where(
    receipt_scan.c.receipt_id == bindparam("id")
)
_LAST_PRICED = (  # numbers tell when a delivery was begun, not when it was posted
    select(goods_receipt.c.number)
    .join(receipt_line, receipt_line.c.receipt_id == goods_receipt.c.id)
    .where(
        receipt_line.c.product_id == product.c.id,
        receipt_line.c.landed_minor.is_not(None),
        receipt_line.c.set_aside.is_(False),
        goods_receipt.c.state == POSTED,
    )
    .order_by(goods_receipt.c.posted_at.desc(), goods_receipt.c.id.desc())
    .limit(1)
    .correlate(product)
)
_LAST_SCAN = (
    select(receipt_scan)
    .where(receipt_scan.c.receipt_id == bindparam("id"))
    .order_by(receipt_scan.c.scan_no.desc())
    .limit(1)
)


class SqlGoodsReceipts:
    """Deliveries over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, receipt: GoodsReceipt) -> GoodsReceipt:
        values = _columns(receipt) | {
            "number": receipt.number,
            "key": receipt.key,
            "order_id": receipt.order,
            "state": receipt.state,
            "at": receipt.at,
            "person": receipt.person,
        }
        added = replace(receipt, id=self._connection.execute(_INSERT, values).scalar_one())
        self._write_charges(added)
        return added

    def _write_charges(self, receipt: GoodsReceipt) -> None:
        self._connection.execute(delete(receipt_charge).where(receipt_charge.c.receipt_id == receipt.id))
        for charge in receipt.charges:
            self.add_charge(receipt.id, charge)

    def by_number(self, number: int) -> GoodsReceipt | None:
        return self._read_one(goods_receipt.c.number == number)

    def with_key(self, key: str) -> GoodsReceipt | None:
        return self._read_one(goods_receipt.c.key == key)

    def _read_one(self, one: ColumnElement[bool]) -> GoodsReceipt | None:
        question = select(goods_receipt).where(one)
        row = self._connection.execute(question).one_or_none()
        if row is None:
            return None
        charges = self._connection.execute(_CHARGES.order_by(receipt_charge.c.charge_no), {"id": row.id})
        return _receipt(row, tuple(_charge(charge) for charge in charges))

    def listed(self, state: str | None, limit: int, before: int | None = None) -> list[GoodsReceiptSummary]:
        pieces = (
            select(func.coalesce(func.sum(receipt_line.c.counted), 0))
            .where(receipt_line.c.receipt_id == goods_receipt.c.id, receipt_line.c.set_aside.is_(False))
            .scalar_subquery()
        )
        page = (
            select(goods_receipt, supplier.c.name.label("from_whom"), purchase_order.c.number.label("order_number"))
            .add_columns(pieces.label("pieces"))
            .outerjoin(supplier, supplier.c.id == goods_receipt.c.supplier_id)
            .outerjoin(purchase_order, purchase_order.c.id == goods_receipt.c.order_id)
        )
        if state is not None:
            page = page.where(goods_receipt.c.state == state)
        if before is not None:
            page = page.where(goods_receipt.c.number < before)
        rows = self._connection.execute(page.order_by(goods_receipt.c.number.desc()).limit(limit))
        return [_summary(row) for row in rows]

    def counting_for(self, order_id: int) -> int | None:
        return next(iter(self._numbers(order_id, COUNTING)), None)

    def numbers_for(self, order_id: int) -> list[int]:
        return self._numbers(order_id, POSTED)

    def _numbers(self, order_id: int, state: str) -> list[int]:
        question = select(goods_receipt.c.number).where(
            goods_receipt.c.order_id == order_id, goods_receipt.c.state == state
        )
        return list(self._connection.execute(question.order_by(goods_receipt.c.number)).scalars())

    def last_priced(self, products: Iterable[int], supplier: int | None) -> Mapping[int, int]:
        ids, newest = sorted(set(products)), _LAST_PRICED
        if supplier is not None:
            newest = newest.where(goods_receipt.c.supplier_id == supplier)
        question = select(product.c.id, newest.scalar_subquery().label("number"))
        numbers: dict[int, int] = {}
        for some in value_chunks(ids):
            rows = self._connection.execute(question.where(product.c.id.in_(some)))
            numbers.update((row.id, row.number) for row in rows if row.number is not None)
        return numbers

    def change(self, receipt: GoodsReceipt) -> None:
        self._connection.execute(_CHANGE.values(_columns(receipt)), {"of": receipt.id})
        self._write_charges(receipt)

    def lines(self, receipt_id: int, product: int | None = None) -> list[GoodsReceiptLine]:
        question = _LINES if product is None else _LINES.where(receipt_line.c.product_id == product)
        return [_line(row) for row in self._connection.execute(question, {"id": receipt_id})]

    def put(self, receipt_id: int, line: GoodsReceiptLine) -> GoodsReceiptLine:
        if line.no:
            keys = {"of_receipt": receipt_id, "of_line": line.no}
            self._connection.execute(_LINE.values(_line_columns(line)), keys)
            return line
        added = replace(line, no=self._connection.execute(_NEXT_LINE, {"id": receipt_id}).scalar_one())
        values = {"receipt_id": receipt_id, "line_no": added.no, **_line_columns(added)}
        self._connection.execute(insert(receipt_line), values)
        return added

    def take_out(self, receipt_id: int, line_no: int) -> None:
        mine = (receipt_line.c.receipt_id == receipt_id, receipt_line.c.line_no == line_no)
        self._connection.execute(delete(receipt_line).where(*mine, receipt_line.c.counted == 0))

    def scanned(self, receipt_id: int, scan: DeliveryScan) -> None:
        values = {
            "receipt_id": receipt_id,
            "scan_no": self._connection.execute(_NEXT_SCAN, {"id": receipt_id}).scalar_one(),
            "line_no": scan.line,
            "product_id": scan.product,
            "pieces": scan.pieces,
            "code": scan.code,
            "at": scan.at,
            "person": scan.person,
        }
        self._connection.execute(insert(receipt_scan), values)

    def last_scan(self, receipt_id: int, product: int | None = None) -> DeliveryScan | None:
        question = _LAST_SCAN if product is None else _LAST_SCAN.where(receipt_scan.c.product_id == product)
        row = self._connection.execute(question, {"id": receipt_id}).one_or_none()
        if row is None:
            return None
        return DeliveryScan(row.scan_no, row.line_no, row.product_id, row.pieces, row.code, row.at, row.person)

    def undo_scan(self, receipt_id: int, scan_no: int) -> None:
        mine = (receipt_scan.c.receipt_id == receipt_id, receipt_scan.c.scan_no == scan_no)
        self._connection.execute(delete(receipt_scan).where(*mine))

    def move_scans(self, receipt_id: int, line_no: int, to: int) -> None:
        mine = (receipt_scan.c.receipt_id == receipt_id, receipt_scan.c.line_no == line_no)
        self._connection.execute(update(receipt_scan).where(*mine).values(line_no=to))

    def post(self, receipt: GoodsReceipt, landed: Mapping[int, int]) -> None:
        values = {
            "state": POSTED,
            "posted_at": receipt.posted_at,
            "posted_by": receipt.posted_by,
            "content": receipt.content,
            "held_by": None,
            "held_till": None,
            "place": receipt.location,
        }
        self._connection.execute(_CHANGE.values(values), {"of": receipt.id})
        costs = [{"of_receipt": receipt.id, "of_line": no, "landed": cost} for no, cost in landed.items()]
        if costs:
            self._connection.execute(_LINE.values(landed_minor=bindparam("landed")), costs)

    def drop(self, receipt_id: int) -> None:
        self._connection.execute(_CHANGE.values(state=DROPPED, held_by=None, held_till=None), {"of": receipt_id})

    def add_charge(self, receipt_id: int, charge: Charge) -> None:
        last = select(func.coalesce(func.max(receipt_charge.c.charge_no), 0)).where(
            receipt_charge.c.receipt_id == receipt_id
        )
        values = {
            "receipt_id": receipt_id,
            "charge_no": self._connection.execute(last).scalar_one() + 1,
            "kind": charge.kind,
            "amount_minor": charge.amount.minor,
            "currency": charge.amount.currency.code,
            "late": charge.late,
        }
        self._connection.execute(insert(receipt_charge), values)

    def printing(self, receipt_id: int) -> int:
        raised = _CHANGE.values(printed=goods_receipt.c.printed + 1).returning(goods_receipt.c.printed)
        return int(self._connection.execute(raised, {"of": receipt_id}).scalar_one()) - 1


def _columns(receipt: GoodsReceipt) -> dict[str, Any]:
    return {
        "supplier_id": receipt.supplier,
        "place": receipt.location,
        "delivery_note": receipt.delivery_note,
        "entry": receipt.entry,
        "held_by": receipt.held_by,
        "held_till": receipt.held_till,
    }


def _receipt(row: Row[Any], charges: tuple[Charge, ...]) -> GoodsReceipt:
    return GoodsReceipt(
        id=row.id,
        number=row.number,
        state=row.state,
        at=row.at,
        person=row.person,
        location=row.place,
        order=row.order_id,
        supplier=row.supplier_id,
        delivery_note=row.delivery_note,
        entry=row.entry,
        charges=charges,
        held_by=row.held_by,
        held_till=row.held_till,
        posted_at=row.posted_at,
        posted_by=row.posted_by,
        content=row.content,
        printed=row.printed,
        key=row.key,
    )


def _charge(row: Row[Any]) -> Charge:
    return Charge(row.kind, Money(row.amount_minor, CURRENCIES[row.currency]), row.late)


def _line_columns(line: GoodsReceiptLine) -> dict[str, Any]:
    return {
        "product_id": line.product,
        "lot_code": line.lot,
        "expiry": line.expiry,
        "counted": line.counted,
        "cost_minor": None if line.cost is None else line.cost.minor,
        "cost_currency": None if line.cost is None else line.cost.currency.code,
        "set_aside": line.set_aside,
        "closed_short": line.closed_short,
        "reason": line.reason or None,
    }


def _line(row: Row[Any]) -> GoodsReceiptLine:
    return GoodsReceiptLine(
        no=row.line_no,
        product=row.product_id,
        lot=row.lot_code,
        expiry=row.expiry,
        counted=row.counted,
        cost=None if row.cost_minor is None else Money(row.cost_minor, CURRENCIES[row.cost_currency]),
        set_aside=row.set_aside,
        closed_short=row.closed_short,
        reason=row.reason or "",
    )


def _summary(row: Row[Any]) -> GoodsReceiptSummary:
    return GoodsReceiptSummary(
        number=row.number,
        state=row.state,
        order=row.order_number,
        supplier=row.from_whom or "",
        delivery_note=row.delivery_note,
        at=row.at,
        person=row.person,
        pieces=int(row.pieces),
        held_by=row.held_by,
        held_till=row.held_till,
        posted_at=row.posted_at,
    )
