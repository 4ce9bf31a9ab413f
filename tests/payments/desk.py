"""A counter with a payment provider: the use cases over it, a line that loses answers, and a program that dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pos.application.outside_partners.carry_on import CarryOn
from pos.application.outside_partners.charge_customer import BeginCharge, ChargeRequest, ChargesAtHand
from pos.application.outside_partners.counted_charges import tender_of
from pos.application.outside_partners.offered_providers import OfferedProviders
from pos.application.outside_partners.settle_attempts import (
    DecideAttempt,
    GiveBackCharge,
    OpenAttempts,
    UndoCharge,
    UnsettledMoney,
)
from pos.application.outside_partners.worker import PartnerWorker
from pos.application.ports.partner_ports import ChargeMade, ChargeOrder, PaymentProvider
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.reserve_for_payment import ChargeAtProvider
from pos.domain.money import Currency, Money
from pos.domain.outside_partners.answers import Answer, Declined, Lost
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.payment_code import PaymentCode
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.payment.tender import Tender
from pos.domain.sales.sale import Sale
from tests.builders import cash_for
from tests.shops import DemoShop

CODE = PaymentCode("wechat", "134567890123456784")


class Killed(BaseException):
    """The program is killed here: nothing after this line happens."""


@dataclass
class Line:
    """Implements `PaymentProvider` over another one. A fault is taken by the next call.

    `before` and `after` lose the call or its answer, `kill_before` and `kill_after` end the program there.
    """

    of: PaymentProvider
    faults: deque[str] = field(default_factory=deque)
    calls: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.of.name

    @name.setter
    def name(self, name: str) -> None:
        raise AttributeError(name)

    @property
    def rhythm(self) -> PartnerRhythm:
        return self.of.rhythm

    @rhythm.setter
    def rhythm(self, rhythm: PartnerRhythm) -> None:
        raise AttributeError

    def takes(self, currency: Currency) -> bool:
        return self.of.takes(currency)

    def payable(self, amount: Money) -> Money:
        return self.of.payable(amount)

    def charge(self, order: ChargeOrder) -> Answer:
        return self._over("charge", lambda: self.of.charge(order))

    def ask(self, charge: ChargeMade) -> Answer:
        return self._over("ask", lambda: self.of.ask(charge))

    def undo(self, charge: ChargeMade) -> Answer:
        return self._over("undo", lambda: self.of.undo(charge))

    def refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        return self._over("refund", lambda: self.of.refund(number, amount, original))

    def ask_refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        return self._over("ask_refund", lambda: self.of.ask_refund(number, amount, original))

    def check(self) -> Declined | Lost | None:
        return self.of.check()

    def _over(self, step: str, call: Callable[[], Answer]) -> Answer:
        self.calls.append(step)
        fault = self.faults.popleft() if self.faults else ""
        if fault == "kill_before":
            raise Killed
        if fault == "before":
            return Lost("no_line")
        answer = call()
        if fault == "kill_after":
            raise Killed
        return Lost("time_over") if fault == "after" else answer


@dataclass
class Desk:
    """The use cases of one till over `line`; `restart` is what a new program finds."""

    shop: DemoShop
    line: Line
    is_practice: bool = False
    at_hand: ChargesAtHand = field(default_factory=ChargesAtHand)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The program starts: what it had in memory is gone."""
        self.at_hand = ChargesAtHand()
        self.carry_on = CarryOn(self.shop.context, self, self.at_hand)
        self.worker = PartnerWorker(self.carry_on)

    def named(self, name: str) -> PaymentProvider | None:
        return self.line if name == self.line.name else None

    @property
    def charge(self) -> ChargeAtProvider:
        begin = BeginCharge(self.shop.context, self, self.at_hand)
        return ChargeAtProvider(self.shop.context, begin, self.shop.hold_sale)

    @property
    def offered(self) -> OfferedProviders:
        return OfferedProviders(self.shop.context, self)

    def request(self, checkout: Checkout, amount: Money | None = None, code: PaymentCode = CODE) -> ChargeRequest:
        """What the payment page asks for: the whole total, or a part."""
        order = checkout.order(self.shop.person("amina"))
        return ChargeRequest(order.key, self.line.name, "qr", amount or order.cart.total, "amina", code)

    def pay(self, checkout: Checkout, amount: Money | None = None) -> PartnerAttempt:
        """Reserve, begin and send a charge."""
        self.shop.hold_sale(checkout.order(self.shop.person("amina")))
        begun = self.charge(self.request(checkout, amount))
        return self.worker.send(begun.number)

    def turns(self, seconds: int, every: int = 1) -> Sequence[PartnerAttempt]:
        """So many seconds pass, with a turn of the worker after each, or each few."""
        changed: list[PartnerAttempt] = []
        for _ in range(0, seconds, every):
            self.shop.now.move(seconds=every)
            changed.extend(self.worker.turn())
        return changed

    def now(self, number: str) -> PartnerAttempt:
        """What is known of an attempt."""
        found = OpenAttempts(self.shop.context).with_number(number)
        assert found is not None
        return found

    def open(self) -> Sequence[UnsettledMoney]:
        return OpenAttempts(self.shop.context)()

    def undo(self, number: str) -> PartnerAttempt:
        return UndoCharge(self.shop.context)(number, self.shop.person("amina"))

    def decide(self, number: str, *, done: bool, reference: str = "") -> PartnerAttempt:
        decide = DecideAttempt(self.shop.context)
        return decide(number, self.shop.person("amina"), done=done, reference=reference)

    @property
    def give_back(self) -> GiveBackCharge:
        return GiveBackCharge(self.shop.context)

    def finish(self, checkout: Checkout, *charges: PartnerAttempt, cash: Money | None = None) -> Sale:
        """Record the sale with what is done, and the rest in cash."""
        tenders: list[Tender] = [tender_of(charge) for charge in charges]
        if cash is not None:
            tenders.append(cash_for(cash))
        order = checkout.order(self.shop.person("amina"))
        return self.shop.complete_sale.from_counter(order, Payment(tuple(tenders)))
