"""Label papers: their sizes, the number of labels on a sheet, and their positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos.domain.errors import BadField


@dataclass(frozen=True, slots=True)
class LabelPaper:
    """Sizes in points. A roll is a sheet with one label.

    `edge` is kept free inside each label (sheet printers do not reach the rim of the paper). `narrowest` is the least
    width of a module in dots: GS1 asks for 0.264 mm, and lets thermal heads print 0.249 mm.
    """

    key: str
    page: tuple[float, float]
    columns: int
    rows: int
    label: tuple[float, float]
    edge: float
    narrowest: int

    @property
    def count(self) -> int:
        """Labels per page."""
        return self.columns * self.rows

    def positions(self, start: int) -> Iterator[tuple[int, float, float]]:
        """Page and upper left corner (from the upper left of the page) of each label; `start` counts from 1."""
        left = (self.page[0] - self.columns * self.label[0]) / 2
        top = (self.page[1] - self.rows * self.label[1]) / 2
        index = start - 1
        while True:
            page, on_page = divmod(index, self.count)
            row, column = divmod(on_page, self.columns)
            yield page, left + column * self.label[0], top + row * self.label[1]
            index += 1


_MM = 72.0 / 2.54 * 0.1
"""A millimetre in points, as reportlab has it: without reportlab, which takes long to load."""

_A4 = (210 * _MM, 297 * _MM)
PAPERS = {
    paper.key: paper
    for paper in (
        LabelPaper("a4", _A4, 3, 8, (70 * _MM, 36 * _MM), 4 * _MM, 3),
        LabelPaper("a4-44", _A4, 4, 11, (48.5 * _MM, 25.4 * _MM), 2.4 * _MM, 3),
        LabelPaper("roll-40x30", (40 * _MM, 30 * _MM), 1, 1, (40 * _MM, 30 * _MM), 1.6 * _MM, 2),
    )
}


def paper_of(key: str) -> LabelPaper:
    """The paper of a name. Raises BadField."""
    paper = PAPERS.get(key)
    if paper is None:
        raise BadField("paper", "unknown", key[:20])
    return paper


def check_start(paper: LabelPaper, start: int) -> int:
    """The position of the first label on the first sheet. Raises BadField."""
    if not 1 <= start <= paper.count:
        raise BadField("start", "out_of_range", str(start))
    return start
