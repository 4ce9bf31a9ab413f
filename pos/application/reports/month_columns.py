"""Money columns of the month: one for each tax rate, payment method, change, refund and difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pos.application.tables.table import Cell, CellKind, Column
from pos.application.text.formatting import percent_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.pickup_words import DEPOSIT_STEPS
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES, Money
from pos.domain.pickup.deposit import DepositSums
from pos.domain.reports.month_report import MonthReport, MonthZ
from pos.domain.shifts.shift_report import PaymentSum

Ways = tuple[tuple[str, str], ...]
"""Payment methods with their currencies."""


@dataclass(frozen=True, slots=True)
class MoneyColumns:
    """The columns that occur in the month; a Z without such an amount has an empty cell."""

    rates: tuple[Decimal, ...]
    payments: Ways
    change: Ways
    refunds: Ways
    deposits: tuple[tuple[str, str, str], ...]
    """Step, method and currency; used ones are among the payments."""
    differences: tuple[str, ...]

    @classmethod
    def of(cls, report: MonthReport) -> MoneyColumns:
        return cls(
            tuple(one.rate for one in report.tax),
            _ways(report.payments),
            _ways(report.change),
            _ways(report.refunds),
            tuple(_steps(report.deposits)),
            tuple(money.currency.code for money in report.differences),
        )

    @classmethod
    def none(cls) -> MoneyColumns:
        return cls((), (), (), (), (), ())

    def columns(self, price: str, tr: Translator) -> Iterator[Column]:
        """The columns, each named with its currency; tax is in the price currency."""

        def amount(name: str, code: str) -> Column:
            return Column(f"{name} · {code}", CellKind.AMOUNT, code, is_summed=True)

        for rate in self.rates:
            yield amount(f"{tr('VAT')} {percent_text(rate, tr.language)}", price)
        for method, code in self.payments:
            yield amount(name_of(METHODS, method, tr), code)
        for _, code in self.change:
            yield amount(tr("Change"), code)
        for method, code in self.refunds:
            yield amount(f"{tr('Refunded')} · {name_of(METHODS, method, tr)}", code)
        for step, method, code in self.deposits:
            yield amount(f"{name_of(DEPOSIT_STEPS, step, tr)} · {name_of(METHODS, method, tr)}", code)
        for code in self.differences:
            yield amount(tr("Difference"), code)

    def cells(self, z: MonthZ) -> Iterator[Cell]:
        """The cells of a Z in the order of the columns."""
        taxes = {one.rate: one.amount for one in z.tax}
        yield from (taxes.get(rate) for rate in self.rates)
        for ways, sums in ((self.payments, z.payments), (self.change, z.change), (self.refunds, z.refunds)):
            amounts = {(one.method, one.amount.currency.code): one.amount for one in sums}
            yield from (amounts.get(way) for way in ways)
        deposits = _steps(z.deposits)
        yield from (deposits.get(key) for key in self.deposits)
        off = {money.currency.code: money for money in z.differences}
        yield from (off.get(code, Money.zero(CURRENCIES[code])) for code in self.differences)


def _steps(sums: DepositSums) -> dict[tuple[str, str, str], Money]:
    return {
        (step, one.method, one.amount.currency.code): one.amount
        for step, part in sums.parts
        for one in part
        if step != "used"
    }


def _ways(sums: Sequence[PaymentSum]) -> Ways:
    return tuple((one.method, one.amount.currency.code) for one in sums)
