"""What a product lacks, filled in where it is missed: category, price, or an attribute that a limit needs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from pos.application.figures import read_amount
from pos.application.names import ATTRIBUTES, CATEGORIES, name_of
from pos.application.typography import strung
from pos.application.words import Words
from pos.domain.category import LEAVES
from pos.domain.errors import BadField
from pos.domain.money import Currency
from pos.domain.product import Attributes, Product
from pos.ui.checkout.asking_panel import AskingPanel
from pos.ui.checkout.attribute_text import read_attribute
from pos.ui.checkout.filling import Filling
from pos.ui.theme import Space, Theme
from pos.ui.widgets.text_label import Role, TextLabel

_KNOWN = ("category", "price", "ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")


class FillInPanel(AskingPanel):
    """Asks for the `missing` fields of one product. `filled` tells the product's id and a Filling, `left` nothing."""

    filled = Signal(int, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.S)
        super().__init__(theme, self._grid, parent)
        self._product: Product | None = None
        self._currency: Currency | None = None
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, TextLabel] = {}

    @property
    def fields(self) -> dict[str, QWidget]:
        """The fields on show by their names in the domain."""
        return self._fields

    def open(self, product: Product, missing: Sequence[str], currency: Currency, words: Words) -> None:
        """Ask for what `product` lacks."""
        self._clear()
        self._product, self._currency = product, currency
        for place, name in enumerate(name for name in missing if name in _KNOWN):
            field: QWidget = QComboBox() if name == "category" else QLineEdit()
            if isinstance(field, QComboBox):
                for leaf in LEAVES:
                    field.addItem("", leaf)
                field.setCurrentIndex(-1)
            self._fields[name] = field
            self._labels[name] = TextLabel(role=Role.LABEL)
            self._grid.addWidget(self._labels[name], 0, place)
            self._grid.addWidget(field, 1, place)
            self._grid.setColumnStretch(place, 2 if name == "category" else 1)
        self.retranslate(words)
        for before, after in pairwise([*self._fields.values(), self._save, self._leave]):
            self.setTabOrder(before, after)
        self.show()
        for field in self._fields.values():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            break

    def retranslate(self, words: Words) -> None:
        """Say everything in another language; what was typed stays."""
        self._words = words
        self._save.present(words("Save"))
        self._leave.present(words("Cancel"))
        if self._product is not None:
            self._title.setText(words("Fill in: {goods}", goods=self._product.name_in(words.language)))
        for name, field in self._fields.items():
            title = name_of(ATTRIBUTES, name, words)
            if name == "price" and self._currency is not None:
                title = strung(words, (title, self._currency.code))
            self._labels[name].setText(title)
            field.setAccessibleName(title)
            if isinstance(field, QComboBox):
                field.setPlaceholderText(words("Choose a category"))
                for place in range(field.count()):
                    field.setItemText(place, name_of(CATEGORIES, str(field.itemData(place)), words))

    def tell(self) -> None:
        """Override AskingPanel.tell."""
        if self._product is None:
            return
        try:
            filling = self._read()
        except BadField as error:
            self._fields[error.field].setFocus(Qt.FocusReason.OtherFocusReason)
            self.wrong.emit(error)
            return
        self.filled.emit(self._product.id, filling)

    def _read(self) -> Filling:
        language = self._words.language
        read: dict[str, Any] = {}
        for name, field in self._fields.items():
            if isinstance(field, QComboBox):
                if field.currentIndex() < 0:
                    raise BadField(name, "missing")
                read[name] = field.currentData()
                continue
            text = field.text() if isinstance(field, QLineEdit) else ""
            if name == "price" and self._currency is not None:
                read[name] = read_amount(text, self._currency, language, field=name)
            else:
                read[name] = read_attribute(name, text, language)
        category, price = read.pop("category", None), read.pop("price", None)
        return Filling(category, price, Attributes(**read))

    def _clear(self) -> None:
        for widget in (*self._fields.values(), *self._labels.values()):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._fields, self._labels = {}, {}
        self._wrong.setText("")
