"""Random claims, deposits, pick-ups, voids and deliveries: stock, queue and money are those of an independent model."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import settings

from pos.application.pickup.take_order import ClaimLine
from pos.application.reports.shift_json import shift_json
from pos.domain.money import CURRENCIES, Money
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.sales.parking import GoodsReserved
from pos.domain.sales.sale import Sale
from tests.application.pickup.model import HELD, OPEN, Model, Order, Paid
from tests.application.pickup.orders import (
    claim,
    deposits,
    on_hand,
    opened,
    order_of,
    pay_ahead,
    settle_up,
    steps,
    upkeep,
)
from tests.application.returns.test_void_sale import void
from tests.application.sales.test_hold_sale import held
from tests.builders import card, money
from tests.horgos import CNY, KZT
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop

SEEDS = range(max(2, settings.get_profile("ci").max_examples // 40, settings().max_examples // 40))
"""More of them in the profile `explore`."""
STEPS = 30
GOODS = (CHOCOLATE, COGNAC, SWEETS)
PRICES = {CHOCOLATE: 12_50, COGNAC: 450_00, SWEETS: 48_00}


class Days:
    """A shop and a model that do the same things."""

    def __init__(self, shop: DemoShop, seed: int) -> None:
        self.shop, self.model, self.random = shop, Model(), Random(seed)
        self.amina = shop.person("amina")
        self.rate, self.sold = Fraction("72.8"), list[tuple[Sale, str, int, int]]()
        shop.set("sell_without_visitor", "yes")
        for code in GOODS:
            on_hand(shop, code, 6)
            self.model.shelf[code] = 6
        for line in shift_json(shop.read_shift(shop.person("manager")))["cash"]:
            self.model.drawer[line["currency"]] = Money.parse(line["expected"], CURRENCIES[line["currency"]]).minor

    @property
    def now(self) -> int:
        return int(self.shop.now().timestamp())

    def step(self) -> None:
        """One random thing."""
        self.random.choice(
            (self.claims, self.claims, self.claims, self.confirms, self.cancels, self.pays_ahead, self.pays_ahead,
             self.gives_back, self.picks_up, self.picks_up, self.picks_up, self.voids, self.sells, self.brings,
             self.sleeps, self.changes_terms)
        )()  # fmt: skip

    def _one_of(self, *states: str) -> str | None:
        found = sorted(code for code, one in self.model.orders.items() if one.state in states)
        return self.random.choice(found) if found else None

    def claims(self) -> None:
        codes = self.random.sample(GOODS, self.random.randint(1, 2))
        goods = {code: self.random.randint(1, 3) for code in codes}
        in_tenge = self.random.random() < 0.3
        price = {code: PRICES[code] for code in codes}
        lines = [ClaimLine(code, count) for code, count in goods.items()]
        if in_tenge:
            lines = [ClaimLine(code, count, money("1000", KZT)) for code, count in goods.items()]
            each = int((2 * Fraction(1000_00) / self.rate + 1) // 2)
            price = dict.fromkeys(codes, each)
        until = self.shop.now() + timedelta(hours=self.random.randint(1, 60))
        confirms = self.random.random() < 0.7
        made = claim(self.shop, lines=tuple(lines), hold_until=until, confirms=confirms)
        order = Order(goods, price, len(self.model.orders), int(until.timestamp()))
        assert made.state.value == self.model.claims(made.code, order, self.now, confirms=confirms)

    def confirms(self) -> None:
        code = self._one_of("claimed")
        if code is not None:
            assert steps(self.shop).confirm(code, self.amina).state.value == self.model.confirms(code, self.now)

    def cancels(self) -> None:
        code = self._one_of(*OPEN)
        if code is not None:
            steps(self.shop).cancel(code, "", self.amina)
            self.model.cancels(code, self.now)

    def changes_terms(self) -> None:
        self.shop.set("deposit_no_show", self.random.choice(("give_back", "keep")))

    def pays_ahead(self) -> None:
        code = self._one_of(*OPEN)
        if code is None or ((had := self.model.orders[code].deposit) is not None and had.left):
            return
        order, by = order_of(self.shop, code), self.random.choice(("cash", "card"))
        of = self.random.choice((CNY, KZT))
        rate = Fraction(1) if of == CNY else self._rate_of(order)
        most = deposits(self.shop).most(order, Money.zero(of), by).units
        amount = Money(self.random.randint(1, max(1, int(most))) * 100, of)
        if amount.units > most:
            return
        pay_ahead(self.shop, order, amount, by)
        terms = self.shop.settings().deposit_no_show
        self.model.pays_ahead(code, Paid(by, of.code, rate, terms), amount.minor)

    def _rate_of(self, order: CustomerOrder) -> Fraction:
        """The one agreed for tenge in this order, else that of now."""
        agreed = [line.agreed.rate for line in order.lines if line.agreed.amount.currency == KZT]
        return agreed[0] if agreed else 1 / self.rate

    def gives_back(self) -> None:
        found = [
            code
            for code, one in self.model.orders.items()
            if one.state not in OPEN and one.deposit is not None and one.deposit.left
        ]
        if not found:
            return
        code = self.random.choice(sorted(found))
        deposit = self.model.orders[code].deposit
        assert deposit is not None
        if deposit.by == "cash" and self.model.drawer[deposit.money] < deposit.left:
            return
        back = deposits(self.shop).give_back(code, self.shop.person("manager"))
        assert (back.method, back.amount.currency.code) == (deposit.by, deposit.money)
        assert back.amount.minor == self.model.gives_back(code)

    def picks_up(self) -> None:
        code = self._one_of(*HELD)
        if code is None:
            return
        order = order_of(self.shop, code)
        checkout = opened(self.shop, order, visitor=False)
        picked = Counter(self.model.orders[code].goods)
        for row in checkout.view().lines:
            if len(picked) > 1 and self.random.random() < 0.3:
                checkout.void(row.line.id, self.amina)
                del picked[row.line.product.code]
            elif (left := self.random.randint(1, row.line.quantity)) < row.line.quantity:
                checkout.set_quantity(row.line.id, left)
                picked[row.line.product.code] = left
        total, used, worth = self.model.picks_up(code, picked, self.now)
        deposit = self.model.orders[code].deposit
        is_enough = deposit is not None and deposit.left > 0  # what cash makes of the total is not asked for again
        rest = 0 if is_enough else total - worth
        sale = settle_up(self.shop, checkout, *([card(str(Money(rest, CNY)))] if rest > 0 else []))
        assert (sale.total.minor, sale.paid[0].value.minor) == (total, worth or total)
        assert [one.tender.amount.minor for one in sale.paid if one.tender.method == "deposit"] == [used] * bool(used)
        self.sold.append((sale, code, used, worth))

    def voids(self) -> None:
        if not self.sold:
            return
        sale, code, used, worth = self.sold.pop(self.random.randrange(len(self.sold)))
        void(self.shop, sale.receipt)
        zone = self.shop.settings().zone
        tomorrow = self.shop.now().astimezone(zone).date() + timedelta(days=1)
        until = int(datetime.combine(tomorrow, time(0), zone).astimezone(UTC).timestamp())
        self.model.voids(code, used, worth, until, self.now)

    def sells(self) -> None:
        code = self.random.choice(GOODS)
        if self.model.shelf[code] - self.model.held()[code] < 1:
            with pytest.raises(GoodsReserved if self.model.shelf[code] else Exception):
                self.shop.sell(code, visitor=False, tenders=(card(str(Money(PRICES[code], CNY))),))
            return
        self.shop.sell(code, visitor=False, tenders=(card(str(Money(PRICES[code], CNY))),))
        self.model.shelf[code] -= 1

    def brings(self) -> None:
        code = self.random.choice(GOODS)
        self.model.shelf[code] += 2
        on_hand(self.shop, code, self.model.shelf[code])

    def sleeps(self) -> None:
        """Some hours go by, and the till is idle; a rate moves."""
        self.shop.now.move(hours=self.random.randint(1, 20))
        tenths = self.random.randint(700, 760)
        self.rate = Fraction(tenths, 10)
        buy, sell = Decimal(tenths - 10) / 10, Decimal(tenths) / 10
        self.shop.set_rate(self.shop.person("manager"), CNY, buy, sell, None, None, anyway=True)
        self.shop.now.move(minutes=1)
        upkeep(self.shop)
        self.model.ends(self.now)

    def check(self) -> None:
        """Orders, stock, drawer and sums are the model's, and the books agree with themselves."""
        states = {code: order_of(self.shop, code).state.value for code in self.model.orders}
        assert states == {code: one.state for code, one in self.model.orders.items()}
        for code in GOODS:
            assert held(self.shop, code) == self.model.held()[code]
            assert self.shop.find.show(code).on_hand == self.model.shelf[code]
        report = shift_json(self.shop.read_shift(self.shop.person("manager")))
        said = Counter[tuple[str, str, str]]()
        for step, rows in report["deposits"].items():
            for row in rows:
                said[step, row["method"], row["currency"]] = Money.parse(
                    row["amount"], CURRENCIES[row["currency"]]
                ).minor
        assert said == +self.model.sums
        for line in report["cash"]:
            expected = Money.parse(line["expected"], CURRENCIES[line["currency"]]).minor
            assert expected == self.model.drawer[line["currency"]]
        for code, one in self.model.orders.items():
            deposit = order_of(self.shop, code).deposit
            left = (0, 0) if deposit is None else (deposit.open.minor, deposit.open_value.minor)
            assert left == ((0, 0) if one.deposit is None else (one.deposit.left, one.deposit.worth))
        assert self.shop.verify() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_orders_stock_queue_and_money_are_those_of_an_independent_model(shop: DemoShop, seed: int) -> None:
    days = Days(shop, seed)
    for number in range(STEPS):
        days.step()
        if number % 15 == 14:
            days.check()
