"""The start of a return: the receipt, scanned, typed, or found by a search."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.ports.return_ports import FoundReceiptPage as FoundPage
from pos.application.text.translator import Translator
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number, receipt_number
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import read_scanned
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.receipts.receipt_finder import ReceiptFinder
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import us_char

_WORDS = 320
"""The pixels that the words keep beside the button."""


class ReceiptPage(ReceiptFinder):
    """Asks for a receipt; `number_given` carries its number, `blind` means that there is none. Digits alone are a
    number of this till.

    The search runs while the user types: a day, an amount, goods; a document shows its visitor's receipts.
    """

    number_given = Signal(str)
    blind = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._title = TextLabel(role=Role.SECTION, wrap=True)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        key = session.actions.key_text("no_receipt")
        self.no_receipt = IconButton(session.theme, icon="circle-question-mark", key=key)
        self.no_receipt.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.submitted.connect(self._emit_number)
        self.table.clicked.connect(lambda _index: self._open_chosen())
        self.no_receipt.clicked.connect(self.blind)
        self._lay_out()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self._title.setText(tr("Return: scan the receipt"))
        self._hint.setText(
            tr("Or type a number, day, amount or goods. Scan a document to see the visitor's purchases.")
        )
        self.box.present(tr("Receipt"), tr("Scan the receipt, or type its details"), "Enter")
        self.no_receipt.present(tr("Return without receipt"))
        super().retranslate(tr)

    def ask(self, text: str, document: str | None, person: Person, before: int | None) -> Callable[[], FoundPage]:
        session, find = self.session, self.session.shop.find_receipts

        def call() -> FoundPage:
            if document is None:
                return find(text, person, before)
            return find.of_visitor(read_scanned(document, session.today), person, before)

        return call

    def may_ask(self, person: Person) -> bool:
        return person.may("return")

    def _emit_number(self, text: str) -> None:
        """Enter: the receipt with the typed number, else the chosen one."""
        typed = "".join(
            us_char(char) or char for char in text.strip()
        ).upper()  # a Russian keyboard layout types Е for T
        if typed.isdecimal():
            typed = receipt_number(self.session.shop.till, int(typed))
        try:
            read_receipt_number(typed)
        except NoSuchReceipt:
            self._open()
            return
        if self.moved and not self.is_behind:
            self._open()
        else:
            self.number_given.emit(typed)

    def _open(self) -> None:
        """Open the chosen receipt; if the text has changed since, search for it first."""
        if not self.is_behind:
            self._open_chosen()
        elif self.is_asking:
            self.session.sounds.play(Sound.NOTE)
        else:
            self.seek()

    def _open_chosen(self) -> None:
        if self.chosen:
            self.number_given.emit(self.chosen)

    def _lay_out(self) -> None:
        words = vbox(self._title, self._hint, spacing=Space.XS)
        column = QVBoxLayout(self)
        column.addWidget(Folding(Stretched(words), Flow(self.no_receipt), room=_WORDS))
        self.lay_out(column)
