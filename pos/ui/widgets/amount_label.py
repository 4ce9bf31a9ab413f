"""One big amount: tabular figures, right or left, smaller rather than cut when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme import Theme, Type
from pos.ui.widgets.drawing import draw_text, text_width


class AmountLabel(QWidget):
    """Shows a text already worded as money in `size` px; a longer one takes the next smaller type size that fits."""

    def __init__(
        self,
        theme: Theme,
        size: int = Type.TOTAL,
        *,
        bold: bool = True,
        token: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._bold = bold
        self._token = token
        self._align = align | Qt.AlignmentFlag.AlignVCenter
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def present(self, text: str, token: str = "") -> None:
        """Show `text`; `token` changes the colour."""
        if (text, token or self._token) == (self._text, self._token):
            return
        self._text = text
        self._token = token or self._token
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What is on show."""
        return self._text

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint: figures need no room for letters with tails."""
        font = self._theme.font(self._size, bold=self._bold)
        return QSize(text_width(font, self._text), max(20, round(self._size * 1.2)))

    def minimumSizeHint(self) -> QSize:
        """Override QWidget.minimumSizeHint."""
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        size = self._size
        while size > Type.LABEL and self._width(size) > self.width():
            size -= 1
        font = self._theme.font(size, bold=self._bold)
        painter = QPainter(self)
        draw_text(painter, self.rect(), self._text, font, self._theme.colour(self._token), self._align)

    def _width(self, size: int) -> int:
        return QFontMetrics(self._theme.font(size, bold=self._bold)).horizontalAdvance(self._text)
