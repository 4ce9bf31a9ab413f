"""Reports agree with the facts and with each other: recounted here from the receipts, not as the store adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.sales.complete_sale import Payment
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Money, half_up
from pos.domain.payment.tender import Tender, fewest_notes
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.rates import RateTable
from pos.domain.pricing.spread import earned
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift_report import PaymentSum, ShiftReport
from pos.domain.staff.staff import Approval, NotAllowed
from tests.builders import card, cash, cash_for, money, qr
from tests.horgos import CNY, KZT, USD
from tests.shops import BAG, CARTON, CHOCOLATE, SWEETS, DemoShop

REASONS = ("Changed mind", "Faulty", "too sweet")


@dataclass
class Seen:
    """What a day's receipts were, as the person who stood beside the till wrote them down."""

    sales: list[Sale] = field(default_factory=list)
    returns: list[GoodsReturn] = field(default_factory=list)
    voids: list[tuple[str, int, Money]] = field(default_factory=list)
    openings: list[str] = field(default_factory=list)
    approvals: Counter[tuple[str, str]] = field(default_factory=Counter)
    discounts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def spread(self) -> Counter[str]:
        """In fen, by foreign currency: what each part is worth at the customs rates less what it counted for."""
        earned: Counter[str] = Counter()

        def count(money: Money, value: Money, rates: RateTable, sign: int) -> None:
            if money.currency == CNY:
                return
            rate = Fraction(1) if money.currency == KZT else rates.of(money.currency).for_customs
            worth = half_up(money.units * rate / rates.of(CNY).for_customs * 100)
            earned[money.currency.code] += sign * (worth - value.minor)

        for sale in self.sales:
            for paid in sale.paid:
                count(paid.tender.amount, paid.value, sale.rates, 1)
            for change in sale.change:
                count(change.amount, change.value, sale.rates, -1)
        for back in self.returns:
            for refund in back.refunds:
                count(refund.amount, refund.value, back.rates, -1)
        return earned


def a_day(shop: DemoShop, dice: Random, seen: Seen, steps: int) -> None:
    """Sales with discounts, voids, returns, cash in and out, drawers opened, in five currencies."""
    amina, manager = shop.person("amina"), shop.person("manager")
    shift = shop.open_shift.current()
    assert shift is not None
    cashier = shop.person(shift.cashier)
    for step in range(steps):
        shop.now.move(minutes=dice.randint(1, 9))
        what = dice.random()
        try:
            if what < 0.12:
                checkout = shop.basket(SWEETS, CHOCOLATE)
                line = checkout.view().lines[0].line
                checkout.void(line.id, amina)
                seen.voids.append((line.product.code, line.quantity, line.amount))
            elif what < 0.2:
                allowed = Approval(manager, frozenset({"no_sale"}), shift.key)
                shop.open_drawer(cashier, f"coin {step}", allowed)
                seen.openings.append(f"coin {step}")
                seen.approvals["no_sale", "manager"] += 1
            elif what < 0.28:
                shop.move_cash(cashier, "in", money(str(dice.randint(1, 50))), "bank")
            elif what < 0.45 and seen.sales:
                give_back(shop, dice, seen, step)
            else:
                sell(shop, dice, seen)
        except RuleBroken:
            continue


def sell(shop: DemoShop, dice: Random, seen: Seen) -> None:
    checkout = shop.basket(*dice.choices((BAG, BAG, CHOCOLATE, SWEETS, CARTON), k=dice.randint(1, 3)))
    shift = shop.open_shift.current()
    assert shift is not None
    order = checkout.order(shop.person(shift.cashier))
    off = dice.choice([None, None, Discount(Decimal(dice.choice([1, 5, 10]))), Discount(amount=money("0.10"))])
    if off is not None:
        order = replace(order, cart=order.cart.with_discount(order.cart.lines[0].id, off))
    currency = dice.choice(list(CURRENCIES.values()))
    first = Tender("cash", Money(dice.choice(currency.denominations[:5]) * dice.randint(1, 9), currency))
    tenders = dice.choice([(first,), (qr("1"), first), (card("1"), first, cash("900")), (cash_for(order.cart.total),)])
    sale = shop.complete_sale.from_counter(order, Payment(tenders, dice.choice([None, None, KZT, USD])))
    seen.sales.append(sale)
    for line in sale.lines:
        if line.discount:
            assert off is not None
            seen.discounts[off.kind, sale.cashier] += line.discount.minor


