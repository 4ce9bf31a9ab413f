"""The goods of the stream that runs: numbered as on the sheet, at their prices there, with what of them is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.pickup.claimed_goods import TYPED, LineFields, claimed_goods
from pos.application.pickup.holding import sellable
from pos.application.pickup.take_order import PERMISSION
from pos.application.pickup.waiting_queue import claimed_before
from pos.application.ports.pickup_ports import StreamItem
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, MovedMeanwhile, Refused
from pos.domain.money import Money
from pos.domain.payment.cash_amount import other_currencies
from pos.domain.payment.tender import CashRules
from pos.domain.pickup.agreed_price import agreed
from pos.domain.pricing.rates import NoRate, RateTable
from pos.domain.staff.staff import Person

SET = "set_stream"
"""Journal act of a sheet that was set."""
PUT, TAKEN_OFF = "put_on_sheet", "take_off_sheet"
"""Journal acts of goods that came onto the sheet, and that went off it."""
MOST_ITEMS = 999


@dataclass(eq=False)
class SheetNumberTaken(Refused):
    """Other goods have this number of the sheet."""

    fact = "sheet_number_taken"

    number: int
    code: str


@dataclass(frozen=True, slots=True)
class StreamLine:
    """Goods as a person puts them on the sheet; without a `price` they cost what is on file."""

    number: int
    goods: str
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class StreamGoods:
    """Goods of the sheet as they are now. `prices` is their price in every currency of the counter that has a rate,
    `worth` what an order agreed now would fix in the price currency, None without a rate. `free` are the pieces
    that are not claimed; `waiting` the pieces of orders in the queue.
    """

    number: int
    product: Product
    price: Money
    prices: tuple[Money, ...]
    worth: Money | None
    free: int
    waiting: int
    is_of_stream: bool
    """Whether the price was given for the stream; else it is that on file."""

    @property
    def item(self) -> StreamItem:
        """As they stand on the sheet."""
        return StreamItem(self.number, self.product.id, self.price if self.is_of_stream else None)


class KeepStream(UseCase):
    """Set and read the sheet. It is there once for the shop, for the stream that runs."""

    @retry_on_rollback
    def put(self, lines: Sequence[StreamLine], person: Person) -> Sequence[StreamGoods]:
        """Put these goods on the sheet in place of those there are; none ends the stream.

        Raises NotAllowed, UnknownCode, AmbiguousGoods, IncompleteProduct, BadField.
        """
        at = self.now()
        if len(lines) > MOST_ITEMS:
            raise BadField("stream", "too_many", str(len(lines)))
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            items: dict[int, StreamItem] = {}
            for index, line in enumerate(lines):
                field = f"stream[{index}]"
                if not 1 <= line.number <= MOST_ITEMS:
                    raise BadField(f"{field}.number", "out_of_range", str(line.number))
                if line.number in items:
                    raise BadField(f"{field}.number", "duplicate", str(line.number))
                named = claimed_goods(work, line.goods, 1, line.price, at, LineFields.within(field), by_number=False)
                items[line.number] = StreamItem(line.number, named.product.id, line.price)
            work.pickups.put_stream(list(items.values()))
            work.journal.write(at, self.till, person.name, SET, {"lines": len(items)})
            work.commit()
        return self.goods(person)

    @retry_on_rollback
    def put_line(
        self, goods: str, price: Money | None, number: int | None, person: Person, before: StreamItem | None = None
    ) -> Sequence[StreamGoods]:
        """Put goods onto the sheet; without a `price` they cost what is on file. The other goods stay as they are.

        They take the place of `before`, which is what the person saw there. Without a `number` they get that of
        `before`, or the first that is free.

        Raises NotAllowed, UnknownCode, AmbiguousGoods, IncompleteProduct, SheetNumberTaken, MovedMeanwhile, BadField.
        """
        at = self.now()
        if number is not None and not 1 <= number <= MOST_ITEMS:
            raise BadField("number", "out_of_range", str(number))
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            product = claimed_goods(work, goods, 1, price, at, TYPED, by_number=False).product
            if before is not None and not work.pickups.remove_stream_item(before):
                raise MovedMeanwhile
            wanted = before.number if number is None and before is not None else number
            item = _added(work, product.id, price, wanted, at)
            work.journal.write(at, self.till, person.name, PUT, {"number": item.number, "code": product.code})
            work.commit()
        return self.goods(person)

    @retry_on_rollback
    def take_off(self, item: StreamItem, person: Person) -> Sequence[StreamGoods]:
        """Take goods off the sheet, as the person saw them there.

        Raises NotAllowed, MovedMeanwhile.
        """
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            if work.pickups.remove_stream_item(item):
                product = work.products.by_id(item.product, at)
                details = {"number": item.number, "code": "" if product is None else product.code}
                work.journal.write(at, self.till, person.name, TAKEN_OFF, details)
                work.commit()
            elif any(one.number == item.number for one in work.pickups.stream_items()):
                raise MovedMeanwhile
        return self.goods(person)

    def goods(self, person: Person) -> Sequence[StreamGoods]:
        """The sheet as it is now: for the streamer's page, and for what is typed while claims are called out.

        Raises NotAllowed.
        """
        at, settings = self.now(), self.settings()
        with authorized_read(self.store, person, PERMISSION) as work:
            items = work.pickups.stream_items()
            if not items:
                return ()
            products = work.products.by_ids([item.product for item in items], at)
            claimed, waiting = claimed_before(work, list(products)), _waiting(work, list(products))
            rates, policy = rates_of(work, settings, at), settings.stock_policy(at)
            found = []
            for item in items:
                product = products[item.product]
                price = item.price or product.price
                if price is None:
                    continue
                free = max(sellable(work, product, at, policy) - claimed.get(product.id, 0), 0)
                worth = _worth(price, rates, at.astimezone(settings.zone).date())
                prices = _in_currencies(price, worth, rates, settings.cash())
                waits, is_of_stream = waiting.get(product.id, 0), item.price is not None
                found.append(StreamGoods(item.number, product, price, prices, worth, free, waits, is_of_stream))
            return found


def _added(work: UnitOfWork, product: int, price: Money | None, number: int | None, at: datetime) -> StreamItem:
    """Goods that were put onto the sheet, at the number wanted or at the first that is free."""
    while True:
        taken = {one.number: one.product for one in work.pickups.stream_items()}
        free = number or next((one for one in range(1, MOST_ITEMS + 1) if one not in taken), 0)
        if not free:
            raise BadField("stream", "too_many", str(MOST_ITEMS + 1))
        item = StreamItem(free, product, price)
        if work.pickups.add_stream_item(item):
            return item
        if number is not None and number in taken:
            other = work.products.by_id(taken[number], at)
            raise SheetNumberTaken(number, "" if other is None else other.code)


def _waiting(work: UnitOfWork, products: Sequence[int]) -> dict[int, int]:
    pieces: dict[int, int] = {}
    for order in work.pickups.waiting(products):
        for product, quantity in order.goods().items():
            pieces[product] = pieces.get(product, 0) + quantity
    return pieces


def _worth(price: Money, rates: RateTable, today: date) -> Money | None:
    try:
        return agreed(price, rates, today).in_price(rates.price)
    except NoRate:
        return None


def _in_currencies(price: Money, worth: Money | None, rates: RateTable, cash: CashRules) -> tuple[Money, ...]:
    """What an order agreed now would cost, as cash that is asked for it in the currencies of the counter; its own
    first.
    """
    if worth is None:
        return (price,)
    others = (cash.asked_of(worth), *other_currencies(worth, rates, cash))
    return (price, *(one for one in others if one.currency != price.currency))
