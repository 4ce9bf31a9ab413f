"""Purchases elsewhere that a visitor states: they use the allowance like goods of this shop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pos.application.text.formatting import money_text, read_amount, read_count
from pos.application.text.names import ATTRIBUTES, CATEGORIES, name_of
from pos.application.text.translator import Translator
from pos.domain.catalogue.category import LEAVES, asked_of
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField, BadInput
from pos.domain.money import CURRENCIES, Money
from pos.domain.sales.cart_line import check_quantity
from pos.domain.visitors.declared_purchases import Declared
from pos.ui.look.theme import Space, Theme
from pos.ui.sales.fill_in.attribute_text import read_attribute
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.tool_button import ToolButton
from pos.ui.widgets.drawing.layouts import Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.tab_order import set_tab_order_at
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import DIGITS, NUMBERS
from pos.ui.widgets.fields.key_positions import ENTERS

_A_ROW = 3
_LIST_HEIGHT = 132


class DeclaredForm(Surface):
    """Takes goods one by one. `declared` carries the label and a change of the declared purchases, `left` ends it.

    An unknown attribute is left empty: the allowance is then not known, as with goods of the shop.
    """

    declared = Signal(str, object)
    wrong = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self._theme = theme
        self._now = now
        self._translator = Translator.english()
        self._label, self._name = "", ""
        self._lines: tuple[Declared, ...] = ()
        self._sent: Mapping[str, str] = {}
        """What is typed of the purchase that was passed on, and is not taken yet."""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.category = ComboBox()
        self.quantity, self.price = QLineEdit(), QLineEdit()
        self.quantity.setInputMethodHints(DIGITS)
        self.price.setInputMethodHints(NUMBERS)
        self.currency = ComboBox()
        self.attributes: dict[str, QLineEdit] = {}
        self._labels = [TextLabel(role=Role.LABEL) for _ in range(3)]
        self._attribute_labels: dict[str, TextLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._wrong = Complaint(Role.SMALL_STRONG, keeps_room=True)
        self._take = IconButton(theme, icon="plus", key="Enter", kind=ButtonKind.TINTED)
        self._leave = IconButton(theme, key="Esc", kind=ButtonKind.SECONDARY)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        for leaf in LEAVES:
            self.category.addItem("", leaf)
        for currency in CURRENCIES.values():
            self.currency.addItem(currency.code, currency)
        for field in (self.quantity, self.price):
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            field.setMaxLength(14)
        self.category.currentIndexChanged.connect(lambda _index: self._ask_attributes())
        self._take.clicked.connect(self._add)
        self._leave.clicked.connect(self.left)
        self._lay_out()

    @property
    def sentence(self) -> str:
        """What was wrong with what was typed last; empty when nothing was."""
        return self._wrong.text()

    @property
    def label(self) -> str:
        """Whose goods it takes."""
        return self._label

    @property
    def is_begun(self) -> bool:
        """Whether goods are typed that were not taken yet."""
        typed = any(field.text().strip() for field in (self.price, *self.attributes.values()))
        return typed or self.quantity.text().strip() not in ("", "1")

    def ask_to_finish(self) -> None:
        """Put the cursor back into the fields."""
        self.price.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def removers(self) -> list[ToolButton]:
        """The buttons that take a line back, from the top."""
        return [button for button in self._list.findChildren(ToolButton) if not button.isHidden()]

    def open(self, label: str, name: str, currency: str, lines: tuple[Declared, ...], tr: Translator) -> None:
        """Begin for the visitor `label`, called `name`; prices are first taken to be in `currency`."""
        self._label, self._name = label, name
        self.currency.setCurrentText(currency)
        self.category.setCurrentIndex(-1)
        self.retranslate(tr)
        self._empty()
        self._sent = {}
        self.follow(lines)
        self.category.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self, lines: tuple[Declared, ...]) -> None:
        """Show what is declared by now."""
        if lines != self._lines:
            self._empty_sent()
        self._lines = lines
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, line in enumerate(lines):
            self._rows.addWidget(self._row(index, line))
        self._rows.addStretch(1)

    def show_error(self, words: Words, field: str = "") -> None:
        """Say what cannot be taken; the field named has the focus."""
        self._wrong.say(words)
        named: dict[str, QWidget] = {"category": self.category, "quantity": self.quantity, "price": self.price}
        edit = {**named, **self.attributes}.get(field)
        if edit is not None:
            edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, tr: Translator) -> None:
        """Say everything in another language; what was typed stays."""
        self._translator = tr
        title = tr("Bought elsewhere")
        self._title.setText(f"{title} · {self._name}" if self._name else title)
        self._hint.setText(
            tr("As stated by the visitor. It uses the allowance like goods bought here and is saved with the sale.")
        )
        chosen = self.category.currentData()
        self.category.blockSignals(True)
        self.category.clear()
        for leaf in sorted(LEAVES, key=lambda leaf: name_of(CATEGORIES, leaf, tr).casefold()):
            self.category.addItem(name_of(CATEGORIES, leaf, tr), leaf)
        self.category.setCurrentIndex(self.category.findData(chosen) if chosen else -1)
        self.category.setPlaceholderText(tr("Choose a category"))
        self.category.blockSignals(False)
        names = (tr("Category of goods"), tr("Pieces"), tr("Price per item"))
        for label, field, name in zip(self._labels, (self.category, self.quantity, self.price), names):
            label.setText(name)
            field.setAccessibleName(name)
        self.currency.setAccessibleName(tr("Currency"))
        for name, label in self._attribute_labels.items():
            label.setText(name_of(ATTRIBUTES, name, tr))
            self.attributes[name].setAccessibleName(label.text())
        self._take.present(tr("Add purchase"))
        self._leave.present(tr("Back"))
        self._wrong.reword()
        self.follow(self._lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Esc leaves; a field hands its Enter on to here."""
        if event.key() in ENTERS:
            self._add()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _empty(self) -> None:
        self.quantity.setText("1")
        self.price.clear()
        for field in self.attributes.values():
            field.clear()
        self._wrong.say(None)

    def _empty_sent(self) -> None:
        """Empty the fields of the purchase that was passed on; what was typed since is the next one's."""
        if self._sent:
            typed, empty = self._typed(), {"quantity": "1"}
            for name, field in self._fields().items():
                if typed[name] == self._sent.get(name):
                    field.setText(empty.get(name, ""))
            self._wrong.say(None)
        self._sent = {}

    def _fields(self) -> dict[str, QLineEdit]:
        return {"quantity": self.quantity, "price": self.price, **self.attributes}

    def _typed(self) -> dict[str, str]:
        chosen = {"category": str(self.category.currentData()), "currency": self.currency.currentText()}
        return chosen | {name: field.text() for name, field in self._fields().items()}

    def _ask_attributes(self) -> None:
        for widget in (*self.attributes.values(), *self._attribute_labels.values()):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.attributes, self._attribute_labels = {}, {}
        category = self.category.currentData()
        if category:
            self._wrong.say(None)
        for index, name in enumerate(asked_of(str(category)) if category else ()):
            label, field = TextLabel(role=Role.LABEL), QLineEdit()
            field.setInputMethodHints(NUMBERS)
            label.setText(name_of(ATTRIBUTES, name, self._translator))
            field.setAccessibleName(label.text())
            self.attributes[name], self._attribute_labels[name] = field, label
            line, column = divmod(index, _A_ROW)
            self._grid.addWidget(label, 2 * line, column)
            self._grid.addWidget(field, 2 * line + 1, column)
        set_tab_order_at(self.currency, self.attributes.values())

    def refused(self) -> None:
        """What was passed on is not taken: it can be entered once more."""
        self._sent = {}

    def _add(self) -> None:
        if self._typed() == self._sent:  # pressed twice: it is being taken
            return
        try:
            line = self._read()
        except BadInput as error:
            self.wrong.emit(error)
            return
        self._wrong.say(None)
        self._sent = self._typed()
        self.declared.emit(self._label, lambda now: (*now, line))

    def _read(self) -> Declared:
        language, category = self._translator.language, self.category.currentData()
        if not category:
            raise BadField("category", "missing")
        quantity = read_count(self.quantity.text(), language)
        check_quantity(quantity)
        currency = self.currency.currentData()
        price = read_amount(self.price.text(), currency, language, field="price")
        known: dict[str, Any] = {
            name: read_attribute(name, field.text(), language)
            for name, field in self.attributes.items()
            if field.text().strip()
        }
        return Declared(
            at=self._now(),
            name=CATEGORIES[str(category)],  # `stated_name` reads it in every language
            category=str(category),
            quantity=quantity,
            unit_price=price,
            discount=Money.zero(currency),
            attributes=Attributes(**known),
        )

    def _row(self, index: int, line: Declared) -> QWidget:
        tr, holder = self._translator, QWidget()
        name = name_of(CATEGORIES, line.category, tr)
        amount = money_text(line.unit_price * line.quantity - line.discount, tr.language)
        remove = ToolButton(self._theme, "x", worded=False)
        remove.present(tr("Remove purchase: {goods}", goods=name))
        remove.clicked.connect(lambda: self._remove(index))
        hbox(
            Stretched(TextLabel(f"{line.quantity} × {name}")),
            TextLabel(amount, Role.STRONG),
            remove,
            spacing=Space.S,
            margins=0,
            parent=holder,
        )
        return holder

    def _remove(self, shown_index: int) -> None:
        line = self._lines[shown_index]

        def without(now: tuple[Declared, ...]) -> tuple[Declared, ...]:
            index = now.index(line) if line in now else len(now)
            return now[:index] + now[index + 1 :]

        self.declared.emit(self._label, without)

    def _lay_out(self) -> None:
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidget(self._list)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMaximumHeight(_LIST_HEIGHT)
        scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        money = QGridLayout()
        money.setHorizontalSpacing(Space.S)
        money.setVerticalSpacing(Space.XS)
        for column, widget in enumerate((self._labels[1], self._labels[2])):
            money.addWidget(widget, 0, column)
        for column, field in enumerate((self.quantity, self.price, self.currency)):
            money.addWidget(field, 1, column)
            money.setColumnStretch(column, (2, 3, 3)[column])
        outer = vbox(
            self._title,
            self._hint,
            Gap(Space.S),
            self._labels[0],
            self.category,
            money,
            self._grid,
            self._wrong,
            spacing=Space.XS,
            margins=(Space.L, Space.M, Space.L, Space.S),
            parent=self,
        )
        buttons = hbox(self._leave, Stretched(self._take), spacing=Space.S)
        outer.addSpacing(Space.XS)
        outer.addLayout(buttons)
        outer.addSpacing(Space.S)
        outer.addWidget(Line())
        outer.addWidget(scroll, 1)
        outer.addStretch(1)
