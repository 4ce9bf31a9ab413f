"""An icon with a word for a state: of the store, of the printer."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import draw_text, text_width
from pos.ui.widgets.drawing.plain_tip import plain_tip

_ICON = 16


class StateMark(QWidget):
    """Green and quiet without a fault; with one a warning sign and a bold word, with the reason in the tooltip."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._text = ""
        self._troubled = False
        self._is_short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, text: str, trouble: str = "", detail: str = "") -> None:
        """Show `text`; `trouble` is the full sentence about the fault, empty for none; `detail`
        describes the device.
        """
        self._text = text
        self._troubled = bool(trouble)
        details = "\n".join(part for part in (trouble, detail) if part)
        self.setToolTip(plain_tip(details))
        self.setAccessibleName(text)
        self.setAccessibleDescription(details)
        self.updateGeometry()
        self.update()

    @property
    def troubled(self) -> bool:
        """Whether it shows a warning."""
        return self._troubled

    def set_short(self, short: bool) -> None:
        """Show the icon alone; a fault keeps its word."""
        if short != self._is_short:
            self._is_short = short
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        if self._is_short and not self._troubled:
            return QSize(_ICON, Size.HEADER)
        return QSize(_ICON + 6 + text_width(self._theme.font(Type.LABEL, bold=self._troubled), self._text), Size.HEADER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = (self.height() - _ICON) // 2
        icon, token = ("triangle-alert", "over") if self._troubled else (self._icon, "within")
        self._theme.icons.paint(painter, icon, token, 0, top, _ICON)
        if self._is_short and not self._troubled:
            return
        box = QRect(_ICON + 6, 0, self.width() - _ICON - 6, self.height())
        ink = "over" if self._troubled else "muted"
        font = self._theme.font(Type.LABEL, bold=self._troubled)
        draw_text(painter, box, self._text, font, self._theme.colour(ink))
