"""A charge whose bill came after posting: of which kind, how much; asked once more, since it is never taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.formatting import money_text, read_amount
from pos.application.text.names import CHARGE_KINDS, name_of
from pos.application.text.translator import Translator
from pos.domain.errors import BadInput
from pos.domain.money import CURRENCIES, Currency
from pos.domain.purchasing.goods_receipt import CHARGES, Charge
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.layouts import Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.input_hints import NUMBERS
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.fields.sent_fields import content_of

_FIELD = 180
"""The least width of a field with others beside it."""


class LateChargeForm(Surface):
    """Asks for a Charge of a receipt; `saved` carries it, `wrong` what cannot be read."""

    saved = Signal(object)
    asked = Signal()
    wrong = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CHOSEN, parent)
        self._translator = Translator.english()
        self._receipt = ""
        self._asked: Charge | None = None
        self.counts: Callable[[], bool] = lambda: True
        """Whether what is being done may answer the question."""
        self._title = TextLabel(role=Role.STRONG)
        self.kind, self.currency = ComboBox(), ComboBox()
        for kind in CHARGES:
            self.kind.addItem("", kind)
        self.currency.addItems(list(CURRENCIES))
        self.amount = QLineEdit()
        self.amount.setInputMethodHints(NUMBERS)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._labels = {part: TextLabel(role=Role.LABEL) for part in (self.kind, self.amount, self.currency)}
        self.save = IconButton(theme, icon="check", key="Enter", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self.save.clicked.connect(self._submit)
        self._said = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self.amount.textEdited.connect(lambda _text: self._forget())
        self.kind.activated.connect(lambda _index: self._forget())
        self.currency.activated.connect(lambda _index: self._forget())
        self._lay_out()
        self.hide()

    def open(self, receipt: str, price: Currency) -> None:
        """Ask for a charge of the receipt of this number, first in the price currency."""
        self._receipt = receipt
        self.kind.setCurrentIndex(0)
        self.amount.clear()
        self.currency.setCurrentText(price.code)
        self._forget()
        self.show()
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def content(self) -> tuple[str, ...]:
        """What is typed and chosen now."""
        return content_of((self.kind, self.amount, self.currency))

    @property
    def is_typed(self) -> bool:
        """Whether an amount is typed that is not booked yet."""
        return not self.isHidden() and bool(self.amount.text().strip())

    def insist(self) -> bool:
        """Whether an amount is typed that is not booked yet; then say so, with the cursor in it."""
        if not self.is_typed:
            return False
        self.show_error(self._translator("Press Enter to accept this entry, or Esc to drop it."))
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def withdraw(self) -> None:
        """The question falls with its page: the next Enter asks again."""
        if self._asked is not None:
            self._forget()

    def show_error(self, text: str) -> None:
        """Say what cannot be so; empty for nothing."""
        self._asked = None
        self._say(text, Tone.OVER)

    def retranslate(self, tr: Translator) -> None:
        """Say everything in another language; what was asked is asked again."""
        self._translator = tr
        self._title.setText(tr("Late charge"))
        for index, kind in enumerate(CHARGES):
            self.kind.setItemText(index, name_of(CHARGE_KINDS, kind, tr))
        for part, text in zip(self._labels, (tr("Type of charge"), tr("Amount"), tr("Currency")), strict=True):
            self._labels[part].setText(text)
            part.setAccessibleName(text)
        self.save.present(tr("Add charge"))
        self._forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, and letters go nowhere else."""
        if event.key() in ENTERS:
            self._submit()
        else:
            event.accept()

    def _submit(self) -> None:
        tr = self._translator
        try:
            of = CURRENCIES[self.currency.currentText()]
            charge = Charge(self.kind.currentData(), read_amount(self.amount.text(), of, tr.language))
        except BadInput as error:
            self.wrong.emit(error)
            return
        if charge == self._asked:
            if not self.counts():
                return
            self._asked = None
            self.saved.emit(charge)
            return
        self._asked = charge
        self.asked.emit()
        kind, sum_ = name_of(CHARGE_KINDS, charge.kind, tr), money_text(charge.amount, tr.language)
        text = tr(
            "{kind} {amount} for {receipt}? Press Enter again. This cannot be undone.",
            kind=kind,
            amount=sum_,
            receipt=self._receipt,
        )
        self._say(text, Tone.NEARLY)

    def _forget(self) -> None:
        """Something else was typed: it is asked again."""
        self._asked = None
        self._say("", Tone.NEARLY)

    def _say(self, text: str, tone: Tone) -> None:
        self._said.set_tone(tone)
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _lay_out(self) -> None:
        cells = []
        for part, label in self._labels.items():
            cell = QWidget()
            vbox(label, part, spacing=Space.XS, margins=0, parent=cell)
            cells.append(cell)
        last = QWidget()
        vbox(Stretch(), self.save, spacing=0, margins=0, parent=last)
        grid = Cells(*cells, last, least=_FIELD)
        vbox(self._title, grid, self._said, spacing=Space.S, margins=(Space.M, 12, Space.M, 12), parent=self)
