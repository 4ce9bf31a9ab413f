"""Customer orders of a demo shop with a past: the stream of its last day, forty claims and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from db.seed.border_demo import BorderDemo
from db.seed.past_work import PastStore
from db.tables.catalogue import product
from db.tables.stock import stock
from pos.application.pickup.deposits import DepositDraft, Deposits
from pos.application.pickup.order_steps import BringForward
from pos.application.pickup.pick_up import deposit_tenders
from pos.application.pickup.pickup_request import RequestPickUp, with_orders
from pos.application.pickup.take_order import ClaimLine, OrderDraft, TakeOrder
from pos.application.pickup.upkeep import PickupUpkeep
from pos.application.ports.pickup_ports import StreamItem
from pos.application.ports.store import Secrets
from pos.application.pricing.rates_in_force import rates_of
from pos.application.sales.complete_sale import CompleteSale, Payment
from pos.application.sales.order import SaleOrder
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.domain.payment.tender import Tender
from pos.domain.pickup.buyer import read_called
from pos.domain.quota.rule import Regime
from pos.domain.receipt_number import read_receipt_number
from pos.domain.sales.cart import Cart
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor

ORDERS = 40
_LEAST, _KINDS, _FEW = 30, 8, 4
"""How many pieces are there of goods that a stream shows, and how many kinds it shows; of the last one few are left."""
_CHANNELS = ("douyin", "douyin", "wechat", "kuaishou", "telegram", "instagram")
_BUYERS = (
    ("小雨", "zh"), ("王芳", "zh"), ("李娜", "zh"), ("陈晨", "zh"), ("赵敏", "zh"), ("刘洋", "zh"),
    ("Айгуль", "kk"), ("Динара", "kk"), ("Ербол", "kk"), ("Алия", "kk"),
    ("Елена", "ru"), ("Ольга", "ru"), ("Сергей", "ru"), ("Anna", "en"),
)  # fmt: skip
_PACKED, _CANCELLED, _EXPIRED, _CLAIMED = range(12, 19), range(19, 22), range(22, 25), range(25, 31)
_SCARCE = range(31, ORDERS)
"""Which of the orders are packed, cancelled, not picked up in time, not confirmed yet, and want the goods of which
there are few: most of those wait.
"""
_PAID_AHEAD, _PICKED_UP = range(14, 17), range(16, 19)
"""Of the packed ones, those with a deposit and those picked up the same evening; one is both."""
_DEPOSIT = 2_000
"""In hundredths of the price list."""
_STEP = timedelta(seconds=3)


@dataclass
class _Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def go_on(self) -> None:
        self.now += _STEP


@dataclass(frozen=True, slots=True)
class DemoStream:
    """The stream of a shop at a till, whose shift is open."""

    connection: Connection
    secrets: Secrets
    settings: Settings
    regimes: Callable[[], Mapping[str, Regime]]
    demo: BorderDemo
    till: str

    def make(self, person: Person, begins: datetime, visitors: Sequence[Visitor], destination: str) -> None:
        """Take the orders, one every few seconds from `begins` on, and bring some of them forward; some `visitors` pick
        theirs up and leave to a side. Do nothing where the shop has no goods for it.
        """
        store, clock = PastStore(self.connection, self.secrets.chain), _Clock(begins)
        shown = self._goods(store, begins)
        if not shown:
            return
        context = Context(
            store=store, now=clock, settings=lambda: self.settings, till=self.till, regimes=self.regimes,
            secrets=self.secrets, translators={},
        )  # fmt: skip
        with store.begin() as work:
            work.pickups.put_stream([StreamItem(number, product_id) for number, (product_id, _) in enumerate(shown, 1)])
        codes = [code for _, code in shown]
        taken = [self._take(context, number, codes, person, clock) for number in range(ORDERS)]
        clock.go_on()
        clock.go_on()
        PickupUpkeep(context).now_by(person)
        for number in _PAID_AHEAD:
            clock.go_on()
            draft = DepositDraft("card", self.demo.prices.tag(_DEPOSIT))
            Deposits(context).take(taken[number], draft, person, f"demo-deposit-{number}")
        for number, visitor in zip(_PICKED_UP, visitors):
            clock.go_on()
            self._pick_up(context, taken[number], person, visitor, destination)

    def _goods(self, store: PastStore, at: datetime) -> list[tuple[int, str]]:
        """What the stream shows, id and code: the last one is scarce."""
        there = select(product.c.id, product.c.code).join(stock, stock.c.product_id == product.c.id)
        there = there.where(stock.c.lotted == 0).order_by(product.c.id)
        many = there.where(stock.c.on_hand >= _LEAST, product.c.category.like("cosmetics%")).limit(_KINDS)
        few = there.where(stock.c.on_hand.between(1, _FEW)).limit(1)
        complete, scarce = (
            [(row.id, row.code) for row in self.connection.execute(asked) if _is_complete(store, row.id, at)]
            for asked in (many, few)
        )
        if len(complete) < _KINDS // 2:
            return []
        return [*complete, *(one for one in scarce if one not in complete)]

    def _take(self, context: Context, number: int, codes: Sequence[str], person: Person, clock: _Clock) -> str:
        """The code of an order that is taken, and packed or cancelled."""
        clock.go_on()
        forward = BringForward(context)
        name, language = _BUYERS[number % len(_BUYERS)]
        *plenty, few = codes
        goods = few if number in _SCARCE else plenty[number % len(plenty)]
        lines = [ClaimLine(goods, 1 + number % 3 // 2)]
        if number % 4 == 0 and number not in _SCARCE:
            lines.append(ClaimLine(plenty[(number + 3) % len(plenty)]))
        order = TakeOrder(context)(
            OrderDraft(
                _CHANNELS[number % len(_CHANNELS)],
                lines,
                read_called(f"{name} {1357 + 211 * number % 8641}", language),
                hold_until=clock() + _STEP if number in _EXPIRED else None,
                confirms=False if number in _CLAIMED else None,
            ),
            person,
            f"demo-claim-{number}",
        )
        if number in _PACKED:
            forward.pack(order.code, f"P-{number - _PACKED.start + 1}", person)
        elif number in _CANCELLED:
            forward.cancel(order.code, "", person)
        return order.code

    def _pick_up(self, context: Context, code: str, person: Person, visitor: Visitor, destination: str) -> None:
        """Sell an order to its visitor, who pays the rest by card; the receipt counts as printed."""
        at, settings = context.now(), self.settings
        with context.store.reading() as work:
            cart, opened = with_orders(work, Cart(settings.price), [RequestPickUp(code)], visitor.label, at)
            rates = rates_of(work, settings, at)
        deposits = deposit_tenders(opened, cart.total, settings.cash())
        left = cart.total
        for tender in deposits:
            left = left - tender.amount
        payment = Payment((*deposits, *((Tender("card", left),) if left else ())))
        order = SaleOrder(
            key=f"demo-pick-up-{code}",
            till=self.till,
            cashier=person.name,
            cart=cart,
            visitors=(visitor,),
            destination=destination,
            regime=settings.regime_for(destination),
            rates=rates,
            pickups=opened,
        )
        sale = CompleteSale(context)(order, payment, self.secrets.request(order.key.encode()))
        with context.store.begin() as work:
            work.outbox.done(*read_receipt_number(sale.receipt))
            work.commit()


def _is_complete(store: PastStore, product_id: int, at: datetime) -> bool:
    """Whether goods can be ordered: nothing is missing, and they are sold by the piece."""
    with store.reading() as work:
        known = work.products.by_ids([product_id], at)[product_id]
    return not known.missing and not known.by_weight
