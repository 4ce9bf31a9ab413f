"""A product that the shop does not know yet, entered beside the basket: name, price, category, pieces."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from pos.application.text.formatting import read_amount, read_count
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.catalogue.product_card import PackCode, ProductCard
from pos.domain.catalogue.product_fields import longest
from pos.domain.errors import BadField
from pos.domain.money import Currency
from pos.ui.approval.asking_panel import AskingPanel
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.category_box import CategoryBox
from pos.ui.widgets.fields.input_hints import DIGITS, hints_of

_STRETCH = {"name": 3, "price": 1, "category": 2, "on_hand": 1}
_CATEGORY = 9
"""Characters of a category at the least: on a narrow page the name needs the room."""


class NewGoodsPanel(AskingPanel):
    """Asks for the product of one code. `made` carries its ProductCard and how many pieces of it are on the floor."""

    made = Signal(object, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        grid = QGridLayout()
        grid.setSpacing(Space.S)
        super().__init__(theme, grid, parent)
        self.code = ""
        self._currency: Currency | None = None
        self.name, self.price, self.pieces, self.category = QLineEdit(), QLineEdit(), QLineEdit(), CategoryBox()
        self.name.setMaxLength(longest("name"))
        self.price.setInputMethodHints(hints_of("price"))
        self.pieces.setInputMethodHints(DIGITS)
        self.category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.category.setMinimumContentsLength(_CATEGORY)
        for line in (self.name, self.price, self.pieces):
            line.textEdited.connect(self.excuse)
        self.category.activated.connect(self.excuse)
        self._fields: dict[str, QWidget] = {
            "name": self.name, "price": self.price, "category": self.category, "on_hand": self.pieces,
        }  # fmt: skip
        self._labels = {name: TextLabel(role=Role.LABEL) for name in self._fields}
        for column, (name, field) in enumerate(self._fields.items()):
            grid.addWidget(self._labels[name], 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, _STRETCH[name])
        self._least = 1

    @property
    def is_begun(self) -> bool:
        """Whether something is typed or chosen that is not saved yet."""
        typed = self.name.text().strip() or self.price.text().strip() or self.category.currentIndex() >= 0
        return not self.isHidden() and bool(typed)

    def ask_to_finish(self) -> None:
        """Put the cursor back into the fields."""
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open(self, code: str, pieces: int, currency: Currency, tr: Translator) -> None:
        """Ask for the product of `code`, of which `pieces` were scanned."""
        self.forget()
        self.code, self._currency, self._least = code, currency, pieces
        self.pieces.setText(str(pieces))
        self.retranslate(tr)
        self.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_again(self) -> None:
        """Show what was typed again: it was not saved."""
        self.show()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """Give up what is typed."""
        self.hide()
        for field in (self.name, self.price, self.pieces):
            field.clear()
        self.category.setCurrentIndex(-1)
        self.excuse()

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self._save.present(tr("Save"))
        self._leave.present(tr("Cancel"))
        self._title.setText(tr("New product: {code}", code=self.code))
        titles = {
            "name": tr("Name"),
            "price": tr("Price") if self._currency is None else strung(tr, (tr("Price"), self._currency.code)),
            "category": tr("Category"),
            "on_hand": tr("Quantity in stock"),
        }
        for name, field in self._fields.items():
            self._labels[name].setText(titles[name])
            field.setAccessibleName(titles[name])
        self.category.retranslate(tr)

    def submit(self) -> None:
        try:
            card, pieces = self._read()
        except BadField as error:
            self._fields[error.field].setFocus(Qt.FocusReason.OtherFocusReason)
            self.wrong.emit(error)
            return
        self.made.emit(card, pieces)

    def _read(self) -> tuple[ProductCard, int]:
        assert self._currency is not None
        language, name = self._translator.language, self.name.text().strip()
        if not name:
            raise BadField("name", "missing")
        price = read_amount(self.price.text(), self._currency, language, field="price")
        if self.category.currentIndex() < 0:
            raise BadField("category", "missing")
        pieces = read_count(self.pieces.text(), language, field="on_hand")
        if pieces < self._least:  # those that were scanned are there
            raise BadField("on_hand", "out_of_range", str(pieces))
        return ProductCard((PackCode(self.code),), name, category=self.category.currentData(), price=price), pieces
