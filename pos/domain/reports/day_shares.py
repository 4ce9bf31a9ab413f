"""Parts of the sales of some days that have one thing in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the sales that has one thing in common: an hour, a cashier, a destination."""

    name: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class GoodsShare:
    """The part of the sales that is one article or one category; `names` by language where the article has some."""

    code: str
    pieces: int
    amount: Money
    name: str = ""
    names: Mapping[str, str] | None = None
