"""Facts learnt after a sale, replayed from the journal: one line for each difference from the ledgers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from db.engine.stored_rows import stored_rows
from db.engine.types import as_stored, to_microseconds
from db.tables.sales import sale
from db.tables.shop import journal
from db.tables.visitors import declared_line, quota_entry, visitor, visitor_document
from db.verify.pages import in_groups, of_receipts, streamed
from pos.domain.receipt_number import receipt_number

_LineKey = tuple[str, int, bool]
"""A line of the ledger as the journal names it: receipt, line, whether declared."""

_EVENTS = ("sale", "left", "move_quota", "link", "part", "return", "void_sale")
_LATER = {
    "carried_out_at": "carried out",
    "moved_to": "moved to visitor",
    "taxed_now": "dutiable units",
    "returned": "came back",
}


def visit_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the line of the ledger, or the visitor."""
    journaled = _Journaled()
    # By the numbers of the rows and not by the clock, which can be set back: the transaction that has locked a visitor
    # writes its entry before the next one can.
    entries = select(*as_stored(journal)).where(journal.c.act.in_(_EVENTS)).order_by(journal.c.id)
    numbers: dict[str, int] = {}
    for row in stored_rows(connection, entries, all_at_once=False):
        if row.number < numbers.get(row.till, 0):
            yield f"journal {row.till} {row.number}: it stands after a later entry"
        numbers[row.till] = row.number
        try:
            journaled.replay(row.act, json.loads(row.details))
        except (ValueError, KeyError, TypeError, AttributeError):
            yield f"journal {row.till} {row.number}: {row.act} cannot be replayed"
    yield from _lines(connection, journaled)
    yield from _persons(connection, journaled)


@dataclass(slots=True)
class _Journaled:
    """The journal's facts, replayed entry by entry."""

    later: dict[_LineKey, dict[str, Any]] = field(default_factory=dict)
    same_as: dict[int, int] = field(default_factory=dict)

    def replay(self, event: str, details: Mapping[str, Any]) -> None:
        for line in details.get("retaxed", ()):
            self._mark(line, "taxed_now", int(line["taxed"]))
        if event == "left":
            at = to_microseconds(datetime.fromisoformat(details["at"]))
            for line in details["lines"]:
                self._mark(line, "carried_out_at", at)
        elif event == "move_quota":
            for line in details["lines"]:
                self._mark(line, "moved_to", int(details["to"]))
        elif event in ("return", "void_sale"):
            for line in details["freed"]:
                self._free(line, int(line["units"]))
        elif event == "link":
            self._link(int(details["paper"]), int(details["to"]))
        elif event == "part":
            self._part(int(details["paper"]))

    def _mark(self, line: Mapping[str, Any], column: str, value: int) -> None:
        key = (str(line["receipt"]), int(line["line"]), bool(line["declared"]))
        self.later.setdefault(key, {})[column] = value

    def _free(self, line: Mapping[str, Any], units: int) -> None:
        key = (str(line["receipt"]), int(line["line"]), bool(line["declared"]))
        columns = self.later.setdefault(key, {})
        columns["returned"] = columns.get("returned", 0) + units

    def _link(self, row: int, to: int) -> None:
        head = self.same_as.get(row, row)
        for one in [head, *self._others(head)]:
            self.same_as[one] = to

    def _part(self, row: int) -> None:
        head = self.same_as.pop(row, row)
        if head == row and (others := sorted(self._others(row))):
            del self.same_as[others[0]]
            self.same_as.update(dict.fromkeys(others[1:], others[0]))

    def _others(self, head: int) -> list[int]:
        return [one for one, other in self.same_as.items() if other == head]


def _lines(connection: Connection, journaled: _Journaled) -> Iterator[str]:
    """The journal's facts about each line against the ledgers; most lines have none on either side."""
    seen: set[_LineKey] = set()
    for key, values in _stored_changes(connection):
        seen.add(key)
        receipt = key[0]
        for column, value in values.items():
            expected = journaled.later.get(key, {}).get(column)
            if value != expected:
                yield f"{_name(key)} {receipt}: {_LATER[column]} {value}, the journal says {expected}"
    for keys in in_groups(sorted(journaled.later.keys() - seen)):
        there = _there(connection, keys)
        for key in keys:
            receipt = key[0]
            if key not in there:
                yield f"{_name(key)} {receipt}: the journal knows more of it, and it is gone"
                continue
            for column, expected in journaled.later[key].items():
                yield f"{_name(key)} {receipt}: {_LATER[column]} None, the journal says {expected}"


def _name(key: _LineKey) -> str:
    _, line, declared = key
    return f"declared {line}" if declared else f"quota of line {line}"


def _there(connection: Connection, keys: Sequence[_LineKey]) -> set[_LineKey]:
    """Which of these lines are in the ledgers."""
    existing: set[_LineKey] = set()
    for table, number in ((quota_entry, quota_entry.c.line_no), (declared_line, declared_line.c.no)):
        lines = select(sale.c.till, sale.c.number, number.label("line")).join(sale, sale.c.id == table.c.sale_id)
        for receipt, rows in of_receipts(connection, {key[0] for key in keys}, lines).items():
            existing |= {(receipt, row.line, table is declared_line) for row in rows}
    return existing


def _stored_changes(connection: Connection) -> Iterator[tuple[_LineKey, dict[str, Any]]]:
    for table, line_column, columns in (
        (quota_entry, "line_no", ("carried_out_at", "moved_to", "taxed_now", "returned")),
        (declared_line, "no", ("carried_out_at", "taxed_now")),
    ):
        stored = {column.name: column for column in as_stored(table)}
        question = (
            select(sale.c.till, sale.c.number, table.c[line_column], *(stored[name] for name in columns))
            .join(sale, sale.c.id == table.c.sale_id)
            .where(or_(*(table.c[name].is_not(None) for name in columns)))
        )
        rows: Iterator[Any] = streamed(connection, question)
        for row in rows:
            where = (receipt_number(row[0], row[1]), int(row[2]), table is declared_line)
            yield where, dict(zip(columns, row[3:], strict=True))


def _persons(connection: Connection, journaled: _Journaled) -> Iterator[str]:
    linked = select(visitor.c.id, visitor.c.same_as).where(visitor.c.same_as.is_not(None))
    stored = {row.id: row.same_as for row in connection.execute(linked)}
    for row in sorted(stored.keys() | journaled.same_as.keys()):
        if stored.get(row) != journaled.same_as.get(row):
            yield f"visitor {row}: the same as {stored.get(row)}, the journal says {journaled.same_as.get(row)}"
    of = visitor_document.c.visitor_id
    lost = select(of).distinct().outerjoin(visitor, visitor.c.id == of).where(visitor.c.id.is_(None)).order_by(of)
    for row in connection.execute(lost).scalars():
        yield f"visitor {row}: gone, and the documents are still there"
