"""Set a sale's goods and allowance aside while its payment is open: no money is taken for what may be refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.access.approve_act import usable
from pos.application.access.retry import retry_idempotent
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.reservation_ports import Hold
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.quota.evaluate_quota import assess_each
from pos.application.sales.basket_json import basket_json
from pos.application.sales.check_order import QuotaExceeded, check_acts
from pos.application.sales.complete_sale import CompleteSale, ValidatedSale
from pos.application.sales.order import SaleOrder
from pos.application.sales.serial_numbers import check_all_unsold
from pos.application.sales.stock_reservations import expire_reservations, reserve_goods
from pos.application.settings.settings import Settings
from pos.domain.returns.goods_return import SHELF
from pos.domain.sales.parking import KINDS, PAYMENT
from pos.domain.staff.staff import Approval, NotAllowed

STOPPED = "stop_basket"
"""The act of a payment that was not opened for the allowance."""
_REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReserveForPayment:
    """Asked when the payment opens: everything that the sale could be refused for is refused here.

    The sale turns the hold into itself; `release` gives it back, and so does its lapse. A sale whose hold has lapsed
    still goes through while its goods and its allowance are there.
    """

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    complete_sale: CompleteSale

    @retry_idempotent
    def __call__(self, order: SaleOrder, approval: Approval | None = None) -> datetime:
        """Hold it, in place of what the same sale held before; until when.

        Raises what CompleteSale raises, but for the payment.
        """
        at = self.now()
        settings = self.settings()
        until = at + timedelta(minutes=settings.hold_minutes)
        with self.store.begin() as work:
            if work.sales.with_key(order.key) is not None:
                return until  # sold by a step whose answer was lost: the payment will tell so
            if order.exchange is None:
                coming: Mapping[int, int] = {}
                admitted = self._checked(work, order, at, settings, approval)
            else:
                coming = self._coming_back(work, order, at, settings, approval)
                admitted = self.complete_sale.admit(work, replace(order, exchange=None), at, settings)
            expire_reservations(work, at, order.till, order.cashier)
            work.holds.drop(order.key, *KINDS)
            reserve_goods(work, order.cart, at, settings.stock_policy(at), coming)
            hold = Hold(
                key=order.key,
                till=order.till,
                shift=admitted.shift.id,
                kind=PAYMENT,
                person=admitted.cashier.name,
                note="",
                at=at,
                until=until,
                regime=order.regime if order.visitors else None,
                basket=basket_json(order, at.astimezone(settings.zone).date()),
            )
            carriers = {label: locked.visitor for label, locked in admitted.locked.items()}
            work.holds.put(hold, order.cart, carriers, coming)
            work.commit()
        return until

    def _checked(
        self, work: UnitOfWork, order: SaleOrder, at: datetime, settings: Settings, approval: Approval | None
    ) -> ValidatedSale:
        approval = usable(work, approval, at)
        admitted = self.complete_sale.admit(work, order, at, settings, approval)
        _, quota = assess_each(admitted.standings, order.cart)
        check_acts(order, quota, settings, admitted.cashier, approval)
        check_all_unsold(work, order, at)
        return admitted

    def _coming_back(
        self, work: UnitOfWork, order: SaleOrder, at: datetime, settings: Settings, approval: Approval | None
    ) -> Mapping[int, int]:
        """Pieces by product that come back to the shelf in exchange, which nobody has to hold.

        The whole is tried and taken back inside the transaction of the hold: so the exchange is judged as it will be,
        and no other till takes the last of an allowance in between.
        """
        with work.trying():
            returns = self._checked(work, order, at, settings, approval).returns
        pieces: Counter[int] = Counter()
        for line in (line for back in returns for line in back.lines if line.to == SHELF):
            pieces[line.product_id] += line.quantity
        return pieces

    def stopped(self, order: SaleOrder, refused: QuotaExceeded | NotAllowed) -> None:
        """The payment was not opened for the allowance: the journal says so, once for each basket and of nobody.

        Whether it was sold all the same, with goods left behind or never, the books tell by its key.
        """
        at = self.now()
        told: dict[str, object] = {"basket": order.key, "destination": order.destination, "regime": order.regime}
        if isinstance(refused, QuotaExceeded):
            told |= {"verdict": refused.verdict, "rules": list(refused.rules)}
        with self.store.begin() as work:
            before = JournalFilter(acts=(STOPPED,), since=at - _REMEMBERED, text=order.key)
            if work.journal.found(before, 1, None).entries:
                return
            work.journal.write(at, order.till, order.cashier, STOPPED, told)
            work.commit()

    @retry_idempotent
    def release(self, key: str) -> None:
        """The payment was left: goods and allowance are free again."""
        with self.store.begin() as work:
            if work.holds.drop(key, PAYMENT) is not None:
                work.commit()
