"""Operations on the lines of the basket: scan, quantity, discount, price, note, void."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import AbstractContextManager
from dataclasses import replace
from fractions import Fraction

from pos.application.access.authorize import authorize
from pos.application.access.known_product import known_product
from pos.application.catalogue.resolve_scan import ResolvedScan, check_scanned_data, resolve_scan
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.returns.exchange_returns import ExchangeReturns
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.pickup_operations import PickupOperations, plain_or_agreed
from pos.application.sales.scan_warnings import CartonTaken, ScanWarnings
from pos.application.sales.serial_numbers import check_unsold
from pos.application.sales.stock_reservations import check_goods, check_piece
from pos.application.sales.voided_rows import VoidedRow, record_void
from pos.application.settings.settings import Settings
from pos.domain.catalogue.piece import NO_PIECE, Piece, SerialNumberTwice
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.pickup.pickup_code import is_pickup_scan
from pos.domain.pricing.discount import Discount
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import check_quantity
from pos.domain.sales.goods_for_sale import check_complete
from pos.domain.staff.staff import DiscountAboveLimit, Person


class CartLineOperations(PickupOperations):
    """The line operations of Checkout. An operation returns the new view, or raises and changes nothing."""

    _store: Store
    _now: Clock
    _till: str
    _key: str
    _read_scan: ReadScan
    _options: Settings

    @property
    @abstractmethod
    def _cart(self) -> Cart: ...

    @property
    @abstractmethod
    def _back(self) -> ExchangeReturns: ...

    @property
    @abstractmethod
    def _carrier(self) -> str | None: ...

    @abstractmethod
    def _beginning(self, *, keeps: bool = True) -> AbstractContextManager[None]:
        """Prepare the first step of a sale: settings, rates and promotions are read now, not when the previous customer
        left. A step that raises has begun nothing, nor one that only looks ahead: `keeps` is False.
        """

    @abstractmethod
    def _become(self, cart: Cart | None = None, voids: tuple[VoidedRow, ...] = ()) -> CheckoutView: ...

    def scan(self, text: str, quantity: int = 1) -> CheckoutView:
        """Add `quantity` of the goods that a scan names; the QR of a customer order opens it.

        Raises UnknownCode, BadCheckDigit, AsksWeight, PieceSold, …, and what `pick_up` raises.
        """
        if is_pickup_scan(text):
            return self.pick_up(text)
        label = self._read_scan(text)
        with self._beginning(), self._store.reading() as work:
            return self._with_warnings(
                *self._add(resolve_scan(work, label, self._options, self._now()), quantity, work)
            )

    def add(self, product_id: int, quantity: int = 1, grams: int | None = None) -> CheckoutView:
        """Add a product from the search or a quick key; goods by weight are one piece of `grams`."""
        with self._beginning(), self._store.reading() as work:
            product = known_product(work, product_id, self._now())
            return self._with_warnings(*self._add(ResolvedScan(product).weighing(grams), quantity, work))

    def add_at(self, price: Money, goods: str | int, quantity: int, person: Person) -> CheckoutView:
        """Add `goods`, the text of a scan or a product's id, at a price given by hand: an open one where none is on
        file. Needs the permission `price`.
        """
        with self._beginning():
            warnings, cart = self._at_price(price, goods, quantity)
            person.check("price")
            return self._with_warnings(warnings, cart)

    def cart_at(self, price: Money, goods: str | int, quantity: int) -> tuple[ScanWarnings, Cart]:
        """What `add_at` would make of the basket, with its warnings. Raises what a scan raises, and BadField."""
        with self._beginning(keeps=False):
            return self._at_price(price, goods, quantity)

    def _at_price(self, price: Money, goods: str | int, quantity: int) -> tuple[ScanWarnings, Cart]:
        label = None if isinstance(goods, int) else self._read_scan(goods)
        with self._store.reading() as work:
            if label is not None:
                named = resolve_scan(work, label, self._options, self._now(), is_open=True)
            else:
                assert isinstance(goods, int)
                named = ResolvedScan(known_product(work, goods, self._now()))
            return self._add(named, quantity, work, price)

    def _add(
        self, named: ResolvedScan, quantity: int, work: UnitOfWork, price: Money | None = None
    ) -> tuple[ScanWarnings, Cart]:
        product, piece, pieces = named.product, named.piece, named.pieces * quantity
        check_quantity(quantity)
        check_quantity(pieces)
        cart = self._cart
        check_complete(product, is_open=price is not None or self._agreed_for(product, pieces, cart) is not None)
        if piece is not NO_PIECE or self._options.marks_some or product.by_weight:
            check_scanned_data(product, piece, self._options.stock_policy(self._now()))
            cart.check_new(product, piece)
            if piece.is_single and pieces > 1:
                raise SerialNumberTwice(product.code, pieces)
            if piece.serial is not None and not self._back.brings(product.id, piece.serial):
                check_unsold(work, product, piece.serial, self._now(), self._key)
        warnings = self._check_goods(work, product, cart.quantity_of(product.id) + pieces, piece)
        if named.pieces > 1:
            warnings = (CartonTaken(product.code, quantity, named.pieces, pieces), *warnings)
        if price is not None:
            return warnings, cart.adding_at(price, product, pieces, self._carrier, piece)
        agreed = self._agreed_for(product, pieces, cart)
        return warnings, plain_or_agreed(cart, agreed, product, pieces, self._carrier, piece)

    def _with_warnings(self, warnings: ScanWarnings, cart: Cart) -> CheckoutView:
        view = self._become(cart=cart)
        return replace(view, warnings=warnings) if warnings else view

    def _check_goods(self, work: UnitOfWork, product: Product, quantity: int, piece: Piece = NO_PIECE) -> ScanWarnings:
        """Refuse more than is free, held for an order of this sale or coming back to the shelf with it; return warnings
        about the rest.
        """
        now = self._now()
        policy = self._options.stock_policy(now)
        elsewhere = self._back.to_shelf(product.id) + self._held(self._opened, product.id)
        warnings = check_goods(work, product, quantity - elsewhere, now, policy)
        if piece is NO_PIECE:
            return warnings
        return tuple(dict.fromkeys((*check_piece(work, product, piece, quantity, policy), *warnings)))

    def set_quantity(self, line_id: int, quantity: int) -> CheckoutView:
        cart = self._with_quantity(line_id, quantity)
        product = self._cart.line(line_id).product
        with self._store.reading() as work:
            warnings = self._check_goods(work, product, cart.quantity_of(product.id))
        return self._with_warnings(warnings, cart)

    def _with_quantity(self, line_id: int, quantity: int) -> Cart:
        """Another quantity in a row; of goods of a customer order what is beyond it costs what is on file."""
        line = self._cart.line(line_id)
        most = line.quantity + (0 if line.agreed is None else self._agreed_left(line.agreed, self._cart))
        if line.agreed is None or quantity <= most:
            return self._cart.with_quantity(line_id, quantity)
        check_quantity(quantity)
        check_complete(line.product)
        agreed = self._cart.with_quantity(line_id, most)
        return agreed.adding(line.product, quantity - most, line.carrier)

    def discount(self, line_id: int, given: Discount | None, person: Person) -> CheckoutView:
        """Discount one row by per cent or an amount (None removes it), up to the limit of the person's role.

        It replaces a promotion on the row; the basket discount applies on top.
        """
        cart = self._cart.with_discount(line_id, given)
        if given is not None:
            _check_discount(cart.given_away(cart.line(line_id)) * 100, person)
        return self._become(cart=cart)

    def discount_basket(self, given: Discount | None, person: Person) -> CheckoutView:
        """Discount the whole basket by per cent or an amount (None removes it), on top of the row discounts."""
        self._cart.check_not_empty()
        cart = self._cart.with_basket_discount(given)
        if given is not None:
            _check_discount(cart.most_given_away, person)
        return self._become(cart=cart)

    def set_price(self, line_id: int, price: Money | None, person: Person) -> CheckoutView:
        """Set another unit price in one row (None restores the catalogue's). Needs the permission `price`."""
        cart = self._cart.with_price(line_id, price)
        if cart.line(line_id).catalogue is not None:
            person.check("price")
        return self._become(cart=cart)

    def note(self, line_id: int | None, text: str) -> CheckoutView:
        """Attach a line of text to one row, or to the whole sale (None); the receipt prints it."""
        return self._become(cart=self._cart.with_note(line_id, text))

    def void(self, line_id: int, person: Person) -> CheckoutView:
        """Remove one row; the journal records who did it."""
        line = self._cart.line(line_id)
        with self._store.begin() as work:
            who = authorize(work, person, "sell").name
            row = record_void(work, line, line.quantity, who, self._now(), self._till)
            work.commit()
        return self._become(cart=self._cart.without(line_id), voids=(row,))

    def refresh(self, product_id: int) -> CheckoutView:
        """Update the rows of a product with the details added since the scan; prices stay those of the scan."""
        with self._store.reading() as work:
            product = known_product(work, product_id, self._now())
        return self._become(cart=self._cart.knowing(product))


def _check_discount(percent: Fraction, person: Person) -> None:
    limit = person.discount_limit
    if percent > limit:
        raise DiscountAboveLimit("discount", person.name, percent, limit)
