"""PySide6 6.12.0 on Python 3.11 lost a reference to None with every repaint, until the process died within seconds."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

TIMES = 1_000
NOISE = 200  # caches and the collector come and go; a leak is one reference a repaint or more
# From Python 3.12 on both are immortal: their counts mean nothing there, and staying alive is the whole test.
MORTAL: tuple[object, ...] = (None, True) if sys.version_info < (3, 12) else ()


class Canvas(QWidget):
    """A widget drawn in Python, so that each repaint calls from C++ into Python and back."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.drawText(10, 20, "450.00")
        painter.end()
        self.painted += 1


class Basket(QAbstractTableModel):
    """A model whose answers are None for all but its words, as ours are."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 3

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        return "Cognac" if role == Qt.ItemDataRole.DisplayRole else None


def lost_while_drawing(widget: QWidget) -> list[int]:
    """Repaint many times; return how many references to each mortal constant went away (or came)."""
    widget.repaint()
    before = [sys.getrefcount(constant) for constant in MORTAL]
    for _ in range(TIMES):
        widget.repaint()
        QApplication.processEvents()
    return [count - sys.getrefcount(constant) for count, constant in zip(before, MORTAL, strict=True)]


def test_a_thousand_repaints_lose_no_reference(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show()
    qtbot.waitExposed(canvas)

    lost = lost_while_drawing(canvas)

    assert canvas.painted >= TIMES
    assert [count for count in lost if abs(count) > NOISE] == []


def test_a_thousand_repaints_of_a_table_lose_no_reference(qtbot: QtBot) -> None:
    basket, table = Basket(), QTableView()
    qtbot.addWidget(table)
    table.setModel(basket)
    table.show()
    qtbot.waitExposed(table)

    lost = lost_while_drawing(table.viewport())

    assert basket.asked >= TIMES
    assert [count for count in lost if abs(count) > NOISE] == []
