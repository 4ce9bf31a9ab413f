"""What is seen of a window at one moment: every text, where it stands and in which colour."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from pos.ui.widgets.drawing import drawing

_ROWS = 12
_GRID = 9


@dataclass(frozen=True, slots=True)
class Text:
    """Something that is said: by which widget, as its `what` (text, tip, name …), and what was left out of it.

    `lacks` is by how many pixels the room is too narrow or too low for it; 0 for text that stands nowhere.
    """

    widget: QWidget | None
    what: str
    text: str
    lacks: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text that a painter has drawn, with its ink and what is beneath."""

    text: str
    lacks: int
    ink: QColor
    where: QRect
    off: bool = False


@dataclass(slots=True)
class Look:
    """One look at a window."""

    texts: list[Text] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    picture: QImage | None = None


class Painters:
    """Hears of every line of text that our painters draw, by whichever module they know `draw_text`."""

    def __init__(self) -> None:
        self.heard: list[Drawn] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """As long as this lasts."""
        real = drawing.draw_text
        holders = [module for module in list(sys.modules.values()) if getattr(module, "draw_text", None) is real]

        def draw_text(
            painter: QPainter,
            box: QRect,
            text: str,
            font: QFont,
            colour: QColor,
            align: Any = drawing.LEFT,
            *,
            ends: bool = False,
        ) -> int:
            width = QFontMetrics(font).horizontalAdvance(text)
            device = painter.device()
            where, off = QRect(), False
            if isinstance(device, QWidget):
                inside = painter.worldTransform().mapRect(box)
                is_whole = device.visibleRegion().boundingRect().contains(inside)
                where = inside.translated(_corner(device)) if is_whole else QRect()
                off = not device.isEnabled()
            self.heard.append(Drawn(text, max(0, width - box.width()), QColor(colour), where, off))
            return real(painter, box, text, font, colour, align, ends=ends)

        for module in holders:
            vars(module)["draw_text"] = draw_text
        try:
            yield
        finally:
            for module in holders:
                vars(module)["draw_text"] = real

    def paint(self, window: QWidget, part: QRect | None = None) -> tuple[QImage, list[Drawn]]:
        """The window as it is, or a part of it, and the texts that were drawn for it.

        What is scrolled out of sight is drawn beside the window.
        """
        is_still, self.heard = not window.updatesEnabled(), []
        window.setUpdatesEnabled(True)  # of a window that is not painted nothing is grabbed
        picture = _in_points(window.grab(window.rect() if part is None else part).toImage())
        drawn = self.heard
        for area in seen(window) if part is None else ():
            inner = area.widget() if isinstance(area, QScrollArea) else None
            if isinstance(area, QScrollArea) and inner is not None and inner.height() > area.viewport().height():
                self.heard = []
                inner.grab()
                drawn = [*drawn, *(Drawn(one.text, one.lacks, one.ink, QRect(), one.off) for one in self.heard)]
        window.setUpdatesEnabled(not is_still)
        return picture, drawn


def look_at(window: QWidget, painters: Painters | None = None) -> Look:
    """Everything that is said on `window` now; with painters what they draw, too."""
    look = Look()
    look.texts.append(Text(window, "title", window.windowTitle()))
    for widget in seen(window):
        look.texts.extend(one for one in _said_by(widget) if one.text)
    if painters is not None:
        look.picture, look.drawn = painters.paint(window)
    return look


def picture_of(window: QWidget) -> QImage:
    """The window as it is, with all pixels of its screen."""
    is_still = not window.updatesEnabled()
    window.setUpdatesEnabled(True)  # of a window that is not painted nothing is grabbed
    picture = window.grab().toImage()
    window.setUpdatesEnabled(not is_still)
    return picture


def seen(window: QWidget) -> list[QWidget]:
    """Every widget on show, the window itself left out."""
    widgets: list[QWidget] = []
    for child in window.children():  # a page that is hidden is not gone through
        if isinstance(child, QWidget) and child.isVisible():
            widgets.append(child)
            widgets.extend(seen(child))
    return widgets


