"""The input that a step waits for: another document, or the number of a receipt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.input_hints import LATIN
from pos.ui.widgets.fields.key_positions import ENTERS

_LABEL_WIDTH = 88


class StepBar(Surface):
    """Says whose document is to be scanned, and why. `typing` means that it cannot be scanned; `left` cancels."""

    typing = Signal()
    left = Signal()

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CHOSEN, parent)
        self._make_text: Callable[[Translator], tuple[str, str]] | None = None
        self._ask = TextLabel(role=Role.STRONG, wrap=True)
        self._why = TextLabel(role=Role.LABEL, wrap=True)
        self._type = IconButton(theme, icon="id-card", key=key)
        self._leave = IconButton(theme, key="Esc")
        self._type.clicked.connect(self.typing)
        self._leave.clicked.connect(self.left)
        words = vbox(self._ask, self._why, spacing=2)
        hbox(
            Stretched(words), self._type, self._leave, spacing=Space.S, margins=(Space.M, 12, Space.M, 12), parent=self
        )
        self.hide()

    @property
    def text(self) -> str:
        """The text of the request; empty if there is none."""
        return "" if self.isHidden() else self._ask.text()

    def ask(self, make_text: Callable[[Translator], tuple[str, str]], tr: Translator) -> None:
        """Ask for a document; `make_text` returns what to scan, and what happens with it."""
        self._make_text = make_text
        self.retranslate(tr)
        self.show()

    def cancel(self) -> None:
        """Remove the request."""
        self._make_text = None
        self._ask.setText("")
        self._why.setText("")
        self.hide()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._type.present(tr("Enter document"))
        self._leave.present(tr("Cancel"))
        if self._make_text is not None:
            ask, why = self._make_text(tr)
            self._ask.setText(ask)
            self._why.setText(why)
            self.setAccessibleName(ask)


class ReceiptForm(Surface):
    """Takes the number of a receipt and the letter of a visitor on it. `receipt_given` carries both, `left` cancels."""

    receipt_given = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CHOSEN, parent)
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._names = [TextLabel(role=Role.LABEL) for _ in range(2)]
        self.receipt, self.label = QLineEdit(), QLineEdit()
        self._wrong = Complaint(Role.SMALL_STRONG)
        self._take = IconButton(theme, icon="arrow-right", kind=ButtonKind.TINTED, key="Enter")
        self._leave = IconButton(theme, key="Esc")
        self.receipt.setMaxLength(20)
        self.label.setMaxLength(2)
        self.label.setFixedWidth(_LABEL_WIDTH)
        for field in (self.receipt, self.label):
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            field.setInputMethodHints(LATIN)
            field.setFixedHeight(Size.BUTTON)
        self._take.clicked.connect(self._emit_receipt)
        self._leave.clicked.connect(self.left)
        self._lay_out()
        self.hide()

    @property
    def sentence(self) -> str:
        """The error; empty if there is none."""
        return self._wrong.text()

    def open(self, receipt: str = "") -> None:
        """Begin with this number, and with the only visitor of most sales."""
        self.receipt.setText(receipt)
        self.label.setText("A")
        self._wrong.say(None)
        self.show()
        field = self.label if receipt else self.receipt
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    @property
    def is_begun(self) -> bool:
        """Whether a receipt is typed that was not looked for yet."""
        return not self.isHidden() and bool(self.receipt.text().strip())

    def show_error(self, words: Words) -> None:
        """Show why no sale was found by it."""
        self._wrong.say(words)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._title.setText(tr("Sale with the wrong visitor"))
        for name, field, text in zip(self._names, (self.receipt, self.label), (tr("Receipt number"), tr("Visitor"))):
            name.setText(text)
            field.setAccessibleName(text)
        self.receipt.setPlaceholderText(tr("Scan the receipt, or type T1-000123"))
        self._take.present(tr("Go on"))
        self._leave.present(tr("Cancel"))
        self._wrong.reword()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on, from either field."""
        if event.key() in ENTERS:
            self._emit_receipt()
        else:
            super().keyPressEvent(event)

    def _emit_receipt(self) -> None:
        receipt, label = self.receipt.text().strip().upper(), self.label.text().strip().upper()
        if receipt and label:
            self.receipt_given.emit(receipt, label)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for index, (name, field) in enumerate(zip(self._names, (self.receipt, self.label))):
            part = vbox(name, field, spacing=Space.XS)
            row.addLayout(part, 0 if index else 1)
        for button in (self._leave, self._take):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        vbox(self._title, row, self._wrong, spacing=Space.S, margins=(Space.M, 12, Space.M, 12), parent=self)
