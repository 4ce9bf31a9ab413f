"""One customer after another of made-up trade: the basket, the check at the border, the payment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from random import Random

from db.seed.border_demo import BorderDemo, Nation
from db.seed.demo_assortment import DemoAssortment
from db.seed.past_work import PastStore, PastWork
from db.seed.price_list import PriceList
from db.seed.trade_money import paid_as, paid_exactly
from db.seed.trade_visitors import DemoVisitors
from pos.application.ports.store import Secrets
from pos.application.quota.evaluate_quota import judge, ledgers_of, positions_of
from pos.application.sales.check_order import QuotaExceeded
from pos.application.sales.complete_sale import CompleteSale, Payment
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.required_approvals import required_approvals
from pos.application.sales.voided_rows import voided
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.domain.catalogue.category import any_covers
from pos.domain.catalogue.piece import NO_PIECE, Piece
from pos.domain.catalogue.product import Product
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.evaluation import Evaluation
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, Person, permissions_of
from pos.domain.visitors.visitor import Visitor

_ROWS = (1,) * 30 + (2,) * 27 + (3,) * 18 + (4,) * 11 + (5,) * 7 + (6,) * 4 + (8,) * 2 + (16,) * 7
_PIECES = ((3_000, (1, 1, 1, 2, 2, 3, 4, 6)), (15_000, (1, 1, 1, 1, 2, 2, 3)), (70_000, (1, 1, 1, 1, 1, 2)))
"""Upper price of a piece in hundredths of the list, and how many pieces people take."""

_COUPLES = 0.07
_VOIDED = 0.03
_ROW_OFF, _BASKET_OFF = 0.035, 0.012
_DECLARES = 0.8
"""The share of baskets over an allowance that are sold as dutiable; from the others goods are left in the shop."""

_LIMITED = ("tobacco", "alcohol", "vape", "fur", "food.dairy", "electronics.phone", "watch")
_SURELY_WITHIN, _LIGHT = 250_000, 20
"""Hundredths of the list, and kilograms. A stranger with so little of plain goods is within every allowance."""


@dataclass(frozen=True, slots=True)
class DemoCashier:
    """The counters of a shop on one day, with the rates of that day."""

    store: PastStore
    work: PastWork
    settings: Settings
    regimes: Mapping[str, Regime]
    secrets: Secrets
    random: Random
    wares: DemoAssortment
    visitors: DemoVisitors
    demo: BorderDemo
    rates: RateTable
    manager: Person

    def sell(self, till: str, cashier: Person, at: datetime) -> Sale:
        """Serve customers until one has bought something."""
        complete = CompleteSale(self._context(till, at))
        while True:
            nation, order = self._order(till, cashier, at)
            if self.random.random() < _VOIDED and len(order.cart.lines) > 1:
                order = self._without(order, order.cart.lines[-1], at)
            payment = self._payment(nation, order)
            if self._may_try(order, payment, at):
                with suppress(QuotaExceeded):
                    return complete(order, payment, self._fingerprint(order))
            agreed = self._within(order, cashier, at)
            if agreed is not None:
                order, approval = agreed
                return complete(order, self._payment(nation, order), self._fingerprint(order), approval)

    def _context(self, till: str, at: datetime) -> Context:
        return Context(
            store=self.store, now=lambda: at, settings=lambda: self.settings, till=till, regimes=lambda: self.regimes,
            secrets=self.secrets, translators={},
        )  # fmt: skip

    def _payment(self, nation: Nation, order: SaleOrder) -> Payment:
        due = order.cart.total
        return (
            paid_as(self.demo, nation, due, order.rates, self.settings.cash(), self.random)
            if due
            else paid_exactly(due)
        )

    def _fingerprint(self, order: SaleOrder) -> str:
        return self.secrets.request(order.key.encode())

    def _order(self, till: str, cashier: Person, at: datetime) -> tuple[Nation, SaleOrder]:
        random = self.random
        nation, first = self.visitors.one(at.date())
        party: tuple[Visitor, ...] = (first,)
        if random.random() < _COUPLES:
            second = self.visitors.one(at.date(), "B")[1]
            party = (first, second) if second.key != first.key else party
        to = nation.destination(random)
        rows: Sequence[CartLine] = ()
        while not rows:
            rows = self._rows([one.label for one in party])
        cart = Cart(self.settings.price, tuple(rows), next_id=len(rows) + 1)
        if random.random() < _BASKET_OFF and not any(line.discount for line in rows):
            cart = replace(cart, basket=Discount(percent=Decimal(5)))
        regime = self.settings.regime_for(to)
        key = f"{random.getrandbits(128):032x}"
        return nation, SaleOrder(key, till, cashier.name, cart.priced(), party, to, regime, self.rates)

    def _rows(self, labels: Sequence[str]) -> list[CartLine]:
        random = self.random
        rows: list[CartLine] = []
        for product in self.wares.some(random, random.choice(_ROWS)):
            assert product.price is not None, "only complete goods are sold"
            pieces, piece = _taken(product, self.demo.prices, random)
            if self.work.stock.on_hand(product.id) < pieces:
                continue
            price = piece.unit_price(product.price)
            off = None
            if random.random() < _ROW_OFF:
                off = Discount(percent=Decimal(random.choice((5, 10))))
            carrier = labels[0] if len(labels) == 1 else random.choice(labels)
            rows.append(CartLine(len(rows) + 1, product, price, pieces, carrier, off, piece=piece))
        return rows

    def _within(self, order: SaleOrder, cashier: Person, at: datetime) -> tuple[SaleOrder, Approval | None] | None:
        """The order in a sellable form, and the person who approved it; None where the customer leaves."""
        while order.cart.lines:
            quota = self._judged(order, at)
            worst = max(one.assessment.verdict for one in quota.values())
            if worst <= Verdict.UNKNOWN:
                return order, None
            if worst is Verdict.DUTY and self.random.random() < _DECLARES:
                order = replace(order, over_quota="duty")
                assessments = {label: one.assessment for label, one in quota.items()}
                needed = required_approvals(order, assessments, SaleConditions(at, self.settings, cashier))
                return order, Approval(self.manager, permissions_of(needed), order.key, at=at, id=order.key)
            label = max(quota, key=lambda label: quota[label].assessment.verdict)
            carried = [line for line in order.cart.lines if line.carrier == label]
            if not carried:
                return None
            order = self._without(order, max(carried, key=lambda line: line.amount.minor), at)
        return None

    def _without(self, order: SaleOrder, line: CartLine, at: datetime) -> SaleOrder:
        """The order without a row that the cashier voids."""
        self.work.journal.write(at, order.till, order.cashier, "void", voided(line, line.quantity))
        left = tuple(one for one in order.cart.lines if one.id != line.id)
        return replace(order, cart=replace(order.cart, lines=left).priced() if left else replace(order.cart, lines=()))

    def _may_try(self, order: SaleOrder, payment: Payment, at: datetime) -> bool:
        """True if a try costs nothing: cash is given back at once, and plain goods are within every allowance."""
        return all(tender.method == "cash" for tender in payment.tenders) or (
            self.demo.prices.listed(order.cart.total) < _SURELY_WITHIN
            and not any(any_covers(_LIMITED, line.product.category or "") for line in order.cart.lines)
            and sum(line.quantity * (line.attributes.gross_kg or 0) for line in order.cart.lines) < _LIGHT
            and not any(self.work.visitors.ledger(one.key, order.regime or "", at) for one in order.visitors)
        )

    def _judged(self, order: SaleOrder, at: datetime) -> Mapping[str, Evaluation]:
        regime = self.regimes[order.regime or ""]
        ledgers = ledgers_of(self.work, order.visitors, regime, self.regimes, at)
        return judge(positions_of(regime, order.visitors, ledgers, at, order.rates), order.cart)


def _taken(product: Product, prices: PriceList, random: Random) -> tuple[int, Piece]:
    if product.by_weight:
        return 1, Piece(grams=random.randrange(120, 2_600, 2))
    assert product.price is not None, "only complete goods are sold"
    price = prices.listed(product.price)
    return random.choice(next((most for below, most in _PIECES if price < below), (1,))), NO_PIECE
