"""One big amount: tabular figures, right or left, smaller rather than cut when the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Theme, Type
from pos.ui.widgets.drawing.drawing import draw_text, text_width

_STILL = 40
"""Pixels that it wants at least."""


class AmountLabel(QWidget):
    """Shows a text already worded as money in `size` px; a longer one takes the next smaller type size that fits.

    Of a `still` one the place does not depend on what it says, so that no page is laid out anew at each scan.
    """

    def __init__(
        self,
        theme: Theme,
        size: int = Type.TOTAL,
        *,
        bold: bool = True,
        token: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
        still: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._bold = bold
        self._token = token
        self._align = align | Qt.AlignmentFlag.AlignVCenter
        self._text = ""
        self._still = still
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def present(self, text: str, token: str = "") -> None:
        """Show `text`; `token` changes the colour."""
        if (text, token or self._token) == (self._text, self._token):
            return
        self._text = text
        self._token = token or self._token
        self.setAccessibleName(text)
        if not self._still:
            self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What is on show."""
        return self._text

    @property
    def full_width(self) -> int:
        """How many pixels it takes in its own size."""
        return self._width(self._size)

    def sizeHint(self) -> QSize:
        """Figures need no room for letters with tails."""
        width = _STILL if self._still else self.full_width
        return QSize(width, max(20, round(self._size * 1.2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(_STILL, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        size = self._size
        while size > Type.LABEL and self._width(size) > self.width():
            size -= 1
        font = self._theme.font(size, bold=self._bold)
        painter = QPainter(self)
        draw_text(painter, self.rect(), self._text, font, self._theme.colour(self._token), self._align)

    def _width(self, size: int) -> int:
        return text_width(self._theme.font(size, bold=self._bold), self._text)
