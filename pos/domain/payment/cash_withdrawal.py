"""Cash that is to leave a drawer, against what the drawer should hold."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.banknotes import Drawer, worth


def more_than_held(leaving: Iterable[Money], drawer: Drawer) -> tuple[Money, ...]:
    """The sums by currency of which the drawer should hold less; a currency that is not in the drawer is none."""
    sums: dict[str, int] = {}
    for money in leaving:
        sums[money.currency.code] = sums.get(money.currency.code, 0) + money.minor
    beyond = {code: minor for code, minor in sums.items() if minor > worth(drawer.get(code, {}))}
    return tuple(Money(minor, CURRENCIES[code]) for code, minor in beyond.items())
