"""One section of the product form: its fields, their values and errors."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from pos.application.catalogue.typed_codes import Country
from pos.application.text.formatting import read_count, read_number
from pos.application.text.names import PRODUCT_FIELDS, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.catalogue.product_fields import FIELDS, FormSection, Kind, ProductField, value_of
from pos.ui.look.theme import Space
from pos.ui.page.form_page import FormRow
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.fields.category_box import CategoryBox
from pos.ui.widgets.fields.code_boxes import CountryBox, UnitBox
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import hints_of

_DECIMALS = {Kind.MEASURE: 9, Kind.VAT: 2}


class Section(QWidget):
    """A part of the form. `changed` is emitted whenever a value was typed or chosen."""

    changed = Signal()

    def present(self, card: ProductCard, tr: Translator) -> None:
        """Show the values of the card."""

    def read(self, card: ProductCard, tr: Translator) -> ProductCard:
        """The card with the typed values of this section. Raises BadField naming the field."""
        raise NotImplementedError

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language; typed values stay."""

    def row_of(self, _field: str) -> FormRow | None:
        """The row of a field, to show its error."""
        return None

    def fields(self) -> Sequence[QWidget]:
        """The fields that Enter steps through, in order."""
        return ()

    def clear_errors(self) -> None:
        """Clear all errors."""


class FieldSection(Section):
    """The fields of one section of a product, two in a line."""

    def __init__(self, session: Session, section: FormSection) -> None:
        super().__init__()
        self._session = session
        fields = sorted((field for field in FIELDS if field.section is section), key=_order)
        self._fields = {field.name: field for field in fields}
        self.rows: dict[str, FormRow] = {}
        self.checks: dict[str, QCheckBox] = {}
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(Space.M)
        self.grid.setVerticalSpacing(12)
        cell = 0
        for field in fields:
            widget = self._made(field)
            columns = 2 if field.name == "name" or field.kind in (Kind.CATEGORY, Kind.SUPPLIER) else 1
            cell += cell % 2 if columns == 2 else 0
            self.grid.addWidget(widget, cell // 2, cell % 2, 1, columns, Qt.AlignmentFlag.AlignTop)
            cell += columns
        for column in range(2):
            self.grid.setColumnStretch(column, 1)
        column_of = vbox(self.grid, spacing=Space.M, margins=0, parent=self)
        self.body = column_of

    def _made(self, field: ProductField) -> QWidget:
        if field.kind is Kind.YES_NO:
            check = QCheckBox()
            check.toggled.connect(self.changed)
            self.checks[field.name] = check
            return check
        editor = editor_of(field, self._session.country)
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(self.changed)
        elif editor.isEditable():
            editor.editTextChanged.connect(self.changed)
        else:
            editor.currentIndexChanged.connect(self.changed)
        row = FormRow(editor)
        self.rows[field.name] = row
        return row

    def present(self, card: ProductCard, tr: Translator) -> None:
        for name, row in self.rows.items():
            editor, value = row.field, value_of(card, name)
            if isinstance(editor, CountryBox):
                editor.retranslate(tr)
                editor.choose(value)
            elif isinstance(editor, QComboBox) and editor.isEditable():
                editor.setEditText(value or "")
            elif isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(value or None)))
            elif isinstance(editor, QLineEdit):
                editor.setText(typed(value, tr.language))
                editor.setCursorPosition(len(editor.text()) if editor.hasFocus() else 0)  # a long one from its start
        for name, check in self.checks.items():
            check.setChecked(bool(value_of(card, name)))
        self.clear_errors()

    def rewrite(self, card: ProductCard, tr: Translator) -> None:
        """Write figures that are still those of the card, and countries, as a language does."""
        for name, row in self.rows.items():
            editor, value = row.field, value_of(card, name)
            if isinstance(editor, CountryBox):
                editor.retranslate(tr)
            if not isinstance(editor, QLineEdit) or self._fields[name].kind not in _DECIMALS:
                continue
            if editor.text() in (typed(value, "en"), typed(value, "ru")):
                editor.setText(typed(value, tr.language))

    def read(self, card: ProductCard, tr: Translator) -> ProductCard:
        filled: dict[str, Any] = {
            name: read_editor(self._fields[name], row.field, tr.language) for name, row in self.rows.items()
        }
        return card.having(filled | {name: check.isChecked() for name, check in self.checks.items()})

    def retranslate(self, tr: Translator) -> None:
        for name, row in self.rows.items():
            row.present(name_of(PRODUCT_FIELDS, name, tr))
            if isinstance(row.field, CategoryBox | CountryBox | UnitBox):
                row.field.retranslate(tr)
        for name, check in self.checks.items():
            check.setText(name_of(PRODUCT_FIELDS, name, tr))

    def offer(self, name: str, choices: Sequence[str]) -> None:
        """Offer the known suppliers; the typed value stays."""
        editor = self.rows[name].field
        if isinstance(editor, QComboBox):
            offer(editor, choices)

    def row_of(self, field: str) -> FormRow | None:
        return self.rows.get(field)

    def fields(self) -> Sequence[QWidget]:
        return [*(row.field for row in self.rows.values()), *self.checks.values()]

    def clear_errors(self) -> None:
        for row in self.rows.values():
            row.excuse()


