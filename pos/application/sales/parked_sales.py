"""The parked sales of the shop: list, resume, discard, hand over to the next shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.approvals import approver_of
from pos.application.access.authorize import authorize, authorized_write
from pos.application.access.retry import retry_on_rollback
from pos.application.access.shift_at_till import open_shift_of
from pos.application.pickup.holding import sellable
from pos.application.pickup.lapsed_holds import journaled, release_lapsed
from pos.application.pickup.pick_up import held_pieces
from pos.application.ports.sale_ports import Hold
from pos.application.ports.store import UnitOfWork
from pos.application.returns.exchange_returns import NO_RETURNS, ExchangeReturns, returns_again
from pos.application.sales.basket_json import BasketSummary, SavedBasket, basket_from_json, summary_of
from pos.application.sales.complete_sale import ResolveUnknownCommit
from pos.application.sales.stock_reservations import requested_goods
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.parking import PARKED, PAYMENT, NoSuchParkedSale, ParkedSalesOpen
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.shifts.shift import CLOSE_OTHER, Shift
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person


@dataclass(frozen=True, slots=True)
class ParkedSale:
    """A parked basket as the list shows it.

    `lapsed`: its goods are no longer reserved; `goods_only`: its goods are, but not the allowances of all its visitors.
    `unheld`: pieces that nothing holds any more, as the customer order was closed that held them.
    """

    till: str
    person: str
    note: str
    at: datetime
    until: datetime
    lapsed: bool
    goods_only: bool
    basket: BasketSummary
    unheld: int = 0


@dataclass(frozen=True, slots=True)
class RepricedRow:
    """A row whose price has changed."""

    product: Product
    before: Money
    now: Money


@dataclass(frozen=True, slots=True)
class Short:
    """Goods of which fewer are free now than the basket has."""

    product: Product
    wanted: int
    free: int


@dataclass(frozen=True, slots=True)
class ResumedBasket:
    """A basket at current prices, with the changes since it was parked.

    `back` are the goods that pay for it, `fewer` the lines of their receipts of which pieces were returned meanwhile.
    `closed` are the customer orders, as they are now, that can be picked up no more: their goods cost what is on file.
    """

    basket: SavedBasket
    repriced: tuple[RepricedRow, ...] = ()
    short: tuple[Short, ...] = ()
    back: ExchangeReturns = NO_RETURNS
    fewer: tuple[SaleLine, ...] = ()
    closed: tuple[CustomerOrder, ...] = ()


class ParkedSales(UseCase):
    """Parked at any till, resumed at any till; only one till resumes a basket."""

    def all(self) -> Sequence[ParkedSale]:
        """The parked sales of the whole shop, oldest first."""
        at = self.now()
        with self.store.reading() as work:
            parked = [(hold, summary_of(hold.basket)) for hold in work.holds.parked()]
            codes = {code for _, basket in parked for code in basket.orders}
            orders = {order.code: order for order in work.pickups.with_codes(codes)}
        return [
            _shown(hold, basket, [orders[code] for code in basket.orders if code in orders], at)
            for hold, basket in parked
        ]

    @retry_on_rollback
    def resume(self, key: str, person: Person) -> ResumedBasket:
        """Resume a parked sale at current prices and release its goods. Raises NoSuchParkedSale."""
        at = self.now()
        with authorized_write(self.store, person, "sell") as (work, person):
            hold = _dropped(work, key)
            resumed = priced_now(work, hold.basket, at)
            work.journal.write(at, self.till, person.name, "take_up", journaled(hold))
            work.commit()
        return resumed

    @retry_on_rollback
    def discard(self, key: str, person: Person) -> None:
        """Discard a parked sale; the journal names its rows. Raises NoSuchParkedSale."""
        at = self.now()
        with authorized_write(self.store, person, "sell") as (work, person):
            hold = _dropped(work, key)
            journal_discarded(work, hold.basket, at, self.till, person, journaled(hold))
            work.commit()

    def left(self) -> int:
        """The number of parked sales of this till's open shift that are neither settled nor handed over."""
        at = self.now()
        with self.store.reading() as work:
            shift = work.shifts.open_at(self.till)
            return 0 if shift is None else sum(hold.until > at for hold in work.holds.left_in(self.till, shift.id))

    def hand_over(self, person: Person, approval: Approval | None = None) -> int:
        """Hand the parked sales of this till's open shift over to the next shift; return their number.

        The person must be allowed to close the shift: it is their own, or they have the permission or approval that its
        close needs. Raises NoOpenShift, NotAllowed.
        """
        at = self.now()
        with authorized_write(self.store, person, "close_shift") as (work, person):
            shift = open_shift_of(work, self.till)
            if shift.holder != person.name:
                approver_of(work, ApprovalRequirement(CLOSE_OTHER), person, approval, shift.key, at)
            left = work.holds.left_in(self.till, shift.id)
            if left:
                work.holds.hand_over(self.till, shift.id)
                details = {"shift": shift.number, "keys": [hold.key for hold in left]}
                work.journal.write(at, self.till, person.name, "hand_over_parked", details)
                work.commit()
        return len(left)

    # ── the basket that was open when the till stopped ──────────────────────────────────────────────────────────

    def sold_as(self, key: str) -> Sale | None:
        """The sale that a basket became before the till could note it; final, also after an unanswered COMMIT."""
        return ResolveUnknownCommit(self.context)(key)

    def resume_left(self, text: str, person: Person) -> ResumedBasket:
        """Resume a basket that was open when the till stopped, at current prices; release its payment reservation."""
        with self.store.begin() as work:
            authorize(work, person, "sell")
            work.holds.drop(summary_of(text).key, PAYMENT)
            resumed = priced_now(work, text, self.now())
            work.commit()
        return resumed

    def discard_left(self, text: str, person: Person) -> None:
        """Discard it; the journal names its rows."""
        at = self.now()
        with authorized_write(self.store, person, "sell") as (work, person):
            key = summary_of(text).key
            work.holds.drop(key, PAYMENT)
            journal_discarded(work, text, at, self.till, person, {"key": key, "kind": "left"})
            work.commit()


