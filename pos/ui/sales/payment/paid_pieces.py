"""The change in notes and coins, side by side, for paying it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from pos.application.text.formatting import number_text
from pos.domain.payment.tender import Change
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.sales.payment.change_notes import piece_texts, pieces_of
from pos.ui.widgets.buttons.banknote_button import BanknoteButton
from pos.ui.widgets.drawing.layouts import Stretch, hbox

_IN_A_ROW, _LOW, _MOST_FIGURES = 6, 36, 4
_ROOMY = 660
"""The least height of a page that has room for a tick over the figures."""


class PaidPieces(QWidget):
    """Pictures of the pieces with the count of each, six in a row; with more than one row they are lower."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout()
        self._buttons: list[BanknoteButton] = []
        self._count = 0
        hbox(Stretch(), self._grid, Stretch(), margins=0, parent=self)

    def leave_room_for(self, figures: int, page: int) -> bool:
        """Whether a page so high has room for the tick too, with this many figures below."""
        return page >= _ROOMY and self._count <= _IN_A_ROW and figures <= _MOST_FIGURES

    def present(self, change: Sequence[Change], language: str) -> None:
        """Show the pieces to pay out."""
        pieces = pieces_of(change)
        self._count = len(pieces)
        while len(self._buttons) < len(pieces):
            button = BanknoteButton(self._theme, "", change=True)
            self._grid.addWidget(button, *divmod(len(self._buttons), _IN_A_ROW))
            self._buttons.append(button)
        height, gap = (Size.BUTTON, Space.M) if len(pieces) <= _IN_A_ROW else (_LOW, Space.S)
        self._grid.setSpacing(gap)
        for (_, count, piece), text, button in zip(pieces, piece_texts(change, language), self._buttons, strict=False):
            button.setFixedHeight(height)
            button.present(f"{number_text(count, language)} × {text}", piece)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(pieces))
        self.setVisible(bool(change))
