"""Preview of a label as the printer will render it, and a map of the sheet."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.pricing.print_labels import LabelPicture
from pos.ui.look.theme import Theme, Type
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text
from pos.ui.widgets.drawing.plain_tip import plain_tip

_HEIGHT, _LOWEST = 204, 128
_PAPER = 0xFFFFFFFF
_GAP = 2


class PaperPicture(QWidget):
    """Shows the pixels of a label on white paper, in either theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._hint = ""
        self.setMaximumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def present(self, picture: LabelPicture | None) -> None:
        """Show a label, or that there is none."""
        if picture is None:
            self._image = None
        else:
            dots = QImage(picture.dots, picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8)
            self._image = dots.copy()  # the bytes come from outside
        self.update()

    def say(self, hint: str) -> None:
        """Set the text shown while there is no label."""
        self._hint = hint
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The picture shrinks in a low window."""
        return QSize(200, _LOWEST)

    @property
    def is_empty(self) -> bool:
        """Whether no label is on show."""
        return self._image is None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        draw_box(painter, self.rect(), fill=colour("sunken"), line=colour("line"))
        if self._image is None:
            font = self._theme.font(Type.LABEL)
            draw_text(painter, self.rect(), self._hint, font, colour("muted"), CENTRE)
            return
        room = self.rect().adjusted(10, 10, -10, -10)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(
            room.x() + (room.width() - size.width()) // 2,
            room.y() + (room.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        fine = self._image.scaled(
            round(box.width() * ratio), round(box.height() * ratio),
            Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        painter.drawImage(box, fine)


class SheetMap(QWidget):
    """The positions of a sheet: used, to be printed, free. A click or arrow keys choose the first one."""

    started = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns, self._rows, self._start, self._count = 1, 1, 1, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "self")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def present(self, sheet: tuple[int, int], start: int, count: int, name: str) -> None:
        """Show a sheet whose first free position is `start` and that gets `count` labels."""
        self._columns, self._rows = sheet
        self._start, self._count = start, count
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.updateGeometry()
        self.update()

    @property
    def start(self) -> int:
        """The first printed position, from 1."""
        return self._start

    def sizeHint(self) -> QSize:
        """A portrait sheet."""
        return QSize(124, 166)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for cell_number in range(self._columns * self._rows):
            if self._cell(cell_number).adjusted(-_GAP, -_GAP, _GAP, _GAP).contains(event.position().toPoint()):
                self.started.emit(cell_number + 1)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns,
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 1 <= self._start + step <= self._columns * self._rows:
            self.started.emit(self._start + step)

    def _cell(self, cell_number: int) -> QRect:
        row, column = divmod(cell_number, self._columns)
        width, height = (self.width() - 12) // self._columns, (self.height() - 12) // self._rows
        return QRect(6 + column * width, 6 + row * height, width - _GAP, height - _GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        draw_box(painter, self.rect(), fill=colour("surface"), line=colour("line_strong"), radius=2)
        cells = [self._cell(cell_number) for cell_number in range(self._columns * self._rows)]
        first, last = self._start - 1, self._start - 1 + self._count
        # Three calls for all cells: each call yields to the printing thread, and 65 yields are a noticeable pause.
        painter.setPen(Qt.PenStyle.NoPen)
        for name, part in (("accent", cells[first:last]), ("sunken", cells[last:])):
            painter.setBrush(colour(name))
            painter.drawRects(part)
        painter.setPen(QPen(colour("line"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([cell.adjusted(0, 0, -1, -1) for cell in cells[:first]])
