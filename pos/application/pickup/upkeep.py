"""What the till does for customer orders by itself: it ends those whose time is over, lets the queue move up, and
notes the deposits that the shop keeps.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pos.application.access.authorize import SYSTEM_USER, authorize
from pos.application.access.retry import retry_on_rollback
from pos.application.pickup.deposits import Deposits
from pos.application.pickup.holding import short_of
from pos.application.pickup.lapsed_holds import expire, release_lapsed
from pos.application.pickup.take_order import PERMISSION
from pos.application.pickup.waiting_queue import claimed_before, move_up, near_to_move
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.staff.staff import Person

MASKED = "mask_phones"
_AT_ONCE = 50


class PickupUpkeep(UseCase):
    """Runs when the till is idle. It writes only where there is something to do."""

    def step(self) -> bool:
        """One small step; return whether there may be more to do."""
        at = self.now()
        with self.store.reading() as work:
            before = self._phones_before(at)
            is_due = work.pickups.has_over(at) or work.pickups.has_phones(before) or self._can_move(work, at)
        more = self._turn(at, SYSTEM_USER)[1] if is_due else False
        return bool(Deposits(self.context).keep_due()) or more

    def now_by(self, person: Person) -> int:
        """End what is over now, for a person; return how many orders have expired. Raises NotAllowed."""
        with self.store.reading() as work:
            person = authorize(work, person, PERMISSION)
        gone, more = self._turn(self.now(), person)
        while more:
            count, more = self._turn(self.now(), person)
            gone += count
        return gone

    @retry_on_rollback
    def _turn(self, at: datetime, person: Person) -> tuple[int, bool]:
        with self.store.begin() as work:
            codes = work.pickups.over(at, _AT_ONCE)
            gone = release_lapsed(work, at, self.till, person.name).orders
            gone += expire(work, codes, at, self.till, person.name)
            move_up(work, at, self.till, person.name)
            masked = work.pickups.mask_phones(self._phones_before(at))
            if masked:
                work.journal.write(at, self.till, person.name, MASKED, {"phones": masked})
            work.commit()
        return gone, len(codes) == _AT_ONCE

    def _phones_before(self, at: datetime) -> datetime:
        return at - timedelta(days=self.settings().buyer_phone_days)

    def _can_move(self, work: UnitOfWork, at: datetime) -> bool:
        """Whether the goods of an order that waits are free: other sales, returns and deliveries have freed them."""
        policy = self.settings().stock_policy(at)
        queue, products = near_to_move(work, at, policy)
        return any(
            not short_of(work, one, products, at, policy, claimed_before(work, list(one.goods()), one)) for one in queue
        )
