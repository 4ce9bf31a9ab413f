"""What an order comes to: a total of each currency, and how many of its lines have no cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pos.domain.money import CURRENCIES, Money


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """The cost of the lines whose cost is known: `amounts` in the order of currencies, one of each, never mixed.

    `without_cost` counts the other lines: with any, each total is the least that the order comes to.
    """

    amounts: tuple[Money, ...] = ()
    without_cost: int = 0

    @property
    def is_known(self) -> bool:
        """Whether the cost of any line is known."""
        return bool(self.amounts)

    @property
    def is_complete(self) -> bool:
        """Whether the cost of every line is known."""
        return not self.without_cost

    def in_currency(self, code: str) -> Money | None:
        """The total of one currency, None where no line has a cost in it."""
        return next((amount for amount in self.amounts if amount.currency.code == code), None)

    @classmethod
    def of(cls, lines: Iterable[tuple[int, Money | None]]) -> OrderTotals:
        """Add up pieces and the cost of one of each line; lines without pieces are no part of an order."""
        minor: dict[str, int] = {}
        without = 0
        for pieces, cost in lines:
            if not pieces:
                continue
            if cost is None:
                without += 1
            else:
                minor[cost.currency.code] = minor.get(cost.currency.code, 0) + pieces * cost.minor
        return cls.by_currency(minor, without)

    @classmethod
    def by_currency(cls, minor: Mapping[str, int], without_cost: int) -> OrderTotals:
        """The totals of sums in minor units by the code of their currency."""
        amounts = tuple(Money(minor[code], one) for code, one in CURRENCIES.items() if code in minor)
        return cls(amounts, without_cost)


NO_TOTALS = OrderTotals()
"""Of an order without lines."""
