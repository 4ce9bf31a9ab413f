"""Value added tax that a price includes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from pos.domain.errors import BadField
from pos.domain.money import Money

HIGHEST_VAT = 50


def vat_in(amount: Money, rate: Decimal | None) -> Money:
    """The tax that is in `amount` at `rate` per cent, rounded half-up; nothing in what is tax free (None)."""
    if rate is None:
        return Money.zero(amount.currency)
    return Money.rounded(amount.units * Fraction(rate) / (100 + Fraction(rate)), amount.currency)


def check_vat(rate: Decimal, field: str = "vat") -> Decimal:
    """Return the rate in its shortest form (12.0 is 12), or refuse what is no rate of a tax."""
    if not rate.is_finite() or not 0 <= rate <= HIGHEST_VAT:
        raise BadField(field, "out_of_range", str(rate))
    return Decimal(format(rate.normalize(), "f"))


def by_rate(taxed: Iterable[tuple[Decimal | None, Money]]) -> tuple[tuple[Decimal, Money], ...]:
    """The sum of the tax of each rate, the lowest rate first; what is tax free is not there."""
    sums: dict[Decimal, Money] = {}
    for rate, tax in taxed:
        if rate is not None:
            sums[rate] = sums[rate] + tax if rate in sums else tax
    return tuple(sorted(sums.items()))
