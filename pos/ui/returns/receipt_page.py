"""Where a return begins: the receipt, scanned or typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.application.words import Words
from pos.domain.sale import receipt_number
from pos.ui.key_positions import us_sign
from pos.ui.theme import Space, Theme
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.search_box import SearchBox

_WIDTH = 560
_LONGEST = 20


class ReceiptPage(QWidget):
    """Asks for the number of a receipt; `told` tells it. Digits alone are a number of this till."""

    told = Signal(str)

    def __init__(self, theme: Theme, till: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._till = till
        self._picture = EmptyState(theme)
        self.box = SearchBox(theme, "", "", key="Enter", icon="receipt-text")
        self.box.field.setMaxLength(_LONGEST)
        self.box.submitted.connect(self._tell)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addStretch(2)
        middle.addWidget(self._picture)
        middle.addWidget(self.box)
        middle.addStretch(3)
        holder = QWidget()
        holder.setLayout(middle)
        holder.setFixedWidth(_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.addStretch(1)
        row.addWidget(holder)
        row.addStretch(1)

    def begin(self) -> None:
        """Put the hand into the field."""
        self.box.field.setFocus()
        self.box.field.selectAll()

    def retranslate(self, words: Words) -> None:
        """Say everything in another language; what was typed stays."""
        hint = words("The receipt tells what was bought and how it was paid.")
        self._picture.present("undo-2", words("Goods come back: scan the receipt"), hint)
        self.box.present(words("Receipt number"), words("Scan the receipt, or type T1-000123"), "Enter")

    def _tell(self, text: str) -> None:
        typed = "".join(us_sign(sign) or sign for sign in text.strip()).upper()  # a Russian layout writes Е for T
        if typed.isdecimal():
            typed = receipt_number(self._till, int(typed))
        if typed:
            self.told.emit(typed)
