"""One state of the sale in progress: basket, carriers, destination, answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pos.application.quota.evaluate_quota import goods_of
from pos.application.returns.exchange_returns import NO_RETURNS, ExchangeReturns
from pos.application.visitors.record_entry_dates import EntryDatesAnswer
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.sales.cart import Cart
from pos.domain.sales.parcel import Parcel, ParcelBuyer, ParcelTooLight, Recipient, check_weight
from pos.domain.visitors.destination import NOT_PRESSED, WayOut
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Moment:
    """One state of the basket, to which undo returns.

    `answered_entries`: the days of entry answered during this sale, by visitor's key. `without_birth_date`: the
    visitors (by key) whose date of birth is confirmed as unknown. `strangers` (by key): the visitors without goods when
    another arrived.
    """

    cart: Cart
    visitors: tuple[Visitor, ...] = ()
    way: WayOut = NOT_PRESSED
    back: ExchangeReturns = NO_RETURNS
    answered_entries: Mapping[str, EntryDatesAnswer] = field(default_factory=dict)
    without_birth_date: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    together: bool = False
    parcel: Parcel | None = None
    """How the goods are sent; None where they are carried."""
    recipient: Recipient | None = None
    opened: tuple[CustomerOrder, ...] = ()
    """The customer orders whose baskets were opened."""

    @property
    def pickups(self) -> tuple[CustomerOrder, ...]:
        """Those of which there is something in the basket: the others stay as they are."""
        return tuple(order for order in self.opened if self.cart.agreed_pieces(order.code))

    @property
    def destination(self) -> str | None:
        return self.way.of(self.visitors)

    @property
    def carriers(self) -> set[str | None]:
        """The labels of the visitors who carry goods."""
        return {line.carrier for line in self.cart.lines}

    def without_leftovers(self) -> Moment:
        """The same; what was given to a basket goes with its last row, or the next customer would have it."""
        cart = self.cart
        if cart.lines or (cart.basket is None and not cart.note and self.parcel is None):
            return self
        return replace(self, cart=replace(cart, basket=None, note=""), parcel=None, recipient=None)

    def without_orders(self, codes: Collection[str], products: Mapping[int, Product]) -> Moment:
        """A copy without these customer orders: their goods stay, at what is on file now."""
        lines = []
        for line in self.cart.lines:
            if line.agreed is not None and line.agreed.order in codes:
                line = replace(line, product=products.get(line.product.id, line.product)).at_price_on_file()
            lines.append(line)
        cart = replace(self.cart, lines=tuple(lines)).priced()
        return replace(self, cart=cart, opened=tuple(one for one in self.opened if one.code not in codes))

    def with_visitor(self, visitor: Visitor) -> Moment:
        """A copy with newer data of the visitor with that label; their answers move to the new key."""
        before = next(one for one in self.visitors if one.label == visitor.label)

        def renamed(keys: Iterable[str]) -> frozenset[str]:
            return frozenset(visitor.key if key == before.key else key for key in keys)

        return replace(
            self,
            visitors=tuple(visitor if one is before else one for one in self.visitors),
            way=replace(self.way, agreed=renamed(self.way.agreed)),
            answered_entries={
                visitor.key if key == before.key else key: answer for key, answer in self.answered_entries.items()
            },
            without_birth_date=renamed(self.without_birth_date),
            strangers=renamed(self.strangers),
        )


def check_sent(moment: Moment) -> None:
    """Refuse goods to be sent with a second visitor, or with goods that come back. Raises ParcelBuyer and BadField."""
    if len(moment.visitors) > 1:
        raise ParcelBuyer
    if moment.back.receipts:
        raise BadField("parcel", "not_with_returns")


def weight_doubt(moment: Moment) -> ParcelTooLight | None:
    """Why a parcel has to be weighed again: goods were added since."""
    if moment.parcel is None:
        return None
    try:
        check_weight(moment.parcel, [goods_of(line) for line in moment.cart.lines])
    except ParcelTooLight as too_light:
        return too_light
    return None
