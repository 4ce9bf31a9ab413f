"""Customer orders of a demo shop with a past: the stream of yesterday evening, forty claims and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from db.seed.past_work import PastStore
from db.tables.catalogue import product
from db.tables.stock import stock
from pos.application.pickup.order_steps import BringForward
from pos.application.pickup.take_order import ClaimLine, OrderDraft, TakeOrder
from pos.application.pickup.upkeep import PickupUpkeep
from pos.application.ports.pickup_ports import StreamItem
from pos.application.ports.store import Secrets
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.domain.pickup.buyer import read_called
from pos.domain.staff.staff import Person

ORDERS = 40
_LEAST, _KINDS, _FEW = 30, 8, 4
"""How many pieces are there of goods that a stream shows, and how many kinds it shows; of the last one few are left."""
_CHANNELS = ("douyin", "douyin", "wechat", "kuaishou", "telegram", "instagram")
_BUYERS = (
    ("小雨", "zh"), ("王芳", "zh"), ("李娜", "zh"), ("陈晨", "zh"), ("赵敏", "zh"), ("刘洋", "zh"),
    ("Айгуль", "kk"), ("Динара", "kk"), ("Ербол", "kk"), ("Алия", "kk"),
    ("Елена", "ru"), ("Ольга", "ru"), ("Сергей", "ru"), ("Anna", "en"),
)  # fmt: skip
_PACKED, _CANCELLED, _EXPIRED, _CLAIMED = range(12, 19), range(19, 22), range(22, 25), range(25, 31)
_SCARCE = range(31, ORDERS)
"""Which of the orders are packed, cancelled, not picked up in time, not confirmed yet, and want the goods of which
there are few: most of those wait.
"""
_STEP = timedelta(seconds=3)


@dataclass
class _Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def go_on(self) -> None:
        self.now += _STEP


def make_stream(
    connection: Connection, secrets: Secrets, settings: Settings, till: str, person: Person, begins: datetime
) -> None:
    """Take the orders of a stream, one every few seconds from `begins` on, and bring some of them forward; none where
    the shop has no goods for it.
    """
    codes = connection.execute(
        select(product.c.id, product.c.code)
        .join(stock, stock.c.product_id == product.c.id)
        .where(stock.c.on_hand >= _LEAST, stock.c.lotted == 0, product.c.category.like("cosmetics%"))
        .order_by(product.c.id)
        .limit(_KINDS)
    ).all()
    scarce = connection.execute(
        select(product.c.id, product.c.code)
        .join(stock, stock.c.product_id == product.c.id)
        .where(stock.c.on_hand.between(1, _FEW), stock.c.lotted == 0)
        .order_by(product.c.id)
        .limit(1)
    ).one_or_none()
    store, clock = PastStore(connection, secrets.chain), _Clock(begins)
    context = Context(
        store=store, now=clock, settings=lambda: settings, till=till, regimes=dict, secrets=secrets, translators={}
    )
    complete = [row for row in codes if _is_complete(store, row.id, begins)]
    if len(complete) < _KINDS // 2:
        return
    few = scarce if scarce is not None and _is_complete(store, scarce.id, begins) else complete[-1]
    shown = [*complete, *([few] if few not in complete else [])]
    with store.begin() as work:
        work.pickups.put_stream([StreamItem(number, row.id) for number, row in enumerate(shown, 1)])
    take, forward = TakeOrder(context), BringForward(context)
    for number in range(ORDERS):
        clock.go_on()
        name, language = _BUYERS[number % len(_BUYERS)]
        goods = few.code if number in _SCARCE else complete[number % len(complete)].code
        lines = [ClaimLine(goods, 1 + number % 3 // 2)]
        if number % 4 == 0 and number not in _SCARCE:
            lines.append(ClaimLine(complete[(number + 3) % len(complete)].code))
        order = take(
            OrderDraft(
                _CHANNELS[number % len(_CHANNELS)],
                lines,
                read_called(f"{name} {1357 + 211 * number % 8641}", language),
                hold_until=clock() + _STEP if number in _EXPIRED else None,
                confirms=False if number in _CLAIMED else None,
            ),
            person,
            f"demo-claim-{number}",
        )
        if number in _PACKED:
            forward.pack(order.code, f"P-{number - _PACKED.start + 1}", person)
        elif number in _CANCELLED:
            forward.cancel(order.code, "", person)
    clock.go_on()
    clock.go_on()
    PickupUpkeep(context).now_by(person)


def _is_complete(store: PastStore, product_id: int, at: datetime) -> bool:
    """Whether goods can be ordered: nothing is missing, and they are sold by the piece."""
    with store.reading() as work:
        known = work.products.by_ids([product_id], at)[product_id]
    return not known.missing and not known.by_weight
