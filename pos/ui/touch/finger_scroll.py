"""Lists, tables and panels go along with a finger that is dragged over them, and glide on when it is lifted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QInputEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QScroller,
    QScrollerProperties,
    QWidget,
)

OWN_DRAG = "own_drag"
"""Property of a widget that moves something itself when it is dragged."""
_SLIP = 16
"""Pixels by which a finger that taps may slip."""
_HEARD = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseMove,
     QEvent.Type.MouseButtonRelease}
)  # fmt: skip
_OUTSIDE = QPointF(-10_000, -10_000)
_Metric = QScrollerProperties.ScrollMetric


@dataclass(slots=True)
class _Touch:
    """A finger on what can be scrolled, `areas`, the innermost first."""

    widget: QWidget
    areas: Sequence[QAbstractScrollArea]
    down: QMouseEvent
    row: QPersistentModelIndex | None
    """The row under it, where it is on a list."""
    held: QMouseEvent | None = None
    """What is kept from the widget until the finger is lifted in its place."""
    is_passed: bool = False
    """Whether the widget has got the press at once."""
    is_void: bool = False
    """Whether it means nothing any more."""
    is_of_widget: bool = False
    """Whether the widget itself does something with a finger that moves there."""
    scrolled: QAbstractScrollArea | None = None


class FingerScroll(QObject):
    """One of the listeners of the windows; it comes after those that judge a press, which hear it when it is made.

    A finger that moves scrolls, and nothing else: nothing is chosen, opened or marked. A tap chooses what the finger
    came down on, if it is still there when the finger is lifted; on what glides it only makes it stop. The mouse does
    what it did.

    The movement is QScroller's. Its own gesture for touches is not used: Qt makes mouse events of the same touch, and
    with those a list chooses each row that the finger is dragged over, and clicks the one that comes to lie under it.
    """

    dragged = Signal(QAbstractScrollArea)
    """A finger begins to scroll it."""

    def __init__(
        self,
        app: QApplication,
        is_finger: Callable[[QMouseEvent], bool],
        time_of: Callable[[QInputEvent], float],
        parent: QObject | None = None,
    ) -> None:
        """`time_of` says when a press was made, in seconds of a steady clock."""
        super().__init__(parent)
        self._is_finger = is_finger
        self._time_of = time_of
        self._touch: _Touch | None = None
        app.focusChanged.connect(self._follow)

    @property
    def is_dragging(self) -> bool:
        """Whether what is being done by finger is no tap."""
        return self._touch is not None and (self._touch.is_void or self._touch.scrolled is not None)

    def _follow(self, _before: QWidget | None, _now: QWidget | None) -> None:
        """A list that opens over the page has a window of its own, which never has the focus."""
        popup = QApplication.activePopupWidget()
        window = None if popup is None else popup.windowHandle()
        if window is not None:
            window.removeEventFilter(self)  # it may have opened before
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True keeps it from the widgets."""
        kind = event.type()
        if kind not in _HEARD or not isinstance(event, QMouseEvent) or not isinstance(watched, QWindow):
            return False
        if kind == QEvent.Type.MouseButtonPress:
            self._touch = None
            is_touch = event.button() == Qt.MouseButton.LeftButton and self._is_finger(event)
            return is_touch and self._come_down(watched, event)
        touch = self._touch
        if touch is None:
            return False
        if not shiboken6.isValid(touch.widget) or not all(shiboken6.isValid(area) for area in touch.areas):
            touch.is_void, touch.scrolled = True, None
            touch.held = None
        if kind == QEvent.Type.MouseButtonDblClick:
            if touch.held is not None:
                touch.held = event.clone()  # a widget gets this in place of the press
            return not touch.is_passed
        if kind == QEvent.Type.MouseMove:
            return self._move(touch, event)
        self._touch = None
        return self._lift(touch, event)

    def _come_down(self, window: QWindow, event: QMouseEvent) -> bool:
        top = next((one for one in QApplication.topLevelWidgets() if one.windowHandle() == window), None)
        widget = None if top is None else top.childAt(top.mapFromGlobal(event.globalPosition().toPoint()))
        areas = [] if widget is None else _areas_around(widget)
        if widget is None or not areas:
            return False
        view = areas[0]
        is_list = isinstance(view, QAbstractItemView) and view.viewport() is widget
        if not is_list and not any(_reaches(area, way) for area in areas for way in Qt.Orientation):
            return False
        touch = self._touch = _Touch(widget, areas, event.clone(), _row_at(widget, areas, event))
        for area in areas:
            if QScroller.hasScroller(area.viewport()):
                scroller = QScroller.scroller(area.viewport())
                if scroller.state() == QScroller.State.Scrolling:
                    scroller.stop()
                    touch.is_void = True
        if touch.is_void:
            return True
        touch.is_passed = _is_button(widget)  # it does nothing before it is let go, and shows that it is pressed
        if not touch.is_passed:
            touch.held = touch.down
        return not touch.is_passed

    def _move(self, touch: _Touch, event: QMouseEvent) -> bool:
        if touch.scrolled is not None:
            self._scroll(touch.scrolled, QScroller.Input.InputMove, event)
            return True
        if touch.is_of_widget:
            _send(touch.widget, event, event.type(), event.globalPosition())
            return True
        way = event.globalPosition() - touch.down.globalPosition()
        if max(abs(way.x()), abs(way.y())) < _SLIP:
            return not touch.is_passed
        along = Qt.Orientation.Horizontal if abs(way.x()) > abs(way.y()) else Qt.Orientation.Vertical
        area = next((area for area in touch.areas if _reaches(area, along)), None)
        if area is not None:
            self._begin(touch, area)
            self._scroll(area, QScroller.Input.InputMove, event)
            return True
        if touch.is_passed:
            return False
        if not touch.is_void and touch.row is None:  # it is not for scrolling: a text is marked in a field
            touch.is_of_widget = True
            _press(touch)
            return True
        touch.is_void = True
        touch.held = None
        return True

    def _begin(self, touch: _Touch, area: QAbstractScrollArea) -> None:
        touch.scrolled = area
        touch.held = None
        if touch.is_passed:
            _send(touch.widget, touch.down, QEvent.Type.MouseButtonRelease, _OUTSIDE)  # it is let go, and not pressed
        _scroll_by_pixels(area)
        self._scroll(area, QScroller.Input.InputPress, touch.down)
        self.dragged.emit(area)

    def _lift(self, touch: _Touch, event: QMouseEvent) -> bool:
        if touch.scrolled is not None:
            self._scroll(touch.scrolled, QScroller.Input.InputRelease, event)
        if touch.is_passed:  # Qt keeps to the button until it hears of the end; one that is let go does nothing
            return False
        if touch.is_void or touch.scrolled is not None:
            return True
        if not touch.is_of_widget:
            if not _stands(touch):
                return True
            _press(touch)
        if shiboken6.isValid(touch.widget):
            _send(touch.widget, event, event.type(), event.globalPosition())
        return True

    def _scroll(self, area: QAbstractScrollArea, how: QScroller.Input, event: QMouseEvent) -> None:
        part = area.viewport()
        is_new = not QScroller.hasScroller(part)
        scroller = QScroller.scroller(part)
        if is_new:
            scroller.setScrollerProperties(_properties(scroller.scrollerProperties()))
        scroller.handleInput(how, part.mapFromGlobal(event.globalPosition()), round(self._time_of(event) * 1000))


