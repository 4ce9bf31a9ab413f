"""Reserve a sale's goods and allowance while its payment is open, so that no money is taken for a refused sale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.access.approvals import usable
from pos.application.access.retry import retry_idempotent
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.sale_ports import Hold
from pos.application.ports.store import UnitOfWork
from pos.application.quota.evaluate_quota import assess_each
from pos.application.sales.basket_json import basket_json
from pos.application.sales.check_order import QuotaExceeded, check_approvals
from pos.application.sales.complete_sale import CompleteSale, ValidatedSale
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.serial_numbers import check_all_unsold
from pos.application.sales.stock_reservations import expire_reservations, reserve_goods
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.returns.goods_return import SHELF
from pos.domain.sales.parking import KINDS, PAYMENT
from pos.domain.staff.staff import Approvable, Approval

STOPPED = "stop_basket"
"""Journal act of a payment that was not opened because of the allowance."""
_REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReserveForPayment(UseCase):
    """Runs when the payment opens: everything that could refuse the sale refuses it here.

    The sale consumes the reservation; `release` returns it, and so does its expiry. A sale whose reservation has
    expired still succeeds while its goods and its allowance are free.
    """

    complete_sale: CompleteSale

    @retry_idempotent
    def __call__(self, order: SaleOrder, approval: Approval | None = None) -> datetime:
        """Reserve, replacing an earlier reservation of the same sale; return when it expires.

        Raises what CompleteSale raises, except for refusals of the payment.
        """
        at = self.now()
        settings = self.settings()
        until = at + timedelta(minutes=settings.hold_minutes)
        with self.store.begin() as work:
            if work.sales.with_key(order.key) is not None:
                return until  # sold by a step whose answer was lost: the payment will report it
            if order.exchange is None:
                coming: Mapping[int, int] = {}
                validated = self._checked(work, order, at, settings, approval)
            else:
                coming = self._coming_back(work, order, at, settings, approval)
                validated = self.complete_sale.admit(work, replace(order, exchange=None), at, settings)
            expire_reservations(work, at, order.till, order.cashier)
            work.holds.drop(order.key, *KINDS)
            reserve_goods(work, order.cart, at, settings.stock_policy(at), coming)
            hold = Hold(
                key=order.key,
                till=order.till,
                shift=validated.shift.id,
                kind=PAYMENT,
                person=validated.cashier.name,
                note="",
                at=at,
                until=until,
                regime=order.regime if order.visitors else None,
                basket=basket_json(replace(order, recipient=None), at.astimezone(settings.zone).date()),
            )
            carriers = {label: locked.visitor for label, locked in validated.locked.items()}
            work.holds.put(hold, order.cart, carriers, coming)
            work.commit()
        return until

    def _checked(
        self, work: UnitOfWork, order: SaleOrder, at: datetime, settings: Settings, approval: Approval | None
    ) -> ValidatedSale:
        approval = usable(work, approval, at)
        validated = self.complete_sale.admit(work, order, at, settings, approval)
        _, quota = assess_each(validated.positions, order.cart, order.parcel)
        check_approvals(order, quota, SaleConditions(at, settings, validated.cashier, approval))
        check_all_unsold(work, order, at)
        return validated

    def _coming_back(
        self, work: UnitOfWork, order: SaleOrder, at: datetime, settings: Settings, approval: Approval | None
    ) -> Mapping[int, int]:
        """Pieces by product that return to the shelf in exchange and need no reservation.

        The exchange is tried and rolled back inside the transaction of the reservation: it is evaluated as it will be,
        and no other till takes the last of an allowance in between.
        """
        with work.trying():
            returns = self._checked(work, order, at, settings, approval).returns
        pieces: Counter[int] = Counter()
        for line in (line for back in returns for line in back.lines if line.to == SHELF):
            pieces[line.product_id] += line.quantity
        return pieces

    def stopped(self, order: SaleOrder, refused: Approvable) -> None:
        """Record in the journal that the payment was not opened because of the allowance: once per basket, without
        visitors.

        The key shows in the books whether the basket was sold later, with goods removed, or never.
        """
        at = self.now()
        details: dict[str, object] = {"basket": order.key, "destination": order.destination, "regime": order.regime}
        if isinstance(refused, QuotaExceeded):
            details |= {"verdict": refused.verdict, "rules": list(refused.rules)}
        with self.store.begin() as work:
            before = JournalFilter(events=(STOPPED,), since=at - _REMEMBERED, text=order.key)
            if work.journal.find(before, 1, None).entries:
                return
            work.journal.write(at, order.till, order.cashier, STOPPED, details)
            work.commit()

    @retry_idempotent
    def release(self, key: str) -> None:
        """Release goods and allowance when the payment is cancelled."""
        with self.store.begin() as work:
            if work.holds.drop(key, PAYMENT) is not None:
                work.commit()
