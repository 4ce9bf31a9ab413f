"""The rows of the board: one list of orders, or what was searched for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from pos.application.ports.pickup_ports import OrderFilter
from pos.application.text.translator import Translator
from pos.domain.pickup.customer_order import CustomerOrder, OrderState
from pos.ui.look.event_loop import call_soon
from pos.ui.page.list_page import ListPage
from pos.ui.page.pager import PAGE
from pos.ui.pickup.order_words import TELL, row_of
from pos.ui.session.session import Session
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineRow

_DEBOUNCE_MS = 80
_SUM = 160
"""The width of the sum in pixels: a deposit of millions is read whole beneath it, with its word in any language."""
_FOUND = PAGE - 1
"""What a search shows at most: more is narrowed by one more sign, and there is no next page."""


class OrderList(ListPage):
    """Rows of orders; `chose` carries the order of the chosen row, None for none. `stayed`: another row was chosen
    while the order on show could not be left.
    """

    chose = Signal(object)
    stayed = Signal()
    newest_first = True
    seeks_while_typed = True

    def __init__(self, session: Session) -> None:
        columns = (
            RowColumn(share=1),
            RowColumn(188, drops=2),
            RowColumn(104, drops=1),
            RowColumn(_SUM, right=True),
        )
        super().__init__(session, columns, lambda order: order.id)
        self._which = TELL
        self._wanted = ""
        """The code of an order to be chosen as soon as it is there."""
        self._kept = ""
        """The code of an order that stays on show although its row may be gone, until another one is chosen by hand."""
        self.unfinished: Callable[[], str] = lambda: ""
        """Says the code of an order that cannot be left, because of what would be lost; empty for none."""
        self._place = 0
        """Where the row was chosen last."""
        self._is_renewing = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DEBOUNCE_MS)
        self._wait.timeout.connect(self.read)
        self.box.typed.connect(self._seek_typed)
        self.typed.connect(self._seek_entered)
        self.pager.changed.connect(self._follow)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._row_chosen())
        self.table.installEventFilter(self)

    @property
    def which(self) -> str:
        """The list on show."""
        return self._which

    @property
    def is_search(self) -> bool:
        """Whether orders of all states are sought."""
        return bool(self.box.text().strip())

    def show_list(self, which: str) -> None:
        """Show a list; what was searched for goes."""
        self._which, self._kept = which, ""
        self.box.clear()
        self.read()

    def seek(self, text: str, *, choosing: str = "") -> None:
        """Search, as if it was typed; `choosing` is the code of the order to be chosen."""
        self._wanted, self._kept = choosing, ""
        self.box.set_text(text)
        self.read()

    def _seek_typed(self, *_: object) -> None:
        """Another order is sought: the one on show is kept no more, if it can be left."""
        self._kept = self.unfinished()
        self._wait.start()

    def _seek_entered(self, *_: object) -> None:
        self._kept = self.unfinished()
        self.read()

    def keep(self, code: str) -> None:
        """Keep an order on show, also where a step takes it out of this list, until another one is chosen by hand."""
        self._kept = code

    def present(self) -> None:
        before = self._code_at(self.table.current_row)
        self._is_renewing = True
        try:
            super().present()
            self._keep_in_sight()
        finally:
            self._is_renewing = False
        self._note_place()
        if before and self._code_at(self.table.current_row) != before and self.isVisible():
            self.session.finishing.turned()  # the same key would be for the order that is chosen now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From an order that is not among the rows an arrow key goes on with the row that took its place."""
        if event.type() == QEvent.Type.KeyPress and watched is self.table and self.table.current_row < 0:
            assert isinstance(event, QKeyEvent), "a key was pressed"
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.table.choose(self._place)
                return True
        return super().eventFilter(watched, event)

    def read(self) -> None:
        """Read the rows again."""
        self._wait.stop()
        board, text, which = self.session.shop.pickup.find, self.box.text().strip(), self._which
        if text:
            self.pager.begin(lambda person, _after: board.search(text, person, _FOUND), ("find", text))
        elif which == TELL:
            to_tell = OrderFilter(to_tell=True)
            self.pager.begin(lambda person, after: board.listed(person, to_tell, PAGE, after), which)
        else:
            of_state = OrderFilter(states=(OrderState(which),))
            self.pager.begin(lambda person, after: board.listed(person, of_state, PAGE, after), which)

    def placeholder(self, tr: Translator) -> str:
        return tr("Code, last digits of the phone, or name")

    def name_columns(self, tr: Translator) -> None:
        self.table.setAccessibleName(tr("Customer orders"))
        self.header.name(tr("Buyer"), tr("State"), tr("Until"), tr("Total"))

    def row_of(self, one: CustomerOrder, tr: Translator) -> LineRow:
        settings = self.session.settings
        return row_of(one, self.session.shop.now(), settings.zone, settings.price, tr)

    def say_empty(self, tr: Translator) -> None:
        if self.is_search:
            self.empty.present("search", tr("No customer order found"), tr("Type fewer signs, or another word."))
        elif self._which == TELL:
            self.empty.present(
                "bell", tr("No buyer waits for news"), tr("Orders that move up from the queue are here.")
            )
        else:
            self.empty.present("shopping-bag", tr("No customer orders here"), tr("Orders are taken on the next page."))

    def _code_at(self, index: int) -> str:
        return str(self.rows.key(index)) if 0 <= index < self.rows.rowCount() else ""

    def _keep_in_sight(self) -> None:
        code = self._wanted or self._kept
        at = next((index for index, order in enumerate(self.pager.rows) if order.code == code), None)
        if at is not None:
            self.table.choose(at)
            if self._wanted:
                self._wanted = self._kept = ""
        elif self._kept:
            self.table.setCurrentIndex(QModelIndex())
        elif self.table.current_row < 0 and self.rows.rowCount():
            self.table.choose(0)

    def _note_place(self) -> None:
        if self.table.current_row >= 0:
            self._place = self.table.current_row

    def _row_chosen(self) -> None:
        if self._is_renewing:
            return
        self._kept = self.unfinished()
        if self._kept and self._code_at(self.table.current_row) != self._kept:
            call_soon(self, self._back_to_kept)  # the table is still at work on the press
            return
        self._note_place()
        self._kept = ""
        self.chose.emit(self.chosen)

    def _back_to_kept(self) -> None:
        self._is_renewing = True
        try:
            self._keep_in_sight()
        finally:
            self._is_renewing = False
        self.stayed.emit()

    def _follow(self) -> None:
        if not self._kept or self.table.current_row >= 0:
            self.chose.emit(self.chosen)