def _properties(usual: QScrollerProperties) -> QScrollerProperties:
    """It moves with the first pixel that it hears of, and ends where the rows end."""
    never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    usual.setScrollMetric(_Metric.DragStartDistance, 0.0)
    usual.setScrollMetric(_Metric.HorizontalOvershootPolicy, never)
    usual.setScrollMetric(_Metric.VerticalOvershootPolicy, never)
    return usual


def _areas_around(widget: QWidget) -> list[QAbstractScrollArea]:
    """What could be scrolled by a finger on `widget`, the innermost first."""
    areas: list[QAbstractScrollArea] = []
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        if part.property(OWN_DRAG) or isinstance(part, QAbstractSlider):
            return []
        holder = part.parentWidget()
        if isinstance(holder, QAbstractScrollArea) and holder.viewport() is part:
            areas.append(holder)
        part = holder
    return areas


def _reaches(area: QAbstractScrollArea, way: Qt.Orientation) -> bool:
    """Whether it has more than it shows."""
    bar = area.horizontalScrollBar() if way == Qt.Orientation.Horizontal else area.verticalScrollBar()
    return bar.maximum() > bar.minimum()


def _row_at(widget: QWidget, areas: Sequence[QAbstractScrollArea], event: QMouseEvent) -> QPersistentModelIndex | None:
    view = areas[0]
    if not isinstance(view, QAbstractItemView) or view.viewport() is not widget:
        return None
    return QPersistentModelIndex(view.indexAt(widget.mapFromGlobal(event.globalPosition()).toPoint()))


