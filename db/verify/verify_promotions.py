"""Promotions against the journal: one line for each that differs from its entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from db.pricing.promotions import SqlPromotions
from db.tables.shop import journal
from pos.application.pricing.promotions import promotion_json

_INSTANTS = ("from", "to", "ended")


def promotion_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the promotion."""
    journaled: dict[int, dict[str, Any]] = {}
    copied = False
    events = ("make_training", "add_promotion", "change_promotion", "end_promotion")
    for row in connection.execute(select(journal).where(journal.c.act.in_(events)).order_by(journal.c.id)):
        try:
            details = json.loads(row.details)
            if row.act == "make_training":
                copied = True  # those of the shop came along without an entry of their own
            elif row.act == "add_promotion":
                journaled[details["promotion"]] = _exact(details)
            elif row.act == "change_promotion":
                number = details["promotion"]
                before = journaled.get(number, {}).get("from")
                if before is not None and row.at >= before:
                    yield f"promotion {number}: it was changed when it had begun"
                journaled[number] = _exact({name: value for name, value in details.items() if name != "before"})
            else:
                journaled.setdefault(details["promotion"], {})["ended"] = row.at
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"journal {row.till} {row.number}: {row.act} cannot be replayed"
    try:
        known = SqlPromotions(connection).all()
    except (ValueError, KeyError, TypeError, ArithmeticError):
        yield "promotions: one is not what a till writes"
        return
    for promotion in known:
        fields = journaled.pop(promotion.id, None)
        if fields is None and not copied:
            yield f"promotion {promotion.id} {promotion.name}: no journal entry adds it"
        held = _exact(promotion_json(promotion))
        for name, value in sorted((fields or {}).items()):
            if value != held.get(name):
                yield f"promotion {promotion.id} {promotion.name}: {name} is {held.get(name)}, the journal says {value}"
    for number in sorted(journaled):
        yield f"promotion {number}: it was added, and is gone"


def _exact(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same with its instants parsed: the same instant may be written in any zone."""
    instants = {name: fields[name] and datetime.fromisoformat(fields[name]) for name in _INSTANTS}
    return {**fields, **instants}