def give_back(shop: DemoShop, dice: Random, seen: Seen, step: int) -> None:
    sale = dice.choice(seen.sales)
    line = dice.choice(sale.lines)
    shift = shop.open_shift.current()
    assert shift is not None
    wanted = dice.choice(sale.paid).tender
    key = f"back-{shift.id}-{step}"
    lines = (ReturnLine(line.line, 1, dice.choice(["shelf", "waste"])),)
    reason = dice.choice(REASONS)
    order = ReturnOrder(key, sale.receipt, lines, wanted.method, wanted.amount.currency, reason, shift.cashier)
    seen.returns.append(shop.return_goods(order, f"print-{key}"))


def by_way(sums: Iterable[PaymentSum]) -> dict[tuple[str, str], tuple[int, int]]:
    return {(one.method, one.amount.currency.code): (one.amount.minor, one.value.minor) for one in sums}


def recounted(parts: Iterable[tuple[str, Money, Money]]) -> dict[tuple[str, str], tuple[int, int]]:
    amounts: Counter[tuple[str, str]] = Counter()
    values: Counter[tuple[str, str]] = Counter()
    for method, amount, value in parts:
        amounts[method, amount.currency.code] += amount.minor
        values[method, amount.currency.code] += value.minor
    return {way: (amounts[way], values[way]) for way in amounts}


def count_of(report: ShiftReport) -> dict[str, dict[int, int]]:
    """The person who counts finds what should be there."""
    return {
        line.currency.code: fewest_notes(max(line.expected or line.moved()["float"], Money.zero(line.currency)))
        for line in report.cash
    }


@pytest.mark.parametrize("seed", range(4))
def test_an_x_is_the_sum_of_its_receipts(shop: DemoShop, seed: int) -> None:
    seen = Seen()
    a_day(shop, Random(seed), seen, 30)

    x = shop.read_shift(shop.person("manager"))

    assert len(seen.sales) >= 5
    assert len(seen.spread()) >= 2
    assert (x.sales.count, x.sales.pieces) == (len(seen.sales), sum(sale.pieces for sale in seen.sales))
    assert x.sales.amount.minor == sum(sale.total.minor for sale in seen.sales)
    assert (x.returns.count, x.returns.pieces) == (len(seen.returns), sum(back.pieces for back in seen.returns))
    assert x.returns.amount.minor == sum(back.total.minor for back in seen.returns)
    rounded = [sale.rounding.minor for sale in seen.sales] + [back.rounding.minor for back in seen.returns]
    assert x.rounding.minor == sum(rounded)
    paid = [(p.tender.method, p.tender.amount, p.value) for sale in seen.sales for p in sale.paid]
    assert by_way(x.payments) == recounted(paid)
    assert by_way(x.change) == recounted(("cash", c.amount, c.value) for sale in seen.sales for c in sale.change)
    assert by_way(x.refunds) == recounted((r.method, r.amount, r.value) for b in seen.returns for r in b.refunds)
    assert {(one.kind, one.person): one.amount.minor for one in x.details.discounts} == dict(seen.discounts)
    assert x.discounts.minor == seen.discounts.total()
    assert [(one.code, one.pieces, one.amount) for one in x.details.voids] == seen.voids
    assert [one.reason for one in x.details.openings] == seen.openings
    assert {(one.act, one.person): one.count for one in x.details.approvals} == dict(seen.approvals)
    reasons = Counter(back.reason for back in seen.returns)
    assert {one.reason: one.count for one in x.details.returns} == dict(reasons)
    assert sum(one.amount.minor for one in x.details.returns) == x.returns.amount.minor
    assert {one.amount.currency.code: one.earned.minor for one in x.spread} == dict(seen.spread())


