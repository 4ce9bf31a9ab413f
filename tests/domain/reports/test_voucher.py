"""The day voucher against a ledger of its own: every receipt posted by itself, as a bookkeeper would by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.money import Currency, Money
from pos.domain.pricing.spread import Spread
from pos.domain.reports.accounts import FREE, Account, Accounts, read_accounts
from pos.domain.reports.shift_books import CashMovement, Flow, GoodsKind, GoodsSum, MoneySum, ShiftBooks, SoldGoods
from pos.domain.reports.voucher import (
    CUSTOMERS,
    Voucher,
    VoucherDiffers,
    check_goods,
    turnovers_of,
    voucher_of,
)
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport, Turnover

OPENED, NOON, CLOSED = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (1, 4, 12))
HOURS = (OPENED, NOON, CLOSED)
USD, LAK = Currency("USD"), Currency("LAK", digits=0)


@dataclass(frozen=True)
class Rates:
    """What the shop quotes at some hour, in units of the price currency: taken at, given at, worth."""

    take: Fraction
    give: Fraction
    middle: Fraction


@dataclass
class Ledger:
    """Balances in minor units of the price currency, and what is needed to make the Z and the books of the shift."""

    price: Currency
    rates: dict[tuple[str, datetime], Rates]
    balance: Counter[str] = field(default_factory=Counter)
    goods: Counter[tuple[GoodsKind, Decimal | None, str]] = field(default_factory=Counter)
    money: Counter[tuple[Flow, str, Currency, Fraction, str]] = field(default_factory=Counter)
    moves: list[CashMovement] = field(default_factory=list)
    drawer: Counter[tuple[str, str]] = field(default_factory=Counter)
    rounding: int = 0
    vat: int = 0

    def worth(self, minor: int, currency: Currency, rate: Fraction) -> int:
        """Rounded half up by a way of its own."""
        exact = Fraction(minor, 10**currency.digits) * rate * 10**self.price.digits
        with localcontext(prec=60):
            quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
            return int(quotient.quantize(Decimal(1), ROUND_HALF_UP))

    def rate(self, currency: Currency, at: datetime) -> Rates:
        one = Fraction(1)
        return Rates(one, one, one) if currency == self.price else self.rates[currency.code, at]

    def sell(self, kind: GoodsKind, lines: Sequence[tuple[Decimal | None, int]]) -> int:
        """Book goods; the sum of what was paid for them, above zero for a sale."""
        sign = 1 if kind == "sale" else -1
        for vat, amount in lines:
            tax = 0 if vat is None else self.worth(amount, self.price, Fraction(vat) / (100 + Fraction(vat)))
            self.goods[kind, vat, "amount"] += amount
            self.goods[kind, vat, "tax"] += tax
            part = FREE if vat is None else str(vat)
            self.balance[f"{'revenue' if sign > 0 else 'returns'}_{part}"] -= sign * (amount - tax)
            self.balance[f"vat_{part}"] -= sign * tax
            self.vat += sign * tax
        return sign * sum(amount for _, amount in lines)

    def pay(self, flow: Flow, method: str, money: tuple[Currency, int], at: datetime) -> int:
        """Book money of a customer; what it counts for, above zero where it comes in."""
        currency, minor = money
        rates, sign = self.rate(currency, at), 1 if flow == "payment" else -1
        rate = rates.give if flow == "change" else rates.take
        value, worth = self.worth(minor, currency, rate), self.worth(minor, currency, rates.middle)
        for name, figure in (("amount", minor), ("value", value), ("worth", worth)):
            self.money[flow, method, currency, rate, name] += figure
        if method != "exchange":
            self.balance[f"{method}_{currency.code}"] += sign * worth
            self.balance["exchange"] -= sign * (worth - value)
        if method == "cash":
            self.drawer[currency.code, {"payment": "tender"}.get(flow, flow)] += sign * minor
        return sign * value

    def round_off(self, paid: int, owed: int) -> None:
        """What the customer paid above what was owed is kept by the shop."""
        self.rounding += paid - owed
        self.balance["rounding"] -= paid - owed

    def move(self, kind: str, money: tuple[Currency, int], at: datetime) -> None:
        currency, minor = money
        against = {
            "float": f"safe_{currency.code}", "drop": f"safe_{currency.code}", "in": "paid_in", "out": "paid_out",
            "hand_over": "difference",
        }[kind]  # fmt: skip
        worth = self.worth(minor, currency, self.rate(currency, at).middle)
        self.moves.append(CashMovement(kind, Money(minor, currency), at, "why"))
        self.drawer[currency.code, kind] += minor
        self.balance[f"cash_{currency.code}"] += worth
        self.balance[against] -= worth

    def close(self, count: dict[str, int], currencies: Sequence[Currency]) -> tuple[CashLine, ...]:
        """Book the count of the drawer, which goes to the safe; what the rates leave behind is the shop's gain."""
        lines = []
        for currency in currencies:
            moved = {kind: minor for (code, kind), minor in self.drawer.items() if code == currency.code}
            counted = count[currency.code]
            expected = sum(moved.values())
            rate = self.rate(currency, CLOSED).middle
            self.balance["difference"] -= self.worth(counted - expected, currency, rate)
            self.balance[f"safe_{currency.code}"] += self.worth(counted, currency, rate)
            self.balance[f"cash_{currency.code}"] += self.worth(counted - expected, currency, rate)
            self.balance[f"cash_{currency.code}"] -= self.worth(counted, currency, rate)
            self.balance["exchange"] += self.balance.pop(f"cash_{currency.code}")
            line = CashLine.of(currency, moved)
            money = Money(counted, currency)
            lines.append(CashLine(**{
                **{name: getattr(line, name) for name in CashLine.__dataclass_fields__},
                "counted": money, "difference": Money(counted - expected, currency), "notes": {},
            }))  # fmt: skip
        return tuple(lines)

    def books(self) -> ShiftBooks:
        kinds = sorted({(kind, vat) for kind, vat, _ in self.goods}, key=str)
        ways = sorted({key[:4] for key in self.money}, key=str)
        return ShiftBooks(
            date(2026, 3, 2),
            tuple(
                GoodsSum(kind, vat, *(Money(self.goods[kind, vat, name], self.price) for name in ("amount", "tax")))
                for kind, vat in kinds
            ),
            tuple(
                MoneySum(
                    flow, method, rate, Money(self.money[flow, method, currency, rate, "amount"], currency),
                    *(Money(self.money[flow, method, currency, rate, name], self.price) for name in ("value", "worth")),
                )
                for flow, method, currency, rate in ways
            ),
            tuple(self.moves),
            Money(self.rounding, self.price),
        )  # fmt: skip

    def z(self, cash: tuple[CashLine, ...]) -> ShiftReport:
        def turnover(*kinds: GoodsKind) -> Turnover:
            minor = sum(sum_ for (kind, _, name), sum_ in self.goods.items() if kind in kinds and name == "amount")
            return Turnover(1, 1, Money(minor, self.price))

        def sums(flow: Flow) -> tuple[PaymentSum, ...]:
            ways = sorted({(method, currency) for of, method, currency, _, _ in self.money if of == flow}, key=str)
            return tuple(
                PaymentSum(method, self._sum(flow, method, currency, "amount"),
                           Money(self._sum(flow, method, currency, "value").minor, self.price))
                for method, currency in ways
            )  # fmt: skip

        nothing = Money.zero(self.price)
        return ShiftReport(
            till="T1", number=4, cashier="amina", opened_at=OPENED, at=CLOSED, sales=turnover("sale"),
            returns=turnover("return", "void"), discounts=nothing, rounding=Money(self.rounding, self.price),
            payments=sums("payment"), change=sums("change"), cash=cash, voids=0, no_sales=0, approvals=0,
            first_receipt=None, last_receipt=None, grand_total=nothing, refunds=sums("refund"), closed_at=CLOSED,
            closed_by="amina", z_number=4, spread=self._spread(),
        )  # fmt: skip

    def _sum(self, flow: Flow, method: str, currency: Currency, name: str) -> Money:
        keys = [key for key in self.money if key[:3] == (flow, method, currency) and key[4] == name]
        return Money(sum(self.money[key] for key in keys), currency)

    def _spread(self) -> tuple[Spread, ...]:
        parts: dict[Currency, Counter[str]] = {}
        for (flow, _, currency, _, name), figure in self.money.items():
            if currency != self.price:
                parts.setdefault(currency, Counter())[name] += figure if flow == "payment" else -figure
        return tuple(
            Spread(Money(sums["amount"], currency), Money(sums["value"], self.price), Money(sums["worth"], self.price))
            for currency, sums in parts.items()
        )