def _is_button(widget: QWidget) -> bool:
    part: QWidget | None = widget
    while part is not None and not isinstance(part.parentWidget(), QAbstractScrollArea):
        if isinstance(part, QAbstractButton):
            return True
        part = part.parentWidget()
    return False


def _stands(touch: _Touch) -> bool:
    """Whether what the finger came down on is still under it."""
    top = touch.widget.window()
    if top.childAt(top.mapFromGlobal(touch.down.globalPosition().toPoint())) is not touch.widget:
        return False
    row = _row_at(touch.widget, touch.areas, touch.down)
    return (touch.row is None and row is None) or touch.row == row


def _press(touch: _Touch) -> None:
    """What was held back reaches its widget, which Qt would not let have the end of a press alone."""
    if touch.held is not None:
        _focus_at(touch.widget)
        _send(touch.widget, touch.held, touch.held.type(), touch.held.globalPosition())


def _focus_at(widget: QWidget) -> None:
    """Qt gives the focus for a press of its own only."""
    part: QWidget | None = widget
    while part is not None:
        proxy = part
        while (next_one := proxy.focusProxy()) is not None:
            proxy = next_one
        if part.isEnabled() and proxy.focusPolicy() & Qt.FocusPolicy.ClickFocus == Qt.FocusPolicy.ClickFocus:
            proxy.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        if part.isWindow():
            return
        part = part.parentWidget()


def _send(widget: QWidget, event: QMouseEvent, kind: QEvent.Type, there: QPointF) -> None:
    is_up = kind == QEvent.Type.MouseButtonRelease
    buttons = Qt.MouseButton.NoButton if is_up else event.buttons()
    local, in_window = widget.mapFromGlobal(there), widget.window().mapFromGlobal(there)
    sent = QMouseEvent(
        kind, local, in_window, there, event.button(), buttons, event.modifiers(), event.pointingDevice()
    )
    sent.setTimestamp(event.timestamp())
    QApplication.sendEvent(widget, sent)


def _scroll_by_pixels(area: QAbstractScrollArea) -> None:
    """Qt's own lists go row by row, which a finger cannot be followed with."""
    by_pixels = QAbstractItemView.ScrollMode.ScrollPerPixel
    if not isinstance(area, QAbstractItemView) or area.verticalScrollMode() == by_pixels:
        return
    top: QModelIndex = area.indexAt(QPoint(1, 1))
    area.setVerticalScrollMode(by_pixels)
    area.setHorizontalScrollMode(by_pixels)
    if top.isValid():
        area.scrollTo(top, QAbstractItemView.ScrollHint.PositionAtTop)
