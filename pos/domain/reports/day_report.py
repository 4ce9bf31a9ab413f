"""What one or more business days came to, at one till or at all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.money import Currency, Money
from pos.domain.pickup.deposit import NO_DEPOSITS, DepositSums
from pos.domain.pricing.spread import Spread
from pos.domain.reports.trade_figures import Compared, GoodsShare, Margin, OverSales, QuotaUse, Share, TurnedAway
from pos.domain.shifts.provider_sums import ProviderSum
from pos.domain.shifts.report_details import PromotionSum, ShiftDetails, TaxSum
from pos.domain.shifts.shift_report import CashLine, PaymentSum, Turnover, z_name


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """A Z of the days, and where its count was not what was expected."""

    till: str
    number: int
    at: datetime
    cashier: str
    closed_by: str
    amount: Money
    differences: tuple[Money, ...]

    @property
    def name(self) -> str:
        """The number of the Z as printed."""
        return z_name(self.till, self.number)


@dataclass(frozen=True, slots=True)
class OpenedShift:
    """A shift of the days that is still open; `taken_by` received it in the last hand-over."""

    till: str
    number: int
    cashier: str
    opened_at: datetime
    taken_by: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Who opened it, then whose it is now, where that is another person."""
        return tuple(dict.fromkeys(name for name in (self.cashier, self.taken_by) if name is not None))


@dataclass(frozen=True, slots=True)
class DayReport:
    """The figures of the business days `first` to `last`, in the price currency; `till` is None for all tills.

    `cash` is that of the whole shifts which were open on the days: what is expected of all, what was counted by those
    that have a Z. Σ value of payments − value of change − value of refunds = sales − returns +
    rounding.
    """

    first: date
    last: date
    till: str | None
    currency: Currency
    sales: Turnover
    returns: Turnover
    discounts: Money
    rounding: Money
    payments: tuple[PaymentSum, ...]
    change: tuple[PaymentSum, ...]
    refunds: tuple[PaymentSum, ...]
    cash: tuple[CashLine, ...]
    spread: tuple[Spread, ...]
    details: ShiftDetails
    approvals: int
    by_hour: tuple[tuple[int, Share], ...]
    by_cashier: tuple[Share, ...]
    by_destination: tuple[Share, ...]
    by_nationality: tuple[Share, ...]
    by_category: tuple[GoodsShare, ...]
    top_products: tuple[GoodsShare, ...]
    quota: Mapping[str, int]
    closed: tuple[ClosedShift, ...]
    open: tuple[OpenedShift, ...]
    tills: tuple[str, ...]
    """Every till of the shop, to choose one of."""
    without_receipt: Turnover | None = None
    """Of the returns those for which there was no receipt."""
    voided_sales: Turnover | None = None
    """Of the returns those that voided a whole sale."""
    tax: tuple[TaxSum, ...] = ()
    promotions: tuple[PromotionSum, ...] = ()
    person: str | None = None
    """The person whose sales and returns these are; None for all. A drawer is shared: `cash` is empty then."""
    by_till: tuple[Share, ...] = ()
    by_day: tuple[tuple[date, Share], ...] = ()
    """The sales of each business day that had some."""
    margin: Margin | None = None
    quota_use: tuple[QuotaUse, ...] = ()
    """A line for every bucket, the emptiest first."""
    over: OverSales | None = None
    turned_away: TurnedAway | None = None
    visitors: tuple[tuple[str, int], ...] = ()
    """By destination how many visitors carried something out; one counts once in each of their receipts."""
    compared: Compared | None = None
    deposits: DepositSums = NO_DEPOSITS
    """What became of deposits on customer orders on the days."""
    providers: tuple[ProviderSum, ...] = ()
    """What payment providers took of the payments, and give back of the refunds."""
