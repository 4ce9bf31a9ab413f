"""A banknote drawn as a rectangle, or a coin as an oval: input for cash received, or a picture of change."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import draw_caption, text_width


class CashPiece(StrEnum):
    """Paper or metal."""

    NOTE = "note"
    COIN = "coin"


class BanknoteButton(DrawnButton):
    """A banknote or coin with its figure.

    Without `change` it is a button that adds the piece. With `change` it is a picture of what to hand out: a note in
    the colour of correct money, a coin plain, and not pressable.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        piece: CashPiece = CashPiece.NOTE,
        *,
        change: bool = False,
        height: int = Size.BUTTON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, text, parent)
        self._piece = piece
        self._change = change
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # what is typed after a tap goes into the amount
        if change:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def present(self, text: str, piece: CashPiece) -> None:
        """Show another banknote or coin."""
        self._piece = piece
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = text_width(self.theme.font(Type.BODY, bold=True), self.text())
        return QSize(max(64, words + 2 * Space.M), self.height())

    def minimumSizeHint(self) -> QSize:
        """With little room words are parted, a figure never; a button keeps the room that a finger needs."""
        font = self.theme.font(Type.BODY, bold=True)
        words = self.text().split(" ")  # a figure has spaces that do not break
        least = 0 if self._change else Size.SMALL_BUTTON
        return QSize(max(least, max(text_width(font, word) for word in words) + Space.S), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self._look()
        self.draw_ground(painter, look, Size.RADIUS if self._piece is CashPiece.NOTE else self.height() / 2)
        size = Type.LABEL if self.height() < 40 else Type.BODY
        fonts = [self.theme.font(one, bold=True) for one in dict.fromkeys((size, Type.LABEL))]
        draw_caption(painter, self.rect(), self.text(), fonts, self.colour(look.ink))

    def _look(self) -> Look:
        if self._change:
            note = self._piece is CashPiece.NOTE
            return Look("within_soft", "within", "within") if note else Look("sunken", "line_strong", "text")
        if not self.isEnabled():
            return Look("sunken", "line", "muted")
        if self.isDown():
            return Look("accent", "", "accent_text")
        return Look("sunken" if self.hovered else "surface", "line_strong", "text")
