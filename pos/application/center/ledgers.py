"""Read a visitor's ledger at the center, and judge by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork, RegimeInForce
from pos.application.center.refusals import RulesDiffer
from pos.application.center.requests import Person, ReservedLines, RulesUsed, VisitorLedger
from pos.domain.center.judgement import PendingGoods, center_position
from pos.domain.center.ledger import LineId, StandingLine, entry_days, standing
from pos.domain.center.reservation import Reservation
from pos.domain.quota.allowance_position import AllowancePosition, Traveller
from pos.domain.quota.rule import Regime, UnknownRegime

UNKNOWN_PERSON = Person()


@dataclass(frozen=True, slots=True)
class LockedLedger:
    """What the center knows of a visitor while their row is locked: nothing of it changes meanwhile."""

    visitor: CenterVisitor
    lines: Sequence[StandingLine]
    reservations: Sequence[Reservation]
    entries: tuple[date, ...]
    person: Person

    def without(self, keys: Collection[str]) -> LockedLedger:
        """The same without some reservations: an earlier attempt at the same payment does not count."""
        return replace(self, reservations=[each for each in self.reservations if each.key not in keys])

    def until(self, at: datetime) -> LockedLedger:
        """What stood on it at an instant, without reservations: what left later was still here."""
        lines = [_before(line, at) for line in self.lines if line.at <= at]
        return replace(self, lines=lines, reservations=())

    def shown_to(self, shop: int, now: datetime) -> VisitorLedger:
        """What a till of `shop` may know of it."""
        return VisitorLedger(
            self.visitor.reference,
            self.visitor.version,
            now,
            tuple(line if line.shop == shop else _anonymous(line) for line in self.lines),
            tuple(
                ReservedLines(
                    each.shop == shop,
                    each.regime,
                    each.received_at,
                    each.ends_at,
                    each.is_in_doubt(now),
                    tuple(each.lines[self.visitor.id]),
                    each.sale if each.shop == shop else "",
                )
                for each in self.reservations
            ),
            self.entries,
        )

    def position(
        self,
        regime: Regime,
        regimes: Mapping[str, Regime],
        person: Person,
        shop: int,
        at: datetime,
        *,
        free_only: bool = False,
    ) -> AllowancePosition:
        """Where the visitor stands before a basket of `shop`; what the till does not know of them the center adds."""
        traveller = traveller_of(self.known(person), self.entries)
        reserved = self._pending(shop)
        return center_position(regime, regimes, traveller, self.lines, reserved, shop, at, free_only=free_only)

    def known(self, person: Person) -> Person:
        """What the till knows of the visitor, and for the rest what is known here."""
        has_birth = person.birth_date is not None or person.born_from is not None
        born = person if has_birth else self.person
        return Person(born.birth_date, born.born_from, person.residence or self.person.residence, tuple(person.entries))

    def _pending(self, shop: int) -> Sequence[PendingGoods]:
        return [
            PendingGoods(each.received_at, each.regime, tuple(each.lines[self.visitor.id]), each.shop == shop)
            for each in self.reservations
        ]


def _before(line: StandingLine, at: datetime) -> StandingLine:
    left = line.carried_out_at
    return line if left is None or left <= at else replace(line, carried_out_at=None)


def _anonymous(line: StandingLine) -> StandingLine:
    """A line of another shop: what it was and when, and neither which shop's nor which sale's."""
    return replace(line, id=LineId("", 0), shop=0)


def read_ledger(context: CenterContext, work: CenterWork, visitor: CenterVisitor) -> LockedLedger:
    """The ledger of a visitor whose row is locked."""
    entries = work.visitors.entries(visitor.id)
    reserved = work.reservations.open_of(visitor.id)
    return LockedLedger(visitor, standing(entries), reserved, entry_days(entries), known_person(context, visitor))


def known_person(context: CenterContext, visitor: CenterVisitor) -> Person:
    """What the center knows of a locked visitor."""
    sealed = visitor.sealed
    return UNKNOWN_PERSON if sealed is None else context.keys.opened(sealed, visitor.secret)


def traveller_of(person: Person, entries: Sequence[date]) -> Traveller:
    """What the evaluator asks about a visitor, with every day of entry that till or center know."""
    days = tuple(sorted({*person.entries, *entries}, reverse=True))
    return Traveller(person.birth_date, person.residence, days, person.born_from)


def plain_regimes(context: CenterContext, at: datetime | None = None) -> Mapping[str, Regime]:
    """The regimes in force, now or at an instant, without their digests."""
    return {name: each.regime for name, each in context.regimes(at).items()}


def regime_of(context: CenterContext, name: str) -> RegimeInForce:
    """A regime in force; raises UnknownRegime."""
    try:
        return context.regimes()[name]
    except KeyError:
        raise UnknownRegime(name) from None


def regime_used(context: CenterContext, rules: RulesUsed) -> Regime:
    """The regime by which a till judges. Raises UnknownRegime, or RulesDiffer where its file is another one."""
    here = regime_of(context, rules.regime)
    if not here.digest.startswith(rules.digest):  # a till names the first digits
        raise RulesDiffer(rules.regime, here.digest)
    return here.regime
