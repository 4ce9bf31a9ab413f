"""A transparent vertical scroll area, and what it can hold."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget


class SeeThrough(QScrollArea):
    """Scroll area for one widget, without a frame or a ground. It takes no focus until a policy is set.

    `edge` px stay free at the right of the widget; the bar stands in them, so that it takes no room from the words.
    """

    def __init__(self, inside: QWidget | None = None, parent: QWidget | None = None, *, edge: int = 0) -> None:
        super().__init__(parent)
        self._edge = edge
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("focus_ring", "self")  # for content that is scrolled with the arrow keys
        if inside is not None:
            self.hold(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.widget()
        layout = None if inside is None else inside.layout()
        if not self._edge or layout is None:
            return
        margins, free = layout.contentsMargins(), max(0, self._edge - self.width() + self.viewport().width())
        if margins.right() != free:
            margins.setRight(free)
            layout.setContentsMargins(margins)

    def hold(self, inside: QWidget) -> None:
        """Show `inside`."""
        self.setWidget(inside)
        for ground in (self.viewport(), inside):  # setWidget fills the ground of its widget
            ground.setAutoFillBackground(False)


class Packed(QWidget):
    """The inside of a SeeThrough: its parts are pressed together as far as they can be before it is scrolled."""

    def __init__(self, column: QLayout) -> None:
        super().__init__()
        self.setLayout(column)

    def heightForWidth(self, width: int) -> int:
        """The least height, where Qt would have the preferred one."""
        layout = self.layout()
        return -1 if layout is None else layout.totalMinimumHeightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        """Words that wrap would have the height of their narrowest width here, not of the one that they have."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().minimumSizeHint()
        return QSize(layout.totalMinimumSize().width(), 0)


class Sideways(SeeThrough):
    """Scrolls a table that is wider than its page sideways; it is as high as the table."""

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def hold(self, inside: QWidget) -> None:
        super().hold(inside)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The table says something else, perhaps in more lines."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inside = self.widget()
        least = QSize() if inside is None else inside.minimumSizeHint().expandedTo(inside.minimumSize())
        is_wide = least.width() > self.width()
        high = max(0, least.height())
        if inside is not None and inside.hasHeightForWidth():  # a header may need two lines
            high = max(high, inside.heightForWidth(max(self.width(), least.width())))
        self.setFixedHeight(high + (self.horizontalScrollBar().sizeHint().height() if is_wide else 0))


class AsHigh(SeeThrough):
    """As high as what it holds; with less room than that it is scrolled."""

    def sizeHint(self) -> QSize:
        inside = self.widget()
        if inside is None:
            return super().sizeHint()
        hint = inside.sizeHint()
        high = inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else hint.height()
        return QSize(hint.width(), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width words take another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it holds says something else."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
