"""Made-up visitors of a center: who buys where, and the goods that they carry to a counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from pos.application.center.requests import Person, RulesUsed
from pos.domain.catalogue.product import Attributes
from pos.domain.center.ledger import LedgerGoods
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import Regime

MOST_SHOPS = 6
"""In so many shops a visitor buys at most."""
_NEARBY = 12
"""Visitors who are in the shops of a center at one time: they meet at its tills."""
_BOTTLE = Attributes(ml=Decimal(500), abv=Decimal(40), gross_kg=Decimal(1))


@dataclass(frozen=True, slots=True)
class CenterPlan:
    """Customers of each till, the visitors of the center, and its shops; the seed makes them the same each time."""

    sales: int
    people: int
    shops: int
    seed: int
    regime: Regime
    digest: str
    run: str = "sim"
    """Tells the documents and sales of one simulation from those of another."""
    _guests: dict[int, list[int]] = field(default_factory=dict, repr=False)

    @property
    def rules(self) -> RulesUsed:
        """The rules by which every till judges."""
        return RulesUsed(self.regime.id, self.digest)

    def guests(self, shop: int) -> Sequence[int]:
        """The visitors who buy in a shop, of those from 0 to `shops - 1`: in the order in which they come."""
        if not self._guests:
            self._guests.update({each: [] for each in range(self.shops)})
            for person in range(self.people):
                dice = Random(f"{self.seed} person {person}")
                for each in dice.sample(range(self.shops), dice.randint(1, min(MOST_SHOPS, self.shops))):
                    self._guests[each].append(person)
        return self._guests[shop] or range(min(self.people, 1))

    def guest(self, shop: int, number: int, dice: Random) -> int:
        """Who comes as customer `number`: all shops are visited by the same people at about the same time."""
        guests = self.guests(shop)
        at = number * len(guests) // max(self.sales, 1) + dice.randrange(-_NEARBY, _NEARBY + 1)
        return guests[min(max(at, 0), len(guests) - 1)]

    def document(self, person: int) -> str:
        """What stands for the number of a person's document."""
        return f"{self.run} {self.seed} visitor {person}"

    def person(self, document: str) -> int:
        """Whose document it is."""
        return int(document.rpartition(" ")[2])

    def basket(self, dice: Random) -> tuple[LedgerGoods, ...]:
        """One to three lines: goods that their value alone counts for, and bottles."""
        return tuple(self._line(number, dice) for number in range(1, dice.choice((1, 1, 2, 3)) + 1))

    def _line(self, number: int, dice: Random) -> LedgerGoods:
        currency = self.regime.currency.code
        rates = QuotaRates(currency, {})
        if dice.random() < 0.3:
            price = Fraction(dice.randrange(50, 400))
            bottles = Goods("", "alcohol.spirit", dice.randint(1, 2), price, currency, Fraction(0), _BOTTLE)
            return LedgerGoods(number, bottles, rates)
        price = Fraction(dice.randrange(2_000, 300_000), 100)
        return LedgerGoods(number, Goods("", "perfume", dice.randint(1, 2), price, currency), rates)


def person_of(number: int, residence: str) -> Person:
    """A grown-up who lives on the side to which the goods go; always the same for a number."""
    return Person(date(1960 + number % 40, 1 + number % 12, 1 + number % 28), None, residence)
