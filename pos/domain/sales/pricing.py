"""What each row costs: its price, what promotions or a hand took off it, and its share of the basket's discount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from pos.domain.money import Money, half_up, total
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Offers
from pos.domain.sales.best_offers import best_offers
from pos.domain.sales.cart_line import CartLine


def priced(lines: Sequence[CartLine], offers: Offers, basket: Discount | None) -> tuple[CartLine, ...]:
    """The rows with what the promotions take off them, and then their shares of the basket's discount."""
    if offers or any(line.promotions for line in lines):
        promoted = best_offers(lines, offers)
        lines = [
            line if line.promotions == one else replace(line, promotions=one) for line, one in zip(lines, promoted)
        ]
    if basket is not None or any(line.share is not None for line in lines):
        lines = _sharing(lines, basket)
    return tuple(lines)


def _sharing(lines: Sequence[CartLine], basket: Discount | None) -> list[CartLine]:
    if basket is None or not lines:
        return [replace(line, share=None) for line in lines]
    nets = [line.net for line in lines]
    shares = spread(basket.off(total(nets, nets[0].currency)), nets)
    return [line if line.share == share else replace(line, share=share) for line, share in zip(lines, shares)]


def spread(off: Money, over: Sequence[Money]) -> list[Money]:
    """`off` shared over amounts, each by what it is of their sum, to the last minor unit and none below zero.

    Running: a share is what is due up to here less what was given before. So the parts of an amount that was split
    have together the share that it had.
    """
    whole = sum(amount.minor for amount in over)
    shares: list[Money] = []
    seen = given = 0
    for amount in over:
        seen += amount.minor
        due = half_up(Fraction(off.minor * seen, whole)) if whole else 0
        shares.append(Money(due - given, off.currency))
        given = due
    return shares
