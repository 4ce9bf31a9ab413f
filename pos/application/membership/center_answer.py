"""What the center has said of a visitor of a sale, and what it adds to the shop's own books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pos.application.center.requests import VisitorLedger
from pos.application.membership.sale_keys import sale_of
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import EntryKey, LedgerLine
from pos.application.quota.evaluate_quota import Elsewhere, Ledgers
from pos.domain.center.judgement import PendingGoods, past_elsewhere
from pos.domain.center.ledger import LineId, StandingLine, without_units
from pos.domain.quota.allowance_position import PastSale
from pos.domain.quota.rule import Regime
from pos.domain.visitors.visitor import Visitor, knowing_entries


class CenterState(StrEnum):
    """NONE: the shop is no member. ASKED: no answer yet. FRESH: the ledger is that of `at`. STALE: it is, and the
    center does not answer any more. AWAY: the center has not answered since `at`.
    """

    NONE = "none"
    ASKED = "asked"
    FRESH = "fresh"
    STALE = "stale"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class CenterAnswer:
    """What is known of one visitor from the center. `what` says why it does not answer."""

    state: CenterState
    at: datetime | None = None
    ledger: VisitorLedger | None = None
    what: str = ""

    @property
    def judged_by(self) -> VisitorLedger | None:
        """The ledger by which a sale may be judged: a stale one never is."""
        return self.ledger if self.state is CenterState.FRESH else None

    @property
    def is_open(self) -> bool:
        """Whether the verdict hangs on an answer that is not here."""
        return self.state not in (CenterState.NONE, CenterState.FRESH)


NO_CENTER = CenterAnswer(CenterState.NONE)
NOT_ASKED = CenterAnswer(CenterState.ASKED)


@dataclass(frozen=True, slots=True)
class AtCenter:
    """What the center adds to a visitor's ledger in the books of this shop.

    `lines` and `reserved` are those that the books lack; `left` says when goods of the books left, `entries` on which
    days the visitor entered, and `own` under which name the center has lines of the books.
    """

    lines: tuple[StandingLine, ...] = ()
    reserved: tuple[PendingGoods, ...] = ()
    left: Mapping[EntryKey, datetime] = field(default_factory=dict)
    entries: tuple[date, ...] = ()
    own: Mapping[EntryKey, LineId] = field(default_factory=dict)

    def past(self, regime: Regime, regimes: Mapping[str, Regime], at: datetime) -> Sequence[PastSale]:
        """What of it counts for a carry-out under `regime`, valued in its currency. Raises NoQuotaRate."""
        return past_elsewhere(self.lines, self.reserved, regime, regimes, at)


def at_center(work: UnitOfWork, visitor: Visitor, ledger: VisitorLedger, sale: str, at: datetime) -> AtCenter:
    """What of a ledger the books lack, for the sale with this key.

    Lines of this shop are judged by its own books, which may know more: a return that is still to be sent to the center
    of. Those that the books do not have for this person count too: another store of this shop has sold them, or the
    center knows that two documents are one person.
    """
    sold_under = {sale_of(line.id.sale) for line in ledger.lines if line.id.sale}
    held_under = {sale_of(each.sale) for each in ledger.reservations if each.sale}
    books = work.membership.lines_of(sold_under)
    known = work.membership.known_sales(sold_under | held_under, at) if sold_under or held_under else ()
    stored = work.visitors.known(visitor.keys) if books else None
    persons = () if stored is None else (stored.locked.person, *stored.locked.others)
    lines: list[StandingLine] = []
    left: dict[EntryKey, datetime] = {}
    own: dict[EntryKey, LineId] = {}
    for line in ledger.lines:
        key = sale_of(line.id.sale)
        here = books.get((key, line.id.line)) if line.id.sale and not line.is_declared else None
        if here is not None and here.person in persons:
            own[here.entry] = line.id
            if line.carried_out_at is not None:
                left[here.entry] = line.carried_out_at
        elif here is None and not (line.is_declared and key in known):
            lines.append(line)
        elif here is not None and not here.is_moved and here.kept:
            back = max(line.goods.quantity - here.kept, 0)
            lines.append(replace(line, goods=without_units(line.goods, back)))
    reserved = [
        PendingGoods(each.received_at, each.regime, each.lines, is_own=False)
        for each in ledger.reservations
        if not (each.own and sale_of(each.sale) in {sale, *known})
    ]
    return AtCenter(tuple(lines), tuple(reserved), left, ledger.entries, own)


AllAtCenter = Mapping[str, AtCenter]
"""By the labels of the visitors of a sale; only those whose ledgers the center has sent."""


def elsewhere_of(from_center: AllAtCenter, regime: Regime, regimes: Mapping[str, Regime], at: datetime) -> Elsewhere:
    """What each visitor bought elsewhere."""
    return {label: one.past(regime, regimes, at) for label, one in from_center.items()}


def with_departures(ledgers: Ledgers, from_center: AllAtCenter) -> Ledgers:
    """The ledgers of the books with the departures that the center knows of."""
    return {
        label: ledger
        if label not in from_center or not from_center[label].left
        else [_left(line, from_center[label]) for line in ledger]
        for label, ledger in ledgers.items()
    }


def with_entries(visitors: Sequence[Visitor], from_center: AllAtCenter) -> tuple[Visitor, ...]:
    """The visitors with the days of entry that other shops know: they bind as those of the books do."""
    return tuple(
        knowing_entries(visitor, from_center[visitor.label].entries) if visitor.label in from_center else visitor
        for visitor in visitors
    )


def _left(line: LedgerLine, from_center: AtCenter) -> LedgerLine:
    if line.carried_out_at is not None or line.key is None or line.key not in from_center.left:
        return line
    return replace(line, carried_out_at=from_center.left[line.key], other_side=False)
