"""Posted stock-takes compared with their movements, and with the journal that has the fingerprint of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from db.tables.counting import stock_count
from db.tables.shop import journal
from db.tables.stock import stock_move


def count_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each stock-take whose content differs from its movements and the journal."""
    sealed: dict[str, str] = {}
    for (details,) in connection.execute(select(journal.c.details).where(journal.c.act == "post_count")):
        entry = json.loads(details) if isinstance(details, str) else details
        sealed[str(entry.get("count"))] = str(entry.get("sha256"))
    posted = select(stock_count).where(stock_count.c.content.is_not(None)).order_by(stock_count.c.number)
    names = set()
    for row in connection.execute(posted):
        name = f"C-{row.number:06d}"
        names.add(name)
        if sealed.get(name) != sha256(row.content.encode()).hexdigest():
            yield f"count {name}: its content is not the one that was posted"
        content: Mapping[str, Any] = json.loads(row.content)
        entry = Counter({(one["product"], one["lot"]): 0 for one in content["moves"]})
        for one in content["moves"]:
            entry[(one["product"], one["lot"])] += one["quantity"]
        moved: Counter[tuple[int, int | None]] = Counter()
        question = select(stock_move.c.product_id, stock_move.c.lot_id, stock_move.c.quantity, stock_move.c.place)
        for move in connection.execute(question.where(stock_move.c.document == name)):
            moved[(move.product_id, move.lot_id)] += move.quantity
            if move.place != row.place:
                yield f"count {name}: a movement at {move.place}, it counted {row.place}"
        if dict(entry) != dict(moved):
            yield f"count {name}: its movements are not its differences"
    lost = select(stock_move.c.document).where(stock_move.c.document.startswith("C-")).distinct()
    for document in connection.execute(lost).scalars():
        if document not in names:
            yield f"count {document}: movements of a stock-take that was not posted"
