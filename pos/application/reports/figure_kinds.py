"""Figures of a day and their kinds: a kind says how a value looks in JSON, CSV, a table and a tile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, TypeVar

from pos.application.reports.shift_json import turnover_json
from pos.application.text.formatting import money_text, number_text
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Compared
from pos.domain.shifts.shift_report import Turnover

V = TypeVar("V")

Cells = tuple[int | None, int | None, Money | None]
"""Quantity, pieces and amount."""


@dataclass(frozen=True, slots=True)
class FigureKind(Generic[V]):
    """How the values of a figure are written; `size` is the number of which a change is computed.

    `column` is the column of the CSV for a kind whose answer in JSON is one value; an answer of several names its own.
    """

    column: str
    answer: Callable[[V], Any]
    cells: Callable[[V], Cells]
    text: Callable[[V, Translator], str]
    size: Callable[[V], int]


COUNT: FigureKind[int] = FigureKind(
    "count", int, lambda n: (n, None, None), lambda n, tr: number_text(n, tr.language), int
)
AMOUNT: FigureKind[Money] = FigureKind(
    "amount",
    str,
    lambda amount: (None, None, amount),
    lambda amount, tr: money_text(amount, tr.language),
    lambda amount: amount.minor,
)
TURNOVER: FigureKind[Turnover] = FigureKind(
    "",
    turnover_json,
    lambda sum_: (sum_.count, sum_.pieces, sum_.amount),
    lambda sum_, tr: AMOUNT.text(sum_.amount, tr),
    lambda sum_: sum_.amount.minor,
)
COUNTS: FigureKind[tuple[int, ...]] = FigureKind(
    "",
    list,
    lambda counts: (sum(counts), None, None),
    lambda counts, tr: " · ".join(number_text(count, tr.language) for count in counts),
    sum,
)

Remark = Callable[[DayReport, Translator], str]


@dataclass(frozen=True, slots=True)
class TileSlot:
    """The position of a figure among the tiles, from 1, and the remark beneath it."""

    position: int
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Figure(Generic[V]):
    """One figure of the day report and where it is shown; a value of None is unknown.

    `key` names it in JSON and CSV. `before` is the value of the days of comparison. `share` is a part of the whole
    beside the value of a tile, in per cent.
    """

    key: str
    title: Callable[[Translator], str]
    kind: FigureKind[V]
    value: Callable[[DayReport], V | None]
    before: Callable[[Compared], V] | None = None
    share: Callable[[DayReport], Fraction | None] | None = None
    is_answered: bool = True
    is_in_table: bool = True
    window: TileSlot | None = None
    paper: TileSlot | None = None

    def compared(self, report: DayReport) -> V | None:
        """The value of the days of comparison; None where the figure or the report has none."""
        then = report.compared
        return None if self.before is None or then is None or not then.whole.count else self.before(then)

    def change(self, report: DayReport) -> Fraction | None:
        """The change since the days of comparison as a part of their value; None where that is nothing."""
        now, then = self.value(report), self.compared(report)
        if now is None or then is None or self.kind.size(then) <= 0:
            return None
        return Fraction(self.kind.size(now) - self.kind.size(then), self.kind.size(then))
