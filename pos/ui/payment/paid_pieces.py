"""The change in notes and coins, side by side, as the hand counts them out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pos.application.figures import denomination_text, number_text
from pos.domain.tender import Change
from pos.ui.payment.change_notes import pieces_of
from pos.ui.theme import Space, Theme
from pos.ui.widgets.banknote_button import BanknoteButton

_IN_A_ROW = 6


class PaidPieces(QWidget):
    """Pictures of the pieces with how many of each, six in a row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.M)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addLayout(self._grid)
        row.addStretch(1)

    def present(self, change: Sequence[Change], language: str) -> None:
        """Show what goes back."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for place, (value, count, piece) in enumerate(pieces_of(change)):
            text = f"{number_text(count, language)} × {denomination_text(value, language)}"
            button = BanknoteButton(self._theme, text, piece, change=True)
            self._grid.addWidget(button, *divmod(place, _IN_A_ROW))
        self.setVisible(bool(change))
