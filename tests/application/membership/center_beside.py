"""A center without a network: what a till sends is read as the service reads it, and the answer as the till does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pos.application.center.requests import Booked, Caller, ReservationRequest, Reserved, VisitorLedger, VisitorLookup
from pos.application.center.till_pass import TillPass
from pos.application.membership.calls import Call, lookup_body, reservation_body
from pos.application.membership.offered import OfferedRate, OfferedRules
from pos.center.problems import _facts
from pos.center.schemas import (
    BookedAnswer,
    DeclaredBody,
    DepartureBody,
    EntriesBody,
    LinkBody,
    LookupBody,
    MoveBody,
    RatesAnswer,
    RegimeAnswer,
    ReservationAnswer,
    ReservationBody,
    ReturnBody,
    SaleBody,
    UnseenSaleBody,
    VisitorAnswer,
)
from pos.center.steps import CenterSteps
from pos.center_client.answers import booked, offered_rates, offered_rules, problem_of, reservation, visitor_ledger
from pos.domain.errors import RuleBroken
from tests.center.shops import Center

T = TypeVar("T")

_BODIES: dict[str, Any] = {
    "unseen_sale": UnseenSaleBody, "return": ReturnBody, "move": MoveBody, "departure": DepartureBody,
    "declared": DeclaredBody, "entries": EntriesBody, "link": LinkBody,
}  # fmt: skip
_STEPS = {"return": "returned", "move": "moved", "departure": "departed", "entries": "entered"}


@dataclass
class CenterBeside:
    """Implements `CenterLedger` over the steps of a center in this program."""

    center: Center
    given: TillPass
    steps: CenterSteps = field(init=False)

    def __post_init__(self) -> None:
        self.steps = CenterSteps(self.center.context)

    def look_up(self, lookup: VisitorLookup, within: float | None = None) -> VisitorLedger:
        value = LookupBody.model_validate_json(lookup_body(lookup)).value()
        return visitor_ledger(_sent(VisitorAnswer.of(self._refusing(lambda till: self.steps.look_up(till, value)))))

    def reserve(self, request: ReservationRequest, within: float | None = None) -> Reserved:
        text = reservation_body(request)
        value = ReservationBody.model_validate_json(text).value()
        reserved = self._refusing(lambda till: self.steps.reserve(till, value, _digest(text)))
        return reservation(_sent(ReservationAnswer.of(reserved)))

    def extend(self, key: str, seconds: int, within: float | None = None) -> None:
        self._refusing(lambda till: self.steps.extend(till, key, seconds))

    def give_back(self, key: str) -> None:
        self._refusing(lambda till: self.steps.give_back(till, key))

    def book(self, call: Call) -> Booked:
        if call.kind == "sale":
            sold = SaleBody.model_validate_json(call.body).value(call.key)
            done = self._refusing(lambda till: self.steps.confirm(till, sold, _digest(call.body)))
        else:
            value = _BODIES[call.kind].model_validate_json(call.body).value()
            step = getattr(self.steps, _STEPS.get(call.kind, call.kind))
            done = self._refusing(lambda till: step(till, value, _digest(call.body)))
        return booked(_sent(BookedAnswer.of(done)))

    def regimes(self) -> Sequence[OfferedRules]:
        answers = self._refusing(lambda _till: RegimeAnswer.all_of(self.steps.context.regimes()))
        return offered_rules([_sent(each) for each in answers])

    def regime(self, name: str, within: float | None = None) -> bytes:  # nothing is slow here
        return self._refusing(lambda _till: self.steps.context.regimes()[name].content)

    def rates(self) -> Sequence[OfferedRate]:
        return self._refusing(lambda _till: offered_rates(_sent(RatesAnswer.of(*self.steps.rates()))))

    def check(self) -> None:
        self._refusing(lambda _till: None)

    def close(self) -> None:
        pass

    def _refusing(self, step: Callable[[Caller], T]) -> T:
        """A refusal goes the way of a problem document, too."""
        try:
            return step(self.steps.caller(self.given.credential))
        except RuleBroken as refused:
            name = f"urn:border-pos:center:{refused.fact}"
            raise problem_of(409, json.loads(json.dumps({"type": name, **_facts(refused)}))) from refused


def _sent(answer: Any) -> Any:
    return json.loads(answer.model_dump_json())


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
