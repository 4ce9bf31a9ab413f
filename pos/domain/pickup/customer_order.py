"""A customer order and what may become of it: claimed, confirmed, ready, picked up; or waiting, cancelled, expired.

Goods are held for it from *confirmed* on. Each step gives a changed copy, or refuses with facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum

from pos.domain.errors import BadField, Refused
from pos.domain.money import Currency, Money, total
from pos.domain.pickup.agreed_price import AgreedPrice
from pos.domain.pickup.buyer import Buyer
from pos.domain.pickup.deposit import Deposit

CHANNELS = ("douyin", "wechat", "kuaishou", "telegram", "instagram", "phone", "counter", "other")
LONGEST_REF, LONGEST_NOTE, LONGEST_PLACE, MOST_LINES = 64, 80, 20, 100
_FARTHEST = timedelta(days=366)


class OrderState(Enum):
    """How far an order is."""

    CLAIMED = "claimed"
    WAITING = "waiting"
    """Queued behind others: it moves up by itself when goods get free."""
    CONFIRMED = "confirmed"
    READY = "ready"
    PICKED_UP = "picked_up"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


HELD = frozenset({OrderState.CONFIRMED, OrderState.READY})
"""The states in which its goods are held."""
OPEN = HELD | {OrderState.CLAIMED, OrderState.WAITING}


@dataclass(eq=False)
class NoSuchCustomerOrder(Refused):
    """No customer order has this code."""

    fact = "no_such_customer_order"

    code: str


@dataclass(eq=False)
class AlreadyPickedUp(Refused):
    """The order was picked up before: when, and by which receipt."""

    fact = "already_picked_up"

    code: str
    receipt: str
    at: datetime


@dataclass(eq=False)
class CustomerOrderClosed(Refused):
    """The order was cancelled, or its time was over: `state` since `at`."""

    fact = "customer_order_closed"

    code: str
    state: str
    at: datetime


@dataclass(eq=False)
class CustomerOrderState(Refused):
    """The step does not follow on the state of the order."""

    fact = "customer_order_state"

    code: str
    state: str


@dataclass(eq=False)
class ChannelRefTaken(Refused):
    """The number of the channel belongs to another order: `code`."""

    fact = "channel_ref_taken"

    channel: str
    channel_ref: str
    code: str


@dataclass(eq=False)
class HoldOver(Refused):
    """The order cannot be held until an instant that has passed."""

    fact = "hold_over"

    hold_until: datetime


@dataclass(frozen=True, slots=True)
class CustomerOrderLine:
    """So many pieces of a product at the agreed price; `marks` are marking codes of single pieces, as scanned.

    `picked` of them were handed out.
    """

    no: int
    product: int
    quantity: int
    agreed: AgreedPrice
    marks: tuple[str, ...] = ()
    picked: int = 0
    code: str = ""
    name: str = ""
    names: Mapping[str, str] | None = None

    def name_in(self, language: str) -> str:
        """The name of the goods in a language; without a translation, the name as supplied."""
        return (self.names or {}).get(language) or self.name


@dataclass(frozen=True, slots=True)
class CustomerOrder:
    """An order by its `code`. `channel_ref` is the channel's own number for it, empty for none.

    `hold_until` is the end of the agreed day. `place` is the shelf or bag it lies in. `tell`: it has moved up, and the
    buyer does not know yet. `receipt` is the sale by which it was picked up; `closed_at`, `closed_by` and `why` say
    when, by whom and why it was closed.
    """

    id: int
    code: str
    channel: str
    channel_ref: str
    buyer: Buyer
    lines: tuple[CustomerOrderLine, ...]
    state: OrderState
    claimed_at: datetime
    hold_until: datetime
    person: str
    till: str
    note: str = ""
    place: str = ""
    tell: bool = False
    confirmed_at: datetime | None = None
    ready_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    why: str = ""
    receipt: str = ""
    deposit: Deposit | None = None

    @property
    def hold_key(self) -> str:
        """The key of its reservation."""
        return hold_key(self.code)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_held(self) -> bool:
        """Whether its goods are held."""
        return self.state in HELD

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    def goods(self) -> dict[int, int]:
        """Pieces by product, in the one order in which every till locks them."""
        wanted: dict[int, int] = {}
        for line in self.lines:
            wanted[line.product] = wanted.get(line.product, 0) + line.quantity
        return dict(sorted(wanted.items()))

    def total(self, price: Currency) -> Money:
        """What it comes to in the price currency."""
        return total((line.agreed.in_price(price) * line.quantity for line in self.lines), price)

    def agreed_sums(self) -> tuple[Money, ...]:
        """What it comes to in each currency in which prices were agreed."""
        sums: dict[str, Money] = {}
        for line in self.lines:
            worth = line.agreed.amount * line.quantity
            code = worth.currency.code
            sums[code] = sums[code] + worth if code in sums else worth
        return tuple(sums.values())

    def is_over(self, at: datetime) -> bool:
        """Whether its time is over, though no step has noted that yet."""
        return self.is_open and self.hold_until <= at

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def confirmed(self, at: datetime, *, moved_up: bool = False) -> CustomerOrder:
        """With its goods held; `moved_up` from the queue, of which the buyer is to be informed."""
        self._check(OrderState.CLAIMED, OrderState.WAITING, OrderState.EXPIRED)
        return replace(
            self.unpacked(), state=OrderState.CONFIRMED, confirmed_at=at, tell=moved_up, closed_at=None, closed_by=""
        )

    def waiting(self) -> CustomerOrder:
        """Queued, because its goods are not free; its place is that of the time of its claim."""
        self._check(OrderState.CLAIMED, OrderState.EXPIRED)
        return replace(self.unpacked(), state=OrderState.WAITING, closed_at=None, closed_by="")

    def ready(self, place: str, at: datetime) -> CustomerOrder:
        """Packed, in a shelf or bag; again for another place."""
        self._check(OrderState.CONFIRMED, OrderState.READY)
        return replace(self, state=OrderState.READY, place=place, ready_at=self.ready_at or at)

    def picked_up(self, picked: Mapping[int, int], receipt: str, at: datetime, person: str) -> CustomerOrder:
        """Handed out by a sale, `picked` pieces by line: the rest goes back to the shelf."""
        self.check_can_go()
        lines = tuple(replace(line, picked=picked.get(line.no, 0)) for line in self.lines)
        return replace(
            self, state=OrderState.PICKED_UP, lines=lines, receipt=receipt, closed_at=at, closed_by=person, tell=False
        )

    def cancelled(self, why: str, person: str, at: datetime) -> CustomerOrder:
        self._check(*OPEN)
        return replace(
            self, state=OrderState.CANCELLED, why=check_text(why, "why", LONGEST_NOTE), closed_at=at,
            closed_by=person, tell=False,
        )  # fmt: skip

    def expired(self, person: str) -> CustomerOrder:
        """Its time is over: from the instant on until which it was held."""
        self._check(*OPEN)
        return replace(self, state=OrderState.EXPIRED, closed_at=self.hold_until, closed_by=person, tell=False)

    def held_until(self, until: datetime, at: datetime) -> CustomerOrder:
        """Held until another instant. An expired one may come back then. Raises HoldOver, BadField."""
        self._check(*OPEN, OrderState.EXPIRED)
        return replace(self, hold_until=check_hold(until, at))

    def informed(self) -> CustomerOrder:
        """The buyer knows that it has moved up."""
        return replace(self, tell=False)

    def reopened(self, until: datetime) -> CustomerOrder:
        """As before the pick-up, because the sale was voided."""
        state = OrderState.CONFIRMED if self.ready_at is None else OrderState.READY
        lines = tuple(replace(line, picked=0) for line in self.lines)
        return replace(
            self, state=state, lines=lines, receipt="", closed_at=None, closed_by="", why="", hold_until=until
        )

    def unpacked(self) -> CustomerOrder:
        """With its goods on the shelf: it lies nowhere, and other pieces may be packed. Until then one that has expired
        says where its bag is.
        """
        lines = tuple(replace(line, marks=()) for line in self.lines)
        return replace(self, lines=lines, place="", ready_at=None)

    def packed_with(self, marks: Mapping[int, tuple[str, ...]]) -> CustomerOrder:
        """With the marking codes of the pieces that were packed, by line. Raises BadField."""
        for number, codes in marks.items():
            line = next((one for one in self.lines if one.no == number), None)
            if line is None:
                raise BadField("marks", "unknown", str(number))
            if len(codes) > line.quantity or len(set(codes)) != len(codes):
                raise BadField("marks", "too_many", str(len(codes)))
        lines = (replace(line, marks=marks.get(line.no, line.marks)) for line in self.lines)
        return replace(self, lines=tuple(lines))

    def check_can_go(self) -> None:
        """Refuse what cannot be handed out now. Raises AlreadyPickedUp, CustomerOrderClosed."""
        if self.state is OrderState.PICKED_UP:
            assert self.closed_at is not None, "it says when"
            raise AlreadyPickedUp(self.code, self.receipt, self.closed_at)
        if not self.is_open:
            assert self.closed_at is not None, "it says when"
            raise CustomerOrderClosed(self.code, self.state.value, self.closed_at)

    def _check(self, *allowed: OrderState) -> None:
        if self.state in allowed:
            return
        self.check_can_go()
        raise CustomerOrderState(self.code, self.state.value)


def hold_key(code: str) -> str:
    """The key of the reservation of the order with this code; no sale has one like it."""
    return f"pickup-{code}"


def check_hold(until: datetime, at: datetime) -> datetime:
    """Refuse an end that has passed, or is more than a year ahead. Raises HoldOver, BadField."""
    if until <= at:
        raise HoldOver(until)
    if until - at > _FARTHEST:
        raise BadField("hold_until", "out_of_range", until.isoformat())
    return until


def check_text(text: str, field: str, longest: int) -> str:
    """A line of text without blanks around it. Raises BadField."""
    text = " ".join(text.split())
    if len(text) > longest:
        raise BadField(field, "too_long", text[:20])
    if not text.isprintable():
        raise BadField(field, "character", "")
    return text


def closing_of(day: date, closing: time | None, zone: tzinfo) -> datetime:
    """The closing time of an agreed day in the shop's zone; None is midnight, the end of the day.

    Where the clock skips that time or has it twice, the earlier instant counts.
    """
    if closing is None:
        return datetime.combine(day + timedelta(days=1), time(0), zone)
    return datetime.combine(day, closing, zone)
