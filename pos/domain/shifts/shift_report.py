"""What a shift came to: the X while it is open, the Z when it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.banknotes import Notes, worth
from pos.domain.payment.pending_refund import PendingRefund
from pos.domain.pickup.deposit import NO_DEPOSITS, DepositSums
from pos.domain.pricing.spread import Spread
from pos.domain.shifts.hand_over import HandedCash, HandOver
from pos.domain.shifts.provider_sums import ProviderSum, UnsettledCharge
from pos.domain.shifts.report_details import NO_DETAILS, FiscalCounts, ShiftDetails


def z_name(till: str, number: int) -> str:
    """The number of a Z as printed: T1-Z000012."""
    return f"{till}-Z{number:06d}"


@dataclass(frozen=True, slots=True)
class Turnover:
    """Numbers of receipts and pieces, and the amount in the price currency; `shown` is None where it is hidden."""

    count: int
    pieces: int
    shown: Money | None

    @property
    def amount(self) -> Money:
        """The amount; only for a figure that is not hidden."""
        assert self.shown is not None, "hidden from the person who counts the drawer"
        return self.shown

    @property
    def average(self) -> Money:
        """What a receipt comes to on average, rounded; nothing where there is none."""
        return Money.rounded(self.amount.units / self.count, self.amount.currency) if self.count else self.amount


@dataclass(frozen=True, slots=True)
class PaymentSum:
    """What was paid by a method in a currency, or went back by it, and its value in the price currency."""

    method: str
    amount: Money
    value: Money


@dataclass(frozen=True, slots=True)
class CashLine:
    """The cash of a shift in one currency; every figure is zero or more but the differences and `expected`.

    `hand_overs` is what the counts of all hand-overs were off by: from each on the count is what is there.
    `expected` is None for who may not see it before the count, and so is all that it is worked out of; `counted` and
    `difference` are None until there is a count. `estimated`: some amounts came or went without named notes.
    """

    currency: Currency
    float_: Money | None = None
    paid_in: Money | None = None
    paid_out: Money | None = None
    drops: Money | None = None
    tendered: Money | None = None
    change: Money | None = None
    refunds: Money | None = None
    deposits: Money | None = None
    """Taken as deposits on customer orders."""
    deposits_back: Money | None = None
    """Deposits that were given back."""
    hand_overs: Money | None = None
    expected: Money | None = None
    counted: Money | None = None
    difference: Money | None = None
    estimated: bool = False
    notes: Notes | None = None
    """The notes counted, by value in minor units."""

    @classmethod
    def of(cls, currency: Currency, moved: Mapping[str, int], *, estimated: bool = False) -> CashLine:
        """The line of what `moved` by kind, in minor units, out below zero."""

        def sum_of(kind: str, sign: int = 1) -> Money:
            return Money(sign * moved.get(kind, 0), currency)

        float_, paid_in, tendered = sum_of("float"), sum_of("in"), sum_of("tender")
        paid_out, drops = sum_of("out", -1), sum_of("drop", -1)
        change, refunds = sum_of("change", -1), sum_of("refund", -1)
        deposits, given_back = sum_of("deposit"), sum_of("deposit_back", -1)
        handed = sum_of("hand_over")
        expected = float_ + paid_in - paid_out - drops + tendered - change - refunds + deposits - given_back + handed
        sums = (float_, paid_in, paid_out, drops, tendered, change, refunds, deposits, given_back, handed)
        return cls(currency, *sums, expected, estimated=estimated)

    @property
    def whole_difference(self) -> Money | None:
        """What the whole shift is off by: its hand-overs and its last count; None until there is a count."""
        if self.difference is None or self.hand_overs is None:
            return None
        return self.hand_overs + self.difference

    @property
    def net_sales(self) -> Money | None:
        """What sales brought into the drawer, less what change and refunds took out; None where it is not shown."""
        if self.tendered is None or self.change is None or self.refunds is None:
            return None
        return self.tendered - self.change - self.refunds

    @property
    def net_deposits(self) -> Money | None:
        """What deposits brought into the drawer, less what was given back; None where it is not shown."""
        if self.deposits is None or self.deposits_back is None:
            return None
        return self.deposits - self.deposits_back

    @property
    def has_deposits(self) -> bool:
        """Whether some were taken or given back in cash."""
        return bool(self.deposits or self.deposits_back)

    def moved(self) -> Mapping[str, Money]:
        """What moved by kind, of a line that is shown whole."""
        figures = {
            "float": self.float_,
            "in": self.paid_in,
            "out": self.paid_out,
            "drop": self.drops,
            "tender": self.tendered,
            "change": self.change,
            "refund": self.refunds,
            "deposit": self.deposits,
            "deposit_back": self.deposits_back,
            "hand_over": self.hand_overs,
        }
        return {kind: money for kind, money in figures.items() if money is not None}

    def handed(self) -> HandedCash:
        """The line, with its count, as a hand-over keeps it."""
        assert self.counted is not None, "with_count was asked"
        assert self.difference is not None, "with_count was asked"
        return HandedCash(self.currency, self.expected, self.counted, self.difference, self.notes or {})

    def with_count(self, notes: Notes) -> CashLine:
        """The line with what was counted beside what was expected."""
        assert self.expected is not None, "the figures are blinded for the screen, never for the count"
        counted = Money(worth(notes), self.currency)
        kept = {value: count for value, count in notes.items() if count}
        return replace(self, counted=counted, difference=counted - self.expected, notes=kept)


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """An X, or with a `z_number` a Z. `at` is when it was read; `number` counts the shifts of the till.

    `cash` has a line for every currency that has moved; `grand_total` is the till's running total, never reset, and
    None for who may not see what the drawer should hold.
    """

    till: str
    number: int
    cashier: str
    opened_at: datetime
    at: datetime
    sales: Turnover
    returns: Turnover
    discounts: Money
    rounding: Money
    payments: tuple[PaymentSum, ...]
    change: tuple[PaymentSum, ...]
    cash: tuple[CashLine, ...]
    voids: int
    no_sales: int
    approvals: int
    first_receipt: str | None
    last_receipt: str | None
    grand_total: Money | None
    refunds: tuple[PaymentSum, ...] = ()
    without_receipt: Turnover | None = None
    """Of the returns those for which there was no receipt; None where there were none."""
    voided_sales: Turnover | None = None
    """Of the returns those that voided a whole sale; None where there were none."""
    closed_at: datetime | None = None
    closed_by: str | None = None
    approved_by: str | None = None
    z_number: int | None = None
    owed: tuple[PendingRefund, ...] = ()
    """What was taken by card or QR for refused sales and is still to be given back."""
    hand_overs: tuple[HandOver, ...] = ()
    spread: tuple[Spread, ...] = ()
    """By foreign currency; hidden from a person who may not see the expected cash: it could be computed from this."""
    details: ShiftDetails = NO_DETAILS
    providers: tuple[ProviderSum, ...] = ()
    """What payment providers took of the payments, and give back of the refunds."""
    deposits: DepositSums = NO_DEPOSITS
    """What became of deposits on customer orders in the shift: beside `cash`, outside `payments`."""
    unsettled: tuple[UnsettledCharge, ...] = ()
    """What was begun at providers in the shift and is open; in a Z as it stood when the shift was closed."""
    anchor: str = ""
    """The first digits of the seal that was put on the books with a Z; empty for one without."""
    fiscal: FiscalCounts | None = None
    """How its receipts stand at the fiscal register when it is read; no part of a Z. None in a shop without one."""

    @property
    def z_name(self) -> str | None:
        """The number of the Z as printed: T1-Z000012."""
        return None if self.z_number is None else z_name(self.till, self.z_number)

    @property
    def price(self) -> Currency:
        return self.discounts.currency

    @property
    def is_blind(self) -> bool:
        """Whether it is for who may not see what the drawer should hold."""
        return self.grand_total is None

    def without_expected(self) -> ShiftReport:
        """The report for who may not see what the drawer should hold, and nothing from which it could be worked out.

        Counted are receipts, pieces, cards and wallets; no cash, and no sum that less the cards is the cash. Which
        currencies have moved stays: they are to be counted.
        """
        return replace(
            self,
            sales=replace(self.sales, shown=None),
            returns=replace(self.returns, shown=None),
            without_receipt=None if self.without_receipt is None else replace(self.without_receipt, shown=None),
            voided_sales=None if self.voided_sales is None else replace(self.voided_sales, shown=None),
            payments=tuple(paid for paid in self.payments if paid.method != "cash"),
            change=(),
            refunds=tuple(refund for refund in self.refunds if refund.method != "cash"),
            cash=tuple(CashLine(line.currency, estimated=line.estimated) for line in self.cash),
            grand_total=None,
            hand_overs=tuple(one.without_expected() for one in self.hand_overs),
            spread=(),
            deposits=self.deposits.without_cash(),
            details=replace(self.details, returns=()),
        )

    def counted(self, count: Mapping[str, Notes]) -> ShiftReport:
        """The report with a count; a currency of it that has not moved has a line of its own."""
        lines = {line.currency.code: line for line in self.cash}
        moved = [lines.get(code) or CashLine.of(money, {}) for code, money in CURRENCIES.items()
                 if code in lines or code in count]  # fmt: skip
        return replace(self, cash=tuple(line.with_count(count.get(line.currency.code, {})) for line in moved))


@dataclass(frozen=True, slots=True)
class ZReport:
    """A Z as it was recorded: for ever, with the hash that chains it to the till's Z before it."""

    report: ShiftReport
    shift: int
    mac: str
