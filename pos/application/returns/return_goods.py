"""Return goods: refund, stock and allowance are restored in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.access.authorize import active_cashier
from pos.application.access.retry import retry_idempotent
from pos.application.access.shift_at_till import shift_for
from pos.application.access.steady_clock import check_clock
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import has_left
from pos.application.returns.record_return import RecordReturn
from pos.application.returns.return_order import ReturnOrder
from pos.application.returns.returnable import Returnable, lines_back, returnable
from pos.application.settings.context import UseCase
from pos.domain.money import Money, total
from pos.domain.request_key import KeyReused
from pos.domain.returns.goods_return import GoodsReturn, Refund, check_as_shown, from_the_drawer
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval


class ReturnGoods(UseCase):
    """Record a return of a receipt at this till. The same key again gives the return already recorded."""

    def look(self, receipt: str) -> Returnable:
        """The returnable lines of a receipt; raises NoSuchReceipt."""
        with self.store.reading() as work:
            return returnable(work, receipt, self.settings().cash())

    def proposal(self, order: ReturnOrder, *, in_cash: bool = False) -> tuple[Money, tuple[Refund, ...], Money]:
        """The price of the goods of `order`, the proposed refunds, and the rounding; records nothing."""
        with self.store.reading() as work:
            settings, shift = self.settings(), work.shifts.open_at(self.till)
            here = returnable(work, order.receipt, settings.cash())
            lines = lines_back(here, order.lines)
            worth = total((line.amount for line in lines), here.sale.total.currency)
            way, nothing = (order.method, order.currency), Money.zero(worth.currency)
            today = rates_of(work, settings, self.now())
            refunds = here.going_back(lines, nothing, way, today, settings.cash(), in_cash=in_cash)
            if shift is not None:
                refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
        return worth, refunds, worth - total((refund.value for refund in refunds), worth.currency)

    @retry_idempotent
    def __call__(
        self,
        order: ReturnOrder,
        fingerprint: str,
        approval: Approval | None = None,
        *,
        shown: Sequence[Refund] | None = None,
    ) -> GoodsReturn:
        """Record it; `shown` are the refunds that were on show.

        Raises NoSuchReceipt, NothingToReturn, NothingLeftToReturn, NoOpenShift, KeyReused, NotAllowed, RefundChanged.
        """
        at, settings = self.now(), self.settings()
        with self.store.begin() as work:
            if not work.keys.claim(order.key, fingerprint, at):
                return returned_before(work, order.key, fingerprint)
            check_clock(self.now, work)
            cashier = active_cashier(work, order.cashier)
            cashier.check("return")
            shift = shift_for(work, self.till, cashier)
            record_return = RecordReturn(
                settings, self.regimes(), self.till, at, rates_of(work, settings, at), self.given
            )
            back = record_return(work, order, cashier, shift, approval)
            check_as_shown(back.refunds, shown)
            work.commit()
        return back


def returned_before(work: UnitOfWork, key: str, fingerprint: str) -> GoodsReturn:
    """The return recorded under this key; raises KeyReused for other content."""
    back = work.returns.with_key(key)
    if back is None or work.keys.fingerprint_of(key) != fingerprint:
        raise KeyReused(key)
    return back


def not_departed(step: ReturnGoods, sale: Sale) -> Mapping[int, bool]:
    """By line of the sale that uses an allowance: True if its return gives the allowance back, False if the goods have
    left.

    Lines without a carrier or a regime, and fully returned lines, are absent.
    """
    regime = step.regimes().get(sale.regime or "")
    if regime is None:
        return {}
    at = step.now()
    with step.store.reading() as work:
        lines = [line for label in sale.carriers for line in work.visitors.of_sale(sale.till, sale.number, label)]
    return {line.key.line: not has_left(line, regime, at) for line in lines if line.key is not None}
