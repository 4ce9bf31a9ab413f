"""A counter whose customers pay by phone while the line breaks and the program is killed, as one seed says.

The provider is a server of the tests with books of its own; it is reached over real HTTP, with real signatures.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from pos.application.outside_partners.refusals import ChargeStillOpen
from pos.application.outside_partners.settle_attempts import OpenAttempts
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.sales.checkout import Checkout
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState, PartnerAttempt
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.payments.wechat import WeChatPay
from tests.payments import fake_wechat
from tests.payments.desk import Desk, Killed, Line
from tests.payments.fake_wechat import FakeWeChat
from tests.payments.keys import clock
from tests.payments.partner_server import Answered
from tests.shops import DemoShop

CUSTOMERS = ("pays", "pays", "waits1", "waits3", "waits9", "refuses", "refuses later", "pays at the undo")
FAULTS = ("cut_before", "cut_after", "broken", "broken_after", "garbage", "wrong_signature", "unsigned", "forged")
DEATHS = ("kill_before", "kill_after")
RHYTHM = PartnerRhythm(first_ask=1, ask_every=1, time_over=6, call=8)
_GOODS = "6901204300016"  # 1.00 yuan
_PATIENCE = 60
"""Turns after which a cashier calls somebody; the line is good again before."""


class ForgingWeChat(FakeWeChat):
    """A stranger between the shop and WeChat, who says by the fault `forged` that everything was paid."""

    def signed(self, answer: Answered, fault: str) -> Answered:
        if fault != "forged":
            return super().signed(answer, fault)
        said = json.loads(answer.body or b"{}")
        for number, payment in self.books.items():
            if said.get("out_trade_no") == number:
                answer.status = 200
                money = {"total": payment.minor, "currency": payment.currency or "CNY"}
                said |= {"trade_state": "SUCCESS", "transaction_id": "4200009", "amount": money}
        answer.body = json.dumps(said).encode()
        return super().signed(answer, "wrong_signature")


@dataclass
class PhoneCounter:
    """One shop at one provider, and what a run has found."""

    shop: DemoShop
    server: ForgingWeChat
    dice: Random
    tried: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)
    sales: list[tuple[Sale, PartnerAttempt]] = field(default_factory=list)
    backs: list[GoodsReturn] = field(default_factory=list)

    def __post_init__(self) -> None:
        provider = WeChatPay(fake_wechat.credentials(), self.server.address, clock, RHYTHM)
        self.desk = Desk(self.shop, Line(provider))
        self.provider = provider

    def customer(self) -> None:
        """One customer: a basket, a phone, and whatever goes wrong; they leave with goods, or with their money."""
        dice, desk = self.dice, self.desk
        self.server.customers.clear()
        self.server.customers.append(dice.choice(CUSTOMERS))
        checkout = self.shop.basket(*[_GOODS] * dice.randint(1, 3), visitor=False)
        order = checkout.order(self.shop.person("amina"))
        self.shop.hold_sale(order)
        self._upset()
        self.tried["payments"] += 1
        number = ""
        try:
            number = desk.charge(desk.request(checkout)).number
            if dice.random() < 0.05:
                raise Killed
            desk.worker.send(number)
        except Killed:
            self._restart()
        self._second_one(checkout)
        self._settled(checkout, number or self._begun(order.key))
        if dice.random() < 0.4:
            self._comes_back()
        self.server.faults.clear()
        self.desk.line.faults.clear()

    def _begun(self, key: str) -> str:
        with self.shop.store.reading() as work:
            return work.attempts.about(key)[-1].number

    def _second_one(self, checkout: Checkout) -> None:
        """A cashier who is in a hurry asks once more; only what was undone or settled leaves room for it."""
        before = OpenAttempts(self.shop.context).of_sale(checkout.order(self.shop.person("amina")).key)
        if not any(one.holds for one in before) or self.dice.random() < 0.5:
            return
        try:
            second = self.desk.charge(self.desk.request(checkout))
        except ChargeStillOpen:
            self.tried["second calls refused"] += 1
            return
        self.violations.append(f"{second.number}: asked for while {before[0].number} was open")
        self.desk.worker.send(second.number)

    def _settled(self, checkout: Checkout, number: str) -> None:
        """Turn by turn until the customer may go."""
        dice, desk = self.dice, self.desk
        asks_undo = dice.random() < 0.3
        for turn in range(_PATIENCE):
            self.shop.now.move(seconds=1)
            if turn > _PATIENCE // 3:
                self.server.faults.clear()
                desk.line.faults.clear()
            elif dice.random() < 0.3:
                self._upset()
            self._turn()
            one = desk.now(number)
            self.tried[f"seen {one.state.value}"] += 1
            if one.is_offered:
                self._finished(checkout, one)
                return
            if not one.is_open:
                break
            if one.state is AttemptState.ASK_PERSON and self._is_known_at_the_portal(number):
                desk.decide(number, done=self.server.books[number].kept > 0)
            elif asks_undo and dice.random() < 0.4 and not one.is_undo_asked:
                desk.undo(number)
        if dice.random() < 0.5:
            self.shop.pay(checkout)
            self.tried["paid in cash instead"] += 1
        else:
            self.shop.hold_sale.release(desk.now(number).about)

    def _is_known_at_the_portal(self, number: str) -> bool:
        return number in self.server.books and self.server.books[number].state != "waiting"

    def _finished(self, checkout: Checkout, charge: PartnerAttempt) -> None:
        """Paid: the goods go, or the customer has changed their mind; or the program dies behind the commit."""
        fate = self.dice.random()
        if fate < 0.15:
            self.desk.undo(charge.number)
            self.shop.hold_sale.release(charge.about)
            return
        sale = self.desk.finish(checkout, charge)
        self.sales.append((sale, charge))
        self.tried["sales"] += 1
        if fate < 0.3:
            self._restart()
            again = self.desk.finish(checkout, charge)
            if again.receipt != sale.receipt:
                self.violations.append(f"{sale.receipt} was sold once more as {again.receipt}")

    def _comes_back(self) -> None:
        if not self.sales:
            return
        sale, _ = self.sales[-1]
        if sale.lines[0].quantity <= sum(back.reverses == sale.receipt for back in self.backs):
            return
        key = f"back-{len(self.backs)}"
        order = ReturnOrder(key, sale.receipt, (ReturnLine(0, 1),), "qr", sale.total.currency, "unwanted", "amina")
        self.backs.append(self.shop.return_goods(order, key))
        self.tried["returns"] += 1
        self._upset()
        self._turn()

    def _turn(self) -> None:
        try:
            self.desk.worker.turn()
        except Killed:
            self._restart()

    def _upset(self) -> None:
        """Perhaps the next requests go wrong, and perhaps the program dies at one."""
        for _ in range(self.dice.randint(0, 2)):
            self.server.faults.append(self.dice.choice(FAULTS))
            self.tried["faults"] += 1
        if self.dice.random() < 0.25:
            self.desk.line.faults.append(self.dice.choice(DEATHS))

    def _restart(self) -> None:
        self.tried["kills"] += 1
        self.desk.line.faults.clear()
        self.desk.restart()

    def evening(self) -> None:
        """The line is good, and everything comes to an end."""
        self.server.faults.clear()
        self.desk.line.faults.clear()
        self.desk.restart()
        for _ in range(40):
            self.shop.now.move(seconds=400)
            self._turn()
            for here in self.desk.open():
                one = here.attempt
                if one.is_offered:
                    self.desk.undo(one.number)
                elif one.state is AttemptState.ASK_PERSON:
                    books = self.server.books.get(one.number)
                    self.desk.decide(one.number, done=books is not None and books.kept > 0)
            if not self.desk.open():
                break
        self.violations += [
            f"still open: {here.attempt.number} {here.attempt.kind.value} {here.attempt.state.value}"
            for here in self.desk.open()
        ]

    def recounted(self) -> Iterator[str]:
        """The provider's books beside ours: the same money, by number and together."""
        ours = Counter[str]()
        with self.shop.store.reading() as work:
            for sale, charge in self.sales:
                stored = work.sales.with_key(sale.key)
                paid = [one.tender for one in stored.paid if one.tender.provider] if stored is not None else []
                for tender in paid:
                    ours[tender.id] += tender.amount.minor
                for one in work.attempts.refunds_of(charge.number):
                    if one.kind is AttemptKind.REFUND and one.document and one.state is AttemptState.DONE:
                        ours[charge.number] -= one.amount.minor
        for number in sorted(ours.keys() | self.server.books.keys()):
            theirs = self.server.books[number].kept if number in self.server.books else 0
            if ours[number] != theirs:
                yield f"{number}: {theirs} at the provider, {ours[number]} in the books"
        by_phone = [one for back in self.backs for one in back.refunds if one.method == "qr"]
        refunded = sum(one.amount.minor for one in by_phone)
        sold = sum(sale.total.minor for sale, _ in self.sales)
        if sold - refunded != self.server.kept:
            yield f"{self.server.kept} at the provider, receipts say {sold - refunded}"
        codes = [one.body for one in self.server.seen if one.path.endswith("/codepay")]
        numbers = Counter(json.loads(body)["out_trade_no"] for body in codes)
        yield from (f"{number}: sent {times} times" for number, times in numbers.items() if times > 1)
        yield from self.shop.verify()
