"""The work of a page with a panel beside it, or below or above it where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from pos.ui.look.theme import Size
from pos.ui.widgets.drawing.surface import Line

STACKED_BELOW = 760
"""The width of a page, in pixels, below which the panel goes under the work."""
_ROOMY = 1180
"""The width from which the panel has its full width."""
_NARROWEST = 328


def side_width(page: int, widest: int = Size.VISITOR_PANEL) -> int:
    """The width of the panel beside a page `page` px wide."""
    if page >= _ROOMY:
        return widest
    return min(widest, max(_NARROWEST, page * 36 // 100))


class SideWide(QObject):
    """Keeps the main button of a bar as wide as the panel above it, `least` px at least."""

    def __init__(self, button: QWidget, bar: QWidget, margin: int, least: int = 200) -> None:
        super().__init__(bar)
        self._button, self._margin, self._least = button, margin, least
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._button.setFixedWidth(max(side_width(event.size().width()) - 2 * self._margin, self._least))
        return super().eventFilter(watched, event)


class MainAndSide(QWidget):
    """The work with its panel on the right, `widest` px wide where there is room.

    In a page narrower than STACKED_BELOW the panel stands below and takes `share` per cent of the height. Hidden, it
    takes its line along. With a `gap` there are pixels between both in place of the line; `side_first` puts the panel
    on the left, or above the work.

    It places both itself: a layout of Qt would give the words of the panel their full height, and the work the rest.
    """

    def __init__(
        self,
        main: QWidget | QLayout,
        side: QWidget,
        *,
        widest: int = Size.VISITOR_PANEL,
        share: int = 50,
        gap: int | None = None,
        side_first: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if isinstance(main, QLayout):
            self._main = QWidget()
            self._main.setLayout(main)
            if gap is not None:
                main.setContentsMargins(0, 0, 0, 0)
        else:
            self._main = main
        self._side, self._widest, self._share = side, widest, share
        self._gap, self._side_first = gap, side_first
        self._line = Line(Qt.Orientation.Vertical)
        for part in (side, self._main) if side_first else (self._main, side):  # the order of Tab
            part.setParent(self)
        self._line.setParent(self)
        side.installEventFilter(self)

    @property
    def is_stacked(self) -> bool:
        """Whether the panel stands below the work."""
        return self.width() < STACKED_BELOW

    def share_below(self, share: int) -> None:
        """Give the panel another share of the height, where it stands below."""
        if share != self._share:
            self._share = share
            self._place()

    def sizeHint(self) -> QSize:
        main, side = self._main.sizeHint(), self._side.sizeHint()
        return QSize(main.width() + side.width(), max(main.height(), side.height()))

    def minimumSizeHint(self) -> QSize:
        """A low window makes both lower."""
        return QSize(_NARROWEST, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The work has the room of a hidden panel."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room, between = self.rect(), 1 if self._gap is None else self._gap
        has_side = not self._side.isHidden()
        self._line.setVisible(has_side and self._gap is None)
        if not has_side:
            self._main.setGeometry(room)
        elif self.is_stacked:
            high = room.height() * self._share // 100
            rest = room.height() - high - between
            self._line.turn(Qt.Orientation.Horizontal)
            main, side = (high + between, 0) if self._side_first else (0, rest + between)
            self._main.setGeometry(QRect(0, main, room.width(), rest))
            self._line.setGeometry(QRect(0, high if self._side_first else rest, room.width(), 1))
            self._side.setGeometry(QRect(0, side, room.width(), high))
        else:
            width = side_width(room.width(), self._widest)
            rest = room.width() - width - between
            self._line.turn(Qt.Orientation.Vertical)
            main, side = (width + between, 0) if self._side_first else (0, rest + between)
            self._main.setGeometry(QRect(main, 0, rest, room.height()))
            self._line.setGeometry(QRect(width if self._side_first else rest, 0, 1, room.height()))
            self._side.setGeometry(QRect(side, 0, width, room.height()))
