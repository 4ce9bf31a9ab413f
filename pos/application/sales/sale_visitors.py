"""What was read about the visitors of the sale in progress, and their allowance positions of today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from pos.application.center.requests import VisitorLedger
from pos.application.membership.center_answer import (
    AllAtCenter,
    at_center,
    elsewhere_of,
    with_departures,
    with_entries,
)
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import KnownVisitor, LedgerLine
from pos.application.quota.evaluate_quota import (
    AllowancePositions,
    AssessingEach,
    Elsewhere,
    LineQuota,
    has_left,
    judged_weight,
    ledger_of,
    lines_by_origin,
    other_side_here,
    positions_of,
)
from pos.application.quota.open_questions import frequent_entries
from pos.application.returns.exchange_returns import NO_RETURNS, ExchangeReturns
from pos.application.sales.checkout_view import EarlierUnknown, OtherSide, VisitorView
from pos.application.visitors.known_entries import ASKED_DAYS
from pos.domain.errors import BadField
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.assess import Assessment
from pos.domain.quota.measure import ItemOrigin
from pos.domain.quota.rule import Regime
from pos.domain.sales.cart import Cart
from pos.domain.sales.parcel import Parcel
from pos.domain.visitors.visitor import Visitor, knowing_entries


@dataclass(slots=True)
class SaleVisitors:
    """Ledgers and allowance positions of `visitors` (by label) under `regime`; `known` lacks visitors who were never
    here.

    Read once for a visitor; a further one costs one more reading only.
    """

    regime: Regime | None = None
    regimes: Mapping[str, Regime] = field(default_factory=dict)
    visitors: Mapping[str, Visitor] = field(default_factory=dict)
    known: Mapping[str, KnownVisitor | None] = field(default_factory=dict)
    ledgers: Mapping[str, Sequence[LedgerLine]] = field(default_factory=dict)
    back: ExchangeReturns = NO_RETURNS
    """What comes back with the sale: in the ledgers it is taken as gone."""
    purchases: Mapping[str, frozenset[datetime]] = field(default_factory=dict)
    """When each visitor bought here, also what comes back with the sale, and whatever way it has left since."""
    from_center: AllAtCenter = field(default_factory=dict)
    """What the center adds to the books, of the visitors for whom it has answered."""
    answers: Mapping[str, VisitorLedger] = field(default_factory=dict)
    """The ledgers at the center that `from_center` is made of."""
    _positions: AllowancePositions = field(default_factory=dict)
    _day: date | None = None
    _rates: RateTable | None = None
    _assessing: AssessingEach | None = None
    _frequent: tuple[tuple[tuple[str, ...], date], AllowancePositions] | None = None
    _assessing_frequent: AssessingEach | None = None
    _elsewhere: Elsewhere = field(default_factory=dict)
    _both_sides: bool = False
    """Whether anything waits to leave by another way out: looked for once, for each scan asks."""

    def __post_init__(self) -> None:
        here = any(line.other_side for ledger in self.ledgers.values() for line in ledger)
        regime = "" if self.regime is None else self.regime.id
        self._both_sides = here or any(line.regime != regime for one in self.from_center.values() for line in one.lines)

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
        answers: Mapping[str, VisitorLedger] | None = None,
        refresh: bool = False,
    ) -> SaleVisitors:
        """The same for these visitors; what was read of those who stay is kept, unless `refresh`.

        `key` is that of their sale: what others hold for them is counted. `answers` are what the center says of them.
        """
        answers = answers or {}
        same = regime is self.regime and back == self.back and not refresh
        kept = {
            v.label
            for v in visitors
            if same and self.visitors.get(v.label) == v and self.answers.get(v.label) is answers.get(v.label)
        }
        fresh = [v for v in visitors if v.label not in kept]
        read: dict[str, Sequence[LedgerLine]] = {}
        bought: dict[str, frozenset[datetime]] = {}
        if regime is not None:
            for visitor in fresh:
                lines, bought[visitor.label] = ledger_of(work, visitor, regime, regimes, now, key)
                read[visitor.label] = back.freed(lines, regime, now)
        from_center = {v.label: at_center(work, v, answers[v.label], key, now) for v in fresh if v.label in answers}
        from_center |= {label: self.from_center[label] for label in kept if label in self.from_center}
        return SaleVisitors(
            regime=regime,
            regimes=regimes,
            visitors={v.label: v for v in visitors},
            known={v.label: self.known[v.label] if v.label in kept else work.visitors.known(v.keys) for v in visitors},
            ledgers=with_departures(
                {v.label: self.ledgers[v.label] if v.label in kept else read.get(v.label, ()) for v in visitors},
                from_center,
            ),
            from_center=from_center,
            answers=answers,
            back=back,
            purchases={
                v.label: (self.purchases if v.label in kept else bought).get(v.label, frozenset()) for v in visitors
            },
        )

    def check_apart(self) -> None:
        """Refuse one person by two documents that were linked since, or by one twice: BadField for the second."""
        persons: list[int] = []
        before: list[Visitor] = []
        for index, (label, known) in enumerate(self.known.items()):
            here = self.visitors[label]
            same = known is not None and known.locked.person in persons
            if same or any(here.is_one_with(other) for other in before):
                raise BadField(f"visitors[{index}].document", "same_person", label)
            persons += [] if known is None else [known.locked.person]
            before.append(here)

    def positions(self, now: datetime, rates: RateTable) -> AllowancePositions:
        """The allowance positions of the visitors; weighed again when the regime's day or the rates have changed."""
        if self.regime is None:
            return {}
        day = now.astimezone(self.regime.zone).date()
        if self._day != day or self._rates is not rates or self._has_gone(now):
            self.ledgers = {label: self._still_here(ledger, now) for label, ledger in self.ledgers.items()}
            self._elsewhere = elsewhere_of(self.from_center, self.regime, self.regimes, now)
            self._positions = positions_of(self.regime, self._as_known(), self.ledgers, now, rates, self._elsewhere)
            self._frequent = None
            self._day, self._rates = day, rates
        return self._positions

    def _has_gone(self, now: datetime) -> bool:
        """Whether goods that were to leave by another way out have done so since: it is midnight there."""
        if not self._both_sides or self.regime is None:
            return False
        if any(len(self._still_here(x, now)) < len(x) for x in self.ledgers.values()):
            return True
        elsewhere = elsewhere_of(self.from_center, self.regime, self.regimes, now)
        return any(len(past) < len(self._elsewhere.get(label, ())) for label, past in elsewhere.items())

    def _still_here(self, ledger: Sequence[LedgerLine], now: datetime) -> Sequence[LedgerLine]:
        return ledger if self.regime is None else other_side_here(ledger, self.regime, self.regimes, now)

    def _as_known(self) -> tuple[Visitor, ...]:
        """The visitors with every day of entry that the books know, and those answered in this sale."""
        pairs = ((visitor, self.known.get(label)) for label, visitor in self.visitors.items())
        here = tuple(v if known is None else knowing_entries(v, known.entries) for v, known in pairs)
        return with_entries(here, self.from_center)

    def assess(
        self, cart: Cart, now: datetime, rates: RateTable, parcel: Parcel | None = None
    ) -> tuple[Mapping[int, LineQuota], Mapping[str, Assessment]]:
        """The verdict on a basket, which often goes on one that was judged just before; see assess_each.

        A `parcel` that is lighter than its goods is judged by their weight.
        """
        positions = self.positions(now, rates)
        if self._assessing is None or self._assessing.positions is not positions:
            self._assessing = AssessingEach(positions)
        return self._assessing(cart, judged_weight(cart, parcel))

    def frequent_positions(self, labels: Sequence[str], now: datetime, rates: RateTable) -> AllowancePositions:
        """The positions of these visitors, had each of them entered on every one of the last days.

        Empty where no rule of the regime counts entries.
        """
        if self.regime is None or not labels:
            return {}
        asked, day = tuple(labels), now.astimezone(self.regime.zone).date()
        if all(rule.who.crossings_above is None for rule in self.regime.in_force(day)):
            return {}
        if self._frequent is None or self._frequent[0] != (asked, day):
            entered = frequent_entries(day, ASKED_DAYS)
            visitors = [replace(self.visitors[label], entries=entered) for label in asked]
            frequent = positions_of(self.regime, visitors, self.ledgers, now, rates, self._elsewhere)
            self._frequent = (asked, day), frequent
        return self._frequent[1]

    def if_frequent(self, cart: Cart, frequent: AllowancePositions) -> Mapping[str, Assessment]:
        """The verdicts on a basket for visitors in the positions of `frequent`."""
        if self._assessing_frequent is None or self._assessing_frequent.positions != frequent:
            self._assessing_frequent = AssessingEach(frequent)
        return self._assessing_frequent(cart)[1]

    def shown(
        self, visitor: Visitor, carried: Collection[str], today: date, zone: tzinfo, *, entries_answered: bool
    ) -> VisitorView:
        """The view of a visitor with goods of these categories; `entries_answered`: their days of entry were asked for
        here.
        """
        label = visitor.label
        limited = self.limited_by_entries(label, carried)
        return VisitorView(
            visitor=visitor,
            age=visitor.age_on(today),
            oldest=visitor.oldest_on(today),
            expired=visitor.expired_on(today),
            visits_today=None if self.regime is None else self.visits_on(label, today, zone),
            pending=self.has_pending(label),
            other_side=self.other_side(label),
            asks_entries=limited and not entries_answered and self.entries_unknown(label, today),
            limited_by_entries=limited,
            held=sum(line.quantity for line in self._stored(label) if line.key is None),
        )

    def unknown_earlier(self, label: str, assessment: Assessment) -> tuple[EarlierUnknown, ...]:
        """The goods of a visitor's ledger of which `assessment` lacks something, in the order of the ledger."""
        lacking: dict[ItemOrigin, list[str]] = {}
        for unknown in assessment.unknown:
            if unknown.is_of_earlier_goods:
                lacking.setdefault(unknown.origin, []).append(unknown.attribute)
        if not lacking:
            return ()
        lines = lines_by_origin(self.ledgers.get(label, ()))
        return tuple(EarlierUnknown(lines[origin], tuple(lacking[origin])) for origin in lines if origin in lacking)

    def visits_on(self, label: str, day: date, zone: tzinfo) -> int:
        """How many purchases of a visitor at this shop are known on a day of its own; declared ones do not count."""
        return sum(at.astimezone(zone).date() == day for at in self.purchases.get(label, ()))

    def other_side(self, label: str) -> tuple[OtherSide, ...]:
        """What a visitor bought to leave by another way out and has still here, by the side it was to leave to."""
        lines: dict[str, list[LedgerLine]] = {}
        for line in self._stored(label):
            if line.other_side:
                regime = self.regimes.get(line.regime)
                lines.setdefault("" if regime is None else regime.destination, []).append(line)
        return tuple(OtherSide(side, tuple(of_side)) for side, of_side in lines.items())

    def has_pending(self, label: str) -> bool:
        """Whether earlier purchases are still to be carried out; those declared here do not count."""
        position = self._positions.get(label)
        if position is None:
            return False
        bought = (
            line for line in self._stored(label) if line.key is not None
        )  # what is held for them is not theirs yet
        return any(not has_left(line, position.regime, position.at) for line in bought)

    def _stored(self, label: str) -> Sequence[LedgerLine]:
        """What the store has in a visitor's ledger: bought, declared before, held; not what is declared here."""
        ledger, visitor = self.ledgers.get(label, ()), self.visitors.get(label)
        return ledger if visitor is None else ledger[: len(ledger) - len(visitor.declared)]

    def entries_unknown(self, label: str, today: date) -> bool:
        """Whether the visitor was not asked about the days of entry today, neither here nor at another counter."""
        known, position = self.known.get(label), self._positions.get(label)
        if position is None or (known is not None and known.asked_on == today):
            return False
        return self.visitors[label].entries == (() if known is None else known.entries)

    def limited_by_entries(self, label: str, categories: Collection[str]) -> bool:
        """Whether a limit on goods of `categories`, or pending ones, depends on the days of entry, known or not."""
        position = self._positions.get(label)
        if position is None:
            return False
        elsewhere = (item.lot.category for item in position.fixed)
        touched = {*categories, *(lot.category for lot in position.pending), *elsewhere}
        return any(
            rule.who.crossings_above is not None and not touched.isdisjoint(rule.scope.leaves)
            for rule in position.regime.in_force(position.day)
        )
