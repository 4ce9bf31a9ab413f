"""Customer orders of a sale that is voided: open again, with their goods held and their deposits as before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from pos.application.fiscal.queue_deposits import queue_deposit
from pos.application.pickup.holding import goods_of_orders, hold_goods, journaled_order, short_of, step_of
from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.pickup.waiting_queue import claimed_before
from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.domain.payment.tender import DEPOSIT
from pos.domain.pickup.customer_order import CustomerOrder, OrderState, closing_of
from pos.domain.pickup.deposit import DepositEntry, EntryKind
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale

REOPENED = "reopen_customer_order"
"""Journal act of an order whose sale was voided."""


def reopen_orders(
    work: UnitOfWork,
    orders: Iterable[CustomerOrder],
    sale: Sale,
    void: GoodsReturn,
    settings: Settings,
    translators: Mapping[str, Translator],
) -> None:
    """Open the orders of a sale again, which the `void` has voided and whose goods are back on the shelf.

    They are held until the end of this day at least. An order of whose goods fewer are left waits, at its place.
    """
    picked = sorted(orders, key=lambda order: order.claimed_at)
    if not picked:
        return
    at, day = void.at, void.at.astimezone(settings.zone).date()
    restored = {one.tender.reference: one for one in sale.paid if one.tender.method == DEPOSIT}
    goods = goods_of_orders(work, picked, at)
    work.pickups.lock_goods(goods)
    release_lapsed(work, at, void.till, void.cashier)
    for order in picked:
        again = order.reopened(_until(order, at, settings))
        if short_of(work, again, goods, at, settings.stock_policy(at), claimed_before(work, [*goods], order)):
            again = replace(again.unpacked(), state=OrderState.WAITING)
        else:
            hold_goods(work, again, goods, at, settings)
        work.pickups.save(again)
        details: dict[str, object] = {"receipt": void.receipt}
        paid = restored.get(order.code)
        if paid is not None and order.deposit is not None:
            of = (at, void.till, void.cashier, void.shift, sale.receipt)
            entry = DepositEntry(EntryKind.RESTORED, paid.tender.amount, paid.value, *of)
            work.pickups.add_entry(again, order.deposit, entry, day)
            step = step_of(work, order, order.deposit, entry, settings, translators)
            queue_deposit(work, settings, step, again=True)
            details |= {"deposit": str(entry.amount), "currency": entry.amount.currency.code}
        work.journal.write(at, void.till, void.cashier, REOPENED, journaled_order(again) | details)


def _until(order: CustomerOrder, at: datetime, settings: Settings) -> datetime:
    """As before, but not before the closing time of today; where that has passed, the end of the day."""
    today = at.astimezone(settings.zone).date()
    closing = closing_of(today, settings.closing, settings.zone)
    return max(order.hold_until, closing if closing > at else closing_of(today, None, settings.zone))
