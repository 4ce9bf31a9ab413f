"""A card of the day: its title, the meaning of its figures, a picture, or a sentence if there is no data."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.reports.bar_field import BarField
from pos.ui.reports.chart_library import ChartLibrary
from pos.ui.reports.drawn_slice import DrawnSlice
from pos.ui.reports.share_rows import ShareRows
from pos.ui.widgets.drawing.drawing import RIGHT, draw_text, text_width
from pos.ui.widgets.drawing.layouts import hbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

Scale = Sequence[tuple[int, str]]
"""The values of an axis with their words."""

_SIDE = 8
"""How far rows extend beyond their text on either side, so that the text keeps the usual margin."""


class _Card(Surface):
    def __init__(self) -> None:
        super().__init__(Ground.CARD)
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._nothing = TextLabel(role=Role.LABEL, wrap=True)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self._head.setSpacing(Space.M)
        self._head.addWidget(self._title, 1)
        blank = hbox(self._nothing, margins=(_SIDE, 0, _SIDE, 0))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SIDE, Space.S + Space.XS, _SIDE, Space.S)
        self._column.setSpacing(Space.S)
        self._column.addLayout(self._head)
        self._column.addLayout(blank)

    def _say(self, title: str, nothing: str, *, is_empty: bool) -> None:
        self._title.setText(title)
        self._nothing.setText(nothing)
        self._nothing.setVisible(is_empty)
        self.setAccessibleName(title)
        self.setAccessibleDescription(nothing if is_empty else "")


class BarCard(_Card):
    """Bars with a legend of their two colours, and related rows beneath them."""

    def __init__(self, theme: Theme, library: ChartLibrary, *, every: bool = False) -> None:
        super().__init__()
        self._legend = _Legend(theme)
        self._note = TextLabel(role=Role.LABEL, align=RIGHT)
        self._head.addWidget(self._legend)
        self._head.addWidget(self._note)
        self.bars = BarField(theme, library, every=every)
        self.rows = ShareRows(theme)
        self._note.hide()
        self.rows.hide()
        self._column.addWidget(self.bars, 1)
        self._column.addWidget(self.rows)
        self._column.addStretch(0)

    def present(
        self, title: str, slices: Sequence[DrawnSlice], nothing: str, scale: Scale = (), now: str = "", before: str = ""
    ) -> None:
        """Show other bars; `now` and `before` are the texts of the legend, an empty `before` hides the line."""
        self._say(title, nothing, is_empty=not slices)
        self.bars.setVisible(bool(slices))
        self._legend.present(now if slices else "", before if slices else "")
        self.bars.present_bars(title, slices, scale, line=bool(before))

    def explain(self, note: str, rows: Sequence[DrawnSlice]) -> None:
        """Describe the bars at the right of the title, and show rows beneath them."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.rows.setVisible(bool(rows))
        self.rows.present(self.accessibleName(), rows)


class RowsCard(_Card):
    """Shares of a whole as rows; `together` as ShareRows has it."""

    def __init__(self, theme: Theme, *, together: bool = False) -> None:
        super().__init__()
        self._note = TextLabel(role=Role.LABEL, align=RIGHT)
        self._head.addWidget(self._note)
        self.rows = ShareRows(theme, together=together)
        self._column.addWidget(self.rows)
        self._column.addStretch(1)

    def present(self, title: str, slices: Sequence[DrawnSlice], nothing: str, note: str = "") -> None:
        """Show other rows; `note` describes the figures at the right."""
        self._say(title, nothing, is_empty=not slices)
        self._note.setText(note if slices else "")
        self.rows.setVisible(bool(slices))
        self.rows.present(title, slices)


class _Legend(QWidget):
    """The legend of the bars and the line."""

    _SWATCH, _LINE = 12, 20

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._now = self._before = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def present(self, now: str, before: str) -> None:
        self._now, self._before = now, before
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = self._theme.font(Type.LABEL)
        width = self._SWATCH + Space.S + text_width(font, self._now) if self._now else 0
        if self._before:
            width += Space.L + self._LINE + Space.S + text_width(font, self._before)
        return QSize(width, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colour, font = QPainter(self), self._theme.colour, self._theme.font(Type.LABEL)
        x, middle = 0, self.height() // 2
        if self._now:
            painter.fillRect(QRect(x, middle - self._SWATCH // 2, self._SWATCH, self._SWATCH), colour("chart_1"))
            x += self._SWATCH + Space.S
            room = QRect(x, 0, self.width() - x, self.height())
            x += draw_text(painter, room, self._now, font, colour("muted")) + Space.L
        if self._before:
            painter.fillRect(QRect(x, middle - 1, self._LINE, 2), colour("text"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(colour("surface"))
            painter.setPen(colour("text"))
            painter.drawEllipse(x + self._LINE // 2 - 3, middle - 3, 6, 6)
            x += self._LINE + Space.S
            draw_text(painter, QRect(x, 0, self.width() - x, self.height()), self._before, font, colour("muted"))
