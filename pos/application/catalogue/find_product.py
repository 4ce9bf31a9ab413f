"""Find products by code or by part of a name in any script; show one; complete an incomplete one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pos.application.access.authorize import authorized_write
from pos.application.access.known_product import known_product
from pos.application.catalogue.catalogue_text import clean
from pos.application.catalogue.resolve_scan import scale_article
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.pricing.set_price import check_price, check_right
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.barcode import BadCode, read_code
from pos.domain.catalogue.category import leaf
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.catalogue.product_fields import BY_NAME, NAMES, check_weights, value_of
from pos.domain.errors import MovedMeanwhile
from pos.domain.money import Money
from pos.domain.pricing.promotion import NO_OFFERS, Offers, Promoted
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person

_NONE = Attributes()
_NO_DETAILS: Mapping[str, str] = {}
_NAMES = tuple(field.name for field in fields(Attributes))


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """A product with its stock, and the promotions that hold now."""

    product: Product
    on_hand: int
    offers: Offers = NO_OFFERS

    @property
    def promoted(self) -> Promoted | None:
        """What a promotion takes off a piece; off a kilogram it is known only where it is a percentage."""
        if self.product.price is None:
            return None
        single = self.offers.of(self.product, self.product.price).single
        if self.product.by_weight and (single is None or single.percent is None):
            return None
        return self.promoted_at(self.product.price)

    def promoted_at(self, price: Money) -> Promoted | None:
        """What a promotion takes off one piece at `price`, such as the price of its weight."""
        return next(iter(self.offers.of(self.product, price).alone(1)), None)

    @property
    def price(self) -> Money | None:
        """What a single piece is sold at now; None for a product without a price."""
        price = self.product.price
        return price if price is None or self.promoted is None else price - self.promoted.amount


class FindProduct(UseCase):
    """Search the whole catalogue, a page at a time; nothing is preloaded."""

    def __call__(
        self, text: str, limit: int = 20, offset: int = 0, offers: Offers | None = None
    ) -> Sequence[FoundProduct]:
        """Products that match, best first; `offers` are those of the sale they would be added to, else those of now."""
        with self.store.reading() as work:
            at = self.now()
            rows = work.products.find(text[:100], at, limit, offset)
            on_hand = work.stock.on_hand_of([product.id for product in rows])
            if offers is None:
                offers = Offers(work.promotions.at(at)) if rows else Offers()
            return [FoundProduct(one, on_hand.get(one.id, 0), offers) for one in rows]

    def show(self, code: str, offers: Offers | None = None) -> FoundProduct:
        """The product of a code, or of a scale's code; `offers` as above. Raises UnknownCode, BadCheckDigit."""
        read, at = read_code(code), self.now()
        with self.store.reading() as work:
            product = work.products.by_code(read.canonical, at)
            if product is None:
                article = scale_article(read, Settings.read(work.settings.all()))
                product = None if article is None else work.products.by_code(article.canonical, at)
            if product is None:
                raise UnknownCode(read.canonical)
            if offers is None:
                offers = Offers(work.promotions.at(at))
            return FoundProduct(product, work.stock.on_hand(product.id), offers)

    def by_id(self, product_id: int) -> Product:
        """The product with this number. Raises UnknownCode."""
        with self.store.reading() as work:
            return known_product(work, product_id, self.now())

    def knows(self, text: str) -> bool:
        """Whether `text` is the code of goods of this shop."""
        try:
            self.show(text)
        except (BadCode, UnknownCode):
            return False
        return True

    def with_codes(self, codes: Sequence[str]) -> Sequence[Product]:
        """The products with these codes, in order, without unknown codes."""
        at = self.now()
        with self.store.reading() as work:
            products = (work.products.by_code(code, at) for code in codes)
            return [product for product in products if product is not None]


class FillInProduct(UseCase):
    """Gives an incomplete product its category, its price or a customs attribute."""

    def __call__(
        self,
        product_id: int,
        person: Person,
        category: str | None = None,
        price: Money | None = None,
        attributes: Attributes = _NONE,
        seen: Product | None = None,
        papers: Mapping[str, str] = _NO_DETAILS,
    ) -> Product:
        """Set the given fields; None leaves a field as it is. `seen` is the product as the person saw it.
        `papers` are fields that papers for the border want, by their names.

        Needs the permission `catalogue`, and `price` to change an existing price. Raises NotAllowed, BadField, and
        MovedMeanwhile where another one has filled in the same field since it was `seen`.
        """
        person.check("catalogue")
        if category is not None:
            leaf(category)
        if price is not None:
            check_price(price, self.settings().price)
        for name in _NAMES:
            BY_NAME[name].check(getattr(attributes, name))
        papers = {name: BY_NAME[name].tidy(clean(text)) for name, text in papers.items() if text}
        at = self.now()
        with authorized_write(self.store, person, "catalogue") as (work, person):
            product = known_product(work, product_id, at)
            if seen is not None:
                _check_seen(product, seen, category, price, attributes, papers)
            if price is not None and price != product.price:
                check_right(person, is_first=product.price is None)
            after = product.attributes.updated(attributes)
            if after != product.attributes:
                check_weights(after)
            names = {name.removeprefix("name_"): text for name, text in papers.items() if name in NAMES}
            own: dict[str, Any] = {name: text for name, text in papers.items() if name not in NAMES}
            row = GoodsRow(product.code, product.name, names, category, price, attributes, None, **own)
            if work.products.change(product_id, row, at, person.name):
                details = {"code": product.code, "category": category, "price": None if price is None else str(price)}
                work.journal.write(at, self.till, person.name, "fill_in_product", details)
            work.commit()
        with self.store.reading() as work:
            filled = work.products.by_id(product_id, at)
            assert filled is not None
            return filled


def _check_seen(
    now: Product,
    seen: Product,
    category: str | None,
    price: Money | None,
    attributes: Attributes,
    papers: Mapping[str, str],
) -> None:
    """Refuse to overrule what another one has filled in since the product was `seen`."""
    given: list[tuple[object, object, object]] = [
        (category, now.category, seen.category),
        (price, now.price, seen.price),
        *(
            (getattr(attributes, name), getattr(now.attributes, name), getattr(seen.attributes, name))
            for name in _NAMES
        ),
        *((text, value_of(now, name) or None, value_of(seen, name) or None) for name, text in papers.items()),
    ]
    if any(new is not None and is_now not in (was, new) for new, is_now, was in given):
        raise MovedMeanwhile
