"""A till of a made-up shop at its center: it sells, takes back, moves and sees visitors off, at the machine's speed.

It keeps no shop. What a till's store would keep of a sale and of what is still to be sent is in `TillStore`, which
outlives the till: one that is killed begins again with it, as the window does.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from pos.application.center.refusals import ClockDiffers, LedgerMoved, StricterVerdict, TooManyLookups
from pos.application.center.requests import (
    Departure,
    MovedLines,
    ReservationRequest,
    ReturnedUnits,
    SaleConfirmation,
    SoldShare,
    UnitsBack,
    UnseenSale,
    UnseenShare,
    VisitorLedger,
    VisitorLookup,
    VisitorShare,
)
from pos.application.membership.calls import (
    Call,
    confirmation,
    lines_moved,
    units_returned,
    unseen_sale,
    visitor_departed,
)
from pos.application.membership.center_ledger import CenterLedger
from pos.application.membership.refusals import CenterAway
from pos.application.membership.simulated_visitors import CenterPlan, person_of
from pos.domain.center.judgement import PendingGoods, center_position, valued
from pos.domain.center.ledger import LedgerGoods, LineId, without_units
from pos.domain.center.reservation import midnight
from pos.domain.errors import RuleBroken
from pos.domain.quota.allowance_position import Traveller
from pos.domain.quota.evaluation import judge
from pos.domain.quota.rule import Regime, Verdict

T = TypeVar("T")

Event = Mapping[str, object]
"""What just happened, between two calls of the center: here a till may be killed, or another one may act."""
Step = Generator[Event, None, T]

_RETURNS, _MOVES, _DEPARTS = 0.08, 0.03, 0.05
_LEAVES, _LINGERS, _AGAIN, _FEWER = 0.08, 0.2, 0.1, 0.06
"""Of payments: left, slow, opened a second time with other goods, and sold with fewer goods than were reserved."""
_BY_HAND, _GIVES_UP, _VOIDS = 0.5, 0.3, 0.3
"""Of slow payments: no provider is asked; of lost answers: not asked again; of returns: all of the sale."""
_UNSEEN, _APPROVED = 0.15, 0.1
"""Of visitors while the center is away, and of baskets over the allowance."""
_SECONDS = (20, 45, 90, 300)
_RECENT = 30
_NO_SHOP = -1
_MOVED_ON = 6
"""So often a ledger may move on before a customer has enough of it."""


@dataclass
class SimulatedSale:
    """A sale as the till has it: of whom, what is left of each line, and when it was taken."""

    key: str
    document: str
    lines: list[LedgerGoods]
    at: datetime
    reservation: str | None
    """The key under which it was reserved; None where the center did not see it."""


@dataclass
class TillStore:
    """What survives the death of a till."""

    customer: int = 0
    attempts: list[str] = field(default_factory=list)
    """Keys of reservations that were sent, and of which nothing has become yet."""
    outbox: list[Call] = field(default_factory=list)
    sales: list[SimulatedSale] = field(default_factory=list)
    given_back: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Calls that the center did not take, though it books whatever happened: kind, key and why."""


