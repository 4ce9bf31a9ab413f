"""What the shop takes off by itself for a time: per cent, an amount off each piece, or n pieces for the price of m."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import prod

from pos.domain.catalogue.category import covers, is_scope
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, Refused
from pos.domain.money import Money

LONGEST_NAME = 60
MOST_TAKEN = 20
_MOST_STATES = 400
"""Bundles that share goods are weighed together, each by how many pieces of it are open: so many states at most."""


@dataclass(eq=False)
class NoSuchPromotion(Refused):
    """There is no promotion with this number."""

    fact = "no_such_promotion"

    promotion: int


@dataclass(eq=False)
class PromotionOver(Refused):
    """The promotion was ended before, or its time is over."""

    fact = "promotion_over"

    promotion: int


@dataclass(eq=False)
class PromotionBegun(Refused):
    """The promotion has begun: sales refer to it, and it can only be ended."""

    fact = "promotion_begun"

    promotion: int


@dataclass(frozen=True, slots=True)
class Promotion:
    """From `since` to before `until` (None: until it is ended) on goods of `scope`, or on the product with `code`.

    One of `percent`, `amount` (off each piece) and `take` with `pay` is set: take 3, pay 2. `ended_at` is when
    it was ended before its time.
    """

    id: int
    name: str
    since: datetime
    until: datetime | None = None
    scope: str = "*"
    code: str | None = None
    percent: Decimal | None = None
    amount: Money | None = None
    take: int | None = None
    pay: int | None = None
    ended_at: datetime | None = None

    @property
    def kind(self) -> str:
        """`percent`, `amount` or `bundle`."""
        if self.take is not None:
            return "bundle"
        return "percent" if self.percent is not None else "amount"

    @property
    def size(self) -> int:
        """How many pieces a bundle has."""
        assert self.take is not None
        return self.take

    @property
    def paid(self) -> int:
        """How many pieces of a bundle are paid."""
        assert self.pay is not None
        return self.pay

    def runs_at(self, instant: datetime) -> bool:
        """Whether it holds at `instant`."""
        over = self.ended_at is not None and self.ended_at <= instant
        return not over and self.since <= instant and not self.is_over(instant)

    def has_begun(self, instant: datetime) -> bool:
        """Whether its first instant has passed: sales may refer to it from then on."""
        return self.since <= instant

    def check_running(self, instant: datetime) -> None:
        """Refuse one that is over: PromotionOver."""
        if self.is_over(instant):
            raise PromotionOver(self.id)

    def check_changeable(self, instant: datetime) -> None:
        """Refuse one that is over or has begun: PromotionOver, PromotionBegun."""
        self.check_running(instant)
        if self.has_begun(instant):
            raise PromotionBegun(self.id)

    def is_over(self, instant: datetime) -> bool:
        """Whether its time has passed or it was ended."""
        ends = [end for end in (self.until, self.ended_at) if end is not None]
        return bool(ends) and min(ends) <= instant

    def covers(self, product: Product) -> bool:
        """Whether it is about this product."""
        if self.code is not None:
            return self.code in product.codes
        return product.category is not None and covers(self.scope, product.category)

    def off_a_piece(self, price: Money) -> Money:
        """What it takes off one piece at `price`; nothing alone where pieces must come together."""
        if self.percent is not None:
            return Money.rounded(price.units * Fraction(self.percent) / 100, price.currency)
        if self.amount is not None and self.amount.currency == price.currency:
            return min(self.amount, price)
        return Money.zero(price.currency)

    def check(self) -> None:
        """Refuse what can be no promotion, naming the field."""
        if not self.name.strip() or len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise BadField("name", "not_a_text", self.name[:40])
        if self.code is None and not is_scope(self.scope):
            raise BadField("category", "unknown", self.scope[:40])
        if self.until is not None and self.until <= self.since:
            raise BadField("to", "not_later", self.until.isoformat())
        kinds = [self.percent is not None, self.amount is not None, self.take is not None or self.pay is not None]
        if sum(kinds) != 1:
            raise BadField("percent", "one_of_three")
        if self.percent is not None and not (self.percent.is_finite() and 0 < self.percent <= 100):
            raise BadField("percent", "out_of_range", str(self.percent))
        if self.amount is not None and self.amount.minor <= 0:
            raise BadField("amount", "not_positive", str(self.amount))
        if kinds[2] and not (self.take and self.pay and 1 <= self.pay < self.take <= MOST_TAKEN):
            raise BadField("take", "out_of_range", f"{self.take} : {self.pay}")


@dataclass(frozen=True, slots=True)
class Promoted:
    """What one promotion took off a row: off so many of its pieces so much in all."""

    promotion: int
    name: str
    pieces: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ApplicablePromotions:
    """What holds for a product at a price: the best for a single piece and what it takes off, and the bundles."""

    single: Promotion | None
    single_off: Money
    bundles: tuple[Promotion, ...]

    def __bool__(self) -> bool:
        return self.single is not None or bool(self.bundles)

    def alone(self, pieces: int) -> tuple[Promoted, ...]:
        """What is taken off so many pieces where no bundle wants them."""
        if self.single is None:
            return ()
        return (Promoted(self.single.id, self.single.name, pieces, self.single_off * pieces),)


class Offers:
    """The promotions of one sale, eldest first. What holds for a product is looked up once."""

    __slots__ = ("_chosen", "promotions")

    def __init__(self, promotions: Sequence[Promotion] = ()) -> None:
        self.promotions = tuple(sorted(promotions, key=lambda promotion: promotion.id))
        self._chosen: dict[tuple[int, str | None, int], ApplicablePromotions] = {}

    def __bool__(self) -> bool:
        return bool(self.promotions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Offers) and self.promotions == other.promotions

    def __hash__(self) -> int:
        return hash(self.promotions)

    def of(self, product: Product, price: Money) -> ApplicablePromotions:
        """The promotions that are about a product at this price; of equals the eldest is the best."""
        key = product.id, product.category, price.minor
        chosen = self._chosen.get(key)
        if chosen is None:
            chosen = self._chosen[key] = self._choose(product, price)
        return chosen

    def _choose(self, product: Product, price: Money) -> ApplicablePromotions:
        best, best_off = None, Money.zero(price.currency)
        mine = [promotion for promotion in self.promotions if promotion.covers(product)]
        for promotion in mine:
            off = promotion.off_a_piece(price)
            if off > best_off:
                best, best_off = promotion, off
        return ApplicablePromotions(
            best, best_off, tuple(promotion for promotion in mine if promotion.take is not None)
        )


def weighable(bundles: Sequence[Promotion]) -> tuple[Promotion, ...]:
    """The bundles, eldest first, that can be weighed against each other exactly; more never claim the same goods."""
    kept: list[Promotion] = []
    for bundle in sorted(bundles, key=lambda bundle: bundle.id):
        if prod(one.size for one in (*kept, bundle)) <= _MOST_STATES:
            kept.append(bundle)
    return tuple(kept)


NO_OFFERS = Offers()