VATS = st.sampled_from([None, Decimal(0), Decimal(5), Decimal(12), Decimal("12.5")])
LINES = st.lists(st.tuples(VATS, st.integers(0, 90_000)), min_size=1, max_size=3)
"""What was paid for some lines, their discounts taken off."""


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Ledger, ShiftReport]:
    """A shift of one till: sales, returns, voids, exchanges, cash moved, counts that differ, rates that change."""
    price = draw(st.sampled_from([Currency("CNY"), Currency("KRW", digits=0), Currency("KWD", digits=3)]))
    currencies = [price, USD, LAK]
    rates = {}
    for currency in (USD, LAK):
        for at in HOURS:
            middle, half = Fraction(draw(st.integers(20, 90_000)), 1000), Fraction(draw(st.integers(0, 50)), 1000)
            rates[currency.code, at] = Rates(middle * (1 - half), middle * (1 + half), middle)
    ledger = Ledger(price, rates)
    hours = st.sampled_from(HOURS)
    money = st.tuples(st.sampled_from(currencies), st.integers(1, 500_000))
    ways = st.tuples(st.sampled_from(["cash", "card", "qr"]), money, hours)
    for kind in draw(st.lists(st.sampled_from(["sale", "sale", "return", "void", "exchange"]), max_size=5)):
        at = draw(hours)
        if kind == "exchange":
            back, sold = draw(LINES), draw(LINES)
            worth = -ledger.sell("return", back)
            if worth:
                ledger.pay("refund", "exchange", (price, worth), at)
                ledger.pay("payment", "exchange", (price, worth), at)
            owed = ledger.sell("sale", sold) - worth
            ledger.round_off(ledger.pay("payment", "cash", draw(money), at), owed)
        elif kind == "sale":
            owed = ledger.sell("sale", draw(LINES))
            paid = sum(ledger.pay("payment", method, one, at) for method, one, _ in draw(st.lists(ways, max_size=3)))
            paid += sum(ledger.pay("change", "cash", one, at) for one in draw(st.lists(money, max_size=2)))
            ledger.round_off(paid, owed)
        else:
            owed = ledger.sell("void" if kind == "void" else "return", draw(LINES))
            paid = sum(ledger.pay("refund", method, one, at) for method, one, _ in draw(st.lists(ways, max_size=2)))
            ledger.round_off(paid, owed)
    for currency, minor in draw(st.lists(money, max_size=3, unique_by=lambda one: one[0])):
        ledger.move("float", (currency, minor), OPENED)
    for kind, (currency, minor), at in draw(
        st.lists(st.tuples(st.sampled_from(["in", "out", "drop", "hand_over"]), money, hours), max_size=4)
    ):
        is_out = kind in ("out", "drop") or (kind == "hand_over" and draw(st.booleans()))
        ledger.move(kind, (currency, -minor if is_out else minor), at)
    count = {one.code: draw(st.integers(0, 900_000)) for one in currencies}
    return ledger, ledger.z(ledger.close(count, currencies))