_ABOVE = ("name", "name_zh", "name_ru", "name_kk", "name_en")


def _order(field: ProductField) -> int:
    """Names come first, in the order of the shop's languages; the others stay as they are declared."""
    return _ABOVE.index(field.name) if field.name in _ABOVE else len(_ABOVE)


def editor_of(field: ProductField, country: Country) -> QLineEdit | QComboBox:
    """What the value of a field is typed or chosen in, unless it is yes or no. `country` knows countries by name."""
    if field.kind is Kind.COUNTRY:
        return CountryBox(field, country)
    if field.kind is Kind.UNIT:
        return UnitBox()
    if field.kind is Kind.CATEGORY:
        category = CategoryBox(none=True)
        category.setMaxVisibleItems(14)
        return category
    if field.kind is Kind.SUPPLIER:
        supplier = ComboBox()
        supplier.setMaxVisibleItems(14)
        supplier.setEditable(True)
        supplier.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        supplier.setLineEdit(_line_edit(field.longest))
        return supplier
    editor = _line_edit(field.longest)
    editor.setInputMethodHints(hints_of(field.name))
    return editor


def read_editor(field: ProductField, editor: QWidget, language: str) -> Any:
    """The typed or chosen value; None for nothing. Raises BadField naming the field."""
    if isinstance(editor, CountryBox):
        return editor.code()
    if isinstance(editor, QComboBox):
        return (editor.currentText().strip() or None) if editor.isEditable() else editor.currentData()
    assert isinstance(editor, QLineEdit)
    text = editor.text().strip()
    if field.kind is Kind.VAT:
        text = text.removesuffix("%").strip()
    if not text:
        return None
    if field.kind is Kind.CUSTOMS_CODE:
        return field.coded(text)
    if field.kind in _DECIMALS:
        return read_number(text, language, digits=_DECIMALS[field.kind], field=field.name)
    return read_count(text, language, field=field.name) if field.kind is Kind.COUNT else text


def offer(editor: QComboBox, choices: Sequence[str]) -> None:
    """Offer these choices; the typed value stays."""
    if [editor.itemText(n) for n in range(editor.count())] != list(choices):
        typed_already = editor.currentText()
        editor.blockSignals(True)
        editor.clear()
        editor.addItems(list(choices))
        editor.setEditText(typed_already)
        editor.blockSignals(False)


def _line_edit(longest: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(longest)
    return field


def typed(value: object, language: str) -> str:
    """A value as the user would type it: with the decimal mark of the language, without thousands separators."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return plain.replace(".", ",") if language in ("ru", "kk") else plain
    return str(value)
