"""Rates against the journal: one line for each that was never set, and for each that is gone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from db.engine.types import as_stored, from_microseconds, to_microseconds
from db.tables.shop import journal, rate

_FIRST = ("make_demo", "make_training")
"""Acts that fill an empty store with rates without entries of their own. A demo names them, an older one does not."""

_JournaledRate = tuple[str, int, str, str, str | None, str]


def rates_content(connection: Connection) -> list[dict[str, Any]]:
    """The rates with which a store was filled at once, for the journal entry that lists them."""
    return [
        {
            "currency": one.currency,
            "since": from_microseconds(one.since).isoformat(),
            "buy": one.buy,
            "sell": one.sell,
            "customs": one.customs,
            "person": one.person,
        }
        for one in connection.execute(select(*as_stored(rate)).order_by(rate.c.currency, rate.c.since, rate.c.entry))
    ]


def rate_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the currency and the instant."""
    filled: int | None = None
    journaled: Counter[_JournaledRate] = Counter()
    events = (*_FIRST, "set_rate")
    for row in connection.execute(select(*as_stored(journal)).where(journal.c.act.in_(events)).order_by(journal.c.id)):
        try:
            details = json.loads(row.details)
            if row.act not in _FIRST:
                journaled[_journaled_rate(row.person, details)] += 1
            elif "rates" in details:
                journaled.update(_journaled_rate(one["person"], one) for one in details["rates"])
            else:
                filled = row.at
        except (ValueError, KeyError, TypeError):
            yield f"journal {row.till} {row.number}: {row.act} cannot be replayed"
    held = connection.execute(select(*as_stored(rate))).all()
    known = Counter((r.currency, r.since, r.buy, r.sell, r.customs, r.person) for r in held)
    for one in sorted((known - journaled).keys(), key=str):
        if filled is None or one[1] > filled:
            yield f"{_named(one)}: no journal entry sets it"
    for one in sorted((journaled - known).keys(), key=str):
        yield f"{_named(one)}: it was set, and is gone"


def _journaled_rate(person: str, details: dict[str, Any]) -> _JournaledRate:
    since = to_microseconds(datetime.fromisoformat(details["since"]))
    return details["currency"], since, details["buy"], details["sell"], details["customs"], person


def _named(one: _JournaledRate) -> str:
    return f"rate {one[0]} {one[2]}/{one[3]} from {from_microseconds(one[1]).isoformat()}"
