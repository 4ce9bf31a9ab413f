"""A line between a made-up till and its center that loses, repeats and delays, and sees what goes over it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from pos.application.center.requests import Booked, ReservationRequest, Reserved, VisitorLedger, VisitorLookup
from pos.application.membership.calls import Call
from pos.application.membership.center_ledger import CenterLedger
from pos.application.membership.offered import OfferedRate, OfferedRules
from pos.application.membership.refusals import CenterAway
from pos.domain.errors import RuleBroken, StoreError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Faults:
    """Shares of requests: `lost` has no answer although it was done, `twice` comes twice, `late` comes after others.

    At each request the line is `cut` with this chance, for 5 to 300 seconds; at each step a till dies (`killed`).
    """

    lost: float = 0.0
    twice: float = 0.0
    late: float = 0.0
    cut: float = 0.0
    killed: float = 0.0


SPECIFIED = Faults(lost=0.02, twice=0.01, late=0.01, cut=0.0005, killed=0.001)
"""What the specification of the center asks for."""
DENSE = Faults(lost=0.08, twice=0.05, late=0.05, cut=0.005, killed=0.01)
"""So many that a short run meets all of them, and all of their sequences."""


@dataclass
class Watched:
    """Implements `CenterLedger` over another one, for the till of a shop. What is wrong stands in `violations`."""

    of: CenterLedger
    shop: int
    now: Callable[[], datetime]
    dice: Random
    faults: Faults
    violations: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("calls", "lost", "twice", "late", "cuts"), 0))
    _late: list[tuple[int, Callable[[], object]]] = field(default_factory=list)
    _until: datetime | None = None
    _arrived: dict[str, datetime] = field(default_factory=dict)

    def look_up(self, lookup: VisitorLookup, within: float | None = None) -> VisitorLedger:
        ledger = self._over(partial(self.of.look_up, lookup, within))
        for sale in {line.id.sale for line in ledger.lines} | {each.sale for each in ledger.reservations}:
            if sale and shop_of(sale) != self.shop:
                self.violations.append(f"shop {self.shop} was shown {sale}, a sale of another shop")
        return ledger

    def reserve(self, request: ReservationRequest, within: float | None = None) -> Reserved:
        reserved = self._over(partial(self._reserved, request, within))
        for share in request.visitors:
            if reserved.versions[share.reference] != share.if_version + 1:
                self.violations.append(f"{request.key} was reserved on a ledger that had moved on")
        return reserved

    def extend(self, key: str, seconds: int, within: float | None = None) -> None:
        self._over(partial(self.of.extend, key, seconds, within))

    def give_back(self, key: str) -> None:
        self._over(partial(self.of.give_back, key))

    def book(self, call: Call) -> Booked:
        return self._over(partial(self.of.book, call))

    def regimes(self) -> Sequence[OfferedRules]:
        return self._over(self.of.regimes)

    def regime(self, name: str, within: float | None = None) -> bytes:
        return self._over(partial(self.of.regime, name, within))

    def rates(self) -> Sequence[OfferedRate]:
        return self._over(self.of.rates)

    def check(self) -> None:
        self.of.check()

    def close(self) -> None:
        while self._late:
            self._deliver()
        self.of.close()

    def _reserved(self, request: ReservationRequest, within: float | None) -> Reserved:
        """Its time is counted from its first arrival, however often it comes."""
        reserved = self.of.reserve(request, within)
        first = self._arrived.setdefault(request.key, self.now())
        if reserved.ends_at > first + timedelta(seconds=request.seconds):
            self.violations.append(f"{request.key} came again and was given new time")
        return reserved

    def _over(self, send: Callable[[], T]) -> T:
        self.counts["calls"] += 1
        self._late = [(steps - 1, late) for steps, late in self._late]
        while self._late and self._late[0][0] <= 0:
            self._deliver()
        self._be_cut()
        chance = self.dice.random()
        faults = self.faults
        if chance < faults.late:
            self.counts["late"] += 1
            self._late.append((self.dice.randint(1, 6), send))
            raise CenterAway("timeout")
        answer = _asked(send)
        if chance < faults.late + faults.twice:
            self.counts["twice"] += 1
            again = _asked(send)
            if isinstance(answer, Booked | Reserved) and again != answer:
                self.violations.append(f"two answers to one request: {answer} and {again}"[:300])
        elif chance < faults.late + faults.twice + faults.lost:
            self.counts["lost"] += 1
            raise CenterAway("timeout")
        return answer

    def _be_cut(self) -> None:
        if self._until is None and self.dice.random() < self.faults.cut:
            self.counts["cuts"] += 1
            self._until = self.now() + timedelta(seconds=self.dice.randint(5, 300))
        if self._until is not None and self.now() < self._until:
            raise CenterAway("no_connection")
        self._until = None

    def _deliver(self) -> None:
        """What was on its way arrives: its answer reaches no one."""
        _, send = self._late.pop(0)
        with contextlib.suppress(RuleBroken):
            _asked(send)


def shop_of(sale: str) -> int:
    """The shop whose sale has this key."""
    return int(sale.split("-")[2])


def _asked(send: Callable[[], T]) -> T:
    """What a till hears: of a database that is away and of one whose answer is lost it hears nothing."""
    try:
        return send()
    except StoreError as error:
        raise CenterAway(error.what) from error
