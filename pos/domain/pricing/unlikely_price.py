"""Whether a price that replaces another one looks like a slip of the keyboard."""

from __future__ import annotations

from pos.domain.money import Money

_TIMES = 10


def is_unlikely_price(before: Money, after: Money) -> bool:
    """Whether `after` is ten times `before` or more, or a tenth of it or less; False for two currencies."""
    if before.currency != after.currency:
        return False
    return after.units >= before.units * _TIMES or after.units * _TIMES <= before.units
