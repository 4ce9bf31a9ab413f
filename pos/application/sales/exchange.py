"""Exchange goods in one transaction: record the return first; its value pays for the sale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.application.outside_partners.counted_charges import goes_back_by_itself
from pos.application.ports.store import Secrets, UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.returns.record_return import IN_CASH, RecordReturn
from pos.application.returns.return_order import Back, Exchange, ReturnOrder
from pos.application.returns.returnable import lines_back, returnable
from pos.application.sales.order import SaleOrder
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.domain.money import Money, total
from pos.domain.payment.tender import EXCHANGE, CashRules, Tender
from pos.domain.receipt_number import read_receipt_number, receipt_number
from pos.domain.returns.goods_return import GoodsReturn, Refund, RefundByProvider, ReturnedLine, from_the_drawer
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Approval, Person


def take_in_exchange(
    work: UnitOfWork,
    order: SaleOrder,
    record_return: RecordReturn,
    cashier: Person,
    shift: Shift,
    secrets: Secrets,
    approval: Approval | None,
) -> tuple[GoodsReturn, ...]:
    """Record the returns of `order`, one for each receipt, inside the transaction of its sale.

    The goods pay for the sale in the order of the receipts; value beyond the sale is refunded as money. The keys of the
    returns derive from the key of the sale, so the whole is recorded once.
    """
    exchange = order.exchange
    if exchange is None:
        return ()
    cashier.check("return")
    check_receipts(exchange)
    due, recorded = order.cart.total, list[GoodsReturn]()
    for index, back in enumerate(exchange.back):
        key = secrets.request(f"exchange\x1f{order.key}\x1f{index}".encode())
        work.keys.claim(key, secrets.request(f"exchange of\x1f{order.key}".encode()), record_return.at)
        return_order = _return_order(work, record_return.settings, exchange, back, key, cashier.name)
        allowed = None if approval is None or not _allows_cash(approval, order) else replace(approval, key=key, id="")
        ahead = len(exchange.back) - index
        rows = ("returns", sum(len(one.lines) for one in exchange.back[:index]))
        returned = record_return(
            work, return_order, cashier, shift, allowed, *order.visitors, due=due, ahead=ahead, rows=rows
        )
        due = due - paid_by(returned.refunds, due)
        recorded.append(returned)
    return tuple(recorded)


def exchange_tenders(returns: Sequence[GoodsReturn]) -> tuple[Tender, ...]:
    """The tenders that the returned goods pay into the sale; each names the receipt of its return."""
    return tuple(
        Tender(EXCHANGE, refund.amount, back.receipt, origin=refund.origin)
        for back in returns
        for refund in back.refunds
        if refund.method == EXCHANGE
    )


def paid_by(refunds: Sequence[Refund], of: Money) -> Money:
    """The part of these refunds that pays for other goods."""
    return total((refund.value for refund in refunds if refund.method == EXCHANGE), of.currency)


def left_to_pay(coming: Sequence[Coming], due: Money, cash: CashRules) -> Money:
    """What is to be paid beside the goods that come back; what no coin makes is not to be paid."""
    for one in coming:
        due = due - paid_by(one.refunds, due)
    return due if not coming or cash.asked_of(due) else Money.zero(due.currency)


def check_receipts(exchange: Exchange) -> None:
    """Refuse a receipt that is named twice: its lines belong together."""
    named: list[str] = []
    for index, back in enumerate(exchange.back):
        receipt = receipt_number(*read_receipt_number(back.receipt))
        if receipt in named:
            raise BadField(f"returns[{index}].receipt", "duplicate", receipt)
        named.append(receipt)


@dataclass(frozen=True, slots=True)
class Coming:
    """The proposed return of one receipt: its goods, and how their value is refunded."""

    back: Back
    lines: tuple[ReturnedLine, ...]
    refunds: tuple[Refund, ...]
    rounding: Money
    by_provider: tuple[RefundByProvider, ...] = ()
    """What of the refunds goes back by itself."""

    @property
    def money_back(self) -> tuple[tuple[Refund, tuple[RefundByProvider, ...]], ...]:
        """What goes back as money, each with what of it goes back by itself: of this receipt alone."""
        money = [refund for refund in self.refunds if refund.method != EXCHANGE]
        return tuple((refund, tuple(part for part in self.by_provider if part.is_of(refund))) for refund in money)

    @property
    def worth(self) -> Money:
        """The value of the goods, towards others and as money, without the cash rounding of the money."""
        return total((refund.value for refund in self.refunds), self.rounding.currency)


class ProposeExchange(UseCase):
    """Propose how an exchange would be settled; record nothing."""

    def __call__(self, exchange: Exchange, due: Money, *, in_cash: bool = False) -> tuple[Coming, ...]:
        """What each receipt pays of `due` and what is refunded as money. Raises as ReturnGoods does."""
        settings, coming = self.settings(), list[Coming]()
        check_receipts(exchange)
        with self.store.reading() as work:
            shift, today = work.shifts.open_at(self.till), rates_of(work, settings, self.now())
            for back in exchange.back:
                here = returnable(work, back.receipt, settings.cash())
                lines = lines_back(here, back.lines)
                return_order = _return_order(work, settings, exchange, back, "", "")
                way = (return_order.method, return_order.currency)
                refunds = here.going_back(lines, due, way, today, settings.cash(), in_cash=in_cash)
                if shift is not None:
                    refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
                credit = here.credit(lines)
                given = total((refund.value for refund in refunds), credit.currency)
                itself = goes_back_by_itself(work, here.sale.receipt, refunds)
                coming.append(Coming(back, lines, refunds, credit - given, itself))
                due = due - paid_by(refunds, due)
        return tuple(coming)


def _return_order(
    work: UnitOfWork, settings: Settings, exchange: Exchange, back: Back, key: str, cashier: str
) -> ReturnOrder:
    method, currency = exchange.method, exchange.currency
    if method is None or currency is None:
        method, currency = returnable(work, back.receipt, settings.cash()).plainest()
    return ReturnOrder(key, back.receipt, back.lines, method, currency, back.reason, cashier)


def _allows_cash(approval: Approval, order: SaleOrder) -> bool:
    return approval.key == order.key and approval.permissions is not None and IN_CASH in approval.permissions


def back_content(exchange: Exchange) -> list[object]:
    """The returned goods as part of an order's content."""
    return [
        [[x.receipt, [[line.line, line.quantity, line.to] for line in x.lines], x.reason] for x in exchange.back],
        exchange.method,
        None if exchange.currency is None else exchange.currency.code,
    ]
