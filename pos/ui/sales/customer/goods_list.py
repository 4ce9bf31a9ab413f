"""The rows of the basket on the customer's display; an unchanged row is not repainted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from pos.ui.sales.customer.display_element import DisplayPart, Measure
from pos.ui.sales.customer.view_models import DisplayedRow
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_row, draw_text, text_width

_ROW = 64


class GoodsList(DisplayPart):
    """Shows as many of the last rows as there is room for, the newest tinted."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._rows: tuple[DisplayedRow, ...] = ()
        self._shown: tuple[DisplayedRow, ...] = ()
        self._newest: int | None = None

    def present(self, rows: Sequence[DisplayedRow], newest: int | None) -> None:
        """Show these rows, the one with the id `newest` tinted; only differences are repainted."""
        self._rows, tinted, self._newest = tuple(rows), self._newest, newest
        before, self._shown = self._shown, self._fitting()
        said = "; ".join(f"{row.quantity} × {row.name}, {row.total}".removeprefix(" × ") for row in self._shown)
        if said != self.accessibleName():
            self.setAccessibleName(said)
        for index in range(max(len(before), len(self._shown))):
            was, now = before[index : index + 1], self._shown[index : index + 1]
            if was != now or (now and (now[0].id == tinted) is not (now[0].id == newest)):
                self.update(self._box(index))

    @property
    def shown(self) -> tuple[DisplayedRow, ...]:
        """The rows shown."""
        return self._shown

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._shown = self._fitting()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, dirty = QPainter(self), event.rect()
        for index, row in enumerate(self._shown):
            box = self._box(index)
            if box.intersects(dirty):
                self._draw(painter, box, row)

    def _fitting(self) -> tuple[DisplayedRow, ...]:
        room = max(1, self.height() // self.px(_ROW))
        return self._rows[-room:]

    def _box(self, index: int) -> QRect:
        high = self.px(_ROW)
        return QRect(0, index * high, self.width(), high)

    def _draw(self, painter: QPainter, box: QRect, row: DisplayedRow) -> None:
        colour, px = self.theme.colour, self.px
        draw_row(painter, self.theme, box, chosen=row.id == self._newest)
        ink, strong = colour("accent" if row.is_back else "text"), self.font_of(32, bold=True)
        quantity = self.font_of(30, bold=True)
        amount = max(px(150), text_width(strong, row.total))
        right = box.right() - px(20)
        draw_text(painter, QRect(right - amount, box.y(), amount, box.height()), row.total, strong, ink, RIGHT)
        right -= amount + px(16)
        if row.off:
            font = self.font_of(28, bold=True)
            wide = text_width(font, row.off)
            draw_text(painter, QRect(right - wide, box.y(), wide, box.height()), row.off, font, colour("accent"), RIGHT)
            right -= wide + px(16)
        wide = max(px(64), text_width(quantity, row.quantity))
        left = box.x() + px(20)
        draw_text(painter, QRect(left, box.y(), wide, box.height()), row.quantity, quantity, ink, RIGHT)
        left += wide + px(20)
        name = QRect(left, box.y(), max(0, right - left), box.height())
        draw_text(painter, name, row.name, self.font_of(30), ink, LEFT)
