"""Money tables of a day report: tax, payments and refunds, currencies, drawers, exchange-rate gain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from pos.application.reports.report_document import DayDocument, ReportReader
from pos.application.tables.table import Bars, Cell, CellKind, Column, Table
from pos.application.tables.table_cells import shares_of
from pos.application.text.names import CURRENCY_NAMES, METHODS, name_of
from pos.application.text.words import Words
from pos.domain.money import CURRENCIES, Money
from pos.domain.reports.day_report import DayReport
from pos.domain.shifts.report_details import TaxSum
from pos.domain.shifts.shift_report import CashLine, PaymentSum


def money_tables(document: DayDocument) -> Iterator[Table]:
    """The money tables in reading order."""
    report, reader = document.report, document.reader
    yield tax_table(report.tax, report.currency.code, reader.words)
    yield _payments(report, reader.words)
    yield _currencies(report, reader.words)
    yield cash_table(report.cash, reader)
    yield _spread(report, reader.words)


def tax_table(tax: tuple[TaxSum, ...], price: str, words: Words) -> Table:
    """Tax by rate."""
    columns = (
        Column(words("VAT"), CellKind.FIGURE, "%"),
        Column(words("Amount"), CellKind.AMOUNT, price, is_summed=True),
    )
    rows: list[tuple[Decimal, Money]] = [(one.rate.normalize() + 0, one.amount) for one in tax]
    return Table("tax", words("Tax"), columns, rows)


def _payments(report: DayReport, words: Words) -> Table:
    """Payments by method. The sum of the values is sales less returns, with the rounding."""
    columns = (
        Column(words("Payments")),
        Column(words("Currency")),
        Column(words("Amount"), CellKind.AMOUNT),
        Column(words("Value"), CellKind.AMOUNT, report.currency.code, is_summed=True),
    )
    rows = [_way(name_of(METHODS, one.method, words), one, 1, words) for one in report.payments]
    rows += [_way(words("Change"), one, -1, words) for one in report.change]
    refunded = words("Refunded")
    rows += [_way(f"{refunded} · {name_of(METHODS, one.method, words)}", one, -1, words) for one in report.refunds]
    return Table("payments", words("Payments"), columns, rows)


def _way(name: str, one: PaymentSum, sign: int, words: Words) -> tuple[Cell, ...]:
    currency = name_of(CURRENCY_NAMES, one.amount.currency.code, words)
    return name, currency, one.amount * sign, one.value * sign


def _currencies(report: DayReport, words: Words) -> Table:
    """Takings less change by currency, with their value and share: their sum is what was sold."""
    values: Counter[str] = Counter()
    for paid in report.payments:
        values[paid.amount.currency.code] += paid.value.minor
    for given in report.change:
        values[given.amount.currency.code] -= given.value.minor
    columns = (
        Column(words("Currency")),
        Column(words("Value"), CellKind.AMOUNT, report.currency.code, is_summed=True),
        Column(words("Part"), CellKind.SHARE),
    )
    rows = [(code, Money(values[code], report.currency)) for code in CURRENCIES if values[code]]
    shares = shares_of([amount for _, amount in rows])
    cells = [(code, amount, share) for (code, amount), share in zip(rows, shares, strict=True)]
    return Table("currencies", words("Currencies taken"), columns, cells, bars=Bars(0, 1))


_MOVES = ("float_", "paid_in", "paid_out", "drops", "tendered", "change", "refunds", "hand_overs")
_OUT = frozenset({"paid_out", "drops", "change", "refunds"})


def cash_table(cash: tuple[CashLine, ...], reader: ReportReader) -> Table:
    """All drawers together, one column a currency; outflows are negative, so that a column adds up."""
    words = reader.words
    names = {
        "float_": words("Float"), "paid_in": words("Paid in"), "paid_out": words("Paid out"),
        "drops": words("To the safe"), "tendered": words("Cash in"), "change": words("Change"),
        "refunds": words("Refunded"), "hand_overs": words("Differences at hand-overs"),
    }  # fmt: skip
    columns = (
        Column(words("Cash")),
        *(
            Column(name_of(CURRENCY_NAMES, line.currency.code, words), CellKind.AMOUNT, line.currency.code)
            for line in cash
        ),
    )
    rows: list[tuple[Cell, ...]] = [
        (names[move], *(getattr(line, move) * (-1 if move in _OUT else 1) for line in cash)) for move in _MOVES
    ]
    rows += [
        (words("Expected"), *(line.expected for line in cash)),
        (words("Counted"), *(line.counted for line in cash)),
        (words("Difference"), *(line.difference for line in cash)),
    ]
    return Table("cash", words("Cash in the drawers"), columns, rows if cash else ())


def _spread(report: DayReport, words: Words) -> Table:
    price = report.currency.code
    columns = (
        Column(words("Currency")),
        Column(words("Kept"), CellKind.AMOUNT),
        Column(words("Credited at"), CellKind.AMOUNT, price, is_summed=True),
        Column(words("Value"), CellKind.AMOUNT, price, is_summed=True),
        Column(words("Gain or loss"), CellKind.AMOUNT, price, is_summed=True),
    )
    rows = [(name_of(CURRENCY_NAMES, one.amount.currency.code, words), one.amount, one.counted, one.worth, one.earned)
            for one in report.spread]  # fmt: skip
    return Table("spread", words("Exchange gain or loss"), columns, rows)