def made(ledger: Ledger, z: ShiftReport) -> Voucher:
    return voucher_of(z, ledger.books(), lambda currency, at: ledger.rates[currency.code, at].middle)


@settings(max_examples=25)
@given(shifts())
def test_every_account_is_what_a_bookkeeper_posts_by_hand(shift: tuple[Ledger, ShiftReport]) -> None:
    ledger, z = shift
    voucher = made(ledger, z)
    turned = voucher.turnovers()

    assert sum(one.debit.minor for one in turned.values()) == sum(one.credit.minor for one in turned.values())
    found = {str(account): one.balance.minor for account, one in turned.items() if one.balance}
    assert found == {name: minor for name, minor in ledger.balance.items() if minor}
    assert sum(one.vat.minor for one in voucher.postings if one.vat is not None) == ledger.vat
    assert all(one.value is not None and one.value.minor >= 0 <= one.original.minor for one in voucher.postings)


@given(shifts())
@settings(max_examples=8)
def test_customers_owe_nothing_and_the_till_is_empty_after_a_voucher(shift: tuple[Ledger, ShiftReport]) -> None:
    ledger, z = shift
    voucher = made(ledger, z)
    turned = voucher.turnovers()
    for account, one in turned.items():
        if account == CUSTOMERS or account.kind == "cash":
            assert not one.balance, str(account)
    for currency in (ledger.price, USD, LAK):
        cash = Account.of_money("cash", currency)
        money = [one.original.minor * ((one.debit == cash) - (one.credit == cash)) for one in voucher.postings]
        assert sum(money) == 0


def a_shift() -> tuple[Ledger, ShiftReport]:
    """Goods for 113.00 with 12 % paid by 20 dollars of 6.80, worth 7.00; 23.00 yuan back; 100.00 as float."""
    price = Currency("CNY")
    rates = {("USD", at): Rates(Fraction("6.8"), Fraction("7.2"), Fraction(7)) for at in HOURS}
    ledger = Ledger(price, rates)
    ledger.move("float", (price, 10_000), OPENED)
    owed = ledger.sell("sale", [(Decimal(12), 11_300)])
    paid = ledger.pay("payment", "cash", (USD, 2000), NOON) + ledger.pay("change", "cash", (price, 2300), NOON)
    ledger.round_off(paid, owed)
    return ledger, ledger.z(ledger.close({"CNY": 7_690, "USD": 2000}, [price, USD]))


