"""Tables of a shift: its cash by currency, and the payments, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.names import METHODS, name_of
from pos.application.text.words import N_
from pos.domain.money import Money
from pos.domain.shifts.shift_report import CashLine, ShiftReport


def shift(read: Callable[[ListReader], ShiftReport], right: str) -> Listing:
    """An X or a Z. A reader who may not see the expected cash gets no figure from which it could be computed."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, report = reader.words, read(reader)
        figures = (Column(name, CellKind.FIGURE) for name, _ in _figures(reader, report))  # in the row's currency
        columns = [Column(words("Currency")), *figures]
        cash = (_cash(line, reader, report) for line in report.cash)
        payments = [
            Column(words("Type")),
            Column(words("Method")),
            Column(words("Amount"), CellKind.AMOUNT, is_summed=True),
            Column(words("Value"), CellKind.AMOUNT, reader.settings.price.code, is_summed=True),
        ]
        facts = [
            (words("Till"), report.till),
            (words("Shift"), str(report.number)),
            (words("Z"), report.z_name or ""),
            (words("Cashier"), reader.name_of(report.cashier)),
        ]
        return [
            reader.table("cash", words("Cash"), columns, cash, facts),
            reader.table("payments", words("Payments"), payments, _payments(report, reader), facts),
        ]

    return Listing("shifts", N_("Shift"), right, make)


def _figures(reader: ListReader, report: ShiftReport) -> list[tuple[str, Callable[[CashLine], Money | None]]]:
    """The columns of the cash with their values."""
    words = reader.words
    if report.is_blind:
        return []
    own: list[tuple[str, Callable[[CashLine], Money | None]]] = [
        (words("Float"), lambda line: line.float_),
        (words("Paid in"), lambda line: line.paid_in),
        (words("Paid out"), lambda line: line.paid_out),
        (words("To the safe"), lambda line: line.drops),
    ]
    own += [
        (words("Cash in"), lambda line: line.tendered),
        (words("Change"), lambda line: line.change),
        (words("Refunded"), lambda line: line.refunds),
        (words("Hand-overs"), lambda line: line.hand_overs),
        (words("Expected"), lambda line: line.expected),
    ]
    if report.z_number is not None:
        own += [(words("Counted"), lambda line: line.counted), (words("Difference"), lambda line: line.difference)]
    return own


def _cash(line: CashLine, reader: ListReader, report: ShiftReport) -> Sequence[Cell]:
    amounts = (figure(line) for _, figure in _figures(reader, report))
    return line.currency.code, *(None if amount is None else Decimal(str(amount)) for amount in amounts)


def _payments(report: ShiftReport, reader: ListReader) -> Iterator[Sequence[Cell]]:
    words = reader.words
    for kind, sums, factor in (
        (words("Paid"), report.payments, 1),
        (words("Change"), report.change, -1),
        (words("Refunded"), report.refunds, -1),
    ):
        for one in sums:
            yield kind, name_of(METHODS, one.method, words), one.amount * factor, one.value * factor
