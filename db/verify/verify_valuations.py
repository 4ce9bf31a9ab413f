"""What changed the value of goods without moving any: each with the delivery, charge or movement that it came from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Connection, and_, exists, select

from db.engine.types import as_stored
from db.tables.catalogue import product
from db.tables.receiving import goods_receipt
from db.tables.shop import journal
from db.tables.stock import stock_move, stock_valuation
from pos.domain.purchasing.goods_receipt import POSTED, receipt_name

_CHARGES = "charges"
_Moment = tuple[str, int]
"""A delivery and an instant."""


def valuation_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each delivery whose charges changed another value, and each change that no goods brought."""
    late, at_posting = _late_charges(connection), _at_posting(connection)
    found: Counter[_Moment] = Counter()
    charges = select(*as_stored(stock_valuation)).where(stock_valuation.c.reason == _CHARGES)
    for row in connection.execute(charges.order_by(stock_valuation.c.id)):
        moment = (row.document or "", row.at)
        if (row.product_id, row.cost_minor) not in at_posting.get(moment, ()):
            found[moment] += row.cost_minor
    for moment in sorted(found.keys() | late.keys()):
        if found[moment] != late[moment]:
            changed = f"its charges changed the value of goods by {found[moment]}"
            yield f"goods receipt {moment[0]}: {changed}, the journal says {late[moment]}"
    came = exists().where(
        stock_move.c.product_id == stock_valuation.c.product_id,
        stock_move.c.at == stock_valuation.c.at,
        stock_move.c.quantity > 0,
    )
    strays = (
        select(product.c.code, stock_valuation.c.cost_minor)
        .join(product, product.c.id == stock_valuation.c.product_id)
        .where(and_(stock_valuation.c.reason != _CHARGES, ~came))
        .order_by(stock_valuation.c.id)
    )
    for code, cost in connection.execute(strays):
        yield f"stock {code}: its value was changed by {cost} where no goods came in"


def _late_charges(connection: Connection) -> Counter[_Moment]:
    """What the charges that came after a posting added to goods in stock, as the journal has it."""
    added: Counter[_Moment] = Counter()
    for row in connection.execute(select(*as_stored(journal)).where(journal.c.act == "late_charge")):
        details = json.loads(row.details)
        added[details["receipt"], row.at] += int(Decimal(details["on_owned"]) * 100)  # as all money of the shop
    return added


def _at_posting(connection: Connection) -> dict[_Moment, set[tuple[int, int]]]:
    """The charges on goods of unknown cost, by product, which a posting added to what was there."""
    posted = select(*as_stored(goods_receipt)).where(goods_receipt.c.state == POSTED)
    return {
        (receipt_name(row.number), row.posted_at): {
            (line["product"], int(Decimal(line["charges"]) * 100))
            for line in json.loads(row.content)["lines"]
            if line["landed"] is None
        }
        for row in connection.execute(posted)
    }
