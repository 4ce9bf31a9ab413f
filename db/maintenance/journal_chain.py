"""Walks the chains of the journal in pieces, so that a till may sell between two of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, and_, func, select

from db.engine.canonical import content
from db.engine.stored_rows import stored_rows
from db.engine.types import as_stored
from db.tables.shop import journal, journal_head
from pos.application.ports.journal_ports import CHANGED, CUT, MISSING, ChainFault, ChainWalk

_ENTRIES = select(*as_stored(journal))
_MOST_FAULTS = 100
"""The most that are named; in a journal rewritten by a stranger every entry is one."""


def walk_on(connection: Connection, chain: Callable[[str, bytes], str], walk: ChainWalk, most: int) -> ChainWalk:
    """Walk at most `most` entries further, from the beginning on the first call."""
    if walk.ends is None:
        walk = _begun(connection, walk)
    while most > 0 and not walk.is_done:
        assert walk.ends is not None, "it has begun"
        till, end = walk.ends[walk.at]
        further = _ENTRIES.where(journal.c.till == till, journal.c.number > walk.number, journal.c.number <= end)
        rows = list(stored_rows(connection, further.order_by(journal.c.number).limit(most)))
        number, before, faults = walk.number, walk.mac, list(walk.faults)
        for row in rows:
            fields = row._asdict()
            del fields["id"], fields["mac"]
            if row.number != number + 1:
                faults.append(ChainFault(till, number + 1, MISSING))
            if chain(before, content(journal=fields)) != row.mac:
                faults.append(ChainFault(till, row.number, CHANGED))
            number, before = row.number, row.mac
        if not rows:  # none is left up to the end: it was taken out
            faults.append(ChainFault(till, number + 1, MISSING))
        walk = replace(
            walk, number=number, mac=before, walked=walk.walked + len(rows), faults=tuple(faults[:_MOST_FAULTS])
        )
        if number >= end or not rows:
            walk = replace(walk, at=walk.at + 1, number=0, mac="")
        most -= len(rows)
    return walk


def holds(connection: Connection, chain: Callable[[str, bytes], str], till: str, number: int) -> bool:
    """True if one entry is as it was written, after the one before it."""
    at = (journal.c.till == till, journal.c.number == number - 1)
    before = "" if number == 1 else connection.execute(select(journal.c.mac).where(*at)).scalar_one_or_none()
    if before is None:
        return False
    walk = ChainWalk(((till, number),), number=number - 1, mac=before)
    walk = walk_on(connection, chain, walk, 1)
    return walk.is_done and not walk.faults


def _begun(connection: Connection, walk: ChainWalk) -> ChainWalk:
    last = select(journal.c.till, func.max(journal.c.number).label("number")).group_by(journal.c.till).subquery()
    joined = last.join(journal, and_(journal.c.till == last.c.till, journal.c.number == last.c.number))
    written = {
        row.till: (row.number, row.mac)
        for row in connection.execute(select(last.c.till, last.c.number, journal.c.mac).select_from(joined))
    }
    remembered = {row.till: (row.entries, row.mac) for row in connection.execute(select(journal_head))}
    cut = tuple(
        ChainFault(till, written.get(till, (0, ""))[0], CUT)
        for till in sorted(written.keys() | remembered.keys())
        if written.get(till, (0, "")) != remembered.get(till, (0, ""))
    )
    return replace(walk, ends=tuple(sorted((till, number) for till, (number, _) in written.items())), cut=cut)
