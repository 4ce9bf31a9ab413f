"""Show a visitor's documents, purchases and remaining allowance under every regime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.authorize import authorized_write
from pos.application.membership.center_answer import (
    NO_CENTER,
    CenterAnswer,
    CenterState,
    at_center,
    elsewhere_of,
    with_departures,
)
from pos.application.ports.visitor_ports import KnownVisitor, LedgerLine
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import HISTORY, bought_by, held_lines, positions_of
from pos.application.quota.open_questions import (
    CENTER,
    as_open,
    frequent_entries,
    limits_of_the_frequent,
    with_most_left,
)
from pos.application.settings.context import UseCase
from pos.application.visitors.identify_visitor import Shown, visitor_shown
from pos.application.visitors.known_entries import ASKED_DAYS
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.allowance_position import AllowancePosition, PastSale
from pos.domain.quota.evaluation import Evaluation, judge
from pos.domain.quota.rule import Regime
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor, knowing_entries


@dataclass(frozen=True, slots=True)
class VisitorAccount:
    """A visitor with their history. `known` is None for an unknown visitor, who has every allowance in full.

    `judged` holds, by regime, the evaluation of the pending goods and of those that a parked basket or an open payment
    holds for them, without a new basket; `held` is how many pieces those are. `purchases` are oldest first and include
    those moved to or from another visitor's ledger, and of voided sales. `center` is what the center has said: by a
    fresh answer `judged` counts what was bought elsewhere, without one what is left is the most that can be.
    """

    visitor: Visitor
    known: KnownVisitor | None
    judged: Mapping[str, Evaluation]
    purchases: tuple[LedgerLine, ...]
    held: int
    center: CenterAnswer = NO_CENTER


class ShowVisitor(UseCase):
    """Look up a visitor by document; the journal records the person and the number of the visitor's row."""

    def __call__(self, shown: Shown, person: Person, center: CenterAnswer = NO_CENTER) -> VisitorAccount:
        """The visitor's data at this instant, with what the center has said of them."""
        person.check("sell")
        at = self.now()
        settings = self.settings()
        visitor = visitor_shown(shown, self.secrets)
        with authorized_write(self.store, person, "sell") as (work, person):
            if work.visitors.adds_numbers(visitor):
                lock_visitors(work, (visitor,), at, self.till, person.name)
            known = work.visitors.known(visitor.keys)
            rates = rates_of(work, settings, at)
            since = at - HISTORY
            bought = [*work.visitors.history(visitor.keys, since), *work.visitors.voided(visitor.keys, since)]
            purchases = tuple(sorted(bought, key=lambda line: line.at))
            regimes = self.regimes()
            held = work.holds.pending(visitor.keys, at, "")
            ledgers = {
                name: (*bought_by(work, visitor, regime, regimes, at), *held_lines(held, regime, regimes))
                for name, regime in regimes.items()
            }
            ledger = center.judged_by
            from_center = {} if ledger is None else {visitor.label: at_center(work, visitor, ledger, "", at)}
            if center.state in (CenterState.NONE, CenterState.ASKED):  # with an answer the same visitor is read again
                details = {"visitor": None if known is None else known.locked.visitor}
                work.journal.write(at, self.till, person.name, "look_up", details)
            work.commit()
        with_entries = visitor if known is None else knowing_entries(visitor, known.entries)
        for one in from_center.values():
            with_entries = knowing_entries(with_entries, one.entries)
        by_label = {name: with_departures({visitor.label: ledger}, from_center) for name, ledger in ledgers.items()}
        today = at.astimezone(settings.zone).date()
        is_asked = known is not None and known.asked_on == today
        judged = {
            name: _left(
                regime,
                with_entries,
                by_label[name][visitor.label],
                at,
                rates,
                elsewhere_of(from_center, regime, regimes, at).get(visitor.label, ()),
                is_asked=is_asked,
            )
            for name, regime in regimes.items()
        }
        if center.is_open:
            judged = {
                name: replace(one, assessment=as_open(one.assessment, (CENTER,), ())) for name, one in judged.items()
            }
        to_carry = (line for line in held if line.regime not in regimes or not regimes[line.regime].parcels)
        return VisitorAccount(visitor, known, judged, purchases, sum(line.quantity for line in to_carry), center)


def _left(
    regime: Regime,
    visitor: Visitor,
    ledger: Sequence[LedgerLine],
    at: datetime,
    rates: RateTable,
    elsewhere: Sequence[PastSale],
    *,
    is_asked: bool,
) -> Evaluation:
    """What is left; where the visitor was not asked about the days of entry, the most that can be left."""

    def position(one: Visitor) -> AllowancePosition:
        return positions_of(regime, (one,), {one.label: ledger}, at, rates, {one.label: elsewhere})[one.label]

    plain = position(visitor)
    judged = judge(plain, ())
    if is_asked:
        return judged
    entered = frequent_entries(at.astimezone(regime.zone).date(), ASKED_DAYS)
    limits = limits_of_the_frequent(plain, position(replace(visitor, entries=entered)))
    return replace(judged, assessment=with_most_left(judged.assessment, limits))
