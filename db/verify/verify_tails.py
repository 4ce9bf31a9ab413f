"""The newest sales and journal entries of each till recomputed: a quick check of a copy instead of hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from sqlalchemy import Connection, select

from db.engine.types import as_stored
from db.maintenance.journal_chain import walk_on
from db.maintenance.skipped_numbers import RECEIPTS, skipped_numbers
from db.sales.sales import SqlSales
from db.tables.sales import sale
from db.tables.shop import journal, journal_head, register
from pos.application.ports.journal_ports import ChainWalk
from pos.domain.receipt_number import receipt_number

Chain = Callable[[str, bytes], str]
_TAIL = 200


def tail_mismatches(connection: Connection, chain: Chain) -> Iterator[str]:
    """Each till's last sales follow one another, are complete, and end at its register's and its journal's numbers."""
    sales = SqlSales(connection, chain)
    skipped = skipped_numbers(connection, RECEIPTS)
    for till, head, following in connection.execute(select(register.c.till, register.c.chain, register.c.next_no)):
        newest = select(*as_stored(sale)).where(sale.c.till == till).order_by(sale.c.number.desc()).limit(_TAIL)
        rows = list(reversed(connection.execute(newest).all()))
        mac, number = (rows[-1].mac, rows[-1].number) if rows else ("", 0)
        if (mac, skipped.following(till, number)) != (head, following):
            yield f"chain of sales {till}: the register remembers another last sale"
        for row, is_whole in zip(rows, sales.are_whole(rows), strict=True):
            if not is_whole:
                yield f"chain of sales {receipt_number(till, row.number)}: its content was changed"
        for row, after in pairwise(rows):
            if (after.number, after.before) != (skipped.following(till, row.number), row.mac):
                yield f"chain of sales {receipt_number(till, after.number)}: does not follow the sale before it"
    for till, entries, head in connection.execute(select(journal_head)):
        yield from _journal(connection, chain, till, entries, head)


def _journal(connection: Connection, chain: Chain, till: str, entries: int, head: str) -> Iterator[str]:
    before = max(0, entries - _TAIL)
    key = (journal.c.till == till, journal.c.number == before)
    mac = connection.execute(select(journal.c.mac).where(*key)).scalar_one_or_none() if before else ""
    walk = ChainWalk(((till, entries),), number=before, mac=mac or "")
    walk = walk_on(connection, chain, walk, _TAIL)
    last = select(journal.c.mac).where(journal.c.till == till, journal.c.number == entries)
    if walk.faults or connection.execute(last).scalar_one_or_none() != head:
        yield f"journal {till}: its end is not as it was written"
