"""Dated prices: set from now or from an instant, and withdrawn while they are pending."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.access.known_product import known_product
from pos.application.ports.catalogue_ports import Changed
from pos.application.ports.pricing_ports import DatedPrice
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_card import price_text
from pos.domain.errors import BadField, BadInput, MovedMeanwhile, Refused
from pos.domain.money import Currency, Money
from pos.domain.staff.staff import Person

RIGHT, FIRST_RIGHT = "price", "catalogue"
_HIGHEST = 999_999_999
_ALL = 1_000_000
_INSTANT = timedelta(microseconds=1)
"""The resolution of instants in the store."""


@dataclass(eq=False)
class NoSuchPrice(BadInput):
    """The product has no pending price from this instant."""

    fact = "no_such_price"

    code: str
    since: datetime
    field: str = "from"


@dataclass(eq=False)
class PriceInForce(Refused):
    """The price is in force: it can be replaced but not withdrawn."""

    fact = "price_in_force"

    code: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PriceBoard:
    """The prices of a product: `product` has the one in force, valid since `since` (None: from the beginning).

    `first` is the undated price before the dated ones; `past` and `coming` are sorted by date. `has_earlier`: there
    were prices before those of `past`.
    """

    product: Product
    since: datetime | None
    first: Money | None
    past: tuple[DatedPrice, ...]
    coming: tuple[DatedPrice, ...]
    has_earlier: bool = False


class SetPrice(UseCase):
    """Sets the price of a product from an instant on. Open baskets keep their prices.

    Needs the permission that `check_right` asks for.
    """

    def __call__(
        self,
        product_id: int,
        price: Money,
        person: Person,
        since: datetime | None = None,
        seen: PriceBoard | None = None,
    ) -> PriceBoard:
        """Record a price; without `since` it is valid from now.

        Raises BadField, UnknownCode, NotAllowed, and MovedMeanwhile where it would take the place of a scheduled price
        that is not on the board that the person has `seen`.
        """
        at, currency = self.now(), self.settings().price
        with authorized_write(self.store, person) as (work, person):
            product = known_product(work, product_id, at)
            coming = work.prices.to_come(product_id, at)
            is_planned = since is not None and since > at and bool(coming)
            check_right(person, is_first=product.price is None and not is_planned)
            if seen is not None and any(one.since == since and one not in seen.coming for one in coming):
                raise MovedMeanwhile
            record_price(work, product, check_price(price, currency), since, person, at, self.till)
            work.commit()
        return self.board(product_id, person)

    def withdraw(self, product_id: int, since: datetime, person: Person) -> PriceBoard:
        """Withdraw a pending price. Raises NoSuchPrice, PriceInForce, NotAllowed."""
        at = self.now()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            product = known_product(work, product_id, at)
            dated = next((one for one in work.prices.of(product_id) if one.since == since), None)
            if dated is None:
                raise NoSuchPrice(product.code, since)
            if since <= at:
                raise PriceInForce(product.code, since)
            work.prices.withdraw(product_id, since)
            work.history.write([Changed(product_id, "price_to_come", detail(dated), None)], at, person.name)
            work.journal.write(at, self.till, person.name, "withdraw_price", journaled(product, dated))
            work.commit()
        return self.board(product_id, person)

    def board(self, product_id: int, person: Person, most_past: int = _ALL) -> PriceBoard:
        """The prices of a product, with the newest `most_past` of the past ones. Needs the permission `catalogue`.

        Raises UnknownCode, NotAllowed.
        """
        at = self.now()
        with authorized_read(self.store, person, FIRST_RIGHT) as work:
            product = known_product(work, product_id, at)
            held, first = work.prices.held(product_id, at, most_past + 1), work.prices.own(product_id)
            coming = tuple(work.prices.to_come(product_id, at))
        since, past = held[0].since if held else None, tuple(reversed(held[:most_past]))
        return PriceBoard(product, since, first, past, coming, has_earlier=len(held) > most_past)

    def earlier(self, board: PriceBoard, person: Person, limit: int) -> PriceBoard:
        """The same board with at most `limit` more of the earlier prices. Raises NotAllowed."""
        until = board.past[0].since - _INSTANT if board.past else self.now()
        with authorized_read(self.store, person, FIRST_RIGHT) as work:
            held = work.prices.held(board.product.id, until, limit + 1)
        return replace(board, past=(*reversed(held[:limit]), *board.past), has_earlier=len(held) > limit)


def check_right(person: Person, *, is_first: bool) -> None:
    """The first price of a product needs the permission to add products; a changed price needs `price`.

    Raises NotAllowed.
    """
    person.check(FIRST_RIGHT if is_first else RIGHT)


def check_price(price: Money, currency: Currency) -> Money:
    """A valid price: above zero, in the price currency. Raises BadField."""
    if price.currency != currency:
        raise BadField("price", "not_one_of", price.currency.code)
    if price.minor <= 0:
        raise BadField("price", "not_positive", str(price))
    if price.units > _HIGHEST:
        raise BadField("price", "out_of_range", str(price))
    return price


def record_price(
    work: UnitOfWork, product: Product, price: Money, since: datetime | None, person: Person, at: datetime, till: str
) -> bool:
    """Store a checked price of a product as it is `at` now, with its history and journal entry; returns whether it
    differs.

    Raises BadField for an instant in the past.
    """
    if since is not None and since < at:
        raise BadField("from", "in_the_past", since.isoformat())
    from_now = since is None or since == at
    if from_now and product.price == price:
        return False
    dated = DatedPrice(price, at if since is None else since, person.name, at)
    if from_now:
        change = Changed(product.id, "price", price_text(product.price), price_text(price))
    else:
        replaced = next((detail(one) for one in work.prices.to_come(product.id, at) if one.since == since), None)
        change = Changed(product.id, "price_to_come", replaced, detail(dated))
    work.prices.set(product.id, dated)
    work.history.write([change], at, person.name)
    work.journal.write(at, till, person.name, "set_price", journaled(product, dated))
    return True


def journaled(product: Product, dated: DatedPrice) -> dict[str, object]:
    """A dated price as journal details."""
    return {
        "product": product.id,
        "code": product.code,
        "price": str(dated.price),
        "currency": dated.price.currency.code,
        "since": dated.since.isoformat(),
    }


def detail(dated: DatedPrice) -> str:
    """A scheduled price in the history of its product."""
    return f"{price_text(dated.price)} {dated.since.isoformat()}"
