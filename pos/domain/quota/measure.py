"""How much of a rule goods use: lines of a carry-out, measured exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pos.domain.catalogue.category import covers
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.domain.quota.rule import Exact, Scope

_NOTHING = Fraction(0)
_WEAKEST_ALCOHOL = Decimal("0.5")
"""Per cent by volume: up to here a drink is no alcohol (quota.md, section 5)."""
_UNKNOWN = Attributes()


@dataclass(eq=False)
class NoQuotaRate(BadInput):
    """A price stands in a currency for which there is no rate into the regime's currency."""

    fact = "no_quota_rate"

    currency: str
    field: str = "currency"


@dataclass(frozen=True, slots=True)
class QuotaRates:
    """What one unit of each currency is worth in `base`, frozen for one judgement."""

    base: str
    per_unit: Mapping[str, Fraction] = field(default_factory=dict)

    def worth(self, currency: str, target: str) -> Fraction:
        """What one unit of `currency` is worth in `target`; raises NoQuotaRate."""
        if currency == target:
            return Fraction(1)
        return self._in_base(currency) / self._in_base(target)

    def _in_base(self, currency: str) -> Fraction:
        if currency == self.base:
            return Fraction(1)
        if currency not in self.per_unit:
            raise NoQuotaRate(currency)
        return self.per_unit[currency]


@dataclass(frozen=True, slots=True)
class Goods:
    """One line: `quantity` equal units at `unit_price`, less `discount` on the whole line.

    `taxed_units` counts the units on which duty was paid when the line was carried out.
    """

    name: str
    category: str
    quantity: int
    unit_price: Fraction
    currency: str
    discount: Fraction = _NOTHING
    attributes: Attributes = _UNKNOWN
    taxed_units: int = 0

    @classmethod
    def sold(
        cls,
        name: str,
        category: str,
        quantity: int,
        unit_price: Money,
        discount: Money | None = None,
        attributes: Attributes = _UNKNOWN,
        taxed_units: int = 0,
    ) -> Goods:
        """A line of a sale, whose prices are Money of one currency."""
        off = _NOTHING if discount is None else discount.units
        return cls(name, category, quantity, unit_price.units, unit_price.currency.code, off, attributes, taxed_units)


class ItemOrigin(NamedTuple):
    """Where a line stands: in the basket, or in sale `history` of the visitor's past."""

    line: int
    history: int | None = None


OF_THE_VISITOR = frozenset({"birth_date", "residence"})
"""The attributes that a visitor may lack, and not their goods."""


class UnknownAttribute(NamedTuple):
    """An attribute that a rule needs and the line (or the visitor) lacks."""

    origin: ItemOrigin
    attribute: str

    @property
    def is_of_earlier_goods(self) -> bool:
        """Whether goods bought before lack it, and not those of the basket."""
        return self.origin.history is not None and self.attribute not in OF_THE_VISITOR


class QuotaItem(NamedTuple):
    """Equal units from one line; `value` is the price paid for all of them in the regime's currency."""

    origin: ItemOrigin
    category: str
    quantity: int
    value: Exact
    attributes: Attributes

    def of(self, measure: str) -> Exact | None:
        """The measure of all its units; None where the goods have no value for it."""
        if measure == "value":
            return self.value
        one = one_of(self.attributes, measure)
        return one if one is None or self.quantity == 1 else one * self.quantity

    def units(self, quantity: int) -> QuotaItem:
        """The same goods, `quantity` units of them."""
        if quantity == self.quantity:
            return self
        if not quantity:
            return self._replace(quantity=0, value=0)
        return self._replace(quantity=quantity, value=Fraction(self.value * quantity, self.quantity))


def one_of(attributes: Attributes, measure: str) -> Exact | None:
    """The measure of one unit, other than its value; a unit is one piece where nothing else is said."""
    amount: Decimal | int | None = getattr(attributes, measure)
    if amount is None:
        return 1 if measure == "pieces" else None
    return amount if isinstance(amount, int) else exact(amount)


@lru_cache(maxsize=4_096)
def exact(amount: Decimal) -> Exact:
    """The same number as an int where it is whole; weights and strengths on packages are few and come back."""
    top, bottom = amount.as_integer_ratio()
    return top if bottom == 1 else Fraction(top, bottom)


def inside(scope: Scope, lot: QuotaItem) -> bool | None:
    """Whether the goods lie in `scope`; None where a strength would decide it and is not on file."""
    if lot.category not in scope.leaves:
        return False
    if scope.strength is None:
        return True
    abv = lot.attributes.abv
    return None if abv is None else scope.strength.admits(exact(abv))


def _category(goods: Goods) -> str:
    """What rules know the goods as: beer without alcohol is a drink, or it would lie under no rule at all."""
    abv = goods.attributes.abv
    weak = abv is not None and abv <= _WEAKEST_ALCOHOL and covers("alcohol", goods.category)
    return "drink" if weak else goods.category


class Scales:
    """Weighs lines in one regime's currency; the rates are looked up once."""

    __slots__ = ("_currency", "_factors", "_rates")

    def __init__(self, rates: QuotaRates, currency: str) -> None:
        self._rates = rates
        self._currency = currency
        self._factors: dict[str, Fraction] = {}

    def lot(self, origin: ItemOrigin, goods: Goods, exempt_only: bool = False) -> QuotaItem:
        """The whole line as a lot, or its units that went out exempt; raises NoQuotaRate."""
        quantity = goods.quantity
        value = goods.unit_price if quantity == 1 else goods.unit_price * quantity
        if goods.discount:
            value -= goods.discount
        if goods.currency != self._currency:
            value *= self._factor(goods.currency)
        lot = QuotaItem(origin, _category(goods), quantity, value, goods.attributes)
        return lot.units(quantity - goods.taxed_units) if exempt_only and goods.taxed_units and quantity else lot

    def in_currency(self, amount: Fraction, currency: str) -> Fraction:
        """An amount of the regime's currency in another one; raises NoQuotaRate."""
        return amount / self._factor(currency)

    def _factor(self, currency: str) -> Fraction:
        factor = self._factors.get(currency)
        if factor is None:
            factor = self._factors[currency] = self._rates.worth(currency, self._currency)
        return factor
