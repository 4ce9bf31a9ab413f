"""Missing data of a product, filled in at the checkout: category, price, or an attribute that a limit needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from pos.application.catalogue.typed_codes import Country
from pos.application.text.formatting import read_amount
from pos.application.text.names import ATTRIBUTES, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.catalogue.country import country_coded
from pos.domain.catalogue.paper_needs import WANTED_FIELDS
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.catalogue.product_fields import BY_NAME, CUSTOMS_ATTRIBUTES, Kind
from pos.domain.errors import BadField
from pos.domain.money import Currency
from pos.ui.approval.asking_panel import AskingPanel
from pos.ui.look.theme import Space, Theme
from pos.ui.sales.current_sale.product_completion import ProductCompletion
from pos.ui.sales.fill_in.attribute_text import read_attribute
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.category_box import CategoryBox
from pos.ui.widgets.fields.code_boxes import CountryBox, UnitBox
from pos.ui.widgets.fields.input_hints import hints_of

_KNOWN = ("category", "price", *CUSTOMS_ATTRIBUTES, *(name for name in WANTED_FIELDS if name not in CUSTOMS_ATTRIBUTES))


_OF_PAPERS = frozenset(_KNOWN) - {"category", "price", *CUSTOMS_ATTRIBUTES}
"""What only papers for the border want: each may be left open."""


class FillInPanel(AskingPanel):
    """Asks for the `missing` fields of one product. `filled` carries the Product as it is shown, and what completes
    it.
    """

    filled = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, country: Country = country_coded) -> None:
        self._country = country
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.S)
        super().__init__(theme, self._grid, parent)
        self._product: Product | None = None
        self._currency: Currency | None = None
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, TextLabel] = {}
        self._kept: dict[int, dict[str, Any]] = {}
        """What is typed and not saved, by product, while another one is asked about."""

    @property
    def is_begun(self) -> bool:
        """Whether something is typed or chosen that is not saved yet."""
        return not self.isHidden() and bool(self._typed())

    def ask_to_finish(self) -> None:
        """Put the cursor back into the fields."""
        next(iter(self._fields.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_kept(self) -> bool:
        """Whether something is typed for a product that is asked about or was asked about before."""
        return self.is_begun or bool(self._kept)

    def keep(self) -> None:
        """Let what is typed wait for its product to be asked about again."""
        if self._product is not None and self.is_begun:
            self._kept[self._product.id] = self._typed()

    def drop(self, product_id: int | None = None) -> None:
        """What is typed for a product, by default for the one on show, is saved or given up."""
        if product_id is None and self._product is not None:
            product_id = self._product.id
        if product_id is not None:
            self._kept.pop(product_id, None)

    @property
    def product_id(self) -> int | None:
        """Which product is asked about."""
        return None if self.isHidden() or self._product is None else self._product.id

    def is_of(self, product: Product) -> bool:
        """Whether it asks about `product` as it is by now."""
        return not self.isHidden() and self._product == product

    @property
    def content(self) -> Mapping[str, Any]:
        """What is typed or chosen now."""
        return self._typed()

    def follow(self, saved: Product, sent: Mapping[str, Any]) -> bool:
        """What was `sent` of a product is saved; whether nothing else was typed for it since. What was stays."""
        if self.product_id == saved.id:
            if self._typed() != sent:
                self._product = saved
                self.insist()
                return False
        elif self._kept.get(saved.id, sent) != sent:
            return False
        self._kept.pop(saved.id, None)
        return True

    def forget(self) -> None:
        """All that is typed is given up."""
        self._kept.clear()
        self.hide()

    def _typed(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in self._fields.items():
            if isinstance(field, CountryBox):
                values[name] = field.currentText().strip()
            elif isinstance(field, QComboBox):
                values[name] = field.currentData() if field.currentIndex() >= 0 else None
            elif isinstance(field, QLineEdit):
                values[name] = field.text().strip()
        return {name: value for name, value in values.items() if value}

    @property
    def fields(self) -> dict[str, QWidget]:
        """The fields shown, by their names in the domain."""
        return self._fields

    def open(self, product: Product, missing: Sequence[str], currency: Currency, tr: Translator) -> None:
        """Ask for the missing fields of `product`."""
        self._clear()
        self._product, self._currency = product, currency
        known = self._kept.pop(product.id, {})
        for index, name in enumerate(name for name in dict.fromkeys((*missing, *known)) if name in _KNOWN):
            self._fields[name] = field = self._field(name)
            self._labels[name] = TextLabel(role=Role.LABEL)
            self._grid.addWidget(self._labels[name], 0, index)
            self._grid.addWidget(field, 1, index)
            self._grid.setColumnStretch(index, 2 if name == "category" else 1)
        for name, value in known.items():
            kept = self._fields.get(name)
            if isinstance(kept, CountryBox):
                kept.setEditText(value)
            elif isinstance(kept, QComboBox):
                kept.setCurrentIndex(kept.findData(value))
            elif isinstance(kept, QLineEdit):
                kept.setText(value)
        self.retranslate(tr)
        for before, after in pairwise([*self._fields.values(), self._save, self._leave]):
            self.setTabOrder(before, after)
        self.show()
        for field in self._fields.values():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            break

    def _field(self, name: str) -> QWidget:
        if name == "category":
            return self._category()
        box: CountryBox | UnitBox
        if BY_NAME[name].kind is Kind.COUNTRY:
            box = CountryBox(BY_NAME[name], self._country)
            box.editTextChanged.connect(self.excuse)
        elif BY_NAME[name].kind is Kind.UNIT:
            box = UnitBox()
            box.activated.connect(self.excuse)
        else:
            return self._line(name)
        return box

    def _category(self) -> QWidget:
        field = CategoryBox()
        field.activated.connect(self.excuse)
        return field

    def _line(self, name: str) -> QWidget:
        field = QLineEdit()
        field.setInputMethodHints(hints_of(name))
        field.textEdited.connect(self.excuse)
        return field

    def retranslate(self, tr: Translator) -> None:
        super().retranslate(tr)
        self._save.present(tr("Save"))
        self._leave.present(tr("Cancel"))
        if self._product is not None:
            self._title.setText(tr("Fill in: {goods}", goods=self._product.name_in(tr.language)))
        for name, field in self._fields.items():
            title = name_of(ATTRIBUTES, name, tr)
            if name == "price" and self._currency is not None:
                title = strung(tr, (title, self._currency.code))
            self._labels[name].setText(title)
            field.setAccessibleName(title)
            if isinstance(field, CategoryBox | CountryBox | UnitBox):
                field.retranslate(tr)

    def submit(self) -> None:
        if self._product is None:
            return
        try:
            filling = self._read()
        except BadField as error:
            self._fields[error.field].setFocus(Qt.FocusReason.OtherFocusReason)
            self.wrong.emit(error)
            return
        self.filled.emit(self._product, filling)

    def _read(self) -> ProductCompletion:
        language = self._translator.language
        read: dict[str, Any] = {}
        details = {name: text for name in self._fields if name in _OF_PAPERS and (text := self._read_detail(name))}
        for name, field in self._fields.items():
            if name in _OF_PAPERS:
                continue
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
        if not details and _OF_PAPERS.issuperset(self._fields):
            raise BadField(next(iter(self._fields)), "missing")
        return ProductCompletion(category, price, Attributes(**read), details)

    def _read_detail(self, name: str) -> str:
        """What a paper wants; empty if it is left open, which stops nothing. Raises BadField naming the field."""
        field = self._fields[name]
        if isinstance(field, CountryBox):
            return field.code() or ""
        if isinstance(field, QComboBox):
            return field.currentData() or ""
        text = field.text().strip() if isinstance(field, QLineEdit) else ""
        BY_NAME[name].check(text)
        return text

    def _clear(self) -> None:
        for widget in (*self._fields.values(), *self._labels.values()):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._fields, self._labels = {}, {}
        self._wrong.setText("")
