"""M1: payments by phone and their refunds, with faults at every call and the program killed at every state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from random import Random
from typing import Any
from unittest.mock import patch

from db.outside_partners import attempts
from pos.application.outside_partners import carry_on
from pos.application.ports.partner_ports import ChargeMade, ChargeOrder, PaymentProvider
from pos.domain.outside_partners.answers import Answer
from pos.domain.outside_partners.attempt import PartnerAttempt, Step
from pos.payments.wechat_signing import WeChatSigning
from tests.faults.customers import a_small_shop
from tests.faults.experiment import SOUND, Experiment, Figures, Trial
from tests.faults.provider_counter import ForgingWeChat, PhoneCounter
from tests.faults.there import a_shop_there
from tests.postgres_server import shared_server
from tests.shops import DemoShop

_SECOND, _REUSED = "a second call while one is unsettled", "a number is used twice"
_TRUSTED, _NO_ORIGINAL = "an answer is trusted without its signature", "a refund without its original"


def _run(trial: Trial) -> Figures:
    tried: dict[str, int] = {}
    violations: list[str] = []
    for place, shop in _shops(trial):
        with ForgingWeChat() as server, _broken(trial.mutant):
            shop.set("sell_without_visitor", "yes")
            counter = PhoneCounter(shop, server, Random(1700))
            for _ in range(trial.size(14, 250)):
                counter.customer()
                if counter.violations:
                    break
            counter.evening()
            counter.violations += counter.recounted()
            counter.provider.close()
        violations += [f"{place}: {line}" for line in counter.violations]
        for what in ("payments", "sales", "returns", "kills", "faults"):
            tried[what] = tried.get(what, 0) + counter.tried[what]
        shop.close()
        if trial.mutant != SOUND and violations:
            break
    return Figures(tried, tuple(violations))


def _shops(trial: Trial) -> Iterator[tuple[str, DemoShop]]:
    yield "file", DemoShop(a_small_shop(trial.folder / "file"))
    if trial.mutant == SOUND:
        yield "server", a_shop_there(shared_server(), trial.folder / "server", name=f"m1_{id(trial)}")


@contextmanager
def _broken(mutant: str) -> Iterator[None]:
    with ExitStack() as stack:
        if mutant == _SECOND:
            row = attempts._row
            stack.enter_context(patch.object(attempts, "_row", lambda one: row(one) | {"holds": None}))
        elif mutant == _REUSED:
            stack.enter_context(patch.object(carry_on, "ChargeOrder", _first_number()))
            stack.enter_context(patch.object(carry_on, "ChargeMade", _first_number(ChargeMade)))
        elif mutant == _TRUSTED:
            stack.enter_context(patch.object(WeChatSigning, "verify", lambda _self, _reply: None))
        elif mutant == _NO_ORIGINAL:
            asked = carry_on._asked
            stack.enter_context(patch.object(carry_on, "_asked", _of_itself(asked)))
        yield


def _first_number(made: Any = ChargeOrder) -> Any:
    """Makes what is asked of the provider with the number of the first of all charges."""
    first: list[str] = []

    def with_first(number: str, *rest: Any) -> Any:
        first.append(number)
        return made(first[0], *rest)

    return with_first


def _of_itself(asked: Any) -> Any:
    def without(
        provider: PaymentProvider, attempt: PartnerAttempt, step: Step, original: PartnerAttempt | None
    ) -> Answer:
        other = None if original is None else replace(original, number=attempt.number)
        answer: Answer = asked(provider, attempt, step, other)
        return answer

    return without


EXPERIMENT = Experiment(
    "M1",
    "The money at a payment provider is the money in the books, whatever answer is lost and whenever the till dies.",
    _run,
    (_SECOND, _REUSED, _TRUSTED, _NO_ORIGINAL),
)
