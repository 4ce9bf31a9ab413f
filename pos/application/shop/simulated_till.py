"""A till that serves random customers: the same steps as the window's, at the speed of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleOrder
from pos.application.shop.shop import Shop
from pos.domain.border import border_in_force
from pos.domain.errors import Refused, StoreError
from pos.domain.payment.tender import Tender
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, Person
from pos.domain.visitors.country import three_letters
from pos.domain.visitors.document import Document

Record = Mapping[str, object]
"""One line of the record: `trying` a key, perhaps `paying`; then `sold`, `refused`, `left` or `parked`; after a sale
perhaps `again` and `returned` or `kept`.
"""

_PARTY, _PARKS, _STAYS_PARKED, _LEAVES, _TWICE, _RETURNS = 0.1, 0.06, 0.3, 0.04, 0.04, 0.06
"""Probabilities: two who buy together; parked baskets and abandoned ones among them; cancelled payments; keys sent
twice; sales with a return.
"""

_PIECES = (1, 1, 1, 1, 2, 2, 3)
_REMEMBERED = 40
_TRIES = 600
_PAUSE = 0.2
"""The number of retries, and the seconds before each, while the store is unavailable."""


@dataclass(frozen=True, slots=True)
class SimulationPlan:
    """Customers of one till: their number, the number of people who visit all tills, and the seed."""

    customers: int
    people: int
    seed: int

    def key(self, till: str, number: int) -> str:
        """The key of a customer's basket: the same one after a crash."""
        return f"sim-{self.seed}-{till}-{number}"


def person_of(number: int, today: date) -> Document:
    """The passport of a made-up person; always the same for a number."""
    nations = (*map(three_letters, border_in_force().sides), "RUS")
    nation = nations[number % len(nations)] or "RUS"
    return Document(
        kind="passport",
        number=f"{nation[0]}{number * 7_919 % 9_000_000 + 1_000_000}S",
        country=nation,
        nationality=nation,
        surname="SIMULATED",
        given_names=f"NO {number}",
        birth_date=date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
        expiry=date(today.year + 5, 1, 1),
    )


class SimulatedTill:
    """One till of a simulation, in a demo shop. `timer` counts seconds, `pause` waits."""

    def __init__(
        self, shop: Shop, plan: SimulationPlan, timer: Callable[[], float], pause: Callable[[float], None]
    ) -> None:
        self._shop, self._plan, self._timer, self._pause = shop, plan, timer, pause
        self._goods = shop.demo_goods
        self._recent: list[Sale] = []
        self._manager: Person | None = None
        self._cashier = self._shift_cashier()

    def serve(self, first: int) -> Iterator[Record]:
        """Serve the customers from number `first` on. Steps that the store did not answer are retried by their key."""
        for number in range(first, self._plan.customers):
            key = self._plan.key(self._shop.till, number)
            yield {"customer": number, "trying": key}
            for tried in range(1, _TRIES + 1):
                try:
                    yield from self._served(number, key)
                except StoreError as trouble:
                    if tried == _TRIES:
                        raise
                    yield {"customer": number, "trouble": trouble.what}
                    self._pause(_PAUSE)
                    continue
                break
        yield {"done": True}

    def _served(self, number: int, key: str) -> Iterator[Record]:
        """Serve a customer, unless their payment succeeded and only the answer was lost."""
        settled = self._shop.parked_sales.sold_as(key)
        if settled is None:
            yield from self._customer(number, key)
            return
        self._remember(settled)
        yield {"customer": number, "sold": settled.receipt, "settled": True}

    def _customer(self, number: int, key: str) -> Iterator[Record]:
        dice = Random(f"{self._plan.seed} {self._shop.till} {number}")
        record: dict[str, object] = {"customer": number}
        try:
            order = self._basket(dice, key)
            if dice.random() < _PARKS:
                self._shop.park_sale(order, "", self._cashier)
                if dice.random() < _STAYS_PARKED:
                    yield {**record, "parked": key}
                    return
                checkout = self._shop.new_checkout()
                checkout.resume(self._shop.parked_sales.resume(key, self._cashier).basket)
                order = checkout.order(self._cashier)
            self._shop.hold_sale(order)
            if dice.random() < _LEAVES:
                self._shop.hold_sale.release(key)
                yield {**record, "left": key}
                return
            payment = Payment((self._tender(order, dice),))
            yield {**record, "paying": key}
            began = self._timer()
            sale = self._shop.complete_sale.from_counter(order, payment)
            milliseconds = (self._timer() - began) * 1000
            yield {**record, "sold": sale.receipt, "ms": round(milliseconds, 2)}
            self._remember(sale)
            if dice.random() < _TWICE:
                once_more = self._shop.complete_sale.from_counter(order, payment)
                yield {**record, "again": once_more.receipt, "as": sale.receipt}
        except Refused as refused:
            yield {**record, "refused": refused.fact}
            return
        if dice.random() < _RETURNS:
            yield from self._bring_back(dice, key, record)

    def _basket(self, dice: Random, key: str) -> SaleOrder:
        checkout = self._shop.new_checkout()
        today = self._shop.now().date()
        for person in dice.sample(range(self._plan.people), 2 if self._is_party(dice) else 1):
            checkout.identify(person_of(person, today))
            for code in dice.sample(self._goods, dice.randint(1, min(3, len(self._goods)))):
                checkout.scan(code, dice.choice(_PIECES))
        checkout.leave_to(dice.choice(border_in_force().sides))
        return replace(checkout.order(self._cashier), key=key)

    def _is_party(self, dice: Random) -> bool:
        return dice.random() < _PARTY and self._plan.people > 1

    def _tender(self, order: SaleOrder, dice: Random) -> Tender:
        return Tender("cash" if dice.random() < 0.7 else "card", order.cart.total)

    def _bring_back(self, dice: Random, key: str, record: Record) -> Iterator[Record]:
        sale = dice.choice(self._recent)
        line = dice.choice(sale.lines)
        back = ReturnOrder(
            key=f"{key}-back",
            receipt=sale.receipt,
            lines=(ReturnLine(line.line, 1),),
            method="cash",
            currency=sale.total.currency,
            reason="does not fit",
            cashier=self._cashier.name,
        )
        try:
            given = self._shop.return_goods(back, back.key.rjust(64, "0"), self._approval(back.key))
        except Refused as refused:
            yield {**record, "kept": refused.fact}
            return
        yield {**record, "returned": given.receipt}

    def _remember(self, sale: Sale) -> None:
        self._recent = [*self._recent[1 - _REMEMBERED :], sale]

    def _approval(self, key: str) -> Approval:
        """The approval of a manager beside the till, who typed their PIN once."""
        if self._manager is None:
            self._manager = self._known("manager")
        return self._shop.sign_in.allowed(self._manager, ("return",), key)

    def _shift_cashier(self) -> Person:
        """The cashier of the open shift; without a shift one is opened."""
        shift = self._shop.open_shift.current()
        cashier = self._known("amina" if shift is None else shift.holder)
        if shift is None:
            self._shop.open_shift(cashier, {})
        return cashier

    def _known(self, name: str) -> Person:
        return self._shop.sign_in.check(name, self._shop.demo_pins.get(name, ""))