@dataclass
class SimulatedCenterTill:
    """One till, `name` of shop number `shop`; `identity` is what the center is asked for a document."""

    name: str
    shop: int
    center: CenterLedger
    identity: Callable[[str], str]
    plan: CenterPlan
    regimes: Mapping[str, Regime]
    now: Callable[[], datetime]
    store: TillStore = field(default_factory=TillStore)
    version: str = "1"

    def serve(self) -> Iterator[Event]:
        """Serve the customers who are left. It ends only when the center knows all that there is to tell."""
        yield from self._settle()
        while self.store.customer < self.plan.sales:
            number, self.store.customer = self.store.customer, self.store.customer + 1
            yield from self._customer(number, Random(f"{self.plan.seed} {self.name} {number}"))
            yield from self._settle()
        while self.store.attempts or self.store.outbox:
            yield {"waits": len(self.store.attempts) + len(self.store.outbox)}
            yield from self._settle()

    def _customer(self, number: int, dice: Random) -> Iterator[Event]:
        act = dice.random()
        if self.store.sales and act < _RETURNS:
            self._take_back(number, dice)
            yield {"returned": number}
        elif self.store.sales and act < _RETURNS + _MOVES:
            yield from self._move(number, dice)
        elif self.store.sales and act < _RETURNS + _MOVES + _DEPARTS:
            yield from self._see_off(number, dice)
        else:
            yield from self._sell(number, dice)

    def _sell(self, number: int, dice: Random) -> Iterator[Event]:
        person = self.plan.guest(self.shop, number, dice)
        sale = SimulatedSale(self._key(number), self.plan.document(person), [], self.now(), None)
        lines, seconds = self.plan.basket(dice), dice.choice(_SECONDS)
        ledger = yield from self._look_up(person)
        if ledger is None:
            if dice.random() < _UNSEEN:
                self._sell_unseen(sale, person, lines)
                yield {"sold_unseen": sale.key}
            return
        wanted = _Wanted(sale, person, seconds, dice)
        taken = yield from self._reserve(wanted, ledger, lines, None)
        if taken is not None and dice.random() < _AGAIN:
            newer = yield from self._look_up(person)
            if newer is not None:
                taken = yield from self._reserve(wanted, newer, self.plan.basket(dice), taken)
        if taken is None:
            return
        if dice.random() < _LINGERS:
            for _ in range(dice.randrange(3, 60)):
                yield {"lingers": sale.key}
        if dice.random() < _LEAVES:
            yield {"left": sale.key}  # what was reserved is given back with the next step
            return
        if taken.is_over(self.now()) and dice.random() < _BY_HAND:  # a provider has taken the other sales' money
            taken = yield from self._reserve_again(wanted, taken)
        if taken is not None:
            self._record(sale, taken, dice)
            yield {"sold": sale.key}

    def _look_up(self, person: int) -> Step[VisitorLedger | None]:
        """The ledger, None where the center does not answer; a till that asks too often waits."""
        identity = self.identity(self.plan.document(person))
        asked = VisitorLookup((identity,), person_of(person, self.plan.regime.destination), self.plan.regime.id)
        while True:
            try:
                ledger = self.center.look_up(asked)
            except TooManyLookups as full:
                yield {"waits": full.seconds}
            except CenterAway as away:
                yield {"away": away.what}
                return None
            else:
                yield {"looked_up": person}
                return ledger

    def _reserve(
        self, wanted: _Wanted, ledger: VisitorLedger, lines: Sequence[LedgerGoods], before: _Taken | None
    ) -> Step[_Taken | None]:
        """Judge, reserve, and judge again where the ledger has moved on; None where the customer gives up."""
        dice = wanted.dice
        for _ in range(_MOVED_ON):
            verdict, is_approved = self._verdict(wanted, ledger, lines), False
            if verdict > Verdict.UNKNOWN:
                if verdict is not Verdict.DUTY or dice.random() > _APPROVED:
                    yield {"over": wanted.sale.key}
                    return None
                lines, is_approved = _dutiable(lines), True
            request = self._request(wanted, ledger, lines, verdict, before, is_approved=is_approved)
            try:
                taken = yield from self._sent(request, dice)
            except LedgerMoved as moved:
                ledger = moved.ledgers[0]
                yield {"moved_on": wanted.sale.key}
                continue
            except StricterVerdict:
                yield {"over": wanted.sale.key}
                return None
            except ClockDiffers:
                yield {"clock": wanted.sale.key}
                return None
            return taken
        return None

    def _sent(self, request: ReservationRequest, dice: Random) -> Step[_Taken | None]:
        """Send it, and once more by the same key where no answer comes. Raises what the center refuses."""
        begun = self.now()
        for sent in range(2):
            try:
                reserved = self.center.reserve(request)
            except (ClockDiffers, LedgerMoved, StricterVerdict):
                if not sent:  # or the first one may still be on its way: it is given back
                    self.store.attempts.remove(request.key)
                raise
            except CenterAway as away:
                yield {"away": away.what}
                if dice.random() < _GIVES_UP:
                    break
            else:
                if request.replaces in self.store.attempts:
                    self.store.attempts.remove(request.replaces)
                ends_at = min(begun + timedelta(seconds=request.seconds), midnight(self.plan.regime, begun))
                taken = _Taken(request, ends_at, reserved.versions)
                yield {"reserved": request.key}
                return taken
        return None

    def _reserve_again(self, wanted: _Wanted, before: _Taken) -> Step[_Taken | None]:
        """The same once more, with new time: the ledger has not moved for the till but by its own reservation."""
        share = before.request.visitors[0]
        share = replace(share, if_version=before.versions[share.reference])
        key = self._attempt(wanted)
        again = replace(before.request, key=key, replaces=before.request.key, clock=self.now(), visitors=(share,))
        try:
            return (yield from self._sent(again, wanted.dice))
        except (ClockDiffers, LedgerMoved, StricterVerdict):
            yield {"over": wanted.sale.key}
            return None

    def _request(
        self,
        wanted: _Wanted,
        ledger: VisitorLedger,
        lines: Sequence[LedgerGoods],
        verdict: Verdict,
        before: _Taken | None,
        *,
        is_approved: bool,
    ) -> ReservationRequest:
        person = person_of(wanted.person, self.plan.regime.destination)
        share = VisitorShare(ledger.reference, ledger.version, person, verdict, tuple(lines))
        return ReservationRequest(
            key=self._attempt(wanted),
            sale=wanted.sale.key,
            seconds=wanted.seconds,
            rules=self.plan.rules,
            evaluator=self.version,
            clock=self.now(),
            visitors=(share,),
            replaces=None if before is None else before.request.key,
            is_approved=is_approved,
        )

    def _attempt(self, wanted: _Wanted) -> str:
        """A key of its own for each attempt, written down before it is sent."""
        wanted.attempts += 1
        key = f"{wanted.sale.key}#{wanted.attempts}"
        self.store.attempts.append(key)
        return key

    def _verdict(self, wanted: _Wanted, ledger: VisitorLedger, lines: Sequence[LedgerGoods]) -> Verdict:
        """What the window would show: the goods together with all that is pending here and elsewhere."""
        regime = self.plan.regime
        pending = [
            PendingGoods(each.received_at, each.regime, each.lines, each.own)
            for each in ledger.reservations
            if each.sale != wanted.sale.key
        ]
        person = person_of(wanted.person, regime.destination)
        traveller = Traveller(person.birth_date, person.residence, ledger.entries)
        own = next((line.shop for line in ledger.lines if line.shop), _NO_SHOP)
        position = center_position(regime, self.regimes, traveller, ledger.lines, pending, own, self.now())
        return judge(position, [valued(line.goods, line.rates, regime) for line in lines]).assessment.verdict

    def _record(self, sale: SimulatedSale, taken: _Taken, dice: Random) -> None:
        """The sale and what is to be sent of it, as in one transaction of a store."""
        share = taken.request.visitors[0]
        lines = list(share.lines)
        if dice.random() < _FEWER:
            lines = lines[:1]
        sale.lines, sale.at, sale.reservation = lines, self.now(), taken.request.key
        sold = SaleConfirmation(taken.request.key, (SoldShare(share.reference, tuple(lines)),))
        self.store.outbox.append(confirmation(sold))
        self.store.sales.append(sale)
        self.store.attempts.remove(taken.request.key)

    def _sell_unseen(self, sale: SimulatedSale, person: int, lines: Sequence[LedgerGoods]) -> None:
        sale.lines, sale.at = list(lines), self.now()
        who = person_of(person, self.plan.regime.destination)
        share = UnseenShare((self.identity(sale.document),), who, tuple(lines))
        key = f"{sale.key}#unseen"
        unseen = UnseenSale(key, sale.key, sale.at, self.plan.regime.id, (share,))
        self.store.outbox.append(unseen_sale(unseen))
        self.store.sales.append(sale)

    def _take_back(self, number: int, dice: Random) -> None:
        """One piece of a line, or all of a sale as a void does."""
        sale = dice.choice(self.store.sales[-_RECENT:])
        is_void = dice.random() < _VOIDS
        back: list[UnitsBack] = []
        for index, line in enumerate(sale.lines):
            units = line.goods.quantity if is_void else min(line.goods.quantity, 1)
            if units and (is_void or not back):
                back.append(UnitsBack(LineId(sale.key, line.line), units))
                sale.lines[index] = replace(line, goods=without_units(line.goods, units))
        if back:
            self.store.outbox.append(units_returned(ReturnedUnits(self._key(number), self.now(), tuple(back))))

    def _move(self, number: int, dice: Random) -> Iterator[Event]:
        """The allowance of a sale goes to another visitor, whose goods it fits."""
        sale = dice.choice(self.store.sales[-_RECENT:])
        lines = [line for line in sale.lines if line.goods.quantity]
        right = self.plan.guest(self.shop, number, dice)
        wrong = self.plan.person(sale.document)
        if not lines or right == wrong:
            return
        source = yield from self._look_up(wrong)
        target = yield from self._look_up(right)
        if source is None or target is None:
            return
        wanted = _Wanted(sale, right, 0, dice)
        if self._verdict(wanted, target, lines) > Verdict.UNKNOWN:
            yield {"over": sale.key}
            return
        ids = tuple(LineId(sale.key, line.line) for line in lines)
        self.store.outbox.append(lines_moved(MovedLines(self._key(number), source.reference, target.reference, ids)))
        sale.document = self.plan.document(right)
        yield {"moved": sale.key}

    def _see_off(self, number: int, dice: Random) -> Iterator[Event]:
        """A visitor leaves with what they have bought by now."""
        sale = dice.choice(self.store.sales[-_RECENT:])
        ledger = yield from self._look_up(self.plan.person(sale.document))
        if ledger is None:
            return
        now = self.now()
        first = now - timedelta(days=2)
        left = Departure(self._key(number), ledger.reference, self.plan.regime.id, first, now, now)
        self.store.outbox.append(visitor_departed(left))
        yield {"departed": sale.document}

    def _key(self, number: int) -> str:
        return f"{self.plan.run}-{self.plan.seed}-{self.name}-{number}"

    def _settle(self) -> Iterator[Event]:
        """Give back what came to nothing, and tell what happened, the oldest first."""
        for key in list(self.store.attempts):
            try:
                self.center.give_back(key)
            except CenterAway as away:
                yield {"away": away.what}
                return
            self.store.attempts.remove(key)
            self.store.given_back.append(key)
            yield {"given_back": key}
        while self.store.outbox:
            call = self.store.outbox[0]
            try:
                booked = self.center.book(call)
            except CenterAway as away:
                yield {"away": away.what}
                return
            except RuleBroken as refused:
                self.store.refused.append(f"{call.kind} {call.key} {refused.fact}")
            else:
                yield {"reported": call.kind, "flags": booked.flags}
            self.store.outbox.pop(0)


@dataclass
class _Wanted:
    """A sale that a customer wants, and how often it was tried to reserve it."""

    sale: SimulatedSale
    person: int
    seconds: int
    dice: Random
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class _Taken:
    """A reservation that the center has acknowledged; the till's time of it ends first."""

    request: ReservationRequest
    ends_at: datetime
    versions: Mapping[str, int]

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at


def _dutiable(lines: Sequence[LedgerGoods]) -> tuple[LedgerGoods, ...]:
    """All units as dutiable: what a person in the shop approves."""
    return tuple(replace(line, goods=replace(line.goods, taxed_units=line.goods.quantity)) for line in lines)
