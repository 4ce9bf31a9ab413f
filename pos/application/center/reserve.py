"""Reserve allowance at the center before money is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.center.answer_once import reserved_once
from pos.application.center.book import APPROVED_OVER
from pos.application.center.customs_rates import watch_rates
from pos.application.center.effects import Effects
from pos.application.center.ledgers import LockedLedger, plain_regimes, read_ledger, regime_used
from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center.refusals import (
    ClockDiffers,
    KeyClosed,
    LedgerMoved,
    LineNotKnown,
    StricterVerdict,
    VisitorNotKnown,
)
from pos.application.center.request_keys import key_of_till
from pos.application.center.requests import Caller, ReservationRequest, Reserved, VisitorShare
from pos.domain.center.fullness import per_cent_used
from pos.domain.center.judgement import free_of, valued
from pos.domain.center.ledger import LineId
from pos.domain.center.reservation import Reservation, ReservationState, midnight
from pos.domain.quota.evaluation import judge
from pos.domain.quota.rule import Regime, Verdict, WholeUnit

MOST_SECONDS_APART = 120
"""A till whose clock differs by more judges by another day, perhaps (spec of the center, § 4.5)."""
SHORTEST, LONGEST = 10, 3_600
"""Seconds that a reservation may ask for."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Set lines aside for one attempt at one payment. All of it stands, or nothing.

    The till has judged by a version of each ledger; where one has moved on, nothing is reserved and the till judges
    again. The center judges, too, and the stricter verdict binds.

    Raises ClockDiffers, RulesDiffer, KeyClosed, KeyReused, VisitorNotKnown, LedgerMoved and StricterVerdict.
    """

    context: CenterContext

    def __call__(self, caller: Caller, request: ReservationRequest, digest: bytes) -> Reserved:
        context, now = self.context, self.context.now()
        key = request.key
        request = _with_own_keys(caller, request)
        with context.store.begin() as work:
            work.members.take_turn(caller.till, now)
            earlier = work.reservations.of(request.key)
            if earlier is not None and earlier.state is not ReservationState.OPEN:
                raise KeyClosed(key)
            reserved = reserved_once(work, request.key, digest, now, lambda: self._reserve(work, caller, request, now))
            work.commit()
        return replace(reserved, key=key)

    def _reserve(self, work: CenterWork, caller: Caller, request: ReservationRequest, now: datetime) -> Reserved:
        apart = abs(int((request.clock - now).total_seconds()))
        if apart > MOST_SECONDS_APART:
            raise ClockDiffers(apart, MOST_SECONDS_APART)
        regime = regime_used(self.context, request.rules)
        replaced = [] if request.replaces is None else [request.replaces]
        gone = [name for key in replaced for name in work.reservations.visitors_of(key)]
        visitors = work.visitors.lock({*(share.reference for share in request.visitors), *gone})
        ledgers = _ledgers(self.context, work, visitors, request)
        _check_versions(caller, request, ledgers, now)
        for key in replaced:
            _end(work, caller, key, request.sale, now)
        _check_returns(caller, request, ledgers)
        filled = {
            ledgers[share.reference].visitor.id: self._judge(
                work, caller, request, share, ledgers[share.reference].without(replaced), regime, now
            )
            for share in request.visitors
        }
        ends_at = min(now + timedelta(seconds=request.seconds), midnight(regime, now))
        lines = {ledgers[share.reference].visitor.id: tuple(share.lines) for share in request.visitors}
        reservation = Reservation(
            request.key,
            request.sale,
            caller.shop,
            caller.till,
            regime.id,
            now,
            ends_at,
            ReservationState.OPEN,
            lines,
        )
        work.reservations.add(reservation, Effects(request.returns, request.reassessed).to_json(), filled)
        raised = {visitor.id: work.visitors.raise_version(visitor.id) for visitor in visitors.values()}
        versions = {share.reference: raised[visitors[share.reference].id] for share in request.visitors}
        watch_rates(work, caller.till, request, now.astimezone(regime.zone).date(), now)
        facts = {"key": request.key, "regime": regime.id}
        if request.evaluator != self.context.evaluator:
            facts["evaluator"] = request.evaluator
        work.journal.write(now, caller.till, "reserve", facts)
        return Reserved(request.key, ends_at, versions)

    def _judge(
        self,
        work: CenterWork,
        caller: Caller,
        request: ReservationRequest,
        share: VisitorShare,
        ledger: LockedLedger,
        regime: Regime,
        now: datetime,
    ) -> int | None:
        """The center's own verdict, by the ledger as it will be: what comes back with the sale counts no more.

        Returns how full the fullest allowance will be, in per cent.
        """
        after = Effects(request.returns, request.reassessed).on(ledger, caller.shop)
        regimes = plain_regimes(self.context)
        position = after.position(regime, regimes, share.person, caller.shop, now)
        judgement = judge(position, [valued(line.goods, line.rates, regime) for line in share.lines])
        verdict = judgement.assessment.verdict
        allowed = Verdict.REVIEW if request.is_approved else Verdict.UNKNOWN  # what is refused is never sold
        too_much = verdict > min(share.verdict, allowed)
        if not too_much and verdict is Verdict.DUTY and isinstance(position.charge, WholeUnit):
            position = after.position(regime, regimes, share.person, caller.shop, now, free_only=True)
            free = judge(position, [free_of(line, regime) for line in share.lines])
            too_much = free.assessment.verdict > Verdict.NOTE
        if too_much:
            raise StricterVerdict(share.reference, share.verdict.word, verdict.word)
        if verdict > Verdict.UNKNOWN:
            facts = {"verdict": verdict.word, "regime": regime.id, "till": caller.till}
            work.flags.add(now, ledger.visitor.id, request.key, APPROVED_OVER, facts)
        return per_cent_used(judgement.assessment)


def _with_own_keys(caller: Caller, request: ReservationRequest) -> ReservationRequest:
    replaces = None if request.replaces is None else key_of_till(caller, request.replaces)
    return replace(request, key=key_of_till(caller, request.key), replaces=replaces)


def _ledgers(
    context: CenterContext, work: CenterWork, visitors: Mapping[str, CenterVisitor], request: ReservationRequest
) -> Mapping[str, LockedLedger]:
    ledgers = {}
    for share in request.visitors:
        visitor = visitors.get(share.reference)
        if visitor is None:
            raise VisitorNotKnown(share.reference)
        ledgers[share.reference] = read_ledger(context, work, visitor)
    return ledgers


def _check_versions(
    caller: Caller, request: ReservationRequest, ledgers: Mapping[str, LockedLedger], now: datetime
) -> None:
    """The till has judged by these ledgers, and by none that has changed since."""
    moved = [
        ledgers[share.reference].shown_to(caller.shop, now)
        for share in request.visitors
        if ledgers[share.reference].visitor.version != share.if_version
    ]
    if moved:
        raise LedgerMoved(moved)


def _check_returns(caller: Caller, request: ReservationRequest, ledgers: Mapping[str, LockedLedger]) -> None:
    """What comes back, or is judged again, stands on one of these ledgers and was sold by this shop."""
    own = {line.id for ledger in ledgers.values() for line in ledger.lines if line.is_of(caller.shop)}
    named = [*(each.id for each in request.returns), *(LineId(each.sale, each.line) for each in request.reassessed)]
    for line in named:
        if line not in own:
            raise LineNotKnown(*line)


def _end(work: CenterWork, caller: Caller, key: str, sale: str, now: datetime) -> None:
    """End an earlier attempt at the same payment, live or in doubt; one that never came leaves a tombstone."""
    earlier = work.reservations.of(key)
    if earlier is None:
        work.reservations.close_unknown(key, sale, now, caller.shop, caller.till)
    elif earlier.sale != sale:
        raise KeyClosed(key)
    elif earlier.state is ReservationState.OPEN:
        work.reservations.set_state(key, ReservationState.CLOSED, now)
