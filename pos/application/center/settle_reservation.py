"""What becomes of a reservation: it is extended, sold, given back by its till, or released by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.center.alarms import note_sale
from pos.application.center.answer_once import booked_once
from pos.application.center.book import BEYOND, LATE, flag_excess, versions_of
from pos.application.center.effects import Effects
from pos.application.center.ledgers import plain_regimes, read_ledger
from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center.refusals import KeyClosed, ReservationNotKnown, VisitorNotKnown
from pos.application.center.request_keys import key_of_till
from pos.application.center.requests import Booked, Caller, Reserved, SaleConfirmation
from pos.domain.center.ledger import Change, LedgerEntry, LedgerGoods, Sold
from pos.domain.center.reservation import Reservation, ReservationState, midnight
from pos.domain.quota.rule import Regime


@dataclass(frozen=True, slots=True)
class ExtendReservation:
    """So many seconds from now, until the end of its day at most: a provider is asked for money meanwhile.

    Raises ReservationNotKnown and KeyClosed.
    """

    context: CenterContext

    def __call__(self, caller: Caller, key: str, seconds: int) -> Reserved:
        now, own_key = self.context.now(), key_of_till(caller, key)
        with self.context.store.begin() as work:
            work.members.take_turn(caller.till, now)
            reservation = _own(work, caller, own_key)
            if not reservation.counts:
                raise KeyClosed(key)
            regime = plain_regimes(self.context).get(reservation.regime)
            ends_at = max(reservation.ends_at, _limited(regime, reservation, now + timedelta(seconds=seconds)))
            work.reservations.extend(own_key, ends_at)
            work.journal.write(now, caller.till, "extend", {"key": own_key})
            work.commit()
        return Reserved(key, ends_at, {})


@dataclass(frozen=True, slots=True)
class GiveBack:
    """The payment came to nothing: the allowance is free again. An unknown key can never come any more.

    Raises KeyClosed where the sale is booked.
    """

    context: CenterContext

    def __call__(self, caller: Caller, key: str) -> None:
        now, own_key = self.context.now(), key_of_till(caller, key)
        with self.context.store.begin() as work:
            work.members.take_turn(caller.till, now)
            visitors = work.visitors.lock(work.reservations.visitors_of(own_key))
            reservation = work.reservations.of(own_key)
            if reservation is None:
                work.reservations.close_unknown(own_key, "", now, caller.shop, caller.till)
            elif reservation.state is ReservationState.SOLD:
                raise KeyClosed(key)
            elif reservation.counts:
                work.reservations.set_state(own_key, ReservationState.CLOSED, now)
                for visitor in visitors.values():
                    work.visitors.raise_version(visitor.id)
            work.journal.write(now, caller.till, "give_back", {"key": own_key})
            work.commit()


@dataclass(frozen=True, slots=True)
class ConfirmSale:
    """Book the sale of a reservation, at the instant of the reservation. It is never refused for time.

    What is more than was reserved is booked and flagged, and so is what comes after the reservation was given back or
    released: never lost, never silent. Raises ReservationNotKnown, VisitorNotKnown and KeyReused.
    """

    context: CenterContext

    def __call__(self, caller: Caller, sale: SaleConfirmation, digest: bytes) -> Booked:
        context, now = self.context, self.context.now()
        sale = replace(sale, key=key_of_till(caller, sale.key))
        with context.store.begin() as work:
            work.members.take_turn(caller.till, now)
            references = {
                *(share.reference for share in sale.visitors),
                *work.reservations.visitors_of(sale.key),
            }
            visitors = work.visitors.lock(references)
            reservation = _own(work, caller, sale.key)
            booked = booked_once(
                work,
                f"{sale.key}/sale",
                digest,
                now,
                lambda: self._book(work, caller, sale, reservation, visitors),
            )
            work.commit()
        return booked

    def _book(
        self,
        work: CenterWork,
        caller: Caller,
        sale: SaleConfirmation,
        reservation: Reservation,
        visitors: Mapping[str, CenterVisitor],
    ) -> Booked:
        context, now = self.context, self.context.now()
        effects = Effects.from_json(work.reservations.effects(sale.key))
        bought = _by_visitor(sale, visitors)
        persons = {visitor.id: visitor for visitor in visitors.values()}
        versions = {}
        for visitor in persons.values():
            changes: list[Change] = [*effects.changes_of(read_ledger(context, work, visitor), caller.shop)]
            entries = [LedgerEntry(now, caller.shop, change) for change in changes]
            if lines := bought.get(visitor.id):
                sold = Sold(reservation.sale, reservation.regime, tuple(lines))
                entries.insert(0, LedgerEntry(reservation.received_at, caller.shop, sold))
                note_sale(context, work, caller.till, visitor)
            versions[visitor.id] = work.visitors.write(visitor.id, entries, sale.key, caller.till)
        flags = [BEYOND] if reservation.beyond(bought) else []
        flags += [] if reservation.counts else [LATE]
        work.reservations.set_state(sale.key, ReservationState.SOLD, now)
        kinds = tuple(flags)
        for visitor in persons.values():  # a move, a departure or a link since the reservation may have changed much
            for kind in kinds:
                work.flags.add(now, visitor.id, sale.key, kind, {"state": reservation.state.value})
            flags += flag_excess(context, work, visitor, reservation.regime, sale.key, reservation.received_at)
        named = tuple(dict.fromkeys(flags))
        work.journal.write(now, caller.till, "sale", {"key": sale.key, "flags": named})
        return Booked(versions_of(visitors, versions), named)


def _by_visitor(sale: SaleConfirmation, visitors: Mapping[str, CenterVisitor]) -> Mapping[int, Sequence[LedgerGoods]]:
    """What each person bought; two references may be one person by now. Raises VisitorNotKnown."""
    bought: dict[int, list[LedgerGoods]] = {}
    for share in sale.visitors:
        if share.reference not in visitors:
            raise VisitorNotKnown(share.reference)
        bought.setdefault(visitors[share.reference].id, []).extend(share.lines)
    return bought


def _own(work: CenterWork, caller: Caller, key: str) -> Reservation:
    """A reservation of the asking till, locked; raises ReservationNotKnown."""
    reservation = work.reservations.of(key)
    if reservation is None or not reservation.lines:
        raise ReservationNotKnown(key.removeprefix(key_of_till(caller, "")))
    return reservation


def _limited(regime: Regime | None, reservation: Reservation, until: datetime) -> datetime:
    return until if regime is None else min(until, midnight(regime, reservation.received_at))
