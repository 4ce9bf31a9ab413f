"""One large amount: tabular figures, left or right aligned, reduced in size rather than cut in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Theme, Type
from pos.ui.widgets.drawing.drawing import draw_text, text_width

_STILL = 40
"""Minimum width in pixels."""


class AmountLabel(QWidget):
    """Shows an already formatted amount in `size` px; a longer text takes the next smaller size that fits.

    With `still` the size hint does not depend on the text, so that the page is not laid out again at each scan.
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

    def set_size(self, size: int) -> None:
        """Show it in another size."""
        if size != self._size:
            self._size = size
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        """The text on show."""
        return self._text

    @property
    def full_width(self) -> int:
        """Width in pixels at full size."""
        return self._width(self._size)

    def sizeHint(self) -> QSize:
        """Figures have no descenders."""
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
