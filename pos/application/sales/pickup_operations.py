"""Customer orders in the basket: one is opened by its code, its goods at the agreed prices."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from pos.application.catalogue.resolve_scan import resolve_scan
from pos.application.pickup.find_orders import order_with
from pos.application.pickup.holding import goods_of_orders
from pos.application.pickup.pick_up import held_pieces
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.scan_warnings import ScanWarnings
from pos.application.sales.serial_numbers import check_unsold
from pos.application.sales.stock_reservations import check_goods
from pos.application.settings.settings import Settings
from pos.domain.catalogue.piece import NO_PIECE, Piece
from pos.domain.catalogue.product import Product
from pos.domain.errors import RuleBroken
from pos.domain.pickup.agreed_price import OfOrder
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderLine, OrderState
from pos.domain.sales.cart import Cart
from pos.domain.sales.goods_for_sale import check_complete


class PickupOperations(ABC):
    """The part of Checkout for customer orders. An operation returns the new view, or raises and changes nothing."""

    _store: Store
    _now: Clock
    _key: str
    _read_scan: ReadScan
    _options: Settings

    @property
    @abstractmethod
    def _cart(self) -> Cart: ...

    @property
    @abstractmethod
    def _opened(self) -> tuple[CustomerOrder, ...]:
        """The orders whose baskets were opened in this sale."""

    @property
    @abstractmethod
    def _carrier(self) -> str | None: ...

    @abstractmethod
    def _beginning(self, *, keeps: bool = True) -> AbstractContextManager[None]: ...

    @abstractmethod
    def _without_orders(self, codes: Collection[str], products: Mapping[int, Product]) -> None: ...

    @abstractmethod
    def _open(self, order: CustomerOrder, cart: Cart) -> CheckoutView: ...

    def pick_up(self, code: str) -> CheckoutView:
        """Open the basket of an order by its code or its QR: its goods are added at the agreed prices.

        It is picked up when the sale is recorded. Several orders may be picked up by one sale, beside other goods.
        Again for one that is open already changes nothing. Raises BadPickupCode, NoSuchCustomerOrder, AlreadyPickedUp,
        CustomerOrderClosed, and for goods that are not held for it what a scan raises.
        """
        with self._beginning(), self._store.reading() as work:
            order = order_with(work, code)
            order.check_can_go()
            if any(one.code == order.code and self._cart.agreed_pieces(one.code) for one in self._opened):
                return self._open(order, self._cart)
            products = goods_of_orders(work, [order], self._now())
            cart = self._cart
            for line in order.lines:
                cart = self._with_line(work, cart, order, line, products[line.product])
            warnings: list[RuleBroken] = []
            for product in products.values():
                free = cart.quantity_of(product.id) - self._held((*self._opened, order), product.id)
                warnings += self._check(work, product, free)
            view = self._open(order, cart)
        return replace(view, warnings=tuple(warnings)) if warnings else view

    def let_go_closed(self) -> tuple[CustomerOrder, ...]:
        """Let go the orders that were cancelled or picked up since they were opened; return them as they are now.

        Their goods stay in the basket at what is on file, also one step back. One whose time is over stays: it may
        still be picked up, where its goods are free.
        """
        codes = [one.code for one in self._opened if self._cart.agreed_pieces(one.code)]
        if not codes:
            return ()
        with self._store.reading() as work:
            now = work.pickups.with_codes(codes)
            closed = tuple(one for one in now if one.state in (OrderState.CANCELLED, OrderState.PICKED_UP))
            products = goods_of_orders(work, closed, self._now())
        if closed:
            self._without_orders([one.code for one in closed], products)
        return closed

    def _with_line(
        self, work: UnitOfWork, cart: Cart, order: CustomerOrder, line: CustomerOrderLine, product: Product
    ) -> Cart:
        """A line of an order as rows: each piece with a marking code is one for itself, as it was packed."""
        check_complete(product, is_open=True)
        of = OfOrder(order.code, line.no, line.agreed.in_price(cart.currency))
        for mark in line.marks:
            named = resolve_scan(work, self._read_scan(mark), self._options, self._now(), is_open=True)
            piece = named.piece if named.product.id == product.id else NO_PIECE
            if piece.serial is not None:
                check_unsold(work, product, piece.serial, self._now(), self._key)
            cart = cart.adding_agreed(of, product, 1, self._carrier, piece)
        rest = line.quantity - len(line.marks)
        return cart.adding_agreed(of, product, rest, self._carrier) if rest else cart

    def _agreed_for(self, product: Product, pieces: int, cart: Cart) -> OfOrder | None:
        """The line of an opened order that still wants so many pieces of a product: they cost what was agreed."""
        for order in self._opened:
            there = cart.agreed_pieces(order.code)
            for line in order.lines:
                if line.product == product.id and there and line.quantity - there.get(line.no, 0) >= pieces:
                    return OfOrder(order.code, line.no, line.agreed.in_price(cart.currency))
        return None

    def _agreed_left(self, of: OfOrder, cart: Cart) -> int:
        """How many pieces of a line of an order are not in the basket."""
        for order in self._opened:
            if order.code == of.order:
                line = next(one for one in order.lines if one.no == of.line)
                return line.quantity - cart.agreed_pieces(of.order).get(of.line, 0)
        return 0

    def _held(self, orders: Sequence[CustomerOrder], product_id: int) -> int:
        """Pieces of a product that are held for these orders, and so are free for this sale."""
        return held_pieces(orders, self._now()).get(product_id, 0)

    def _check(self, work: UnitOfWork, product: Product, quantity: int) -> ScanWarnings:
        now = self._now()
        return check_goods(work, product, quantity, now, self._options.stock_policy(now))


def plain_or_agreed(
    cart: Cart, of: OfOrder | None, product: Product, pieces: int, carrier: str | None, piece: Piece
) -> Cart:
    """The basket with pieces at the price agreed for them, or that on file."""
    if of is None:
        return cart.adding(product, pieces, carrier, piece)
    return cart.adding_agreed(of, product, pieces, carrier, piece)
