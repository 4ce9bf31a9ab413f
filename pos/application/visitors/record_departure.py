"""Record a departure: the visitor's pending purchases are carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.access.steady_clock import check_clock
from pos.application.membership.outbox import Gone, report_departure
from pos.application.ports.store import Secrets, UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine
from pos.application.settings.context import UseCase
from pos.application.visitors.identify_visitor import Shown, UnknownVisitor, visitor_shown
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.border import border_in_force
from pos.domain.errors import BadField
from pos.domain.quota.rule import Regime, UnknownRegime
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor

_EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Before the first sale of any shop."""


@dataclass(frozen=True, slots=True)
class LeftUnder:
    """The lines that left under one regime, with their `carried_out_at`."""

    regime: Regime
    lines: tuple[LedgerLine, ...]

    @property
    def units(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class Departure:
    """A visitor's departure at `at`; `left` is empty if nothing was pending, and then nothing was written."""

    at: datetime
    visitor: Visitor
    left: tuple[LeftUnder, ...]

    @property
    def units(self) -> int:
        return sum(under.units for under in self.left)


class RecordDeparture(UseCase):
    """Mark a visitor's pending goods as carried out.

    If a regime assumes that pending goods leave at midnight, only purchases of the same local day can still leave:
    earlier ones left at the end of their day. Otherwise everything bought until then leaves.
    """

    @retry_on_rollback
    def __call__(
        self,
        shown: Shown,
        person: Person,
        at: datetime | None = None,
        destination: str | None = None,
        regime: str | None = None,
        source: str = "cashier",
    ) -> Departure:
        """Record the visitor's departure at `at` (default: now), under every regime, or those of a destination, or one.

        `source` is `cashier`, `gate` or `console`. Raises UnknownVisitor for an unknown document, BadField for an
        instant in the future or without a zone, UnknownRegime.
        """
        person.check("sell")
        departed_at = self.check_instant(at)
        visitor = visitor_shown(shown, self.secrets)
        with authorized_write(self.store, person, "sell") as (work, person):
            check_clock(self.now, work)
            if work.visitors.known(visitor.keys) is None:
                raise UnknownVisitor(visitor.masked)
            # A sale at another till waits, or is already in the ledger.
            locked = lock_visitors(work, (visitor,), departed_at, self.till, person.name)
            leaving = DepartingVisitor(
                visitor, locked[visitor.label].person, departed_at, self.regimes_for(destination, regime)
            )
            left = mark_left(work, leaving)
            is_reported = report_left(work, self.till, self.secrets, leaving, self.now())
            if left:
                journal_left(work, self.now(), self.till, person, source, leaving.at, left)
            if left or is_reported:
                work.commit()
        return Departure(departed_at, visitor, left)

    def check_instant(self, at: datetime | None, field: str = "at") -> datetime:
        """The instant of a departure in UTC; raises BadField if it is in the future, before any shop, or without a
        zone.
        """
        now = self.now()
        if at is None:
            return now
        if at.tzinfo is None:
            raise BadField(field, "without_a_zone", at.isoformat())
        if at > now:
            raise BadField(field, "in_the_future", at.isoformat())
        if at < _EVER:
            raise BadField(field, "out_of_range", at.isoformat())
        return at.astimezone(UTC)

    def regimes_for(self, destination: str | None, regime: str | None = None) -> tuple[Regime, ...]:
        """The regimes of a departure: one by its id, those of a destination, or all.

        Goods that are sent do not leave with a visitor.
        """
        known = self.regimes()
        if regime is not None:
            if regime not in known or known[regime].parcels:
                raise UnknownRegime(regime)
            return (known[regime],)
        if destination is not None and destination not in border_in_force().sides:
            raise BadField("destination", "unknown", destination[:40])
        carried = (known[name] for name in sorted(known) if not known[name].parcels)
        return tuple(regime for regime in carried if destination in (None, regime.destination))


@dataclass(frozen=True, slots=True)
class DepartingVisitor:
    """A locked visitor who is leaving under these regimes."""

    visitor: Visitor
    person: int
    at: datetime
    regimes: tuple[Regime, ...]


def mark_left(work: UnitOfWork, leaving: DepartingVisitor) -> tuple[LeftUnder, ...]:
    """Mark the departure in this transaction; return the regimes that had pending goods."""
    marked = (
        LeftUnder(
            regime,
            tuple(work.visitors.leave(leaving.person, regime.id, _still_pending(regime, leaving.at), leaving.at)),
        )
        for regime in leaving.regimes
    )
    return tuple(under for under in marked if under.lines)


def report_left(work: UnitOfWork, till: str, secrets: Secrets, leaving: DepartingVisitor, now: datetime) -> bool:
    """Tell the center, where there is one: other shops' goods leave with the visitor, too."""
    gone = [Gone(regime.id, *_still_pending(regime, leaving.at), leaving.at) for regime in leaving.regimes]
    return report_departure(work, till, secrets, leaving.visitor, leaving.person, gone, now)


def _still_pending(regime: Regime, at: datetime) -> tuple[datetime, datetime]:
    """First and last instant of a purchase that can leave at `at`."""
    if not regime.assume_left:
        return _EVER, at
    midnight = datetime.combine(at.astimezone(regime.zone).date(), time.min, regime.zone)
    return midnight.astimezone(UTC), at


def journal_left(
    work: UnitOfWork, now: datetime, till: str, person: Person, source: str, at: datetime, left: tuple[LeftUnder, ...]
) -> None:
    """Write one journal entry for each regime."""
    for under in left:
        lines = [line.journaled() for line in under.lines]
        details = {"at": at.isoformat(), "regime": under.regime.id, "source": source, "lines": lines}
        work.journal.write(now, till, person.name, "left", details)
