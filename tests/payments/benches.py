"""Each provider beside its server, so that one test holds for all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from pos.application.ports.partner_ports import ChargeMade, ChargeOrder, PaymentProvider
from pos.domain.money import CURRENCIES, Money
from pos.domain.outside_partners.answers import Answer, Done, Lost, NotFound, Waiting
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.payments.alipay import Alipay
from pos.payments.kaspi import KaspiTerminal
from pos.payments.wechat import WeChatPay
from tests.payments import fake_alipay, fake_wechat
from tests.payments.fake_alipay import FakeAlipay
from tests.payments.fake_kaspi import FakeKaspi
from tests.payments.fake_wechat import FakeWeChat
from tests.payments.keys import TlsIdentity, clock
from tests.payments.partner_server import PartnerServer

QUICK = PartnerRhythm(first_ask=0, ask_every=0, time_over=1, call=8)
NAMES = ("wechat", "alipay", "kaspi")
CODES = {"wechat": "134567890123456784", "alipay": "281234567890123456", "kaspi": ""}


class Closable(PaymentProvider, Protocol):
    """A provider with connections."""

    def close(self) -> None:
        """Close them."""


@dataclass
class Bench:
    """A provider, its server, and the shop's own books of charges and refunds at it."""

    provider: Closable
    server: PartnerServer
    kept: int = 0
    saved: list[Mapping[str, str]] = field(default_factory=list)

    def order(self, amount: str = "1500", number: str = "", code: str = "") -> ChargeOrder:
        """An order of so many units."""
        money = Money.parse(amount, CURRENCIES["KZT" if self.provider.name == "kaspi" else "CNY"])
        return ChargeOrder(number or new_number(), money, "免税店 Duty free / 1", code or CODES[self.provider.name])

    def charge(self, order: ChargeOrder, asks: int = 8) -> tuple[Answer, ChargeMade]:
        """Charge, and ask until it is known or was asked so often; the charge has what was said of it."""
        made = ChargeMade(order.number, order.amount)
        answer = self.provider.charge(order)
        for _ in range(asks):
            made = noted(made, answer)
            if not isinstance(answer, Waiting | Lost | NotFound):
                break
            answer = self.provider.ask(made)
        if isinstance(answer, Done):
            self.kept += answer.amount.minor
        return answer, noted(made, answer)

    def refund(self, made: ChargeMade, amount: str, number: str = "", asks: int = 4) -> Answer:
        """Give back, and ask until it is known."""
        money, number = Money.parse(amount, made.amount.currency), number or new_number()
        answer = self.provider.refund(number, money, made)
        for _ in range(asks):
            if not isinstance(answer, Waiting | Lost | NotFound):
                break
            reference = answer.reference if isinstance(answer, Waiting) else ""
            asked = ChargeMade(made.number, made.amount, made.reference, made.detail, reference)
            answer = self.provider.ask_refund(number, money, asked)
        if isinstance(answer, Done):
            self.kept -= answer.amount.minor
        return answer


def new_number() -> str:
    """A number as the core makes them: 26 characters."""
    return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(26))


def noted(made: ChargeMade, answer: Answer) -> ChargeMade:
    """The charge with what an answer has said of it."""
    if isinstance(answer, Done):
        return ChargeMade(made.number, made.amount, answer.reference, answer.detail)
    if isinstance(answer, Waiting) and answer.reference:
        return ChargeMade(made.number, made.amount, answer.reference)
    return made


@contextmanager
def bench(name: str, rhythm: PartnerRhythm = QUICK, identity: TlsIdentity | None = None) -> Iterator[Bench]:
    """A provider and its server, which shows an identity where it is given one."""
    saved: list[Mapping[str, str]] = []
    servers: dict[str, Callable[[], PartnerServer]] = {
        "wechat": lambda: FakeWeChat(identity),
        "alipay": lambda: FakeAlipay(identity),
        "kaspi": FakeKaspi,
    }
    with servers[name]() as server:
        provider: Closable
        if isinstance(server, FakeKaspi):
            provider = KaspiTerminal(server.credentials(), saved.append, rhythm)
        elif name == "wechat":
            provider = WeChatPay(fake_wechat.credentials(), server.address, clock, rhythm)
        else:
            provider = Alipay(fake_alipay.credentials(), server.address, clock, rhythm)
        yield Bench(provider, server, saved=saved)
        provider.close()
