"""Dated prices against the journal: one line for each that was never set, differs, or is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from db.engine.types import as_stored, from_microseconds, to_microseconds
from db.tables.catalogue import product_change, product_price
from db.tables.shop import journal
from pos.domain.errors import BadInput
from pos.domain.money import Money, currency


class _Price(NamedTuple):
    minor: int
    currency: str
    person: str


def price_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the product and the instant."""
    copied_at: int | None = None
    journaled: dict[tuple[int, int], _Price] = {}
    events = ("make_training", "set_price", "withdraw_price", "set_prices", "withdraw_prices")
    for row in connection.execute(select(*as_stored(journal)).where(journal.c.act.in_(events)).order_by(journal.c.id)):
        if row.act == "make_training":
            copied_at = row.at  # those of the shop came along without an entry of their own
            continue
        try:
            details = json.loads(row.details)
            since = to_microseconds(datetime.fromisoformat(details["since"]))
            if row.act in ("set_price", "set_prices"):
                one = [[details["product"], details["price"]]] if row.act == "set_price" else details["prices"]
                for product_id, price in one:
                    money = Money.parse(price, currency(details["currency"]))
                    journaled[int(product_id), since] = _Price(money.minor, money.currency.code, row.person)
            else:
                for product_id in [details["product"]] if row.act == "withdraw_price" else details["products"]:
                    journaled.pop((int(product_id), since), None)
        except (ValueError, KeyError, TypeError, AttributeError, BadInput):
            yield f"journal {row.till} {row.number}: {row.act} cannot be replayed"
    for row in connection.execute(select(*as_stored(product_price)).order_by(product_price.c.product_id)):
        held = _Price(row.price_minor, row.price_currency, row.person)
        logged = journaled.pop((row.product_id, row.since), None)
        if logged == held or (copied_at is not None and row.set_at <= copied_at):
            continue
        if logged is None:
            if not _is_by_file(connection, row):
                yield f"{_named(row.product_id, row.since)}: no journal entry sets {held.minor} {held.currency}"
            continue
        # A file may bring another price in the instant of one that was set.
        if not _is_by_file(connection, row):
            named = _named(row.product_id, row.since)
            yield f"{named}: it is {held.minor} {held.currency}, the journal says {logged.minor} {logged.currency}"
    for product_id, since in sorted(journaled):
        yield f"{_named(product_id, since)}: it was set, and is gone"


def _is_by_file(connection: Connection, row: Any) -> bool:
    """True if the history has it: an import has one entry in the journal for all its rows."""
    question = select(product_change.c.id).where(
        product_change.c.product_id == row.product_id,
        product_change.c.field == "price",
        product_change.c.at == from_microseconds(row.set_at),
        product_change.c.person == row.person,
    )
    return connection.execute(question.limit(1)).first() is not None


def _named(product_id: int, since: int) -> str:
    return f"price of product {product_id} from {from_microseconds(since).isoformat()}"
