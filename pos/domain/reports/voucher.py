"""The day voucher of a Z: its figures as postings for the accountant, debit and credit, in the price currency.

Sales and returns are posted against the customers' account, and so is the money of the customers: it is zero after
each voucher. Foreign money stands at its worth at the shop's customs rates; what it counted for less or more is the
exchange difference of the Z. Deposits on customer orders are owed to the customers, at what they count for, from the
day they are taken until a sale uses them or they are given back. The float comes from the safe, and what is counted at
the close goes there, so that the accounts of the till are zero between two shifts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from pos.domain.errors import Refused
from pos.domain.money import Currency, Money, total
from pos.domain.payment.tender import DEPOSIT, EXCHANGE
from pos.domain.pricing.spread import worth_of
from pos.domain.reports.accounts import Account
from pos.domain.reports.shift_books import (
    CashMovement,
    DepositMovement,
    Flow,
    GoodsSum,
    MoneySum,
    ShiftBooks,
    SoldGoods,
)
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport

Middle = Callable[[Currency, datetime], Fraction | None]
"""What a unit of a currency was worth at an instant, in units of the price currency; None without a rate."""

CUSTOMERS, ROUNDING, GAIN = Account("customers"), Account("rounding"), Account("exchange")
KEPT = Account("kept_deposits")
DIFFERENCE, PAID_IN, PAID_OUT = Account("difference"), Account("paid_in"), Account("paid_out")

_SOLD = {"sale": "sales", "return": "returns", "void": "voided_sales"}
_ONE = Fraction(1)


@dataclass(eq=False)
class VoucherDiffers(Refused):
    """The receipts in the books do not come to the figures of the recorded Z: `verify` says where."""

    fact = "voucher_differs"

    z: str
    figure: str


@dataclass(frozen=True, slots=True)
class Posting:
    """One row: `value` in the price currency goes to `debit` and comes from `credit`.

    `original` is the money itself, and `rate` units of the price currency for one unit of it. Where only the worth of
    foreign money changes, `original` is nothing of it and there is no rate. `value` is None for money of which the shop
    has no rate. `vat` is how much more VAT is owed by it,
    below zero for goods that came back. `kind` says what it is, by its name in the words of the voucher.
    """

    kind: str
    debit: Account
    credit: Account
    original: Money
    rate: Fraction | None
    value: Money | None
    vat_rate: Decimal | None = None
    vat: Money | None = None
    method: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AccountTurnover:
    """What went to an account and what came from it; the balance is the difference."""

    debit: Money
    credit: Money

    @property
    def balance(self) -> Money:
        """Above zero where more went to it."""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Voucher:
    """The postings of one Z, named as printed."""

    z: str
    till: str
    day: date
    price: Currency
    postings: tuple[Posting, ...]

    def turnovers(self) -> Mapping[Account, AccountTurnover]:
        """By account, in the order of the accounts. Postings without a value are not in it."""
        return turnovers_of(self.postings, self.price)


def turnovers_of(postings: Iterable[Posting], price: Currency) -> dict[Account, AccountTurnover]:
    """What the postings move, by account."""
    debits, credits_ = Counter[Account](), Counter[Account]()
    for one in postings:
        if one.value is not None:
            debits[one.debit] += one.value.minor
            credits_[one.credit] += one.value.minor
    accounts = sorted(debits.keys() | credits_.keys())
    return {one: AccountTurnover(Money(debits[one], price), Money(credits_[one], price)) for one in accounts}


def voucher_of(z: ShiftReport, books: ShiftBooks, middle: Middle) -> Voucher:
    """The voucher of a Z. Raises VoucherDiffers where the books do not come to its figures."""
    assert z.z_name is not None, "an X is not final"
    assert z.closed_at is not None, "a Z says when"
    _check(z, books)
    postings = [
        *chain.from_iterable(_of_goods(one) for one in books.goods),
        *(_of_money(one) for one in books.money if one.method != EXCHANGE),
        *_of_spread(books.money, z.price),
        *_rounded(books.rounding),
        *chain.from_iterable(_of_deposit(one, z.price, middle) for one in books.deposits),
    ]
    for line in z.cash:
        drawer = _Drawer(line, z.closed_at, z.price, middle)
        own = [*drawer.moved(books.moves), *drawer.counted()]
        postings += [*own, *drawer.emptied([*postings, *own])]
        if _left(postings, Account.of_money("cash", line.currency)):
            raise VoucherDiffers(z.z_name, f"cash {line.currency}")
    owed = turnovers_of(postings, z.price).get(CUSTOMERS)
    if owed is not None and owed.balance:
        raise VoucherDiffers(z.z_name, CUSTOMERS.kind)
    return Voucher(z.z_name, z.till, books.day, z.price, tuple(postings))


def _left(postings: Iterable[Posting], account: Account) -> int:
    """What of the money itself is left on an account, in minor units."""
    return sum(one.original.minor * ((one.debit == account) - (one.credit == account)) for one in postings)


def check_goods(z: ShiftReport, goods: Iterable[SoldGoods]) -> None:
    """Refuse goods that do not come to the sales and returns of a Z. Raises VoucherDiffers."""
    sums = Counter[str]()
    for one in goods:
        sums["sales" if one.kind == "sale" else "returns"] += one.amount.minor
    for name, turnover in (("sales", z.sales), ("returns", z.returns)):
        if sums[name] != turnover.amount.minor:
            raise VoucherDiffers(z.z_name or "", name)


def _posted(
    kind: str,
    debit: Account,
    credit: Account,
    value: Money,
    *,
    original: Money,
    rate: Fraction | None = None,
    method: str = "",
    reason: str = "",
) -> Iterator[Posting]:
    """A posting of what is above zero; one below zero goes the other way round, and none of nothing."""
    if value.minor < 0 or original.minor < 0:
        debit, credit, value, original = credit, debit, -value, -original
    if value or original:
        yield Posting(kind, debit, credit, original, rate, value, method=method, reason=reason)


def _of_goods(goods: GoodsSum) -> Iterator[Posting]:
    """What was paid for goods without the tax in it, and the tax; of goods that came back the other way round."""
    kind, is_sold = _SOLD[goods.kind], goods.kind == "sale"
    net, tax = goods.amount - goods.tax, goods.tax
    earned = Account.of_rate("revenue" if is_sold else "returns", goods.vat)
    for account, amount, more in ((earned, net, tax), (Account.of_rate("vat", goods.vat), tax, None)):
        if not amount:
            continue
        debit, credit = (CUSTOMERS, account) if is_sold else (account, CUSTOMERS)
        vat = None if more is None or goods.vat is None else more if is_sold else -more
        name = kind if more is not None else f"vat_of_{kind}"
        yield Posting(name, debit, credit, amount, _ONE, amount, goods.vat, vat)


def _of_money(money: MoneySum) -> Posting:
    """Money of customers at what it counted for; a deposit is no longer owed then."""
    account = Account.of_money("deposits" if money.method == DEPOSIT else money.method, money.amount.currency)
    debit, credit = (account, CUSTOMERS) if money.flow == "payment" else (CUSTOMERS, account)
    return Posting(money.flow, debit, credit, money.amount, money.rate, money.value, method=money.method)


def _of_spread(money: Iterable[MoneySum], price: Currency) -> Iterator[Posting]:
    """What foreign money is worth above what it counted for, by method and currency."""
    earned: dict[tuple[str, Currency], int] = {}
    for one in money:
        if one.method != EXCHANGE and one.amount.currency != price:
            key, sign = (one.method, one.amount.currency), 1 if one.flow == "payment" else -1
            earned[key] = earned.get(key, 0) + sign * (one.worth - one.value).minor
    for (method, currency), minor in earned.items():
        account, gain, none = Account.of_money(method, currency), Money(minor, price), Money.zero(currency)
        yield from _posted("spread", account, GAIN, gain, original=none, method=method)


def _of_deposit(deposit: DepositMovement, price: Currency, middle: Middle) -> Iterator[Posting]:
    """What is owed for a deposit, against the money, or against what the shop keeps; and what the money is worth."""
    amount, currency = deposit.amount, deposit.amount.currency
    owed, money = Account.of_money("deposits", currency), Account.of_money(deposit.method, currency)
    is_taken, kind = deposit.kind == "taken", f"deposit_{deposit.kind}"
    debit, credit = (money, owed) if is_taken else (owed, KEPT if deposit.kind == "kept" else money)
    rate = deposit.rate if currency != price else _ONE
    yield Posting(kind, debit, credit, amount, rate, deposit.value, method=deposit.method, reason=deposit.order)
    of_day = None if currency == price or deposit.kind == "kept" else middle(currency, deposit.at)
    if of_day is not None:
        more = worth_of(amount, of_day, price) - deposit.value
        none = Money.zero(currency)
        yield from _posted("spread", money, GAIN, more if is_taken else -more, original=none, method=deposit.method)


def _rounded(rounding: Money) -> Iterator[Posting]:
    yield from _posted("rounding", CUSTOMERS, ROUNDING, rounding, original=rounding, rate=_ONE)


@dataclass(frozen=True, slots=True)
class _Drawer:
    """The cash of one currency in the drawer of a shift."""

    line: CashLine
    closed_at: datetime
    price: Currency
    middle: Middle

    @property
    def _cash(self) -> Account:
        return Account.of_money("cash", self.line.currency)

    @property
    def _safe(self) -> Account:
        return Account.of_money("safe", self.line.currency)

    def moved(self, moves: Iterable[CashMovement]) -> Iterator[Posting]:
        """The float, cash paid in and out, drops, and what counts at hand-overs were off by."""
        against = {"float": self._safe, "drop": self._safe, "in": PAID_IN, "out": PAID_OUT, "hand_over": DIFFERENCE}
        for move in moves:
            if move.amount.currency == self.line.currency:
                yield from self._posting(move.kind, against[move.kind], move.amount, move.at, move.reason)

    def counted(self) -> Iterator[Posting]:
        """What the last count was off by, and what was counted, which goes to the safe."""
        assert self.line.difference is not None, "a Z has its count"
        assert self.line.counted is not None, "a Z has its count"
        yield from self._posting("difference", DIFFERENCE, self.line.difference, self.closed_at)
        yield from self._posting("counted", self._safe, -self.line.counted, self.closed_at)

    def emptied(self, before: Iterable[Posting]) -> Iterator[Posting]:
        """What the rates of the shift have left on an account from which all money is gone."""
        if self.line.currency == self.price or self._rate(self.closed_at) is None:
            return
        left = turnovers_of(before, self.price).get(self._cash)
        if left is not None:
            none = Money.zero(self.line.currency)
            yield from _posted("revaluation", self._cash, GAIN, -left.balance, original=none, method="cash")

    def _posting(self, kind: str, against: Account, amount: Money, at: datetime, reason: str = "") -> Iterator[Posting]:
        rate = self._rate(at)
        if rate is not None:
            value = worth_of(amount, rate, self.price)
            yield from _posted(
                kind, self._cash, against, value, original=amount, rate=rate, method="cash", reason=reason
            )
        elif amount:
            debit, credit = (self._cash, against) if amount.minor > 0 else (against, self._cash)
            original = Money(abs(amount.minor), amount.currency)
            yield Posting(kind, debit, credit, original, None, None, method="cash", reason=reason)

    def _rate(self, at: datetime) -> Fraction | None:
        """The rate of the moment, or of the close where there was none yet."""
        if self.line.currency == self.price:
            return _ONE
        rate = self.middle(self.line.currency, at)
        return self.middle(self.line.currency, self.closed_at) if rate is None else rate


def _check(z: ShiftReport, books: ShiftBooks) -> None:
    """Compare every figure of the Z that the books can be asked for."""
    sold = total((one.amount for one in books.goods if one.kind == "sale"), z.price)
    back = total((one.amount for one in books.goods if one.kind != "sale"), z.price)
    figures: list[tuple[str, object, object]] = [
        ("sales", sold, z.sales.amount),
        ("returns", back, z.returns.amount),
        ("rounding", books.rounding, z.rounding),
    ]
    of_flow: tuple[tuple[Flow, tuple[PaymentSum, ...]], ...] = (
        ("payment", z.payments), ("change", z.change), ("refund", z.refunds),
    )  # fmt: skip
    for flow, sums in of_flow:
        recorded = {(one.method, one.amount.currency.code): (one.amount.minor, one.value.minor) for one in sums}
        figures.append((flow, _by_way(books.money, flow), recorded))
    for line in z.cash:
        moved = Counter[str]()
        for move in books.moves:
            if move.amount.currency == line.currency:
                moved[move.kind] += move.amount.minor
        figures += [
            (f"{kind} {line.currency}", moved[kind] * sign, line.moved()[kind].minor)
            for kind, sign in (("float", 1), ("in", 1), ("out", -1), ("drop", -1), ("hand_over", 1))
        ]
        figures += [
            (f"{kind} {line.currency}", _in_cash(books.deposits, step, line.currency), line.moved()[kind].minor)
            for kind, step in (("deposit", "taken"), ("deposit_back", "returned"))
        ]
    for step, sums_of in z.deposits.parts:
        if step != "used":  # it is among the payments
            stated_of = {(one.method, one.amount.currency.code): (one.amount.minor, one.value.minor) for one in sums_of}
            figures.append((f"deposits {step}", _by_step(books.deposits, step), stated_of))
    if z.spread:  # a Z of before it was kept has none
        recorded_spread = {one.amount.currency.code: one.earned.minor for one in z.spread}
        figures.append(("spread", _spread_by_currency(books.money, z.price), recorded_spread))
    for name, found, stated in figures:
        if found != stated:
            raise VoucherDiffers(z.z_name or "", name)


def _in_cash(deposits: Iterable[DepositMovement], step: str, currency: Currency) -> int:
    cash = (one for one in deposits if (one.kind, one.method, one.amount.currency) == (step, "cash", currency))
    return sum(one.amount.minor for one in cash)


def _by_step(deposits: Iterable[DepositMovement], step: str) -> dict[tuple[str, str], tuple[int, int]]:
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for one in deposits:
        if one.kind == step:
            way = one.method, one.amount.currency.code
            amount, value = sums.get(way, (0, 0))
            sums[way] = amount + one.amount.minor, value + one.value.minor
    return sums


def _by_way(money: Iterable[MoneySum], flow: Flow) -> dict[tuple[str, str], tuple[int, int]]:
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for one in money:
        if one.flow == flow:
            way = one.method, one.amount.currency.code
            amount, value = sums.get(way, (0, 0))
            sums[way] = amount + one.amount.minor, value + one.value.minor
    return sums


def _spread_by_currency(money: Iterable[MoneySum], price: Currency) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in money:
        if one.amount.currency != price:
            sign = 1 if one.flow == "payment" else -1
            code = one.amount.currency.code
            sums[code] = sums.get(code, 0) + sign * (one.worth - one.value).minor
    return sums
