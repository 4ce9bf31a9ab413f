"""Where a return begins: the receipt, scanned, typed, or found by what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.application.return_ports import ReceiptPage as Found
from pos.application.words import Words
from pos.domain.document import read_scanned
from pos.domain.sale import NoSuchReceipt, read_receipt_number, receipt_number
from pos.ui.key_positions import us_sign
from pos.ui.returns.receipt_list import ReceiptHeader, ReceiptModel, ReceiptRow
from pos.ui.session import Session
from pos.ui.theme import Size, Space
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.icon_button import IconButton
from pos.ui.widgets.row_table import RowTable
from pos.ui.widgets.rows_or_empty import RowsOrEmpty
from pos.ui.widgets.search_box import SearchBox
from pos.ui.widgets.text_label import Role, TextLabel

_LONGEST = 60
_PAUSE = 150  # milliseconds without a key before the store is asked
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class ReceiptPage(QWidget):
    """Asks for a receipt; `told` tells its number, `blind` that there is none. Digits alone are a number of this till.

    What is typed is sought while it is typed: a day, an amount, goods; a document shows what its visitor bought.
    """

    told = Signal(str)
    blind = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = session.theme
        self._session = session
        self._words = Words.english()
        self._document: str | None = None
        self._question = 0
        self._moved = False
        self._title = TextLabel(role=Role.SECTION)
        self._hint = TextLabel(role=Role.LABEL, wrap=True)
        self.box = SearchBox(theme, "", "", key="Enter", icon="receipt-text")
        self.box.field.setMaxLength(_LONGEST)
        self.box.field.installEventFilter(self)
        self.no_receipt = IconButton(theme, icon="circle-question-mark", key=session.actions.key_text("no_receipt"))
        self.no_receipt.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rows = ReceiptModel(self)
        self.table = RowTable(self.rows, Size.BUTTON)
        self.table.setItemDelegate(ReceiptRow(theme, self.rows, self.table))
        self._header = ReceiptHeader(theme, self.table)
        self._empty = EmptyState(theme)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE)
        self._wait.timeout.connect(self.seek)
        self.box.typed.connect(self._typed)
        self.box.submitted.connect(self._tell)
        self.table.clicked.connect(lambda _index: self._open())
        self.rows.wanting.connect(self._read_on)
        self.no_receipt.clicked.connect(self.blind)
        self._lay_out()

    def begin(self) -> None:
        """Put the hand into the field, over the latest receipts."""
        self.box.field.setFocus()
        self.box.field.selectAll()
        self.seek()

    def retranslate(self, words: Words) -> None:
        """Say everything in another language; what was typed stays."""
        self._words = words
        self._title.setText(words("Goods come back: scan the receipt"))
        self._hint.setText(
            words("Or type its number, a day, an amount or goods; a scanned document shows what its visitor bought.")
        )
        self.box.present(words("Receipt"), words("Scan the receipt, or type what is known of it"), "Enter")
        self.no_receipt.present(words("No receipt"))
        self.table.setAccessibleName(words("Receipts found"))
        self._header.retranslate(words)
        hint = words("Try another day, another amount, or part of the name of the goods.")
        self._empty.present("receipt-text", words("No receipt found"), hint)
        if self.isVisible():
            self.seek()

    def show_document(self, text: str) -> None:
        """The receipts of the visitor whose document was scanned."""
        self.box.clear()
        self._document = text
        self.seek()

    def show_goods(self, code: str) -> None:
        """The receipts with goods whose code was scanned."""
        self.box.set_text(code)
        self._document = None
        self.seek()

    def seek(self) -> None:
        """Ask for the first page of what fits."""
        self._wait.stop()
        self._question += 1
        question = self._question

        def found(page: Found) -> None:
            if question == self._question:
                self._moved = False
                self.rows.present(page, self._session.settings.zone, self._words)
                self._pages.present(is_empty=not page.receipts)
                self.table.choose(0)

        self._ask(None, found)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: the field has no use for up and down, the rows have."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self._moved = True
        self.table.choose(self.table.place + step)
        return True

    def _typed(self, _text: str) -> None:
        self._document = None
        self._wait.start()

    def _read_on(self, before: int) -> None:
        question = self._question

        def found(page: Found) -> None:
            if question == self._question:
                self.rows.append(page, self._session.settings.zone, self._words)

        self._ask(before, found)

    def _ask(self, before: int | None, found: Callable[[Found], None]) -> None:
        session, person, text = self._session, self._session.person, self.box.text()
        if person is None or not person.may("return"):
            return
        find, document = session.shop.find_receipts, self._document

        def call() -> Found:
            if document is None:
                return find(text, person, before)
            today = session.shop.now().astimezone(session.settings.zone).date()
            return find.of_visitor(read_scanned(document, today), person, before)

        session.run(call, found, self.refused.emit)

    def _tell(self, text: str) -> None:
        """Enter: the receipt whose number was typed, else the chosen one."""
        typed = "".join(us_sign(sign) or sign for sign in text.strip()).upper()  # a Russian layout writes Е for T
        if typed.isdecimal():
            typed = receipt_number(self._session.shop.till, int(typed))
        try:
            read_receipt_number(typed)
        except NoSuchReceipt:
            self._open()
            return
        if self._moved and not self._wait.isActive():
            self._open()
        else:
            self.told.emit(typed)

    def _open(self) -> None:
        """The chosen receipt; where something else was typed since it is asked for first."""
        if self._wait.isActive():
            self.seek()
        elif 0 <= self.table.place < self.rows.rowCount():
            self.told.emit(self.rows.text(self.table.place).receipt)

    def _lay_out(self) -> None:
        self._pages = RowsOrEmpty(self._header, self.table, self._empty)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(self._title)
        words.addWidget(self._hint)
        head.addLayout(words, 1)
        head.addWidget(self.no_receipt)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.box)
        column.addWidget(self._pages, 1)
