"""Asks for the price at which goods without one on file are sold this time."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos.application.text.formatting import number_text, read_amount
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Currency
from pos.ui.approval.asking_panel import AskingPanel
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.input_hints import NUMBERS

_LEAST, _MOST = 120, 240


class OpenPricePanel(AskingPanel):
    """Asks for the price of one piece of a product. `priced` carries the Money."""

    priced = Signal(object)
    keeps_room = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._label = TextLabel(role=Role.LABEL)
        self.field = QLineEdit()
        self._says = TextLabel(role=Role.LABEL, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        super().__init__(theme, row, parent)
        self.field.setInputMethodHints(NUMBERS)
        self.field.setMinimumWidth(_LEAST)
        self.field.setMaximumWidth(_MOST)
        self.field.textEdited.connect(self.excuse)
        row.addWidget(self._label)
        row.addWidget(self.field, 1)
        row.addWidget(self._says, 1)
        for before, after in pairwise((self.field, self._save, self._leave)):
            self.setTabOrder(before, after)
        self.product: Product | None = None
        self._quantity = 1
        self._currency: Currency | None = None

    @property
    def is_begun(self) -> bool:
        """Whether a price is typed that is not entered yet."""
        return not self.isHidden() and bool(self.field.text().strip())

    def ask_to_finish(self) -> None:
        """Put the cursor back into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open(self, product: Product, quantity: int, text: str, currency: Currency, tr: Translator) -> None:
        """Ask for the price of so many pieces of a product; `text` stands there to be accepted or typed over."""
        self.product, self._quantity, self._currency = product, quantity, currency
        self.field.setText(text)
        self.field.selectAll()
        self.excuse()
        self.retranslate(tr)
        self.show()
        self.ask_to_finish()

    def forget(self) -> None:
        """Close it, and give up what is typed."""
        self.hide()
        self.product = None
        self.field.clear()
        self.excuse()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self._save.present(tr("Add"))
        self._leave.present(tr("Cancel"))
        name = tr("Price") if self._currency is None else strung(tr, (tr("Price"), self._currency.code))
        self._label.setText(name)
        self.field.setAccessibleName(name)
        if self.product is None:
            return
        goods, quantity = self.product.name_in(tr.language), number_text(self._quantity, tr.language)
        self._title.setText(tr("Open price: {goods}", goods=goods))
        self._says.setText(tr("For this sale only.") if self._quantity == 1 else tr("For each of {n}.", n=quantity))

    def submit(self) -> None:
        if self._currency is None:
            return
        try:
            price = read_amount(self.field.text(), self._currency, self._translator.language, field="price")
        except BadField as error:
            self.ask_to_finish()
            self.wrong.emit(error)
            return
        self.priced.emit(price)
