"""Finds receipts while the user types; shared by the returns and the history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.ports.return_ports import FoundReceiptPage as FoundPage
from pos.application.text.translator import Translator
from pos.domain.staff.staff import Person
from pos.ui.look.theme import Size, Space
from pos.ui.receipts.receipt_list import ReceiptHeader, ReceiptModel, draw_receipt
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.spoken.chosen_row import read_chosen
from pos.ui.widgets.tables.row_pen import RowPainter
from pos.ui.widgets.tables.row_table import RowTable
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_LONGEST = 60
_PAUSE = 150  # milliseconds without a key before the store is asked
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class ReceiptFinder(QWidget):
    """A field and the matching receipts, in pages; a subclass defines how they are requested.

    The text is a day, an amount or goods; a document shows its visitor's receipts. `refused` carries the store's
    failure.
    """

    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = session.theme
        self.session = session
        self.translator = Translator.english()
        self.document: str | None = None
        self._question = self._shown = 0
        self._asking = False
        self.moved = False
        self.box = SearchBox(theme, "", "", key="Enter", icon="receipt-text")
        self.box.field.setMaxLength(_LONGEST)
        self.box.field.installEventFilter(self)
        self.rows = ReceiptModel(self)
        self.table = RowTable(self.rows, Size.BUTTON)
        read_chosen(self.table)
        self.table.setItemDelegate(RowPainter(theme, self.table, self.rows.text, draw_receipt, high=Size.BUTTON))
        self._header = ReceiptHeader(theme, self.table)
        self.empty = EmptyState(theme)
        self.wait = QTimer(self)
        self.wait.setSingleShot(True)
        self.wait.setInterval(_PAUSE)
        self.wait.timeout.connect(self.seek)
        self.box.typed.connect(self._typed)
        self.rows.wanting.connect(self._read_on)
        self._pages = RowsOrEmpty(self._header, self.table, self.empty)

    # ── for subclasses ───────────────────────────────────────────────────────────────────────────────────────

    def ask(self, _text: str, _document: str | None, _person: Person, _before: int | None) -> Callable[[], FoundPage]:
        """The request for a page; called on the store's thread."""
        raise NotImplementedError

    def may_ask(self, _person: Person) -> bool:
        """Whether the user may search at all."""
        raise NotImplementedError

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Focus the field, above the latest receipts."""
        self.box.field.setFocus()
        self.box.field.selectAll()
        self.seek()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self.translator = tr
        self.table.setAccessibleName(tr("Receipts found"))
        self._header.retranslate(tr)
        hint = tr("Try another day, another amount, or part of the name of the goods.")
        self.empty.present("receipt-text", tr("No receipt found"), hint)
        if self.isVisible():
            self.seek()

    def show_document(self, text: str) -> None:
        """Show the receipts of the visitor whose document was scanned."""
        self.box.clear()
        self.document = text
        self.seek()

    def show_text(self, text: str) -> None:
        """Show the receipts with goods of the scanned code, or with this number."""
        self.box.set_text(text)
        self.document = None
        self.seek()

    def seek(self) -> None:
        """Request the first matching page."""
        self.wait.stop()
        self._question += 1
        question = self._question
        self._pages.present(is_empty=False)  # that nothing was found was said of what was sought before

        def take_page(page: FoundPage) -> None:
            if question == self._question:
                self._shown, self._asking, self.moved = question, False, False
                self.rows.show_rows(page, self.session.settings.zone, self.translator)
                self._pages.present(is_empty=not page.receipts)
                self.table.choose(0)
                self.answered()

        def failed(error: Exception) -> None:
            if question == self._question:
                self._asking = False
                self.rows.show_rows(FoundPage((), None), self.session.settings.zone, self.translator)
                self._pages.present(is_empty=False)  # that nothing was found cannot be said
                self.answered()
            self.refused.emit(error)

        self._asking = self._run(None, take_page, failed)

    @property
    def is_behind(self) -> bool:
        """Whether the rows are those of an earlier text."""
        return self.wait.isActive() or self._shown != self._question

    @property
    def is_asking(self) -> bool:
        """Whether the rows of the present text are on their way."""
        return self._asking and not self.wait.isActive()

    def answered(self) -> None:
        """The first page of an answer is shown, or no rows where there was none."""

    @property
    def chosen(self) -> str:
        """The number of the chosen receipt; empty for none."""
        index = self.table.current_row
        return self.rows.text(index).receipt if 0 <= index < self.rows.rowCount() else ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The up and down keys go to the rows: the field has no use for them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.moved = True
        self.table.choose(self.table.current_row + step)
        return True

    def _typed(self, _text: str) -> None:
        self.document = None
        self.wait.start()

    def _read_on(self, before: int) -> None:
        question = self._question

        def add_page(page: FoundPage) -> None:
            if question == self._question:
                self.rows.add_rows(page, self.session.settings.zone, self.translator)

        self._run(before, add_page, self.refused.emit)

    def _run(self, before: int | None, take: Callable[[FoundPage], None], failed: Callable[[Exception], None]) -> bool:
        """Ask for a page; False for a person who may not."""
        person = self.session.person
        if person is None or not self.may_ask(person):
            return False
        self.session.run(self.ask(self.box.text(), self.document, person, before), take, failed)
        return True

    def lay_out(self, column: QVBoxLayout) -> None:
        """Lay out the field and the rows below the content of the column."""
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(12)
        column.addWidget(self.box)
        column.addWidget(self._pages, 1)
