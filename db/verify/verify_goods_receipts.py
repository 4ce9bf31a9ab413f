"""Goods receipts against their movements: each as frozen, and each order against its deliveries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, and_, func, select

from db.engine.types import as_stored
from db.tables.catalogue import product
from db.tables.receiving import goods_receipt, order_line, purchase_order, receipt_line
from db.tables.shop import journal
from db.tables.stock import lot, stock_move
from pos.domain.money import CURRENCIES, Money
from pos.domain.purchasing.goods_receipt import POSTED, receipt_name
from pos.domain.purchasing.purchase_order import order_name

_Posting = tuple[int, str, str | None]
"""When it was posted, by whom, and the hash of its content; None: an older entry has none."""

_Line = tuple[int, int, int, int | None]
"""Number, product, pieces and landed cost of a line."""

_KEPT = receipt_line.c.set_aside.is_(False)


def goods_receipt_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each receipt with movements or lines unlike its content, and each order line with a wrong sum."""
    yield from _orders(connection)
    yield from _contents(connection)
    yield from _strays(connection)


def _orders(connection: Connection) -> Iterator[str]:
    brought = (
        select(goods_receipt.c.order_id, receipt_line.c.product_id, func.sum(receipt_line.c.counted).label("pieces"))
        .join(receipt_line, receipt_line.c.receipt_id == goods_receipt.c.id)
        .where(goods_receipt.c.state == POSTED, _KEPT)
        .group_by(goods_receipt.c.order_id, receipt_line.c.product_id)
        .subquery()
    )
    pieces = func.coalesce(brought.c.pieces, 0)
    question = (
        select(purchase_order.c.number, product.c.code, order_line.c.received, pieces.label("pieces"))
        .select_from(order_line)
        .join(purchase_order, purchase_order.c.id == order_line.c.order_id)
        .join(product, product.c.id == order_line.c.product_id)
        .outerjoin(
            brought,
            and_(brought.c.order_id == order_line.c.order_id, brought.c.product_id == order_line.c.product_id),
        )
        .where(order_line.c.received != pieces)
        .order_by(purchase_order.c.number, product.c.code)
    )
    for row in connection.execute(question):
        name = order_name(row.number)
        yield f"order {name}, {row.code}: {row.received} received, its deliveries brought {row.pieces}"


def _contents(connection: Connection) -> Iterator[str]:
    """The frozen document equals the goods moved in, by product and lot, and the counts of its lines."""
    moved: dict[str, dict[tuple[int, str], int]] = {}
    costs: dict[tuple[str, int, str], int] = {}
    moves = (
        select(
            stock_move.c.document,
            stock_move.c.product_id,
            lot.c.code,
            func.sum(stock_move.c.quantity),
            func.sum(stock_move.c.cost_minor),
        )
        .outerjoin(lot, lot.c.id == stock_move.c.lot_id)
        .where(stock_move.c.reason == "receipt")
        .group_by(stock_move.c.document, stock_move.c.product_id, lot.c.code)
    )
    for document, product_id, code, pieces, cost in connection.execute(moves):
        moved.setdefault(document, {})[(product_id, code or "")] = int(pieces)
        costs[document, product_id, code or ""] = int(cost or 0)
    counted: dict[int, set[_Line]] = {}
    for line in connection.execute(select(receipt_line).where(_KEPT, receipt_line.c.counted > 0)):
        counted.setdefault(line.receipt_id, set()).add((line.line_no, line.product_id, line.counted, line.landed_minor))
    posted = select(*as_stored(goods_receipt)).where(goods_receipt.c.state == POSTED).order_by(goods_receipt.c.number)
    journaled = _journaled(connection)
    for row in connection.execute(posted):
        name = receipt_name(row.number)
        yield from _document_faults(name, row, journaled.get(name))
        content = json.loads(row.content)
        said: dict[tuple[int, str], int] = {}
        for line in content["lines"]:
            key = (line["product"], line["lot"])
            said[key] = said.get(key, 0) + line["counted"]
        if said != moved.get(name, {}):
            yield f"goods receipt {name}: its document is not what was moved in"
        elif any(cost != costs[name, *key] for key, cost in _landed(content).items()):
            yield f"goods receipt {name}: its document is not what the goods moved in cost"
        if _document_lines(content) != counted.get(row.id, set()):
            yield f"goods receipt {name}: its document is not what its lines count"


def _document_lines(content: dict[str, Any]) -> set[_Line]:
    """The lines of a frozen document; its lots and last days are those of the books, the table has them as counted."""
    price = CURRENCIES[content["currency"]]
    return {
        (
            line["line"],
            line["product"],
            line["counted"],
            None if line["landed"] is None else Money.parse(line["landed"], price).minor,
        )
        for line in content["lines"]
    }


def _landed(content: dict[str, Any]) -> dict[tuple[int, str], int]:
    """The landed cost of a frozen document by product and lot, where that of all its lines is known."""
    price = CURRENCIES[content["currency"]]
    landed: dict[tuple[int, str], int | None] = {}
    for line in content["lines"]:
        key = (line["product"], line["lot"])
        before = landed.get(key, 0)
        of_line = None if line["landed"] is None else Money.parse(line["landed"], price).minor
        landed[key] = None if before is None or of_line is None else before + of_line
    return {key: cost for key, cost in landed.items() if cost is not None}


def _journaled(connection: Connection) -> Mapping[str, _Posting]:
    """What the journal says of each posted receipt, by its name."""
    entries = select(*as_stored(journal)).where(journal.c.act == "post_receipt").order_by(journal.c.id)
    found: dict[str, _Posting] = {}
    for row in connection.execute(entries):
        details = json.loads(row.details)
        found[details["receipt"]] = (row.at, row.person, details.get("sha256"))
    return found


def _document_faults(name: str, row: Any, journaled: _Posting | None) -> Iterator[str]:
    """The content is the one that was posted, and the row has the documents and the place of its content."""
    if journaled is None:
        yield f"goods receipt {name}: no journal entry posts it"
        return
    at, person, digest = journaled
    if digest is not None and sha256(row.content.encode()).hexdigest() != digest:
        yield f"goods receipt {name}: its document is not what was posted"
        return
    content = json.loads(row.content)
    if any(getattr(row, column) != content[column] for column in ("delivery_note", "entry", "place")):
        yield f"goods receipt {name}: it is not what its document says"
    if (row.posted_at, row.posted_by) != (at, person):
        yield f"goods receipt {name}: the journal says that another posted it, or when"


def _strays(connection: Connection) -> Iterator[str]:
    """Goods that came in as received under the number of no posted receipt."""
    numbers = select(goods_receipt.c.number).where(goods_receipt.c.state == POSTED)
    known = {receipt_name(number) for number in connection.execute(numbers).scalars()}
    is_named = stock_move.c.document.is_not(None)
    documents = select(stock_move.c.document).where(stock_move.c.reason == "receipt", is_named).distinct()
    for document in connection.execute(documents).scalars():
        if document not in known:
            yield f"stock document {document}: goods were received by no posted delivery"
