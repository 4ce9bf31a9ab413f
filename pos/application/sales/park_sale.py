"""Park a basket for a customer who comes back: its goods and the visitors' allowance are reserved for a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.access.shift_at_till import shift_for
from pos.application.pickup.lapsed_holds import journaled, release_lapsed
from pos.application.pickup.pick_up import held_pieces, lock_pickups
from pos.application.ports.sale_ports import Hold
from pos.application.ports.store import UnitOfWork
from pos.application.quota.evaluate_quota import assess_each, judged_weight, ledgers_of, positions_of
from pos.application.sales.basket_json import basket_json
from pos.application.sales.order import SaleOrder
from pos.application.sales.serial_numbers import check_all_unsold
from pos.application.sales.stock_reservations import reserve_goods
from pos.application.settings.context import UseCase
from pos.application.visitors.known_entries import as_known
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.quota.rule import Verdict
from pos.domain.sales.parking import KINDS, PARKED, ExchangeInHand, check_note
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Parked:
    """Result of parking: the end of the reservation; `unheld` are the visitors whose allowance it does not cover."""

    until: datetime
    unheld: tuple[Visitor, ...]


class ParkSale(UseCase):
    """Park the basket. All its goods are reserved, or it is refused.

    A visitor's allowance is reserved where their share is within it: of two baskets parked for the last of an allowance
    only one reserves it, and the other gets a notice.
    """

    @retry_on_rollback
    def __call__(self, order: SaleOrder, note: str, person: Person) -> Parked:
        """Park it under the key of its sale. Raises NotAllowed, BadField, NoOpenShift, OutOfStock, GoodsReserved.

        Raises ExchangeInHand where the basket contains returned goods.
        """
        note = check_note(note)
        order.cart.check_not_empty()
        if order.exchange is not None:
            raise ExchangeInHand
        at, settings = self.now(), self.settings()
        with authorized_write(self.store, person, "sell") as (work, person):
            shift = shift_for(work, self.till, person)
            locked = lock_visitors(work, order.visitors, at, self.till, person.name)
            within = self._within(work, order, at)
            pickups = lock_pickups(work, order.pickups, at, self.till, person.name)
            release_lapsed(work, at, self.till, person.name)
            check_all_unsold(work, order, at)
            work.holds.drop(order.key, *KINDS)  # reserved for its payment, or parked by a step whose answer was lost
            held = held_pieces(pickups, at)
            reserve_goods(work, order.cart, at, settings.stock_policy(at), held)
            hold = Hold(
                key=order.key,
                till=self.till,
                shift=shift.id,
                kind=PARKED,
                person=person.name,
                note=note,
                at=at,
                until=at + timedelta(minutes=settings.park_minutes),
                regime=order.regime if order.visitors else None,
                basket=basket_json(order, at.astimezone(settings.zone).date()),
            )
            work.holds.put(hold, order.cart, {label: locked[label].visitor for label in within}, held)
            work.journal.write(at, self.till, person.name, "park", journaled(hold))
            work.commit()
        carrying = {line.carrier for line in order.cart.lines}
        unheld = (visitor for visitor in order.visitors if visitor.label in carrying.difference(within))
        return Parked(hold.until, tuple(unheld))

    def _within(self, work: UnitOfWork, order: SaleOrder, at: datetime) -> Sequence[str]:
        """The visitors whose allowance covers their share of the basket."""
        regime = self.regimes().get(order.regime or "")
        if regime is None:
            return ()
        visitors = as_known(work, order.visitors, regime)
        ledgers = ledgers_of(work, visitors, regime, self.regimes(), at, order.key)
        positions = positions_of(regime, visitors, ledgers, at, order.rates)
        _, quota = assess_each(positions, order.cart, judged_weight(order.cart, order.parcel))
        held_to = Verdict.UNKNOWN if order.parcel is None else Verdict.DUTY
        return [label for label, assessment in quota.items() if assessment.verdict <= held_to]
