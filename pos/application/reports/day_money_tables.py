"""Money tables of a day report: tax, payments and refunds, currencies, drawers, exchange-rate gain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pos.application.reports.report_document import DayDocument, ReportReader
from pos.application.tables.table import Bars, Cell, CellKind, Column, Table
from pos.application.tables.table_cells import shares_of
from pos.application.text.border_words import currency_word
from pos.application.text.names import METHODS, name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.pickup_words import DEPOSIT_STEPS
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.money import CURRENCIES, Money
from pos.domain.pickup.deposit import DepositSums
from pos.domain.reports.day_report import DayReport
from pos.domain.shifts.provider_sums import ProviderSum
from pos.domain.shifts.report_details import TaxSum
from pos.domain.shifts.shift_report import CashLine, PaymentSum


def money_tables(document: DayDocument) -> Iterator[Table]:
    """The money tables in reading order."""
    report, reader = document.report, document.reader
    yield tax_table(report.tax, report.currency.code, reader.translator)
    yield _payments(report, reader.translator)
    if report.providers:
        yield providers_table(report.providers, reader.translator)
    if report.deposits:
        yield deposits_table(report.deposits, report.currency.code, reader.translator)
    yield _currencies(report, reader.translator)
    yield cash_table(report.cash, reader, cash_notes(report, reader.translator))
    yield _spread(report, reader.translator)


def tax_table(tax: tuple[TaxSum, ...], price: str, tr: Translator) -> Table:
    """Tax by rate."""
    columns = (
        Column(tr("VAT"), CellKind.FIGURE, "%"),
        Column(tr("Amount"), CellKind.AMOUNT, price, is_summed=True),
    )
    rows: list[tuple[Decimal, Money]] = [(one.rate.normalize() + 0, one.amount) for one in tax]
    return Table("tax", tr("Tax"), columns, rows)


def _payments(report: DayReport, tr: Translator) -> Table:
    """Payments by method. The sum of the values is sales less returns, with the rounding."""
    columns = (
        Column(tr("Payments")),
        Column(tr("Currency")),
        Column(tr("Amount"), CellKind.AMOUNT),
        Column(tr("Value"), CellKind.AMOUNT, report.currency.code, is_summed=True),
    )
    rows = [_way(name_of(METHODS, one.method, tr), one, 1, tr) for one in report.payments]
    rows += [_way(tr("Change"), one, -1, tr) for one in report.change]
    refunded = tr("Refunded")
    rows += [_way(f"{refunded} · {name_of(METHODS, one.method, tr)}", one, -1, tr) for one in report.refunds]
    return Table("payments", tr("Payments"), columns, rows)


def providers_table(sums: Iterable[ProviderSum], tr: Translator) -> Table:
    """What payment providers took and give back: parts of what was paid by card and QR."""
    columns = (
        Column(tr("Provider")),
        Column(tr("Currency")),
        Column(tr("Payments"), CellKind.COUNT),
        Column(tr("Paid"), CellKind.AMOUNT),
        Column(tr("Refunded"), CellKind.AMOUNT),
    )
    rows: list[tuple[Cell, ...]] = [
        (name_of(PROVIDERS, one.provider, tr), currency_word(one.paid.currency, tr), one.payments, one.paid,
         one.refunded)
        for one in sums
    ]  # fmt: skip
    return Table("providers", tr("Payment providers"), columns, rows)


def deposits_table(sums: DepositSums, price: str, tr: Translator) -> Table:
    """What became of deposits on customer orders: the sum of the values is how much more is owed to customers."""
    columns = (
        Column(tr("Deposits")),
        Column(tr("Currency")),
        Column(tr("Amount"), CellKind.AMOUNT),
        Column(tr("Value"), CellKind.AMOUNT, price, is_summed=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for step, part in sums.parts:
        for one in part:
            name = f"{name_of(DEPOSIT_STEPS, step, tr)} · {name_of(METHODS, one.method, tr)}"
            rows.append(_way(name, PaymentSum(one.method, one.amount, one.value), 1 if step == "taken" else -1, tr))
    return Table("deposits", tr("Deposits on customer orders"), columns, rows)


def _way(name: str, one: PaymentSum, sign: int, tr: Translator) -> tuple[Cell, ...]:
    currency = currency_word(one.amount.currency, tr)
    return name, currency, one.amount * sign, one.value * sign


def _currencies(report: DayReport, tr: Translator) -> Table:
    """Takings less change by currency, with their value and share: their sum is what was sold."""
    values: Counter[str] = Counter()
    for paid in report.payments:
        values[paid.amount.currency.code] += paid.value.minor
    for given in report.change:
        values[given.amount.currency.code] -= given.value.minor
    columns = (
        Column(tr("Currency")),
        Column(tr("Value"), CellKind.AMOUNT, report.currency.code, is_summed=True),
        Column(tr("Part"), CellKind.SHARE),
    )
    rows = [(code, Money(values[code], report.currency)) for code in CURRENCIES if values[code]]
    shares = shares_of([amount for _, amount in rows])
    cells = [(code, amount, share) for (code, amount), share in zip(rows, shares, strict=True)]
    return Table("currencies", tr("Currencies taken"), columns, cells, bars=Bars(0, 1))


_MOVES = (
    "float_", "paid_in", "paid_out", "drops", "tendered", "change", "refunds", "deposits", "deposits_back",
    "hand_overs",
)  # fmt: skip
_OUT = frozenset({"paid_out", "drops", "change", "refunds", "deposits_back"})
_OF_DEPOSITS = ("deposits", "deposits_back")


def cash_notes(report: DayReport, tr: Translator) -> list[str]:
    """What must be known to read the cash of several shifts."""
    said = []
    if len(report.closed) + len(report.open) > 1:
        said.append(tr("Sums over the shifts: cash left for the next shift counts in both."))
    if report.open and any(line.counted is not None for line in report.cash):
        said.append(tr("Counted and difference: closed shifts only."))
    return said


def cash_table(cash: tuple[CashLine, ...], reader: ReportReader, notes: Sequence[str] = ()) -> Table:
    """All drawers together, one column a currency; outflows are negative, so that a column adds up."""
    tr = reader.translator
    names = {
        "float_": tr("Float"), "paid_in": tr("Paid in"), "paid_out": tr("Paid out"),
        "drops": tr("To the safe"), "tendered": tr("Cash received"), "change": tr("Change"),
        "refunds": tr("Refunded"), "deposits": tr("Deposits taken"), "deposits_back": tr("Deposits returned"),
        "hand_overs": tr("Differences at hand-overs"),
    }  # fmt: skip
    columns = (
        Column(tr("Cash")),
        *(Column(currency_word(line.currency, tr), CellKind.AMOUNT, line.currency.code) for line in cash),
    )
    moves = _MOVES if any(line.has_deposits for line in cash) else [one for one in _MOVES if one not in _OF_DEPOSITS]
    rows: list[tuple[Cell, ...]] = [
        (names[move], *(getattr(line, move) * (-1 if move in _OUT else 1) for line in cash)) for move in moves
    ]
    rows += [
        (tr("Expected"), *(line.expected for line in cash)),
        (tr("Counted"), *(line.counted for line in cash)),
        (tr("Difference"), *(line.difference for line in cash)),
    ]
    properties = [(tr("Note"), paragraph(tr, notes))] if notes else []
    return Table("cash", tr("Cash in the drawers"), columns, rows if cash else (), properties)


def _spread(report: DayReport, tr: Translator) -> Table:
    price = report.currency.code
    columns = (
        Column(tr("Currency")),
        Column(tr("Kept"), CellKind.AMOUNT),
        Column(tr("Credited at"), CellKind.AMOUNT, price, is_summed=True),
        Column(tr("Value"), CellKind.AMOUNT, price, is_summed=True),
        Column(tr("Gain or loss"), CellKind.AMOUNT, price, is_summed=True),
    )
    rows = [(currency_word(one.amount.currency, tr), one.amount, one.counted, one.worth, one.earned)
            for one in report.spread]  # fmt: skip
    return Table("spread", tr("Exchange gain or loss"), columns, rows)
