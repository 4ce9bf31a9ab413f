"""Shifts recomputed from the facts: their cash by the journal, their notes, their Z reports and the chain of these."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from db.engine.canonical import content
from db.engine.stored_rows import stored_rows
from db.engine.types import as_stored
from db.maintenance.skipped_numbers import ZS, skipped_numbers
from db.pickup.deposits import deposit_sums
from db.sales.cash import HAND_OVER, notes_text, recounted
from db.shifts.receipt_sums import ReceiptSums
from db.shifts.shift_figures import cash_of
from db.shifts.z_rows import report_from
from db.tables.pickup import deposit_entry
from db.tables.sales import sale
from db.tables.shop import cash_move, drawer, journal, shift, z_report
from db.verify.verify_hand_overs import hand_over_mismatches
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Money
from pos.domain.shifts.shift_report import CashLine, ShiftReport, z_name

Chain = Callable[[str, bytes], str]
Move = tuple[str, int, str, str, int, str | None, str, str | None]
"""Till, shift, kind, currency, signed minor units, notes as stored, person, reason."""

_SIGNS = {"float": 1, "in": 1, "out": -1, "drop": -1, "deposit": 1, "deposit_back": -1}
_OF_DEPOSITS = {"take_deposit": "deposit", "give_back_deposit": "deposit_back"}
"""Acts on deposits, with the kind of the cash that they move; its reason is the code of the order."""


def shift_mismatches(connection: Connection, chain: Chain) -> Iterator[str]:
    """Each mismatch as one line that names what and where."""
    yield from _moves(connection)
    yield from _shifts(connection)
    yield from hand_over_mismatches(connection)
    yield from _drawers(connection)
    yield from _z_chains(connection, chain)
    yield from _closes(connection)


def _moves(connection: Connection) -> Iterator[str]:
    """Cash that moved without a sale equals the journal: how much, in which notes, by whom and why."""
    journaled: Counter[Move] = Counter()
    events = journal.c.act.in_(("open_shift", "move_cash", HAND_OVER, *_OF_DEPOSITS))
    for row in connection.execute(select(journal).where(events)):
        try:
            journaled.update(_moves_of(row.till, row.person, row.act, json.loads(row.details)))
        except (ValueError, KeyError, TypeError, AttributeError, RuleBroken):
            yield f"cash of till {row.till}: the journal does not say what a till writes"
    moved: Counter[Move] = Counter()
    question = (
        select(shift.c.till, shift.c.number, cash_move.c.kind, cash_move.c.currency, cash_move.c.amount_minor)
        .add_columns(
            cash_move.c.notes,
            func.coalesce(cash_move.c.person, shift.c.person),  # a float of before the person was kept with it
            cash_move.c.reason,
        )
        .join(shift, shift.c.id == cash_move.c.shift_id)
        .where(cash_move.c.sale_id.is_(None))
    )
    for row in connection.execute(question):
        moved[tuple(row)] += 1
    for move in sorted((journaled - moved) + (moved - journaled), key=str):
        till, number, kind, code, minor, _, _, _ = move
        yield (
            f"cash of shift {number} {till}: {kind} {minor} {code}"
            f" stands {moved[move]} times, in the journal {journaled[move]} times"
        )


def _moves_of(till: str, person: str, event: str, details: Mapping[str, Any]) -> Iterator[Move]:
    if event == "open_shift":
        notes = details.get("notes", {})
        for code, text in details["float"].items():
            named = None if code not in notes else _notes(notes[code])
            minor = Money.parse(text, CURRENCIES[code]).minor
            yield till, details["number"], "float", code, minor, named, person, None
        return
    if event == HAND_OVER:
        for code, line in details["cash"].items():
            minor = Money.parse(line["difference"], CURRENCIES[code]).minor
            yield till, details["shift"], event, code, minor, _notes(line["notes"]), details["taker"], None
        return
    if event in _OF_DEPOSITS and details["method"] != "cash":
        return
    amount = Money.parse(details["amount"], CURRENCIES[details["currency"]])
    named = None if details["notes"] is None else _notes(details["notes"])
    is_deposit = event in _OF_DEPOSITS
    kind = _OF_DEPOSITS[event] if is_deposit else str(details["kind"])
    why = details["pickup" if is_deposit else "reason"]
    minor = _SIGNS[kind] * amount.minor
    yield till, details["shift"], kind, details["currency"], minor, named, person, why


def _notes(counts: Mapping[str, int]) -> str:
    return notes_text({int(value): count for value, count in counts.items()})


def _shifts(connection: Connection) -> Iterator[str]:
    """Every shift was opened and closed by the person and at the time of the journal."""
    journaled: dict[tuple[str, str, int], tuple[str, Any]] = {}
    events = journal.c.act.in_(("open_shift", "close_shift"))
    for row in connection.execute(select(journal).where(events)):
        try:
            journaled[row.act, row.till, json.loads(row.details)["number"]] = row.person, row.at
        except (ValueError, KeyError, TypeError):
            yield f"shift of till {row.till}: the journal does not say what a till writes"
    for row in connection.execute(select(shift).order_by(shift.c.till, shift.c.number)):
        name = f"shift {row.number} {row.till}"
        opened = journaled.pop(("open_shift", row.till, row.number), None)
        if opened != (row.person, row.opened_at):
            yield f"{name}: opened by {row.person} at {row.opened_at}, the journal says {_said(opened)}"
        closed = journaled.get(("close_shift", row.till, row.number))
        if (None if closed is None else closed[1]) != row.closed_at:
            yield f"{name}: closed at {row.closed_at}, the journal says {_said(closed)}"
    for event, till, number in sorted(journaled):
        if event == "open_shift":
            yield f"shift {number} {till}: it is gone, the journal has it"


def _said(entry: tuple[str, Any] | None) -> str:
    return "nothing" if entry is None else f"{entry[0]} at {entry[1]}"


def _drawers(connection: Connection) -> Iterator[str]:
    """The notes of each drawer equal the sum of its movements."""
    shifts = select(cash_move.c.shift_id.label("id")).union(select(drawer.c.shift_id))
    for shift_id in connection.execute(shifts.order_by("id")).scalars().all():
        yield from _drawer_of(connection, shift_id)


def _drawer_of(connection: Connection, shift_id: int) -> Iterator[str]:
    columns = (cash_move.c.shift_id, cash_move.c.kind, cash_move.c.currency, cash_move.c.amount_minor)
    question = select(*columns, cash_move.c.notes).where(cash_move.c.shift_id == shift_id).order_by(cash_move.c.id)
    try:
        counted = {
            (row["currency"], row["value_minor"]): (row["pieces"], row["guessed"])
            for row in recounted(row._asdict() for row in stored_rows(connection, question))
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        yield "drawer: a movement of cash is not what a till writes"
        return
    held = {
        (row.currency, row.value_minor): (row.pieces, row.guessed)
        for row in connection.execute(select(drawer).where(drawer.c.shift_id == shift_id))
    }
    none = (0, 0)
    for key in sorted(counted.keys() | held.keys()):
        if counted.get(key, none) != held.get(key, none):
            code, value = key
            pieces, there = counted.get(key, none)[0], held.get(key, none)[0]
            yield f"drawer of shift {shift_id}: {there} pieces of {value} {code}, the movements come to {pieces}"


def _z_chains(connection: Connection, chain: Chain) -> Iterator[str]:
    heads: dict[str, tuple[int, str]] = {}
    skipped = skipped_numbers(connection, ZS)
    for row in connection.execute(select(*as_stored(z_report)).order_by(z_report.c.till, z_report.c.number)).all():
        name = z_name(row.till, row.number)
        number, before = heads.get(row.till, (0, ""))
        fields = {column: value for column, value in row._mapping.items() if column != "mac"}
        expected = skipped.following(row.till, number)
        if row.number != expected:
            yield f"Z {name}: number {expected} is missing before it"
        if row.before != before:
            yield f"Z {name}: does not follow the Z before it"
        if chain(row.before, content(z=fields)) != row.mac:
            yield f"Z {name}: its content was changed"
        else:
            yield from _content(connection, name, row)
        heads[row.till] = (row.number, row.mac)


def _content(connection: Connection, name: str, row: Any) -> Iterator[str]:
    """The figures of an unchanged Z still equal the facts."""
    report = report_from(row.content)
    cash = {line.currency.code: line for line in cash_of(connection, (row.shift_id,))}
    lines = {line.currency.code: line for line in report.cash}
    for code in sorted(cash.keys() | lines.keys()):
        expected = _expected(cash.get(code)), _expected(lines.get(code))
        if expected[0] != expected[1]:
            yield f"Z {name}: {code} expected {expected[1]}, the facts come to {expected[0]}"
    sums = (func.count(), func.coalesce(func.sum(sale.c.total_minor), 0))
    sold = connection.execute(select(*sums).where(sale.c.shift_id == row.shift_id, sale.c.kind == "sale")).one()
    if tuple(sold) != (report.sales.count, report.sales.amount.minor):
        yield f"Z {name}: {report.sales.count} sales of {report.sales.amount.minor}, the facts are {tuple(sold)}"
    if "spread" in json.loads(row.content):  # older Zs did not keep the details behind the sums
        yield from _behind_the_sums(connection, name, row.shift_id, report)


def _behind_the_sums(connection: Connection, name: str, shift_id: int, report: ShiftReport) -> Iterator[str]:
    sums = ReceiptSums(connection, sale.c.shift_id == shift_id, report.price)
    for what, stored, recompute in (
        ("spread", report.spread, sums.spread),
        ("discounts", report.details.discounts, sums.discounts),
        ("returns", report.details.returns, sums.returns),
        ("deposits", report.deposits, lambda: deposit_sums(connection, deposit_entry.c.shift_id == shift_id)),
        ("voided sales", report.voided_sales, sums.voided_sales),
    ):
        try:
            differs = stored != recompute()
        except (ValueError, KeyError, TypeError, RuleBroken):
            differs = True
        if differs:
            yield f"Z {name}: its {what} are not what the facts come to"


def _expected(line: CashLine | None) -> int:
    return 0 if line is None or line.expected is None else line.expected.minor


def _closes(connection: Connection) -> Iterator[str]:
    """Every close in the journal has its Z and every Z its close: a Z cut off the end is missed."""
    journaled = {}
    for row in connection.execute(select(journal.c.till, journal.c.details).where(journal.c.act == "close_shift")):
        try:
            details = json.loads(row.details)
            journaled[row.till, details["z"]] = details["mac"]
        except (ValueError, KeyError, TypeError):
            yield f"Z of till {row.till}: the journal does not say what a till writes"
    rows = connection.execute(select(z_report.c.till, z_report.c.number, z_report.c.mac, z_report.c.shift_id)).all()
    there = {(row.till, row.number): row.mac for row in rows}
    for key in sorted(journaled.keys() | there.keys(), key=str):
        if journaled.get(key) != there.get(key):
            yield f"Z {z_name(*key)}: the journal remembers another"
    closed = {row.id for row in connection.execute(select(shift.c.id).where(shift.c.closed_at.is_not(None)))}
    for shift_id in sorted(closed ^ {row.shift_id for row in rows}):
        yield f"shift {shift_id}: closed without a Z, or a Z of an open shift"
