"""Reserve the allowance of a sale at the center before money is taken, and again where its time is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from pos.application.center.refusals import LedgerMoved, RulesDiffer
from pos.application.center.requests import (
    Person,
    ReservationRequest,
    RulesUsed,
    UnitsBack,
    VisitorShare,
)
from pos.application.membership.membership import Membership
from pos.application.membership.payment_wait import PaymentWait
from pos.application.membership.refusals import CenterAway, CenterRefused
from pos.application.membership.sale_keys import new_attempt
from pos.application.membership.sales_at_center import OpenReservation
from pos.application.membership.take_rules import TakeRules
from pos.application.ports.membership_ports import Attempt
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.center.ledger import LedgerGoods, Reassessed
from pos.domain.center.reservation import midnight
from pos.domain.errors import RuleBroken
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.visitors.visitor import Visitor

SHORTEST, LONGEST = 10, 3_600
"""Seconds that the center reserves for."""


@dataclass(frozen=True, slots=True)
class WantedShare:
    """One visitor's part of a sale: what the till shows for it, and the lines."""

    visitor: Visitor
    verdict: Verdict
    lines: tuple[LedgerGoods, ...]


@dataclass(frozen=True, slots=True)
class WantedReservation:
    """What a sale wants of the center; see ReservationRequest. `key` is that of this attempt."""

    key: str
    sale: str
    regime: Regime
    seconds: int
    shares: tuple[WantedShare, ...]
    returns: tuple[UnitsBack, ...] = ()
    reassessed: tuple[Reassessed, ...] = ()
    is_approved: bool = False
    replaces: str | None = None

    def is_judged_as(self, other: WantedReservation) -> bool:
        """Whether the same would be shown for both."""
        return self.shares == other.shares and self.reassessed == other.reassessed


@dataclass(frozen=True, slots=True)
class ReserveAtCenter(UseCase):
    """No money is taken for a sale that another shop has used the allowance of."""

    membership: Membership
    take_rules: TakeRules

    def begin(self, work: UnitOfWork, wanted: WantedReservation, at: datetime) -> None:
        """Write down in this transaction what is going to be asked: after a crash it is given back."""
        references = tuple(self._references(wanted).values())
        work.membership.begin_attempt(Attempt(wanted.key, wanted.sale, self.till, references, at))

    def __call__(self, wanted: WantedReservation, wait: PaymentWait) -> None:
        """Reserve it. Raises CenterAway, LedgerMoved, whose ledgers the sale has by then, and CenterRefused."""
        sales = self.membership.sales
        references = self._references(wanted)
        ledgers = sales.ledgers(wanted.sale, [share.visitor for share in wanted.shares])
        shares = tuple(
            VisitorShare(
                references[share.visitor.key],
                ledgers[share.visitor.label].version,
                person_of(share.visitor),
                share.verdict,
                share.lines,
            )
            for share in wanted.shares
        )
        request = ReservationRequest(
            key=wanted.key,
            sale=wanted.sale,
            seconds=wanted.seconds,
            rules=RulesUsed(wanted.regime.id, wanted.regime.version),
            evaluator=self.membership.version,
            clock=self.now(),
            visitors=shares,
            replaces=wanted.replaces,
            returns=wanted.returns,
            reassessed=wanted.reassessed,
            is_approved=wanted.is_approved,
        )
        self._reserve(request, references, midnight(wanted.regime, self.now()), wait)

    def again(self, before: OpenReservation) -> None:
        """Reserve once more what has run out of time. Raises as the call does.

        While the center does not answer, what was acknowledged still counts there, and the sale goes on; a reservation
        of another day of its rules does not.
        """
        request, at = before.request, self.now()
        shares = tuple(replace(share, if_version=before.versions[share.reference]) for share in request.visitors)
        key = new_attempt(request.sale)
        again = replace(request, key=key, replaces=before.key, clock=at, visitors=shares)
        with self.store.begin() as work:
            references = tuple(share.reference for share in shares)
            work.membership.begin_attempt(Attempt(key, request.sale, self.till, references, at))
            work.commit()
        try:
            regime = self.regimes()[request.rules.regime]
            self._reserve(again, before.references, midnight(regime, at), self.membership.wait())
        except CenterAway:
            self._give_up(request.sale, besides=before.key)
            if before.is_of_another_day(at):
                raise
        except RuleBroken:
            self._give_up(request.sale)
            raise

    def extend(self, sale: str, longer: timedelta) -> None:
        """Let a reservation that stands count so much longer from now; nothing where there is none.

        While the center does not answer it counts for its own time. Raises CenterRefused where it is over there.
        """
        membership = self.membership
        before = membership.sales.reserved(sale)
        seconds = min(int(longer.total_seconds()) + 1, LONGEST)
        begun = membership.running()
        if before is None or before.lasts(begun + timedelta(seconds=seconds)):
            return
        if before.is_over(begun, self.now()):
            self.again(before)
            return
        try:
            membership.wait()(partial(membership.center.extend, before.key, seconds))
        except CenterAway:
            return
        except RuleBroken as refused:
            raise CenterRefused(refused.fact) from refused
        membership.sales.keep(sale, before.extended(begun + timedelta(seconds=seconds)))

    def _reserve(
        self, request: ReservationRequest, references: Mapping[str, str], day_ends: datetime, wait: PaymentWait
    ) -> None:
        membership = self.membership
        begun = membership.running()  # before the first send: a second one does not restart it
        try:
            center = membership.center
            ask = partial(center.reserve, request)
            try:
                reserved = wait(ask)
            except CenterAway:
                reserved = wait(ask)  # a lost answer is asked for by the same key
        except LedgerMoved as moved:
            membership.sales.hear_again(request.sale, moved.ledgers, self.now())
            raise
        except CenterAway:
            raise
        except RulesDiffer as differ:
            raise self.take_rules.at_once(differ, wait) from differ
        except RuleBroken as refused:
            raise CenterRefused(refused.fact) from refused
        membership.sales.keep(request.sale, OpenReservation(request, reserved.versions, references, begun, day_ends))

    def _give_up(self, sale: str, besides: str = "") -> None:
        with self.store.begin() as work:
            if work.membership.end_attempts(sale, besides):
                work.commit()

    def _references(self, wanted: WantedReservation) -> dict[str, str]:
        ledgers = self.membership.sales.ledgers(wanted.sale, [share.visitor for share in wanted.shares])
        missing = [share for share in wanted.shares if share.visitor.label not in ledgers]
        if missing:
            raise CenterAway("not_asked")
        return {share.visitor.key: ledgers[share.visitor.label].reference for share in wanted.shares}


def seconds_of(minutes: int) -> int:
    """How long a payment holds goods and allowance, as far as the center reserves."""
    return min(max(int(timedelta(minutes=minutes).total_seconds()), SHORTEST), LONGEST)


def person_of(visitor: Visitor) -> Person:
    """What the till tells of a visitor; a birth date that was computed from an age is none."""
    born = None if visitor.is_born_about else visitor.birth_date
    return Person(born, visitor.born_from if born is None else None, visitor.residence, visitor.entries)
