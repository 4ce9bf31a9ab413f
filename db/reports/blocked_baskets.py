"""Baskets that were stopped for the allowance, and how each ended."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from db.sales.judgements import gauges_of
from db.tables.sales import sale
from db.tables.shop import journal
from pos.application.sales.reserve_for_payment import STOPPED
from pos.domain.reports.quota_use import beyond
from pos.domain.reports.trade_figures import TurnedAway

_AT_ONCE = 500
"""The most keys in one query."""


def turned_away(
    connection: Connection, first: datetime, end: datetime, *, till: str | None = None, person: str | None = None
) -> TurnedAway:
    """Those stopped from an instant until before another; one that was sold over its allowance was not turned away."""
    question = select(journal.c.till, journal.c.person, journal.c.details).where(
        journal.c.act == STOPPED, journal.c.at >= first, journal.c.at < end
    )
    stopped = {
        str(json.loads(row.details).get("basket", ""))
        for row in connection.execute(question)
        if till in (None, row.till) and person in (None, row.person)
    }
    over = dict(_sold(connection, sorted(stopped)))
    left_behind = sum(1 for is_over in over.values() if not is_over)
    return TurnedAway(len(stopped) - len(over) + left_behind, left_behind)


def _sold(connection: Connection, keys: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The baskets that were sold, and whether more than the allowance went out."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        keys_of = {
            row.id: row.key for row in connection.execute(select(sale.c.id, sale.c.key).where(sale.c.key.in_(some)))
        }
        over = {sale_id for sale_id, gauges in gauges_of(connection, list(keys_of)) if beyond(gauges)}
        yield from ((key, sale_id in over) for sale_id, key in keys_of.items())
