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
    if any(line.agreed is not None for line in lines):
        lines = _as_agreed(lines, offers)
    elif offers or any(line.promotions for line in lines):
        promoted = best_offers(lines, offers)
        lines = [
            line if line.promotions == one else replace(line, promotions=one) for line, one in zip(lines, promoted)
        ]
    if basket is not None or any(line.share is not None for line in lines):
        lines = _sharing(lines, basket)
    return tuple(lines)


def _as_agreed(lines: Sequence[CartLine], offers: Offers) -> list[CartLine]:
    """The rows with promotions, some of them of customer orders.

    The agreed price stays, whatever the price on file is by now. Where today's price with its promotions comes to less,
    the buyer gets that: all such rows are tried so, and those that would not gain are taken out, until each one gains.
    A row gains nothing by what a promotion would then take off the other rows less.
    """
    apart = _with_promotions([_at_agreed(line) for line in lines], offers)
    gaining = {index for index, line in enumerate(lines) if _may_gain(line, offers)}
    while True:
        tried = [_at_today(line) if index in gaining else line for index, line in enumerate(lines)]
        promoted = best_offers(tried, offers)
        vain = {
            index
            for index in gaining
            if not promoted[index]
            or replace(tried[index], promotions=promoted[index]).amount >= _at_agreed(lines[index]).amount
        }
        if not vain:
            break
        gaining -= vain
    together = [
        replace(tried[index], promotions=promoted[index], agreed=line.agreed)
        if index in gaining
        else replace(_at_agreed(line), promotions=promoted[index])
        for index, line in enumerate(lines)
    ]
    return together if _net(together) < _net(apart) else apart


def _with_promotions(lines: Sequence[CartLine], offers: Offers) -> list[CartLine]:
    return [replace(line, promotions=one) for line, one in zip(lines, best_offers(lines, offers), strict=True)]


def _net(lines: Sequence[CartLine]) -> int:
    return sum(line.net.minor for line in lines)


def _may_gain(line: CartLine, offers: Offers) -> bool:
    """Whether a row of an order may cost less by promotions; not one to which a hand gave a price or a discount."""
    by_hand = line.discount is not None or line.catalogue is not None
    return bool(offers) and line.agreed is not None and not by_hand and line.product.price is not None


def _at_today(line: CartLine) -> CartLine:
    assert line.product.price is not None, "_may_gain was asked"
    price = line.piece.unit_price(line.product.price)
    return replace(line, unit_price=price, promotions=(), share=None, agreed=None)


def _at_agreed(line: CartLine) -> CartLine:
    """A row at its agreed price, without promotions; at the price given by hand where there is one."""
    if line.agreed is None:
        return line
    price = line.unit_price if line.catalogue is not None else line.agreed.price
    return replace(line, unit_price=price, promotions=(), share=None)


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