def check_none_parked(work: UnitOfWork, shift: Shift, at: datetime) -> None:
    """Raise ParkedSalesOpen where parked sales of a closing shift are neither settled nor handed over."""
    live = sum(hold.until > at for hold in work.holds.left_in(shift.till, shift.id))
    if live:
        raise ParkedSalesOpen(live)


def clear_parked(work: UnitOfWork, shift: Shift, at: datetime, person: Person) -> None:
    """The same check in the transaction of the close, which discards the parked sales that have expired."""
    check_none_parked(work, shift, at)
    release_lapsed(work, at, shift.till, person.name)
    for hold in work.holds.left_in(shift.till, shift.id):
        work.holds.drop(hold.key, PARKED)
        journal_discarded(work, hold.basket, at, shift.till, person, journaled(hold))


def priced_now(work: UnitOfWork, text: str, at: datetime) -> ResumedBasket:
    """A saved basket with current goods, prices and stock."""
    basket = basket_from_json(text, lambda product_id: work.products.by_id(product_id, at))
    found = _orders_of(work, basket.cart)
    orders = {order.code: order for order in found if order.is_open}
    lines = tuple(_at_price(line, orders) for line in basket.cart.lines)
    changed = [(was, is_) for was, is_ in zip(basket.cart.lines, lines) if was.unit_price != is_.unit_price]
    cart = replace(basket.cart, lines=lines)
    settings = Settings.read(work.settings.all())
    back, fewer = NO_RETURNS, tuple[SaleLine, ...]()
    if basket.exchange is not None:
        back, fewer = returns_again(work, basket.exchange, settings.cash())
    return ResumedBasket(
        replace(basket, cart=cart, pickups=tuple(orders.values())),
        tuple(RepricedRow(is_.product, was.unit_price, is_.unit_price) for was, is_ in changed),
        tuple(_short(work, cart, at, settings, back, held_pieces(orders.values(), at))),
        back,
        fewer,
        tuple(order for order in found if not order.is_open),
    )


def _orders_of(work: UnitOfWork, cart: Cart) -> Sequence[CustomerOrder]:
    """The customer orders of a saved basket, as they are now."""
    codes = dict.fromkeys(line.agreed.order for line in cart.lines if line.agreed is not None)
    found = (work.pickups.by_code(code) for code in codes)
    return [order for order in found if order is not None]


def _at_price(line: CartLine, orders: Mapping[str, CustomerOrder]) -> CartLine:
    """The row at the current catalogue price. Goods of a customer order keep the price agreed, as long as it can be
    picked up.
    """
    is_agreed = line.agreed is not None and line.agreed.order in orders
    return line if is_agreed else line.at_price_on_file()


def _short(
    work: UnitOfWork, cart: Cart, at: datetime, settings: Settings, back: ExchangeReturns, held: Mapping[int, int]
) -> list[Short]:
    products = {line.product.id: line.product for line in cart.lines}
    policy = settings.stock_policy(at)
    free = {
        product_id: sellable(work, product, at, policy) + back.to_shelf(product_id) + held.get(product_id, 0)
        for product_id, product in products.items()
    }
    return [
        Short(products[product_id], quantity, free[product_id])
        for product_id, (_, quantity) in requested_goods(cart).items()
        if quantity > free[product_id]
    ]


def journal_discarded(
    work: UnitOfWork, text: str, at: datetime, till: str, person: Person, named: dict[str, object]
) -> None:
    """Write one journal entry for a discarded basket, like a void of each of its rows."""
    rows = [{"code": row.code, "quantity": row.quantity, "price": row.price} for row in summary_of(text).rows]
    work.journal.write(at, till, person.name, "discard", {**named, "lines": rows})


def _dropped(work: UnitOfWork, key: str) -> Hold:
    hold = work.holds.drop(key, PARKED)
    if hold is None:
        raise NoSuchParkedSale
    return hold


def _shown(hold: Hold, basket: BasketSummary, orders: Sequence[CustomerOrder], at: datetime) -> ParkedSale:
    held = held_pieces(orders, at)
    return ParkedSale(
        till=hold.till,
        person=hold.person,
        note=hold.note,
        at=hold.at,
        until=hold.until,
        lapsed=hold.lapsed or hold.until <= at,
        goods_only=hold.goods_only and bool(basket.visitors),
        basket=basket,
        unheld=sum(max(pieces - held.get(product, 0), 0) for product, pieces in hold.beside.items()),
    )
