"""The change in notes and coins, side by side, as the hand counts them out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from pos.application.figures import number_text
from pos.domain.tender import Change
from pos.ui.payment.change_notes import piece_texts, pieces_of
from pos.ui.theme import Size, Space, Theme
from pos.ui.widgets.banknote_button import BanknoteButton

_IN_A_ROW, _LOW, _MOST_FIGURES = 6, 36, 4


class PaidPieces(QWidget):
    """Pictures of the pieces with how many of each, six in a row; more than one row are lower ones."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addLayout(self._grid)
        row.addStretch(1)

    def leave_room_for(self, figures: int) -> bool:
        """Whether a small screen has room for the tick too, with so many figures beneath."""
        return self._grid.count() <= _IN_A_ROW and figures <= _MOST_FIGURES

    def present(self, change: Sequence[Change], language: str) -> None:
        """Show what goes back."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        pieces = pieces_of(change)
        height, gap = (Size.BUTTON, Space.M) if len(pieces) <= _IN_A_ROW else (_LOW, Space.S)
        self._grid.setSpacing(gap)
        shown = zip(pieces, piece_texts(change, language), strict=True)
        for place, ((_, count, piece), text) in enumerate(shown):
            words = f"{number_text(count, language)} × {text}"
            button = BanknoteButton(self._theme, words, piece, change=True, height=height)
            self._grid.addWidget(button, *divmod(place, _IN_A_ROW))
        self.setVisible(bool(change))
