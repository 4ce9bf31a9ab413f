"""Hand-overs recomputed from the facts: the owner of the shift, the cash there before, the journal's entry."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from db.sales.cash import HAND_OVER, notes_from
from db.shifts.hand_overs import cash_from
from db.tables.shop import cash_move, hand_over, journal, shift
from db.verify.pages import streamed
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.banknotes import worth
from pos.domain.shifts.hand_over import HandedCash

Before = Mapping[tuple[int, str], list[int]]


def hand_over_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names what and where."""
    journaled: dict[tuple[str, int, int], dict[str, Any]] = {}
    for row in connection.execute(select(journal).where(journal.c.act == HAND_OVER)):
        try:
            details = json.loads(row.details)
            journaled[row.till, details["shift"], details["number"]] = {**details, "at": row.at}
        except (ValueError, KeyError, TypeError):
            yield f"hand-over of till {row.till}: the journal does not say what a till writes"
    before = _before(connection)
    holders: dict[int, str] = {}
    question = (
        select(hand_over, shift.c.till, shift.c.number.label("shift_number"), shift.c.person)
        .join(shift, shift.c.id == hand_over.c.shift_id)
        .order_by(hand_over.c.shift_id, hand_over.c.number)
    )
    for row in connection.execute(question):
        name = f"hand-over {row.number} of shift {row.shift_number} {row.till}"
        if row.giver != holders.get(row.shift_id, row.person):
            yield f"{name}: {row.giver} gave what {holders.get(row.shift_id, row.person)} had"
        holders[row.shift_id] = row.taker
        try:
            cash = cash_from(json.loads(row.content))
            said = _said(journaled.pop((row.till, row.shift_number, row.number), None))
        except (ValueError, KeyError, TypeError, RuleBroken):
            yield f"{name}: it does not say what a till writes"
            continue
        if said != (row.giver, row.taker, row.approved_by, row.at, cash):
            yield f"{name}: the journal remembers another"
        yield from _counts(name, row.shift_id, cash, before)
    for till, number, hand_over_no in sorted(journaled):
        yield f"hand-over {hand_over_no} of shift {number} {till}: it is missing, the journal has it"


def _said(entry: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    """The journal's entry, in the form of the row."""
    if entry is None:
        return None
    lines = entry["cash"]
    cash = tuple(_line(code, lines[code]) for code in CURRENCIES if code in lines)
    return entry["giver"], entry["taker"], entry["approved_by"], entry["at"], cash


def _line(code: str, line: Mapping[str, Any]) -> HandedCash:
    currency = CURRENCIES[code]
    expected, counted, difference = (
        Money.parse(line[name], currency) for name in ("expected", "counted", "difference")
    )
    return HandedCash(currency, expected, counted, difference, notes_from(json.dumps(line["notes"])) or {})


def _before(connection: Connection) -> dict[tuple[int, str], list[int]]:
    """The expected cash of each drawer just before each count of a currency at a hand-over, in their order."""
    held: Counter[tuple[int, str]] = Counter()
    before: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    columns = (cash_move.c.shift_id, cash_move.c.kind, cash_move.c.currency, cash_move.c.amount_minor)
    handed_over = select(cash_move.c.shift_id).where(cash_move.c.kind == HAND_OVER)
    question = select(*columns).where(cash_move.c.shift_id.in_(handed_over)).order_by(cash_move.c.id)
    for row in streamed(connection, question):
        key = row.shift_id, row.currency
        if row.kind == HAND_OVER:
            before[key].append(held[key])
        held[key] += row.amount_minor
    return before


def _counts(name: str, shift_id: int, cash: tuple[HandedCash, ...], before: Before) -> Iterator[str]:
    """The next hand-over of a shift: the expected sums equal the movements before its count."""
    for line in cash:
        code, known = line.currency.code, before.get((shift_id, line.currency.code), [])
        should = known.pop(0) if known else 0
        expected = None if line.expected is None else line.expected.minor
        if expected != should:
            yield f"{name}: {code} expected {expected}, the movements come to {should}"
        if line.counted.minor != worth(line.notes) or line.counted.minor - should != line.difference.minor:
            yield f"{name}: {code} counted {line.counted.minor}, its notes come to {worth(line.notes)}"
