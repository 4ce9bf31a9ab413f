"""Rows of the basket are drawn when what they say has changed, and put on the screen as they are otherwise."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from pos.ui.widgets.tables.row_pictures import RowPictures

_BOX = QRect(0, 56, 40, 56)


class _Rows:
    """Rows of one colour each, on a screen; counts how often one is drawn."""

    def __init__(self, scale: float = 1) -> None:
        self.screen = QImage(round(40 * scale), round(168 * scale), QImage.Format.Format_RGB32)
        self.screen.setDevicePixelRatio(scale)
        self.pictures = RowPictures(2)
        self.drawn = 0

    def paint(self, colour: str, box: QRect = _BOX) -> None:
        def draw(painter: QPainter, rect: QRect) -> None:
            self.drawn += 1
            painter.fillRect(rect, QColor(colour))

        painter = QPainter(self.screen)
        self.pictures.paint(painter, box, colour, draw)
        painter.end()


def test_a_row_that_says_the_same_is_not_drawn_again(qtbot: QtBot) -> None:
    rows = _Rows()
    rows.paint("red")
    rows.paint("red", _BOX.translated(0, 56))
    assert rows.drawn == 1
    assert rows.screen.pixelColor(20, 60) == rows.screen.pixelColor(20, 120) == QColor("red")
    assert rows.screen.pixelColor(20, 20) != QColor("red")


def test_a_row_that_says_something_else_is_drawn_again(qtbot: QtBot) -> None:
    rows = _Rows()
    for colour in ("red", "blue"):
        rows.paint(colour)
        assert rows.screen.pixelColor(20, 60) == QColor(colour)
    assert rows.drawn == 2


def test_only_the_rows_painted_last_are_kept(qtbot: QtBot) -> None:
    rows = _Rows()
    for colour in ("red", "blue", "red", "green", "red", "blue"):
        rows.paint(colour)
    assert rows.drawn == 4


def test_where_a_pixel_is_no_whole_one_of_the_screen_rows_are_drawn_where_they_stand(qtbot: QtBot) -> None:
    rows = _Rows(1.25)
    rows.paint("red")
    rows.paint("red")
    assert rows.drawn == 2
    assert rows.screen.pixelColor(20, 80) == QColor("red")
