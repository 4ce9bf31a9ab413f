"""A month as an accountant closes it: every Z of it in a row, and whether the rows are what was sold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pos.domain.money import CURRENCIES, Currency, Money, total
from pos.domain.payment.tender import EVERY_METHOD
from pos.domain.pickup.deposit import NO_DEPOSITS, DepositSums
from pos.domain.pickup.deposit import together as deposits_together
from pos.domain.reports.day_report import OpenedShift
from pos.domain.shifts.provider_sums import ProviderSum, together
from pos.domain.shifts.report_details import TaxSum
from pos.domain.shifts.shift_report import PaymentSum, Turnover, z_name


@dataclass(frozen=True, slots=True)
class Takings:
    """What some receipts came to, in the price currency."""

    sales: Turnover
    returns: Turnover
    discounts: Money
    rounding: Money

    @classmethod
    def none(cls, currency: Currency) -> Takings:
        """Nothing was sold."""
        nothing = Money.zero(currency)
        return cls(Turnover(0, 0, nothing), Turnover(0, 0, nothing), nothing, nothing)

    @property
    def net(self) -> Money:
        """Sales less returns."""
        return self.sales.amount - self.returns.amount

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was sold or returned."""
        return not (self.sales.count or self.returns.count)

    def plus(self, more: Takings, sign: int = 1) -> Takings:
        """Both together, or with `sign` −1 this less the other."""
        return Takings(
            _together(self.sales, more.sales, sign),
            _together(self.returns, more.returns, sign),
            self.discounts + more.discounts * sign,
            self.rounding + more.rounding * sign,
        )


def _together(one: Turnover, more: Turnover, sign: int) -> Turnover:
    return Turnover(one.count + sign * more.count, one.pieces + sign * more.pieces, one.amount + more.amount * sign)


@dataclass(frozen=True, slots=True)
class MonthZ:
    """A Z as a row of the month. `day` is the business day on which it was closed; `differences` by currency are those
    of the whole shift, its hand-overs included, and only where there is one.
    """

    till: str
    number: int
    shift: int
    day: date
    opened_at: datetime
    closed_at: datetime
    cashier: str
    closed_by: str
    receipts: tuple[str, str] | None
    """The first and the last; None where there were none."""
    takings: Takings
    tax: tuple[TaxSum, ...]
    payments: tuple[PaymentSum, ...]
    change: tuple[PaymentSum, ...]
    refunds: tuple[PaymentSum, ...]
    differences: tuple[Money, ...]
    deposits: DepositSums = NO_DEPOSITS
    providers: tuple[ProviderSum, ...] = ()

    @property
    def name(self) -> str:
        """The number of the Z as printed."""
        return z_name(self.till, self.number)


