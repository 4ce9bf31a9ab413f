"""Show a visitor's documents, purchases and remaining allowance under every regime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.access.authorize import authorized_write
from pos.application.ports.visitor_ports import KnownVisitor, LedgerLine
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import HISTORY, bought_by, positions_of
from pos.application.settings.context import UseCase
from pos.application.visitors.identify_visitor import Shown, visitor_shown
from pos.application.visitors.known_entries import knowing_entries
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.evaluation import Evaluation, judge
from pos.domain.quota.rule import Regime
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class VisitorAccount:
    """A visitor with their history. `known` is None for an unknown visitor, who has every allowance in full.

    `judged` holds, by regime, the evaluation of the pending goods alone; `purchases` are oldest first and include those
    moved to or from another visitor's ledger.
    """

    visitor: Visitor
    known: KnownVisitor | None
    judged: Mapping[str, Evaluation]
    purchases: tuple[LedgerLine, ...]


class ShowVisitor(UseCase):
    """Look up a visitor by document; the journal records the person and the number of the visitor's row."""

    def __call__(self, shown: Shown, person: Person) -> VisitorAccount:
        """The visitor's data at this instant."""
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
            purchases = tuple(work.visitors.history(visitor.keys, since))
            regimes = self.regimes()
            ledgers = {name: bought_by(work, visitor, regime, regimes, at) for name, regime in regimes.items()}
            details = {"visitor": None if known is None else known.locked.visitor}
            work.journal.write(at, self.till, person.name, "look_up", details)
            work.commit()
        with_entries = visitor if known is None else knowing_entries(visitor, known.entries)
        judged = {name: _left(regime, with_entries, ledgers[name], at, rates) for name, regime in regimes.items()}
        return VisitorAccount(visitor, known, judged, purchases)


def _left(regime: Regime, visitor: Visitor, ledger: Sequence[LedgerLine], at: datetime, rates: RateTable) -> Evaluation:
    position = positions_of(regime, (visitor,), {visitor.label: ledger}, at, rates)[visitor.label]
    return judge(position, ())