def _in_points(picture: QImage) -> QImage:
    """A picture of a screen of 200 % with a pixel for each point, in which the places of texts are measured."""
    scale = picture.devicePixelRatio()
    if scale == 1:
        return picture
    return picture.scaledToWidth(round(picture.width() / scale))


def ground_of(picture: QImage, where: QRect) -> QColor | None:
    """The colour on which something stands: what most of a coarse grid of its points have; None outside of it."""
    area = where.intersected(picture.rect())
    if area.width() < 4 or area.height() < 4:
        return None
    points = Counter(
        picture.pixel(area.x() + area.width() * x // _GRID, area.y() + area.height() * y // _GRID)
        for x in range(_GRID)
        for y in range(_GRID)
    )
    return QColor.fromRgb(points.most_common(1)[0][0])


def in_window(widget: QWidget) -> QRect:
    """Where a widget is in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def _corner(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), QPoint(0, 0))


def cut_by(widget: QWidget) -> QWidget | None:
    """Which holder a widget sticks out of, where that is no list that is scrolled; None for none."""
    where, holder = in_window(widget), widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QAbstractScrollArea):
            return None if _reaches(holder, where) else holder
        if holder.objectName() == "qt_scrollarea_viewport":
            holder = holder.parentWidget()
            continue
        if not in_window(holder).contains(where):
            return holder
        if holder.isWindow():
            return None
        holder = holder.parentWidget()
    return None


def _reaches(area: QAbstractScrollArea, where: QRect) -> bool:
    """Whether scrolling shows something whole: not in a direction that the area does not scroll in."""
    if area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        return True
    room = in_window(area.viewport())
    return room.left() <= where.left() and where.right() <= room.right()


def _said_by(widget: QWidget) -> Iterator[Text]:
    yield Text(widget, "tip", widget.toolTip())
    yield Text(widget, "name", widget.accessibleName())
    yield Text(widget, "description", widget.accessibleDescription())
    metrics, width = widget.fontMetrics(), widget.contentsRect().width()
    if isinstance(widget, QLabel):
        if not widget.text() or not widget.pixmap().isNull():
            return
        if widget.wordWrap():
            lacks = max(0, widget.heightForWidth(widget.width()) - widget.height())
        else:
            lines = widget.text().split("\n")
            lacks = max(0, max(metrics.horizontalAdvance(line) for line in lines) - width)
            lacks = lacks or max(0, len(lines) * metrics.height() - widget.height())
        yield Text(widget, "text", widget.text(), lacks)
    elif isinstance(widget, QAbstractButton):
        yield Text(widget, "text", widget.text())
    elif isinstance(widget, QLineEdit):
        holder = widget.parentWidget()
        if not isinstance(holder, QComboBox):
            need = metrics.horizontalAdvance(widget.placeholderText())
            bare = 4 if widget.property("bare") else 22
            yield Text(widget, "placeholder", widget.placeholderText(), max(0, need - widget.width() + bare))
    elif isinstance(widget, QPlainTextEdit):
        yield Text(widget, "placeholder", widget.placeholderText())
    elif isinstance(widget, QComboBox):
        need = metrics.horizontalAdvance(widget.currentText())
        yield Text(widget, "choice", widget.currentText(), max(0, need - widget.width() + 22 + 32))
        for row in range(min(widget.count(), _ROWS)):
            yield Text(widget, "item", widget.itemText(row))
    elif isinstance(widget, QGroupBox):
        yield Text(widget, "text", widget.title())
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield Text(widget, "tab", widget.tabText(index))
    elif isinstance(widget, QAbstractItemView):
        yield from _rows_of(widget)


def _rows_of(view: QAbstractItemView) -> Iterator[Text]:
    model: QAbstractItemModel | None = view.model()
    if model is None:
        return
    for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for column in range(columns):
            for role, what in ((Qt.ItemDataRole.DisplayRole, "cell"), (Qt.ItemDataRole.ToolTipRole, "tip")):
                text = model.data(model.index(row, column), role)
                if isinstance(text, str):
                    yield Text(view, what, text)
            spoken = model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
            if isinstance(spoken, str):
                yield Text(view, "cell", spoken)