@pytest.mark.parametrize("seed", range(4))
def test_a_day_is_the_sum_of_its_zs_and_its_money_is_its_goods(shop: DemoShop, seed: int) -> None:
    dice, manager, zs = Random(100 + seed), shop.person("manager"), []
    other = shop.other_till()
    seen = Seen()
    for till in (shop, other, shop):
        if till.open_shift.current() is None:
            till.open_shift(till.person("amina"), {"CNY": {10_000: 5, 100: 9}, "USD": {100: 9}})
        a_day(till, dice, seen, 15)
        zs.append(till.close_shift(manager, count_of(till.read_shift(manager))).report)
    other.close()

    day = shop.read_day(manager)

    assert [closed.name for closed in day.closed] == [z.z_name for z in zs]
    assert day.open == ()
    assert day.sales.count == sum(z.sales.count for z in zs) == len(seen.sales)
    assert day.sales.amount.minor == sum(z.sales.amount.minor for z in zs)
    assert day.returns.amount.minor == sum(z.returns.amount.minor for z in zs)
    assert day.rounding.minor == sum(z.rounding.minor for z in zs)
    assert day.discounts.minor == sum(z.discounts.minor for z in zs)
    for name in ("payments", "change", "refunds"):
        parts = [(one.method, one.amount, one.value) for z in zs for one in getattr(z, name)]
        assert by_way(getattr(day, name)) == recounted(parts)
    assert sorted(one.code for one in day.details.voids) == sorted(one.code for z in zs for one in z.details.voids)
    assert day.approvals == sum(z.approvals for z in zs)
    spreads: Counter[str] = Counter()
    for z in zs:
        spreads.update({one.amount.currency.code: one.earned.minor for one in z.spread})
    assert {one.amount.currency.code: one.earned.minor for one in day.spread} == dict(spreads) == dict(seen.spread())
    for line in day.cash:
        mine = [one for z in zs for one in z.cash if one.currency == line.currency]
        assert line.moved()["float"].minor == sum(one.moved()["float"].minor for one in mine)
        assert line.expected == Money(sum(one.expected.minor for one in mine if one.expected), line.currency)
        assert line.difference == Money(sum(one.difference.minor for one in mine if one.difference), line.currency)
    value = sum(p.value.minor for p in day.payments) - sum(p.value.minor for p in (*day.change, *day.refunds))
    assert value == day.sales.amount.minor - day.returns.amount.minor + day.rounding.minor
    assert shop.verify() == []


def test_what_the_rates_earn_is_worth_less_counted(shop: DemoShop) -> None:
    """The example of the rules: 10 dollars count for 68.16 yuan at 501 ÷ 73.50 and are worth 68.95 at 503 ÷ 72.95."""
    for code, buy, sell_ in (("CNY", "72.40", "73.50"), ("USD", "501", "505")):
        rate = CURRENCIES[code], Decimal(buy), Decimal(sell_), None, None
        shop.set_rate(shop.person("manager"), *rate, anyway=True)
    order = shop.basket(SWEETS).order(shop.person("amina"))
    shop.complete_sale.from_counter(order, Payment((cash("10", USD),), CNY))

    x = shop.read_shift(shop.person("manager"))

    [dollars] = x.spread
    assert (str(dollars.amount), str(dollars.counted), str(dollars.worth)) == ("10.00", "68.16", "68.95")
    assert earned(x.spread, money("0")) == money("0.79")


def test_what_comes_back_as_it_came_takes_back_what_the_rates_earned(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, tenders=(cash("8", USD),))
    line = ReturnLine(0, 1, "shelf")
    shop.return_goods(ReturnOrder("b", sale.receipt, (line,), "cash", USD, "Faulty", "amina"), "b")

    parts = shop.read_shift(shop.person("manager")).spread

    [dollars] = [one for one in parts if one.amount.currency == USD]
    assert dollars.amount == money("0", USD)
    assert abs(dollars.earned.minor) <= 1  # tender, change and refund are each rounded alone


def test_a_shop_that_is_paid_in_its_own_money_earns_nothing_by_rates(shop: DemoShop) -> None:
    shop.sell(SWEETS, tenders=(cash("100"),))

    assert shop.read_shift(shop.person("manager")).spread == ()
    assert shop.report_day()["spread"] == []


def test_a_cashier_is_not_shown_what_the_rates_earned_for_the_drawer_could_be_worked_out(shop: DemoShop) -> None:
    shop.sell(SWEETS, tenders=(cash("10", USD),))

    assert shop.read_shift(shop.person("manager")).spread
    assert shop.read_shift(shop.person("amina")).spread == ()


def test_the_reports_of_a_day_are_a_managers(shop: DemoShop) -> None:
    for name in ("amina", "clerk"):
        with pytest.raises(NotAllowed) as refused:
            shop.read_day(shop.person(name))
        assert refused.value.act == "reports"
