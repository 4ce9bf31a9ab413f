"""Documents of a delivery: supplier, numbers, target place, and charges beside the goods."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.purchasing.delivery_view import CountView
from pos.application.text.formatting import plain_text, read_amount
from pos.application.text.names import CHARGE_KINDS, STOCK_LOCATIONS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.border import border_in_force
from pos.domain.errors import BadField, BadInput
from pos.domain.money import CURRENCIES, Currency
from pos.domain.purchasing.goods_receipt import CHARGES, Charge
from pos.domain.stock.stock import LOCATIONS
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import NUMBERS
from pos.ui.widgets.fields.scrolled_fields import FieldsAsHigh
from pos.ui.widgets.fields.sent_fields import content_of

_FIELD = 216
"""The least width of a field with others beside it: an amount of ten signs beside its currency."""


class DeliveryNoteForm(Surface):
    """The form; `saved` carries a DeliveryNote, `wrong` an invalid value."""

    saved = Signal(object)
    wrong = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CHOSEN, parent)
        self._translator = Translator.english()
        self._price: Currency = border_in_force().price
        self._opened: tuple[str, ...] = ()
        """What stood in the fields when they were opened."""
        self._labels = {name: TextLabel(role=Role.LABEL) for name in ("supplier", "note", "entry", "place", *CHARGES)}
        self.supplier, self.note, self.entry = QLineEdit(), QLineEdit(), QLineEdit()
        self.goes_to = ComboBox()
        for location in LOCATIONS:
            self.goes_to.addItem("", location)
        self.charges = {kind: (QLineEdit(), ComboBox()) for kind in CHARGES}
        for charge, _ in self.charges.values():
            charge.setInputMethodHints(NUMBERS)
        for _, box in self.charges.values():
            box.addItems(list(CURRENCIES))
        self.save = IconButton(theme, icon="check", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self.save.clicked.connect(self._save)
        self._wrong = Complaint(Role.SMALL_STRONG)
        self._lay_out()
        self.hide()

    def open(self, view: CountView, price: Currency, tr: Translator) -> None:
        """Show the documents of a delivery and focus the first field."""
        self._translator, self._price = tr, price
        receipt = view.receipt
        self.supplier.setText(view.supplier)
        self.note.setText(receipt.delivery_note)
        self.entry.setText(receipt.entry)
        self.goes_to.setCurrentIndex(LOCATIONS.index(receipt.location))
        for kind, (field, box) in self.charges.items():
            charge = next((one for one in receipt.charges if one.kind == kind), None)
            field.setText("" if charge is None else str(charge.amount))
            box.setCurrentText(price.code if charge is None else charge.amount.currency.code)
        self._opened = self.content
        self._wrong.say(None)
        self.show()
        self.begin()

    def begin(self) -> None:
        """Focus the first field."""
        self.supplier.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self, sent: tuple[str, ...]) -> None:
        """What was `sent` is saved; what was typed since stays, else the form closes."""
        self._opened = sent
        if not self.insist():
            self.hide()

    def insist(self) -> bool:
        """Whether something is typed or chosen that is not saved yet; then say so, with the cursor in the form."""
        if self.isHidden() or self.content == self._opened:
            return False
        self.show_error(lambda: self._translator("Press Enter to accept this entry, or Esc to drop it."))
        self.begin()
        return True

    @property
    def content(self) -> tuple[str, ...]:
        """What is typed and chosen now."""
        charges = (part for pair in self.charges.values() for part in pair)
        return content_of((self.supplier, self.note, self.entry, self.goes_to, *charges))

    def show_error(self, words: Words) -> None:
        """Show an error."""
        self._wrong.say(words)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self._translator = tr
        texts = {
            "supplier": tr("Supplier"),
            "note": tr("Delivery note"),
            "entry": tr("Customs document"),
            "place": tr("Goes to"),
            **{kind: name_of(CHARGE_KINDS, kind, tr) for kind in CHARGES},
        }
        for name, text in texts.items():
            self._labels[name].setText(text)
        for name, field in (("supplier", self.supplier), ("note", self.note), ("entry", self.entry)):
            field.setAccessibleName(texts[name])
        self.goes_to.setAccessibleName(texts["place"])
        for index, name in enumerate(LOCATIONS):
            self.goes_to.setItemText(index, name_of(STOCK_LOCATIONS, name, tr))
        for kind, (field, box) in self.charges.items():
            field.setAccessibleName(texts[kind])
            box.setAccessibleName(strung(tr, (texts[kind], tr("Currency"))))
        self.save.present(tr("Save documents"))
        self._wrong.reword()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            event.accept()

    def _save(self) -> None:
        try:
            charges = tuple(
                self._read_charge(kind, field.text(), CURRENCIES[box.currentText()])
                for kind, (field, box) in self.charges.items()
                if plain_text(field.text()).strip()
            )
        except BadInput as error:
            self.wrong.emit(error)
            return
        delivery_note = DeliveryNote(
            self.supplier.text(), self.goes_to.currentData(), self.note.text(), self.entry.text(), charges
        )
        self.saved.emit(delivery_note)

    def _read_charge(self, kind: str, text: str, currency: Currency) -> Charge:
        """A typed charge; what is wrong with it is said of the field as it is called here."""
        amount = read_amount(text, currency, self._translator.language, field=kind)
        if not amount:
            raise BadField(kind, "not_positive", text)
        return Charge(kind, amount)

    def _lay_out(self) -> None:
        fields = {"supplier": self.supplier, "note": self.note, "entry": self.entry, "place": self.goes_to}
        cells = [_cell(self._labels[name], field) for name, field in fields.items()]
        for kind, (amount, box) in self.charges.items():
            cells.append(_cell(self._labels[kind], hbox(Stretched(amount), box, spacing=Space.XS)))
        grid = Cells(*cells, _cell(self.save), least=_FIELD, most=len(fields))
        vbox(FieldsAsHigh(grid), self._wrong, spacing=Space.S, margins=(Space.M, 12, Space.M, 12), parent=self)


def _cell(*parts: QWidget | QLayout) -> QWidget:
    """Parts over each other, at the foot of their cell."""
    cell = QWidget()
    vbox(Stretch(), *parts, spacing=Space.XS, margins=0, parent=cell)
    return cell
