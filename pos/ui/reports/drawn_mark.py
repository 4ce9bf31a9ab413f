"""One thing of a picture that stands for receipts: a bar, a segment, a row."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.reports.report_slice import Mark


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """What a mark says and how big it is.

    `behind` is what its receipts have in common; None where there is nothing to open. `value` is its size and `before`
    that of the same a week ago, both in minor units or pieces. `cells` are its figures as they stand in a row,
    `strong` the place of the one that counts, `label` the short one over a bar. `token` is its colour.
    """

    behind: Mark | None
    name: str
    value: int
    spoken: str
    cells: tuple[str, ...] = ()
    label: str = ""
    before: int | None = None
    token: str = "chart_1"
    strong: int = -1
