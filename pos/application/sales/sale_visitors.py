"""Data read about the visitors of the sale in progress, and their allowance positions today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import KnownVisitor, LedgerLine
from pos.application.quota.evaluate_quota import (
    AssessingEach,
    LineQuota,
    Standings,
    has_left,
    ledgers_of,
    other_side_here,
    positions_of,
)
from pos.application.quota.open_questions import often
from pos.application.sales.checkout_view import OtherSide, VisitorView
from pos.application.sales.exchange_returns import NO_RETURNS, ExchangeReturns
from pos.application.visitors.known_entries import ASKED_DAYS, knowing_entries
from pos.domain.errors import BadField
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Regime
from pos.domain.sales.cart import Cart
from pos.domain.visitors.visitor import Visitor


@dataclass(slots=True)
class SaleVisitors:
    """Ledgers and allowance positions of `visitors` (by label) under `regime`; `known` is None for first-time visitors.

    Each visitor is read once; adding one reads only that visitor.
    """

    regime: Regime | None = None
    regimes: Mapping[str, Regime] = field(default_factory=dict)
    visitors: Mapping[str, Visitor] = field(default_factory=dict)
    known: Mapping[str, KnownVisitor | None] = field(default_factory=dict)
    ledgers: Mapping[str, Sequence[LedgerLine]] = field(default_factory=dict)
    back: ExchangeReturns = NO_RETURNS
    """Goods returned with the sale: the ledgers no longer contain them."""
    _standings: Standings = field(default_factory=dict)
    _day: date | None = None
    _assessing: AssessingEach | None = None
    _often: tuple[tuple[tuple[str, ...], date], AssessingEach] | None = None
    _both_sides: bool = False
    """Whether any goods wait to leave by another destination; computed once because every scan needs it."""

    def __post_init__(self) -> None:
        self._both_sides = any(line.other_side for ledger in self.ledgers.values() for line in ledger)

    def with_visitors(
        self,
        work: UnitOfWork,
        visitors: Sequence[Visitor],
        regime: Regime | None,
        regimes: Mapping[str, Regime],
        now: datetime,
        key: str,
        back: ExchangeReturns = NO_RETURNS,
        *,
        refresh: bool = False,
    ) -> SaleVisitors:
        """A copy for these visitors. Data of unchanged visitors is kept, unless `refresh` is set.

        `key` is the key of their sale: reservations of other sales count.
        """
        same = regime is self.regime and back == self.back and not refresh
        kept = {v.label for v in visitors if same and self.visitors.get(v.label) == v}
        fresh = [v for v in visitors if v.label not in kept]
        read = {} if regime is None else ledgers_of(work, fresh, regime, regimes, now, key)
        if regime is not None:
            read = {label: back.freed(lines, regime, now) for label, lines in read.items()}
        return SaleVisitors(
            regime=regime,
            regimes=regimes,
            visitors={v.label: v for v in visitors},
            known={v.label: self.known[v.label] if v.label in kept else work.visitors.known(v.keys) for v in visitors},
            ledgers={v.label: self.ledgers[v.label] if v.label in kept else read.get(v.label, ()) for v in visitors},
            back=back,
        )

    def check_apart(self) -> None:
        """Refuse two documents of one person, linked meanwhile or identical: BadField for the second."""
        persons: list[int] = []
        before: list[Visitor] = []
        for index, (label, known) in enumerate(self.known.items()):
            here = self.visitors[label]
            same = known is not None and known.locked.person in persons
            if same or any(here.is_one_with(other) for other in before):
                raise BadField(f"visitors[{index}].document", "same_person", label)
            persons += [] if known is None else [known.locked.person]
            before.append(here)

    def standings(self, now: datetime, rates: RateTable) -> Standings:
        """The visitors' allowance positions; recomputed only when the regime's day has changed."""
        if self.regime is None:
            return {}
        day = now.astimezone(self.regime.zone).date()
        if self._day != day or self._has_gone(now):
            self.ledgers = {label: self._still_here(ledger, now) for label, ledger in self.ledgers.items()}
            self._standings = positions_of(self.regime, self._as_known(), self.ledgers, now, rates)
            self._day = day
        return self._standings

    def _has_gone(self, now: datetime) -> bool:
        """Whether goods meant for another destination have left since: it is past midnight there."""
        return self._both_sides and any(len(self._still_here(x, now)) < len(x) for x in self.ledgers.values())

    def _still_here(self, ledger: Sequence[LedgerLine], now: datetime) -> Sequence[LedgerLine]:
        return ledger if self.regime is None else other_side_here(ledger, self.regime, self.regimes, now)

    def _as_known(self) -> tuple[Visitor, ...]:
        """The visitors with all days of entry in the books, beside those given in this sale."""
        known_visitors = ((visitor, self.known.get(label)) for label, visitor in self.visitors.items())
        return tuple(v if known is None else knowing_entries(v, known.entries) for v, known in known_visitors)

    def assess(
        self, cart: Cart, now: datetime, rates: RateTable
    ) -> tuple[Mapping[int, LineQuota], Mapping[str, Assessment]]:
        """Evaluate a basket, often an extension of the one just evaluated; see assess_each."""
        standings = self.standings(now, rates)
        if self._assessing is None or self._assessing.standings is not standings:
            self._assessing = AssessingEach(standings)
        return self._assessing(cart)

    def if_often(self, cart: Cart, labels: Sequence[str], now: datetime, rates: RateTable) -> Mapping[str, Assessment]:
        """The verdicts for these visitors, assuming that each of them entered on every one of the last days."""
        if self.regime is None or not labels:
            return {}
        here = tuple(labels)
        day = now.astimezone(self.regime.zone).date()
        if self._often is None or self._often[0] != (here, day):
            entered = often(day, ASKED_DAYS)
            visitors = [replace(self.visitors[label], entries=entered) for label in here]
            standings = positions_of(self.regime, visitors, self.ledgers, now, rates)
            self._often = (here, day), AssessingEach(standings)
        return self._often[1](cart)[1]

    def shown(
        self, visitor: Visitor, carried: Collection[str], today: date, zone: tzinfo, *, told: bool
    ) -> VisitorView:
        """A visitor as the screen shows them, carrying goods of these categories; `told`: entries were asked here."""
        label = visitor.label
        return VisitorView(
            visitor=visitor,
            age=visitor.age_on(today),
            oldest=visitor.oldest_on(today),
            expired=visitor.expired_on(today),
            visits_today=self.visits_on(label, today, zone),
            pending=self.has_pending(label),
            other_side=self.other_side(label),
            asks_entries=not told and self.asks_entries(label, carried, today),
            held=sum(line.quantity for line in self._stored(label) if line.key is None),
        )

    def visits_on(self, label: str, day: date, zone: tzinfo) -> int:
        """The visitor's known purchases at this shop on a day of the shop; declared purchases do not count."""
        bought = (line for line in self.ledgers.get(label, ()) if line.key is not None and not line.key.declared)
        return len({line.at for line in bought if line.at.astimezone(zone).date() == day})

    def other_side(self, label: str) -> tuple[OtherSide, ...]:
        """Goods bought for another destination and not yet carried out, by that destination."""
        lines: dict[str, list[LedgerLine]] = {}
        for line in self._stored(label):
            if line.other_side:
                regime = self.regimes.get(line.regime)
                lines.setdefault("" if regime is None else regime.destination, []).append(line)
        return tuple(OtherSide(side, tuple(goods)) for side, goods in lines.items())

    def has_pending(self, label: str) -> bool:
        """Whether goods bought before are still to be carried out, without those declared in this sale."""
        standing = self._standings.get(label)
        if standing is None:
            return False
        bought = (line for line in self._stored(label) if line.key is not None)  # reserved goods are not bought yet
        return any(not has_left(line, standing.regime, standing.at) for line in bought)

    def _stored(self, label: str) -> Sequence[LedgerLine]:
        """The stored part of a visitor's ledger: bought, declared before, reserved; without declarations
        of this sale.
        """
        ledger, visitor = self.ledgers.get(label, ()), self.visitors.get(label)
        return ledger if visitor is None else ledger[: len(ledger) - len(visitor.declared)]

    def asks_entries(self, label: str, categories: Collection[str], today: date) -> bool:
        """Whether a limit on goods of `categories`, or on pending goods, depends on entries not asked today."""
        known, standing = self.known.get(label), self._standings.get(label)
        if standing is None or (known is not None and known.asked_on == today):
            return False
        if self.visitors[label].entries != (() if known is None else known.entries):
            return False  # the visitor has given them at this till
        touched = {*categories, *(lot.category for lot in standing.pending)}
        return any(
            rule.who.crossings_above is not None and not touched.isdisjoint(rule.scope.leaves)
            for rule in standing.regime.in_force(standing.day)
        )
