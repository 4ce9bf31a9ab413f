"""Visitors of made-up trade: their rows are buffered, and the purchases of each today are cached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import bindparam, func, select, update

from db.seed.past_books import Waiting
from db.tables.visitors import visitor, visitor_document
from db.visitors.visitors import SqlVisitors
from pos.application.ports.visitor_ports import EntryKey, Keys, LedgerLine, LockedVisitor
from pos.domain.sales.sale import Sale
from pos.domain.visitors.visitor import Visitor

_KNOWN = "SELECT visitor_id FROM visitor_document WHERE document_key = ?"
_CAME_BACK = (
    update(visitor)
    .where(visitor.c.id == bindparam("of_row"))
    .values(last_seen=bindparam("now", type_=visitor.c.last_seen.type))
)


@dataclass
class SeenVisitor:
    """A visitor seen since the last flush: the row, purchases under a regime, and the rows to be written later."""

    rows: dict[str, int] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)
    """First-time visitors without rows in the store. The last of them can be forgotten again."""
    ledgers: dict[tuple[str, str], list[LedgerLine]] = field(default_factory=dict)
    taxed: list[tuple[EntryKey, int]] = field(default_factory=list)
    came_back: dict[int, datetime] = field(default_factory=dict)


class PastVisitors(SqlVisitors):
    """Visitors over one connection; documents are never linked in made-up trade."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting.connection)
        self._waiting, self._connection = waiting, waiting.connection
        self._seen = SeenVisitor()
        self._next_row = 0

    def write(self) -> None:
        """Write the rows that depend on rows written by now, and clear the cache."""
        for key, units in self._seen.taxed:
            super().retax(key, units)
        if self._seen.came_back:
            rows = [{"of_row": row, "now": at} for row, at in self._seen.came_back.items()]
            self._connection.execute(_CAME_BACK, rows)
        self._seen = SeenVisitor()
        self._next_row = 0

    def count_strangers(self) -> int:
        """The number of first-time visitors since the last flush."""
        return len(self._seen.strangers)

    def forget_strangers(self, after: int) -> None:
        """Forget the visitors first seen after `after` others: nothing was sold to them."""
        for key in self._seen.strangers[after:]:
            del self._seen.rows[key]
            self._next_row -= 1
        del self._seen.strangers[after:]

    def lock(self, visitors: Sequence[Visitor], at: datetime) -> Mapping[str, LockedVisitor]:
        rows = {one.label: self._locked(one, at) for one in visitors}
        return {label: LockedVisitor(row, row) for label, row in rows.items()}

    def entries(self, keys: Keys) -> Sequence[date]:  # noqa: ARG002 # made-up trade asks no visitor
        return ()

    def ledger(self, keys: Keys, regime: str, since: datetime, beside: datetime | None = None) -> Sequence[LedgerLine]:
        visitor_key = keys if isinstance(keys, str) else keys[0]
        cache_key = visitor_key, regime
        if cache_key not in self._seen.ledgers:
            if self._row(visitor_key) is None or visitor_key in self._seen.strangers:
                return []
            self._seen.ledgers[cache_key] = list(super().ledger(visitor_key, regime, since))
        own = self._seen.ledgers[cache_key]
        others = [
            line
            for (key, name), lines in self._seen.ledgers.items()
            if beside is not None and key == visitor_key and name != regime
            for line in lines
            if line.at >= beside
        ]
        return sorted([*own, *others], key=lambda line: line.at) if others else own

    def retax(self, entry: EntryKey, taxed: int) -> None:
        self._seen.taxed.append((entry, taxed))
        for lines in self._seen.ledgers.values():
            lines[:] = [replace(line, taxed=taxed) if line.key == entry else line for line in lines]

    def remember(self, sold: Sale, sale_id: int) -> None:
        """Keep the ledger lines of a sale for its visitors."""
        keys = {one.label: one.key for one in sold.visitors}
        for line in sold.lines:
            if line.carrier is None or sold.regime is None:
                continue
            self._seen.ledgers.setdefault((keys[line.carrier], sold.regime), []).append(
                LedgerLine(
                    at=sold.at,
                    carried_out_at=None,
                    name=line.name,
                    category=line.category,
                    quantity=line.quantity,
                    taxed=line.taxed,
                    unit_price=line.unit_price,
                    discount=line.discount,
                    attributes=line.attributes,
                    regime=sold.regime,
                    receipt=sold.receipt,
                    key=EntryKey(sale_id, line.line),
                )
            )

    def _locked(self, person: Visitor, at: datetime) -> int:
        row = self._row(person.key)
        if row is not None:
            self._seen.came_back[row] = at
            return row
        if not self._next_row:
            last = self._connection.execute(select(func.coalesce(func.max(visitor.c.id), 0))).scalar_one()
            self._next_row = int(last) + 1
        row, self._next_row = self._next_row, self._next_row + 1
        document = {"kind": person.kind, "country": person.country, "masked": person.masked}
        self._waiting.rows.add(visitor, [{"id": row, "first_seen": at, "last_seen": at}])
        self._waiting.rows.add(visitor_document, [{"document_key": person.key, "visitor_id": row, **document}])
        self._seen.rows[person.key] = row
        self._seen.strangers.append(person.key)
        return row

    def _row(self, key: str) -> int | None:
        known = self._seen.rows.get(key)
        if known is None:
            stored = self._connection.connection.cursor().execute(_KNOWN, (key,)).fetchone()
            if stored is None:
                return None
            known = self._seen.rows[key] = int(stored[0])
        return known
