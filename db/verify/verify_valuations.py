"""What changed the value of goods without moving any: each with the delivery, charge or movement that it came from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, exists, select

from db.engine.types import as_stored
from db.tables.catalogue import product
from db.tables.receiving import goods_receipt
from db.tables.shop import journal
from db.tables.stock import stock_move, stock_valuation
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.purchasing.goods_receipt import POSTED, receipt_name

_CHARGES = "charges"
_Moment = tuple[str, int]
"""A delivery and an instant."""


class _Posted(NamedTuple):
    at: int
    currency: Currency
    lines: Sequence[Mapping[str, Any]]


def valuation_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each delivery whose charges changed another value, and each change that no goods brought."""
    posted = _posted(connection)
    late, at_posting = _late_charges(connection, posted), _at_posting(posted)
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


def _posted(connection: Connection) -> dict[str, _Posted]:
    """The posted deliveries by name; their values are in the price currency of their time."""
    rows = select(*as_stored(goods_receipt)).where(goods_receipt.c.state == POSTED)
    contents = ((row, json.loads(row.content)) for row in connection.execute(rows))
    return {
        receipt_name(row.number): _Posted(row.posted_at, CURRENCIES[content["currency"]], content["lines"])
        for row, content in contents
    }


def _late_charges(connection: Connection, posted: Mapping[str, _Posted]) -> Counter[_Moment]:
    """What the charges that came after a posting added to goods in stock, as the journal has it."""
    added: Counter[_Moment] = Counter()
    for row in connection.execute(select(*as_stored(journal)).where(journal.c.act == "late_charge")):
        details = json.loads(row.details)
        delivery = posted.get(details["receipt"])
        if delivery is not None:  # a delivery that is gone is named where deliveries are verified
            added[details["receipt"], row.at] += Money.parse(details["on_owned"], delivery.currency).minor
    return added


def _at_posting(posted: Mapping[str, _Posted]) -> dict[_Moment, set[tuple[int, int]]]:
    """The charges on goods of unknown cost, by product, which a posting added to what was there."""
    return {
        (name, delivery.at): {
            (line["product"], Money.parse(line["charges"], delivery.currency).minor)
            for line in delivery.lines
            if line["landed"] is None
        }
        for name, delivery in posted.items()
    }
