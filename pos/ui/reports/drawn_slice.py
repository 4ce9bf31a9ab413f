"""A chart element that represents receipts: a bar, a segment, a row."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.reports.report_slice import ReportSlice


@dataclass(frozen=True, slots=True)
class DrawnSlice:
    """The texts and the size of a mark.

    `behind` is the criterion of its receipts; None where there is nothing to open. `value` is its size and `before` the
    size a week ago, both in minor units or pieces. `cells` are its figures in a row, `strong` the index of the main
    one, `label` the short one over a bar. `token` is its colour.
    """

    behind: ReportSlice | None
    name: str
    value: int
    spoken: str
    cells: tuple[str, ...] = ()
    label: str = ""
    before: int | None = None
    token: str = "chart_1"
    strong: int = -1
