"""The figures of one shift, straight from the facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from db.pickup.deposits import deposit_sums
from db.sales.pending_refunds import owed_in
from db.shifts.hand_overs import hand_overs_of
from db.shifts.journal_events import events_of
from db.shifts.provider_sums import provider_sums, unsettled_in
from db.shifts.receipt_sums import ReceiptSums
from db.tables.pickup import deposit_entry
from db.tables.sales import sale
from db.tables.shop import cash_move, drawer, journal, register
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.receipt_number import receipt_number
from pos.domain.shifts.report_details import ShiftDetails
from pos.domain.shifts.shift import Shift
from pos.domain.shifts.shift_report import CashLine, ShiftReport

_GRAND_TOTAL = select(register.c.grand_total_minor).where(register.c.till == bindparam("till"))


def figures(connection: Connection, shift: Shift, price: Currency, at: datetime) -> ShiftReport:
    """The figures of an open shift."""
    sums = ReceiptSums(connection, sale.c.shift_id == shift.id, price)
    turned = sums.turnovers()
    opened = (
        select(func.coalesce(func.max(journal.c.number), 0))
        .where(journal.c.till == shift.till, journal.c.act == "open_shift")
        .scalar_subquery()
    )
    # By the order of writing: a clock can be set back.
    events = events_of(connection, (journal.c.till == shift.till) & (journal.c.number > opened), price)
    first, last = (None, None) if turned.receipts is None else (receipt_number(shift.till, n) for n in turned.receipts)
    grand_total = connection.execute(_GRAND_TOTAL, {"till": shift.till}).scalar_one_or_none()
    return ShiftReport(
        till=shift.till,
        number=shift.number,
        cashier=shift.cashier,
        opened_at=shift.opened_at,
        at=at,
        sales=turned.sales,
        returns=turned.returns,
        discounts=turned.discounts,
        rounding=turned.rounding,
        payments=sums.payments(),
        change=sums.change(),
        cash=cash_of(connection, (shift.id,)),
        voids=len(events.voids),
        no_sales=len(events.openings),
        approvals=events.allowed,
        first_receipt=first,
        last_receipt=last,
        grand_total=Money(grand_total or 0, price),
        refunds=sums.refunds(),
        spread=sums.spread(),
        details=ShiftDetails(sums.discounts(), events.voids, events.openings, events.approvals, sums.returns()),
        owed=owed_in(connection, shift.id),
        hand_overs=hand_overs_of(connection, shift.id),
        without_receipt=sums.without_receipt(),
        voided_sales=sums.voided_sales(),
        providers=provider_sums(connection, sale.c.shift_id == shift.id),
        deposits=deposit_sums(connection, deposit_entry.c.shift_id == shift.id),
        unsettled=unsettled_in(connection, shift.id),
    )


def cash_of(connection: Connection, shifts: Iterable[int]) -> tuple[CashLine, ...]:
    """A line for each currency that has moved in any of the shifts, in the order of the currencies."""
    which = cash_move.c.shift_id.in_(sorted(shifts))
    question = (
        select(cash_move.c.currency, cash_move.c.kind, func.sum(cash_move.c.amount_minor).label("amount"))
        .where(which)
        .group_by(cash_move.c.currency, cash_move.c.kind)
    )
    moved: dict[str, dict[str, int]] = {}
    for row in connection.execute(question):
        moved.setdefault(row.currency, {})[row.kind] = int(row.amount)
    estimated = select(drawer.c.currency).where(drawer.c.shift_id.in_(sorted(shifts)), drawer.c.guessed > 0).distinct()
    guessed = set(connection.execute(estimated).scalars())
    return tuple(
        CashLine.of(currency, moved[code], estimated=code in guessed)
        for code, currency in CURRENCIES.items()
        if code in moved
    )
