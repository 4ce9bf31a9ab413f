"""Goods that lie on the floor and were not sold in some days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class SlowProduct:
    """An article on the floor that was not sold: `on_hand` are its pieces in the whole shop, `value` their cost (None:
    unknown).

    `last_sold` is the business day of its last sale before the days ended, None where it never sold.
    """

    product: int
    code: str
    name: str
    names: Mapping[str, str]
    category: str | None
    on_hand: int
    value: Money | None
    last_sold: date | None


@dataclass(frozen=True, slots=True)
class SlowPage:
    """Slow goods, those first in which most money lies; `next` is the offset of the page after it, None at the end."""

    goods: tuple[SlowProduct, ...]
    next: int | None
