"""What a manager asks of some days beside the sums: the margin, how full allowances were, and how it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from pos.domain.money import Money
from pos.domain.shifts.shift_report import Turnover


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


@dataclass(frozen=True, slots=True)
class Margin:
    """What was earned on goods, without tax, returns taken off.

    `turnover` is all of it, `known` the part of it of goods whose cost is known, `cost` what those cost. Goods of an
    unknown cost earn nothing and lose nothing here: `known` says what part of the turnover the margin is about. Goods
    that came back may outweigh those sold: `is_known` says whether the cost of any is known, `is_whole` whether that of
    all is.
    """

    turnover: Money
    known: Money
    cost: Money
    is_known: bool
    is_whole: bool

    @property
    def amount(self) -> Money:
        """What was earned on the goods whose cost is known."""
        return self.known - self.cost

    @property
    def rate(self) -> Fraction | None:
        """The margin as a part of the turnover whose cost is known; None where there is none."""
        return Fraction(self.amount.minor, self.known.minor) if self.known.minor > 0 else None

    @property
    def coverage(self) -> Fraction | None:
        """The part of the turnover whose cost is known; None where nothing was sold."""
        return Fraction(self.known.minor, self.turnover.minor) if self.turnover.minor > 0 else None


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """How many carry-outs had their fullest gauge in one bucket; a visitor counts once in each of their receipts."""

    bucket: str
    count: int


@dataclass(frozen=True, slots=True)
class OverSales:
    """Sales that went over an allowance: how many, what they came to; and those with goods that go out as dutiable."""

    over: int
    over_amount: Money
    dutiable: int
    dutiable_pieces: int


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Baskets whose payment was not opened for the allowance and that were not sold as they were.

    `left_behind` of them were sold within the allowance afterwards; the others were not sold at all.
    """

    baskets: int
    left_behind: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The same weekdays of before: `sales` until the instant `until` where the days of now still run, else whole.

    `whole` and `by_hour` are those of the whole days.
    """

    first: date
    last: date
    until: datetime | None
    sales: Turnover
    whole: Turnover
    by_hour: tuple[tuple[int, Share], ...]
