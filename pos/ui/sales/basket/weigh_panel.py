"""Asks for the grams of goods by weight that came without one."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos.application.catalogue.find_product import FoundProduct
from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.catalogue.piece import check_grams, price_of
from pos.domain.errors import BadField
from pos.ui.approval.asking_panel import AskingPanel
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.drawing.text_label import Role, TextLabel, Words
from pos.ui.widgets.fields.input_hints import NUMBERS

_FIELD = 160
_DIGITS = 6


class WeighPanel(AskingPanel):
    """Asks for the grams of one product: `weighed` carries its id and the grams, `wrong` a BadField, `left` nothing.

    `opened` means that goods wait: until the cashier types, a scale may put their weight into the field with
    `take_weight`.
    """

    weighed = Signal(int, int)
    opened = Signal()
    keeps_room = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._label = TextLabel(role=Role.LABEL)
        self._price = TextLabel(role=Role.LABEL)
        self.field = QLineEdit()
        self.field.setInputMethodHints(NUMBERS)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        super().__init__(theme, row, parent)
        self._found: FoundProduct | None = None
        self._says = TextLabel(role=Role.LABEL, wrap=True)
        self._scale: Words | None = None
        """What the scale says."""
        self.is_typed = False
        """Whether the cashier has begun to type the weight."""
        self.field.textEdited.connect(self._typed)
        self.field.textEdited.connect(self.excuse)
        self.field.setMaxLength(_DIGITS)
        self.field.setFixedWidth(_FIELD)
        self.field.textChanged.connect(self._show_price)
        row.addWidget(self._label)
        row.addWidget(self.field)
        row.addWidget(self._price)
        row.addWidget(self._says, 1)
        for before, after in pairwise((self.field, self._save, self._leave)):
            self.setTabOrder(before, after)

    def open(self, found: FoundProduct, tr: Translator) -> None:
        """Ask for the grams of the product."""
        self._found = found
        self.excuse()
        self.field.clear()
        self._hear(None)
        self.is_typed = False
        self.retranslate(tr)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.opened.emit()

    def take_weight(self, grams: int | None, says: Words) -> None:
        """Take the grams of the scale, or None, and the scale's message."""
        text = "" if grams is None else str(grams)
        if text != self.field.text():
            self.field.setText(text)
        if text:
            self.field.selectAll()
            self.excuse()
        self._hear(says)

    def _hear(self, says: Words | None) -> None:
        self._scale = says
        text = "" if says is None else says()
        if text != self._says.text():
            self._says.setText(text)

    def _typed(self, text: str) -> None:
        """The cashier types; an empty field leaves the weight to the scale again."""
        self.is_typed = bool(text)
        self._hear(None)
        if not text:
            self.opened.emit()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self._hear(self._scale)
        self._save.present(tr("Add"))
        self._leave.present(tr("Cancel"))
        self._label.setText(tr("Weight, g"))
        self.field.setAccessibleName(tr("Weight, g"))
        if self._found is not None:
            self._title.setText(tr("Weigh: {goods}", goods=self._found.product.name_in(tr.language)))
        self._show_price()

    def show_error(self, words: Words) -> None:
        super().show_error(words)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _grams(self) -> int:
        text = self.field.text().strip()
        if not text:
            raise BadField("grams", "missing")
        if not (text.isascii() and text.isdecimal()):
            raise BadField("grams", "not_a_whole_number", text)
        return check_grams(int(text))

    def submit(self) -> None:
        if self._found is None:
            return
        try:
            grams = self._grams()
        except BadField as error:
            if self._scale is not None and not self.field.text():
                self.show_error(self._scale)  # why there is no weight, not that there is none
            else:
                self.wrong.emit(error)
            return
        self.weighed.emit(self._found.product.id, grams)

    def _show_price(self) -> None:
        """Show what the typed weight costs, promotion taken off; before that, the price per kilogram."""
        if self._found is None or self._found.product.price is None:
            return
        language, each = self._translator.language, self._found.product.price
        text = self._translator("{price} for 1 kg", price=money_text(each, language))
        with suppress(BadField):  # nothing typed yet, or no number
            price = price_of(self._grams(), each)
            if (promoted := self._found.promoted_at(price)) is not None:
                price -= promoted.amount
                text = f"{text} · {promoted.name} · {money_text(-promoted.amount, language)}"
            text = f"{text}  =  {money_text(price, language)}"
        self._price.setText(text)