@dataclass(frozen=True, slots=True)
class DayWithoutZ:
    """A day of the month on which no shift was closed, and what was sold on it all the same."""

    day: date
    takings: Takings


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a shift sold beyond the midnight that ends or begins the month; `z` and `closed` are None without a Z."""

    till: str
    shift: int
    z: int | None
    closed: date | None
    takings: Takings

    @property
    def name(self) -> str | None:
        """The number of its Z as printed; None while it is open."""
        return None if self.z is None else z_name(self.till, self.z)


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The Zs that were closed from `first` to `last`, the days of one month, in the order of their closing.

    A shift belongs whole to the month in which it was closed. So its Zs are what was sold on the days of the month
    (`of_days`), with what their shifts sold on days of another month (`of_other_days`), without what was sold on days
    of this month in shifts that were closed in another one or not yet (`in_other_zs`).
    """

    first: date
    last: date
    currency: Currency
    zs: tuple[MonthZ, ...]
    of_days: Takings
    of_other_days: tuple[Crossing, ...]
    in_other_zs: tuple[Crossing, ...]
    open: tuple[OpenedShift, ...]
    """Shifts that were opened in the month or before and have no Z yet."""
    days_without_z: tuple[DayWithoutZ, ...]
    """From the first day on which the shop ever opened a shift; the day that runs and those to come are none."""
    is_over: bool
    """Whether its last day has ended."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing will be added to it any more: it is over, and no shift of it is open."""
        return self.is_over and not self.open

    @property
    def takings(self) -> Takings:
        """The sum of its Zs."""
        return self.together(self.zs)

    def together(self, parts: Iterable[MonthZ | Crossing]) -> Takings:
        """What some of its rows came to."""
        whole = Takings.none(self.currency)
        for part in parts:
            whole = whole.plus(part.takings)
        return whole

    @property
    def unexplained(self) -> Takings:
        """What the Zs have beyond what was sold: nothing as long as the books agree."""
        expected = self.of_days.plus(self.together(self.of_other_days)).plus(self.together(self.in_other_zs), -1)
        return self.takings.plus(expected, -1)

    @property
    def agrees(self) -> bool:
        """Whether the sum of its Zs is what was sold, and the money in them what the goods came to."""
        whole = self.takings
        paid = _value(self.payments, self.currency) - _value(self.change, self.currency)
        money = paid - _value(self.refunds, self.currency)
        return self.unexplained == Takings.none(self.currency) and money == whole.net + whole.rounding

    @property
    def tax(self) -> tuple[TaxSum, ...]:
        """The tax of all its Zs by rate, the lowest first."""
        sums: dict[Decimal, Money] = {}
        for one in (one for z in self.zs for one in z.tax):
            sums[one.rate] = sums[one.rate] + one.amount if one.rate in sums else one.amount
        return tuple(TaxSum(rate, sums[rate]) for rate in sorted(sums))

    @property
    def payments(self) -> tuple[PaymentSum, ...]:
        """What was paid, by method and currency, in the order in which a cashier sees them."""
        return _joined(z.payments for z in self.zs)

    @property
    def providers(self) -> tuple[ProviderSum, ...]:
        """What payment providers took and give back, by provider and currency."""
        return together(z.providers for z in self.zs)

    @property
    def deposits(self) -> DepositSums:
        """What became of deposits on customer orders."""
        return deposits_together(z.deposits for z in self.zs)

    @property
    def change(self) -> tuple[PaymentSum, ...]:
        """The change that was given, by currency."""
        return _joined(z.change for z in self.zs)

    @property
    def refunds(self) -> tuple[PaymentSum, ...]:
        """What went back for goods, by method and currency."""
        return _joined(z.refunds for z in self.zs)

    @property
    def differences(self) -> tuple[Money, ...]:
        """What the drawers were off by together; a currency that was never off has none."""
        amounts = [money for z in self.zs for money in z.differences]
        return tuple(
            total((money for money in amounts if money.currency.code == code), currency)
            for code, currency in CURRENCIES.items()
            if any(money.currency.code == code for money in amounts)
        )

    @property
    def missing_zs(self) -> tuple[str, ...]:
        """The Zs that are missing between the first and the last of a till: none as long as the books are whole."""
        missing: list[str] = []
        for till in sorted({z.till for z in self.zs}):
            numbers = {z.number for z in self.zs if z.till == till}
            missing += [z_name(till, one) for one in range(min(numbers), max(numbers)) if one not in numbers]
        return tuple(missing)


def _value(sums: Iterable[PaymentSum], currency: Currency) -> Money:
    return total((one.value for one in sums), currency)


def _joined(rows: Iterable[Sequence[PaymentSum]]) -> tuple[PaymentSum, ...]:
    sums: dict[tuple[str, str], PaymentSum] = {}
    for one in (one for row in rows for one in row):
        key = (one.method, one.amount.currency.code)
        before = sums.get(key)
        sums[key] = one if before is None else PaymentSum(
            one.method, before.amount + one.amount, before.value + one.value
        )  # fmt: skip
    methods, currencies = list(EVERY_METHOD), list(CURRENCIES)
    return tuple(sums[key] for key in sorted(sums, key=lambda of: (_rank(methods, of[0]), currencies.index(of[1]))))


def _rank(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names)
