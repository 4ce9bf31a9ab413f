"""An icon with a word for a state: of the store, of the printer."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import draw_text, text_width
from pos.ui.widgets.drawing.plain_tip import plain_tip
from pos.ui.widgets.drawing.tone import Tone

_ICON = 16


class StateMark(QWidget):
    """Green and quiet without a fault; with one a warning sign and a bold word, with the reason in the tooltip."""

    clicked = Signal()

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None, *, leads: bool = False) -> None:
        """`leads`: a click on it leads somewhere."""
        super().__init__(parent)
        self._leads = leads
        if leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._theme = theme
        self._icon = icon
        self._text = self._brief = ""
        self._troubled = False
        self._tone = Tone.OVER
        self._is_short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(
        self, text: str, trouble: str = "", detail: str = "", *, tone: Tone = Tone.OVER, brief: str = ""
    ) -> None:
        """Show `text`; `trouble` is the full sentence about the fault, empty for none; `detail`
        describes the device. `tone` is that of a fault, `brief` what is left of its words where there is little room.
        """
        self._text, self._brief = text, brief or text
        self._troubled, self._tone = bool(trouble), tone
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
        font, text = self._theme.font(Type.LABEL, bold=self._troubled), self._shown
        return QSize(_ICON + (6 + text_width(font, text) if text else 0), Size.HEADER)

    @property
    def _shown(self) -> str:
        if not self._is_short:
            return self._text
        return self._brief if self._troubled else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click is let go where it began."""
        if self._leads and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tone = QPainter(self), self._tone
        top = (self.height() - _ICON) // 2
        icon, token = (tone.icon, tone.ink) if self._troubled else (self._icon, "within")
        self._theme.icons.paint(painter, icon, token, 0, top, _ICON)
        box = QRect(_ICON + 6, 0, self.width() - _ICON - 6, self.height())
        ink = tone.ink if self._troubled else "muted"
        font = self._theme.font(Type.LABEL, bold=self._troubled)
        draw_text(painter, box, self._shown, font, self._theme.colour(ink))
