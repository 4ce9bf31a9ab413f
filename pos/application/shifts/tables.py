"""Tables of a shift: its cash by currency, and the payments, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.names import METHODS, name_of
from pos.application.text.pickup_words import DEPOSIT_STEPS
from pos.application.text.translator import N_
from pos.domain.money import Money
from pos.domain.shifts.shift_report import CashLine, ShiftReport


def shift(read: Callable[[ListReader], ShiftReport], right: str) -> Listing:
    """An X or a Z. A reader who may not see the expected cash gets no figure from which it could be computed."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, report = reader.translator, read(reader)
        figures = (Column(name, CellKind.FIGURE) for name, _ in _figures(reader, report))  # in the row's currency
        columns = [Column(tr("Currency")), *figures]
        cash = (_cash(line, reader, report) for line in report.cash)
        payments = [
            Column(tr("Type")),
            Column(tr("Method")),
            Column(tr("Amount"), CellKind.AMOUNT, is_summed=True),
            Column(tr("Value"), CellKind.AMOUNT, reader.settings.price.code, is_summed=True),
        ]
        properties = [
            (tr("Till"), report.till),
            (tr("Shift"), str(report.number)),
            (tr("Z"), report.z_name or ""),
            (tr("Cashier"), reader.name_of(report.cashier)),
        ]
        return [
            reader.table("cash", tr("Cash"), columns, cash, properties),
            reader.table("payments", tr("Payments"), payments, _payments(report, reader), properties),
        ]

    return Listing("shifts", N_("Shift"), right, make)


def _figures(reader: ListReader, report: ShiftReport) -> list[tuple[str, Callable[[CashLine], Money | None]]]:
    """The columns of the cash with their values."""
    tr = reader.translator
    if report.is_blind:
        return []
    own: list[tuple[str, Callable[[CashLine], Money | None]]] = [
        (tr("Float"), lambda line: line.float_),
        (tr("Paid in"), lambda line: line.paid_in),
        (tr("Paid out"), lambda line: line.paid_out),
        (tr("To the safe"), lambda line: line.drops),
    ]
    own += [
        (tr("Cash received"), lambda line: line.tendered),
        (tr("Change"), lambda line: line.change),
        (tr("Refunded"), lambda line: line.refunds),
    ]
    if any(line.has_deposits for line in report.cash):
        own.append((tr("Deposits"), lambda line: line.net_deposits))
    own += [
        (tr("Hand-overs"), lambda line: line.hand_overs),
        (tr("Expected"), lambda line: line.expected),
    ]
    if report.z_number is not None:
        own += [(tr("Counted"), lambda line: line.counted), (tr("Difference"), lambda line: line.difference)]
    return own


def _cash(line: CashLine, reader: ListReader, report: ShiftReport) -> Sequence[Cell]:
    amounts = (figure(line) for _, figure in _figures(reader, report))
    return line.currency.code, *(None if amount is None else Decimal(str(amount)) for amount in amounts)


def _payments(report: ShiftReport, reader: ListReader) -> Iterator[Sequence[Cell]]:
    tr = reader.translator
    for kind, sums, factor in (
        (tr("Paid"), report.payments, 1),
        (tr("Change"), report.change, -1),
        (tr("Refunded"), report.refunds, -1),
    ):
        for one in sums:
            yield kind, name_of(METHODS, one.method, tr), one.amount * factor, one.value * factor
    for step, part in report.deposits.parts:
        kind = name_of(DEPOSIT_STEPS, step, tr)
        yield from ((kind, name_of(METHODS, one.method, tr), one.amount, one.value) for one in part if step != "used")