def test_a_sale_in_dollars_is_worth_its_customs_rate_and_the_rest_is_exchange_gain() -> None:
    voucher = made(*a_shift())

    rows = [(one.kind, str(one.debit), str(one.credit), str(one.original), str(one.value)) for one in voucher.postings]
    assert rows == [
        ("sales", "customers", "revenue_12", "100.89", "100.89"),
        ("vat_of_sales", "customers", "vat_12", "12.11", "12.11"),
        ("change", "customers", "cash_CNY", "23.00", "23.00"),
        ("payment", "cash_USD", "customers", "20.00", "136.00"),
        ("spread", "cash_USD", "exchange", "0.00", "4.00"),
        ("float", "cash_CNY", "safe_CNY", "100.00", "100.00"),
        ("difference", "difference", "cash_CNY", "0.10", "0.10"),
        ("counted", "safe_CNY", "cash_CNY", "76.90", "76.90"),
        ("counted", "safe_USD", "cash_USD", "20.00", "140.00"),
    ]


def test_money_of_which_the_shop_has_no_rate_has_no_value_and_is_not_summed() -> None:
    ledger = Ledger(Currency("CNY"), {("USD", at): Rates(Fraction(7), Fraction(7), Fraction(7)) for at in HOURS})
    ledger.move("float", (USD, 5000), OPENED)
    z = ledger.z(ledger.close({"USD": 4000}, [USD]))

    voucher = voucher_of(z, ledger.books(), lambda _currency, _at: None)

    assert [(one.kind, str(one.debit), str(one.original), one.value) for one in voucher.postings] == [
        ("float", "cash_USD", "50.00", None),
        ("difference", "difference", "10.00", None),
        ("counted", "safe_USD", "40.00", None),
    ]
    assert turnovers_of(voucher.postings, ledger.price) == {}


@pytest.mark.parametrize(
    ("part", "figure"),
    [("sales", "sales"), ("returns", "returns"), ("rounding", "rounding"), ("payments", "payment"),
     ("change", "change"), ("refunds", "refund"), ("cash", "float CNY"), ("spread", "spread")],
)  # fmt: skip
def test_a_voucher_that_does_not_come_to_its_z_is_refused_by_the_figure(part: str, figure: str) -> None:
    ledger, z = a_shift()
    one = Money(1, ledger.price)
    other: dict[str, object] = {
        "sales": Turnover(1, 1, z.sales.amount + one),
        "returns": Turnover(1, 1, z.returns.amount + one),
        "rounding": z.rounding + one,
        "payments": (replace(z.payments[0], value=z.payments[0].value + one),),
        "change": (replace(z.change[0], amount=z.change[0].amount + one),),
        "refunds": (PaymentSum("cash", one, one),),
        "cash": (replace(z.cash[0], float_=one), z.cash[1]),
        "spread": (replace(z.spread[0], worth=z.spread[0].worth + one),),
    }

    with pytest.raises(VoucherDiffers) as refused:
        made(ledger, replace(z, **{part: other[part]}))  # type: ignore[arg-type] # one field of many

    assert (refused.value.z, refused.value.figure) == ("T1-Z000004", figure)


def test_goods_that_do_not_come_to_the_z_are_refused() -> None:
    _, z = a_shift()
    sold = SoldGoods("sale", "20000011", "Tea", None, Fraction(113), 1, z.sales.amount, Money.zero(z.price), z.rounding)
    check_goods(z, [sold])
    with pytest.raises(VoucherDiffers):
        check_goods(z, [sold, sold])


def test_a_shop_gives_its_accounts_numbers_for_all_or_for_one_currency_and_vat_rate() -> None:
    numbers = Accounts.of(read_accounts("cash=1010, cash_USD=1010.840, revenue=6010 , revenue_12=6010/12,vat_free=0"))

    def number(kind: str, part: str = "") -> str:
        return numbers.number(Account(kind, part))

    assert (number("cash", "USD"), number("cash", "CNY")) == ("1010.840", "1010")
    assert (number("revenue", "12"), number("revenue", "5")) == ("6010/12", "6010")
    assert (number("returns", "12"), number("returns", FREE)) == ("6010/12", "6010")
    assert (number("card", "LAK"), number("safe", "LAK"), number("customers")) == ("1012.01.LAK", "1001.02.LAK", "1122")


@pytest.mark.parametrize(
    "text",
    ["till_CNY=1", "cash_yuan=1", "rounding_CNY=1", "revenue_CNY=1", "cash_CNY", "cash_CNY=", "cash=1,cash=2",
     "cash=1\t2", "cash=" + "1" * 25, "=1", "vat_12=1=2"],
)  # fmt: skip
def test_a_pair_that_names_no_account_or_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_accounts(f"vat=2221,{text}")
