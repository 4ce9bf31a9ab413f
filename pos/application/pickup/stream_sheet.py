"""The sheet of the stream that runs: which goods have which number, at which price, and how many pieces are free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.pickup.claimed_goods import claimed_goods
from pos.application.pickup.holding import sellable
from pos.application.pickup.take_order import PERMISSION
from pos.application.pickup.waiting_queue import claimed_before
from pos.application.ports.pickup_ports import StreamItem
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, Refused
from pos.domain.money import CURRENCIES, Money
from pos.domain.pickup.agreed_price import AgreedPrice, agreed
from pos.domain.pricing.rates import NoRate, RateTable
from pos.domain.staff.staff import Person

MOST_NUMBERS = 200
SET_UP = "set_up_stream"
"""Journal act of a changed sheet."""


@dataclass(eq=False)
class NumberTaken(Refused):
    """Other goods have this number on the sheet."""

    fact = "stream_number_taken"

    number: int
    code: str


@dataclass(frozen=True, slots=True)
class StreamRow:
    """Goods of the sheet: `price` is what they cost in the stream, None where they have none; `prices` the same in the
    currencies of the shop, at its selling rates of now; `free` pieces are neither held nor claimed by an order.
    """

    number: int
    product: Product
    price: Money | None
    prices: tuple[Money, ...]
    free: int
    is_own_price: bool


class StreamSheet(UseCase):
    """Reads and changes the sheet. Each needs the permission `pickup`."""

    def rows(self, person: Person) -> Sequence[StreamRow]:
        """The goods of the sheet by number."""
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, PERMISSION) as work:
            items = work.pickups.stream_items()
            products = work.products.by_ids(sorted({item.product for item in items}), at)
            rates = rates_of(work, settings, at)
            claimed = claimed_before(work, sorted(products))
            policy, today = settings.stock_policy(at), at.astimezone(settings.zone).date()
            return [
                StreamRow(
                    item.number,
                    product,
                    price,
                    () if price is None else _in_currencies(agreed(price, rates, today), rates, settings),
                    sellable(work, product, at, policy) - claimed.get(product.id, 0),
                    item.price is not None,
                )
                for item in items
                for product in [products[item.product]]
                for price in [item.price or product.price]
            ]

    @retry_on_rollback
    def put(self, goods: str, price: Money | None, person: Person, number: int | None = None) -> StreamItem:
        """Goods by their code or its last signs get a `number`, None for the next free one; goods that have one keep
        it, and get the price.

        Raises UnknownCode, AmbiguousGoods, IncompleteProduct, NumberTaken, BadField.
        """
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            items = list(work.pickups.stream_items())
            product = claimed_goods(work, goods, 1, price, at, "goods").product
            there = next((item for item in items if item.product == product.id), None)
            number = number if number is not None else (_next(items) if there is None else there.number)
            if not 1 <= number <= MOST_NUMBERS:
                raise BadField("number", "out_of_range", str(number))
            other = next((item for item in items if item.number == number and item.product != product.id), None)
            if other is not None:
                raise NumberTaken(number, work.products.by_ids([other.product], at)[other.product].code)
            item = StreamItem(number, product.id, price if price is not None or there is None else there.price)
            kept = [one for one in items if one.product != product.id]
            self._put(work, sorted([*kept, item], key=lambda one: one.number), at, person)
            work.commit()
        return item

    @retry_on_rollback
    def set_price(self, number: int, price: Money | None, person: Person) -> None:
        """The price of goods in the stream; None for that on file."""
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            items = work.pickups.stream_items()
            changed = [replace(one, price=price) if one.number == number else one for one in items]
            self._put(work, changed, at, person)
            work.commit()

    @retry_on_rollback
    def remove(self, number: int, person: Person) -> None:
        """Goods leave the sheet; without them nothing changes."""
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            kept = [one for one in work.pickups.stream_items() if one.number != number]
            self._put(work, kept, at, person)
            work.commit()

    @retry_on_rollback
    def clear(self, person: Person) -> None:
        """An empty sheet for the next stream."""
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            self._put(work, (), at, person)
            work.commit()

    def _put(self, work: UnitOfWork, items: Sequence[StreamItem], at: datetime, person: Person) -> None:
        work.pickups.put_stream(items)
        work.journal.write(at, self.till, person.name, SET_UP, {"goods": len(items)})


def _next(items: Sequence[StreamItem]) -> int:
    taken = {item.number for item in items}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def _in_currencies(price: AgreedPrice, rates: RateTable, settings: Settings) -> tuple[Money, ...]:
    """What a piece costs in each currency of the counter, as its checkout asks for it; that in which it was agreed as
    it is.
    """
    in_price, cash = price.in_price(settings.price), settings.cash()
    shown = []
    for currency in CURRENCIES.values():
        if currency == price.amount.currency:
            shown.append(price.amount)
        elif currency == settings.price:
            shown.append(in_price)
        else:
            try:
                shown.append(cash.asked(in_price.units / rates.taking(currency), currency))
            except NoRate:
                continue
    return tuple(shown)
