"""Take a customer order: as fast as it is called out in a stream, once for each request."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_idempotent
from pos.application.pickup.claimed_goods import TYPED, ClaimedGoods, LineFields, claimed_goods, read_times
from pos.application.pickup.holding import goods_of_orders, hold_goods, journaled_order, short_of
from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.pickup.waiting_queue import claimed_before, move_up_before
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pickup.agreed_price import agreed
from pos.domain.pickup.buyer import Buyer, read_called
from pos.domain.pickup.customer_order import (
    CHANNELS,
    LONGEST_NOTE,
    LONGEST_REF,
    MOST_LINES,
    ChannelRefTaken,
    CustomerOrder,
    CustomerOrderLine,
    OrderState,
    check_hold,
    check_text,
    closing_of,
)
from pos.domain.pickup.pickup_code import made_code
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import Person

PERMISSION = "pickup"
"""The permission to take customer orders and to bring them forward."""
TAKEN = "take_customer_order"
_TRIES = 8
"""Codes drawn at random collide once in many billions."""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """So many pieces of goods, named as a person names them; without a `price` it is that of the stream, or on file."""

    goods: str
    quantity: int = 1
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order to be taken. Without `hold_until` it is held as long as the shop usually does.

    `confirms`: whether its goods are held at once; None as the shop has chosen.
    """

    channel: str
    lines: Sequence[ClaimLine]
    buyer: Buyer
    channel_ref: str = ""
    hold_until: datetime | None = None
    note: str = ""
    confirms: bool | None = None

    def content(self) -> bytes:
        """What makes it this order and no other."""
        parts: list[object] = [
            self.channel,
            self.channel_ref,
            [self.buyer.name, self.buyer.phone, self.buyer.tail, self.buyer.language],
            [
                [line.goods, line.quantity, None if line.price is None else f"{line.price} {line.price.currency}"]
                for line in self.lines
            ],
            None if self.hold_until is None else self.hold_until.isoformat(),
            self.note,
            self.confirms,
        ]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def fields_of_request(line: int) -> LineFields:
    """The fields of a line as the file of a request has them."""
    return LineFields.within(f"lines[{line}]")


class TakeOrder(UseCase):
    """Records an order. Where its goods are not free, it waits; the same key again gives the order already taken."""

    def called(self, goods: str, buyer: str, channel: str, language: str, person: Person, key: str) -> CustomerOrder:
        """An order as it is typed into two fields while a stream runs. Raises as the call does."""
        named, pieces = read_times(goods)
        draft = OrderDraft(channel, (ClaimLine(named, pieces),), read_called(buyer, language))
        return self(draft, person, key, lambda _line: TYPED)

    @retry_idempotent
    def __call__(
        self, draft: OrderDraft, person: Person, key: str, fields_of: Callable[[int], LineFields] = fields_of_request
    ) -> CustomerOrder:
        """Take it; `fields_of` a line by its index are the names under which it is refused.

        Raises NotAllowed, KeyReused, ChannelRefTaken, UnknownCode, AmbiguousGoods, IncompleteProduct, NoRate, HoldOver,
        BadField.
        """
        at, settings = self.now(), self.settings()
        fingerprint = self.secrets.request(draft.content())
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            known = work.pickups.with_key(key)
            if known is not None:
                return _taken_before(known, key, fingerprint)
            goods = [
                claimed_goods(work, line.goods, line.quantity, line.price, at, fields_of(number))
                for number, line in enumerate(draft.lines)
            ]
            order = self._add(work, self._order(work, draft, goods, at, settings, person), key, fingerprint)
            if order.state is OrderState.CLAIMED:  # else it was taken by a request that overtook this one
                order = self._placed(work, draft, order, at, settings, person)
            work.commit()
        return order

    def _add(self, work: UnitOfWork, order: CustomerOrder, key: str, fingerprint: str) -> CustomerOrder:
        for _ in range(_TRIES):
            added = work.pickups.add(order, key, fingerprint)
            if added is not None:
                return added
            known = work.pickups.with_key(key)
            if known is not None:
                return _taken_before(known, key, fingerprint)
            if order.channel_ref and (other := work.pickups.with_ref(order.channel, order.channel_ref)):
                raise ChannelRefTaken(order.channel, order.channel_ref, other.code)
            order = _recoded(order)
        raise AssertionError("so many codes do not collide")

    def _order(
        self,
        work: UnitOfWork,
        draft: OrderDraft,
        goods: Sequence[ClaimedGoods],
        at: datetime,
        settings: Settings,
        person: Person,
    ) -> CustomerOrder:
        check_draft(draft)
        rates, today = rates_of(work, settings, at), at.astimezone(settings.zone).date()
        until = draft.hold_until
        if until is None:
            until = closing_of(today + timedelta(days=settings.pickup_hold_days), settings.closing, settings.zone)
        lines = tuple(
            CustomerOrderLine(number, one.product.id, one.quantity, agreed(one.price, rates, today))
            for number, one in enumerate(goods)
        )
        order = CustomerOrder(
            id=0,
            code="",
            channel=draft.channel,
            channel_ref=check_text(draft.channel_ref, "channel_ref", LONGEST_REF),
            buyer=draft.buyer,
            lines=lines,
            state=OrderState.CLAIMED,
            claimed_at=at,
            hold_until=check_hold(until, at),
            person=person.name,
            till=self.till,
            note=check_text(draft.note, "note", LONGEST_NOTE),
        )
        return _recoded(order)

    def _placed(
        self,
        work: UnitOfWork,
        draft: OrderDraft,
        order: CustomerOrder,
        at: datetime,
        settings: Settings,
        person: Person,
    ) -> CustomerOrder:
        """The order with its goods held, claimed, or in the queue: by what is free under lock."""
        products = goods_of_orders(work, [order], at)
        release_lapsed(work, at, self.till, person.name)
        move_up_before(work, order, products, at, self.till, person.name)
        work.pickups.lock_goods(products)
        taken = claimed_before(work, list(products), order)
        if short_of(work, order, products, at, settings.stock_policy(at), taken):
            order = order.waiting()
        elif settings.pickup_confirms if draft.confirms is None else draft.confirms:
            order = order.confirmed(at)
            hold_goods(work, order, products, at, settings)
        if order.state is not OrderState.CLAIMED:
            work.pickups.save(order)
        total = order.total(settings.price)
        details = journaled_order(order) | {"total": str(total), "currency": total.currency.code}
        work.journal.write(at, self.till, person.name, TAKEN, details)
        return order


def check_draft(draft: OrderDraft) -> None:
    """Refuse what no order can be. Raises BadField."""
    if draft.channel not in CHANNELS:
        raise BadField("channel", "unknown", draft.channel[:20])
    if draft.buyer.language not in LANGUAGES:
        raise BadField("language", "unknown", draft.buyer.language[:20])
    if not draft.lines:
        raise BadField("lines", "missing")
    if len(draft.lines) > MOST_LINES:
        raise BadField("lines", "too_many", str(len(draft.lines)))


def _taken_before(known: tuple[CustomerOrder, str], key: str, fingerprint: str) -> CustomerOrder:
    order, recorded = known
    if recorded != fingerprint:
        raise KeyReused(key)
    return order


def _recoded(order: CustomerOrder) -> CustomerOrder:
    return replace(order, code=made_code(secrets.randbelow).signs)
