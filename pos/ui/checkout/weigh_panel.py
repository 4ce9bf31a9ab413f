"""Goods by weight that came without one: the grams, asked for in place."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.application.figures import money_text
from pos.application.words import Words
from pos.domain.errors import BadField
from pos.domain.piece import check_grams, price_of
from pos.domain.product import Product
from pos.ui.key_positions import ENTERS
from pos.ui.theme import Size, Space, Theme
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone

_FIELD = 160
_DIGITS = 6


class WeighPanel(Surface):
    """Asks for the grams of one product: `weighed` tells its id and the grams, `wrong` a BadField, `left` nothing."""

    weighed = Signal(int, int)
    wrong = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CHOSEN, parent)
        self._product: Product | None = None
        self._words = Words.english()
        self._title = TextLabel(role=Role.STRONG)
        self._label = TextLabel(role=Role.LABEL)
        self._price = TextLabel(role=Role.LABEL)
        self._wrong = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._wrong.set_tone(Tone.OVER)
        self.field = QLineEdit()
        self.field.setMaxLength(_DIGITS)
        self.field.setFixedWidth(_FIELD)
        self.field.textChanged.connect(self._tell_price)
        self._save = IconButton(theme, icon="check", key="Enter", kind=Kind.TINTED, height=Size.SMALL_BUTTON)
        self._leave = IconButton(theme, key="Esc", kind=Kind.SECONDARY, height=Size.SMALL_BUTTON)
        self._save.clicked.connect(self._tell)
        self._leave.clicked.connect(self.left)
        self._lay_out()
        self.hide()

    def open(self, product: Product, words: Words) -> None:
        """Ask for the grams of `product`."""
        self._product = product
        self._wrong.hide()
        self.field.clear()
        self.retranslate(words)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self, words: Words) -> None:
        """Say everything in another language; what was typed stays."""
        self._words = words
        self._save.present(words("Add"))
        self._leave.present(words("Cancel"))
        self._label.setText(words("Weight, g"))
        self.field.setAccessibleName(words("Weight, g"))
        if self._product is not None:
            self._title.setText(words("Weigh: {goods}", goods=self._product.name_in(words.language)))
        self._tell_price()

    def tell_wrong(self, sentence: str) -> None:
        """Say why this is no weight."""
        self._wrong.setText(sentence)
        self._wrong.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: Enter adds it, Esc leaves."""
        if event.key() in ENTERS:
            self._tell()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _grams(self) -> int:
        text = self.field.text().strip()
        if not text:
            raise BadField("grams", "missing")
        if not (text.isascii() and text.isdecimal()):
            raise BadField("grams", "not_a_whole_number", text)
        return check_grams(int(text))

    def _tell(self) -> None:
        if self._product is None:
            return
        try:
            grams = self._grams()
        except BadField as error:
            self.wrong.emit(error)
            return
        self.weighed.emit(self._product.id, grams)

    def _tell_price(self) -> None:
        """What so much costs, while it is typed; the price of a kilogram before."""
        if self._product is None or self._product.price is None:
            return
        language, each = self._words.language, self._product.price
        told = self._words("{price} for 1 kg", price=money_text(each, language))
        with suppress(BadField):  # nothing typed yet, or no number
            told = f"{told}  =  {money_text(price_of(self._grams(), each), language)}"
        self._price.setText(told)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._title, 1)
        head.addWidget(self._leave)
        head.addWidget(self._save)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._label)
        row.addWidget(self.field)
        row.addWidget(self._price, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, 12)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self.setTabOrder(self.field, self._save)
        self.setTabOrder(self._save, self._leave)
