"""Entries of the journal, newest first, by a filter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select, union_all

from db.tables.shop import journal
from pos.application.ports.journal_ports import JournalCursor, JournalEntry, JournalFilter, JournalPage

_WINDOW = 20_000
"""The number of entries read at once for words, a person or a till: a scan waits no longer than for those."""
_MOST_WORDS = 8


def journal_found(
    connection: Connection, criteria: JournalFilter, limit: int, before: JournalCursor | None
) -> JournalPage:
    """The newest of each act by its index, then those of them that match."""
    fits = _fits(criteria)
    window = _WINDOW if fits else limit + 1
    newest = _newest(criteria, before, window).subquery()
    question = (
        select(journal)
        .join(newest, newest.c.id == journal.c.id)
        .where(*fits)
        .order_by(newest.c.at.desc(), newest.c.id.desc())
        .limit(limit + 1)
    )
    rows = connection.execute(question).all()
    if len(rows) > limit:
        last: Any = rows[limit - 1]
        return JournalPage(tuple(_entry(row) for row in rows[:limit]), JournalCursor(last.at, last.id))
    reached = None
    if fits:
        edge = select(newest.c.at, newest.c.id).order_by(newest.c.at.desc(), newest.c.id.desc())
        reached = connection.execute(edge.offset(window - 1).limit(1)).one_or_none()
    return JournalPage(
        tuple(_entry(row) for row in rows), None if reached is None else JournalCursor(reached.at, reached.id)
    )


def _newest(criteria: JournalFilter, before: JournalCursor | None, window: int) -> Select[Any]:
    """Id and instant of the newest `window` entries of the acts, within the period and before the cursor."""
    within: list[ColumnElement[bool]] = []
    if criteria.since is not None:
        within.append(journal.c.at >= criteria.since)
    if criteria.until is not None:
        within.append(journal.c.at < criteria.until)
    if before is not None:
        same = and_(journal.c.at == before.at, journal.c.id < before.id)
        within += [journal.c.at <= before.at, or_(journal.c.at < before.at, same)]
    events: list[list[ColumnElement[bool]]] = [[journal.c.act == event] for event in criteria.events] or [[]]
    of_each = [
        select(journal.c.id, journal.c.at)
        .where(*event, *within)
        .order_by(journal.c.at.desc(), journal.c.id.desc())
        .limit(window)
        .subquery()
        for event in events
    ]
    if len(of_each) == 1:
        return select(of_each[0].c.id, of_each[0].c.at)
    together = union_all(*(select(one.c.id, one.c.at) for one in of_each)).subquery()
    return select(together.c.id, together.c.at).order_by(together.c.at.desc(), together.c.id.desc()).limit(window)


def _fits(criteria: JournalFilter) -> list[ColumnElement[bool]]:
    fits: list[ColumnElement[bool]] = []
    if criteria.person:
        fits.append(journal.c.person == criteria.person)
    if criteria.till:
        fits.append(journal.c.till == criteria.till)
    for word in criteria.text.split()[:_MOST_WORDS]:
        # Engines fold ASCII only: a word in another script is searched in its usual spellings.
        ways = {word, word.lower(), word.upper(), word.capitalize()} if not word.isascii() else {word}
        fits.append(
            or_(
                *(
                    column.icontains(way, autoescape=True)
                    for way in sorted(ways)
                    for column in (journal.c.act, journal.c.person)
                ),
                *(journal.c.details.icontains(_in_json(way), autoescape=True) for way in sorted(ways)),
            )
        )
    return fits


def _in_json(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)[1:-1]


def _entry(row: Row[Any]) -> JournalEntry:
    return JournalEntry(row.id, row.till, row.number, row.at, row.person, row.act, _details(row.details), row.mac)


def _details(text: str) -> Mapping[str, Any]:
    """Entries of a till are parsed; foreign ones are shown, and `verify` names them."""
    try:
        details = json.loads(text)
    except ValueError:
        return {"": text}
    return details if isinstance(details, dict) else {"": details}
