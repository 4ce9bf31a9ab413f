"""The work of a page with a panel beside it, or below it where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from pos.ui.look.theme import Size
from pos.ui.widgets.drawing.surface import Line

STACKED_BELOW = 760
"""The width of a page, in pixels, below which the panel goes under the work."""
_ROOMY = 1180
"""The width from which the panel has its full width."""
_NARROWEST = 328
_UNBOUND = 16_777_215
"""Qt's own largest size."""


def side_width(page: int, widest: int = Size.VISITOR_PANEL) -> int:
    """The width of the panel beside a page `page` px wide."""
    if page >= _ROOMY:
        return widest
    return min(widest, max(_NARROWEST, page * 36 // 100))


class MainAndSide(QWidget):
    """The work with its panel on the right, `widest` px wide where there is room.

    In a page narrower than STACKED_BELOW the panel stands below and takes `share` per cent of the height. Hidden, it
    takes its line along.
    """

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        widest: int = Size.VISITOR_PANEL,
        share: int = 50,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._main, self._side = main, side
        self._widest, self._share = widest, share
        self._line = Line(Qt.Orientation.Vertical)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        for part in (main, self._line, side):
            self._box.addWidget(part)
        side.installEventFilter(self)
        self._line.setVisible(not side.isHidden())
        self._is_stacked: bool | None = None
        self._fit(_ROOMY)

    @property
    def is_stacked(self) -> bool:
        """Whether the panel stands below the work."""
        return bool(self._is_stacked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The line goes with the panel."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._line.setVisible(not self._side.isHidden())
        return super().eventFilter(watched, event)

    def _fit(self, width: int) -> None:
        stacked = width < STACKED_BELOW
        if stacked != self._is_stacked:
            self._is_stacked = stacked
            direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
            self._box.setDirection(direction)
            self._box.setStretch(0, 100 - self._share if stacked else 1)
            self._box.setStretch(2, self._share if stacked else 0)
            self._line.turn(Qt.Orientation.Horizontal if stacked else Qt.Orientation.Vertical)
            policy = QSizePolicy.Policy.Ignored if stacked else QSizePolicy.Policy.Preferred
            for part in (self._main, self._side):
                part.setSizePolicy(part.sizePolicy().horizontalPolicy(), policy)
                part.setMinimumHeight(1 if stacked else 0)  # in place of its hint: both share what there is
        if stacked:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_UNBOUND)
        else:
            self._side.setFixedWidth(side_width(width, self._widest))
