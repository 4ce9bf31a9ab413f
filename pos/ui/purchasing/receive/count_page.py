"""The page that counts a delivery: scan field, rows, question, selected line, totals."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos.application.purchasing.delivery_view import CountedChange, CountView, LastScan
from pos.application.text.translator import Translator
from pos.domain.purchasing.goods_receipt import DeliveryOutcome, DeliveryTally
from pos.ui.look.theme import Size, Space
from pos.ui.purchasing.receive.count_foot import CountFoot
from pos.ui.purchasing.receive.count_panel import CountPanel
from pos.ui.purchasing.receive.count_table import CountHeader, CountModel, CountTable
from pos.ui.purchasing.receive.delivery_note_form import DeliveryNoteForm
from pos.ui.sales.basket.scan_row import ScanRow
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel


class CountPage(QWidget):
    """Presents a CountView, and the changes of each scan."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        theme, key = session.theme, session.actions.key_text
        self.view: CountView | None = None
        self.tally: DeliveryTally | None = None
        self.last: LastScan | None = None
        left = Surface(Ground.PANEL)
        self.scan = ScanRow(session, left)
        self.rows = CountModel(self)
        self.table = CountTable(theme, self.rows)
        self.header = CountHeader(theme, self.table)
        self.delivery_note = DeliveryNoteForm(theme)
        self.advice = TextLabel(role=Role.LABEL, wrap=True)
        self.empty = EmptyState(theme)
        self.panel = CountPanel(theme, session.actions)
        self.foot = CountFoot(theme, key("post_receipt"))
        self._middle = QStackedWidget()
        self._middle.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # a form comes before it
        self._middle.setMinimumHeight(Size.ROW)
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.empty)
        self.scan.stepped.connect(self.table.step)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_chosen())
        column = vbox(self.scan, spacing=0, margins=0, parent=left)
        cards = vbox(self.delivery_note, margins=(Space.L, 0, Space.L, Space.S))
        column.addLayout(cards)
        column.addWidget(self.header)
        column.addWidget(self._middle, 1)
        below = vbox(self.advice, margins=(Space.L, Space.S, Space.L, Space.S))
        column.addLayout(below)
        vbox(Stretched(MainAndSide(left, self.panel)), self.foot, spacing=0, margins=0, parent=self)

    def present(self, view: CountView, tr: Translator) -> None:
        """Show a whole delivery."""
        if self.view is None or self.view.receipt.number != view.receipt.number:
            self.panel.lot_is_said()  # what was typed for another delivery is none of this one
            self.panel.ask.close_down()
            self.delivery_note.hide()
        self.view, self.tally, self.last = view, view.tally, view.last
        self.rows.present(view.rows)
        self._choose_last()
        self._present_sums(tr)

    def take(self, counted: CountedChange, tr: Translator, *, beside: bool = False) -> None:
        """Show the changes of one step; `beside` the chosen line the selection stays."""
        self.tally, self.last = counted.tally, counted.last
        self.rows.renew(counted.product, counted.rows)
        if not beside:
            index = self.rows.index_of(counted.product, None if counted.last is None else counted.last.line)
            if index >= 0:
                self.table.choose(index)
            else:
                self._choose_last()
        self._present_sums(tr)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.scan.retranslate(tr)
        self.scan.box.present(
            tr("Scan or search"),
            tr("Scan a product or carton, or type 5 * and scan"),
            self._session.actions.key_text("search"),
        )
        self.header.retranslate(tr)
        self.rows.speak(tr)
        self.delivery_note.retranslate(tr)
        self.panel.retranslate(tr)
        self.table.setAccessibleName(tr("Goods of the delivery"))
        self.empty.present("scan-barcode", tr("Counting starts at zero"), tr("Scan the first piece or carton."))
        self._present_sums(tr)

    def ready(self) -> None:
        """Focus the scan field."""
        self.scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_missing_lot(self) -> None:
        """Select the first line without its lot and focus the field."""
        lacking = (index for index in range(self.rows.rowCount()) if self.rows.rows[index].lacks_lot)
        self.table.choose(next(lacking, 0))
        self.panel.ask_lot()

    def return_to_lot(self, line: int, lot: str, day: str) -> None:
        """Select a line again, with the lot and day that are still to be entered for it."""
        lines = (row.line for row in self.rows.rows)
        index = next((index for index, one in enumerate(lines) if one is not None and one.no == line), None)
        if index is not None and self.panel.typed_lot() is None:  # nothing is typed for the line on show
            self.table.choose(index)
            self.panel.type_lot(lot, day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys pressed outside the fields are typed into the scan field."""
        text = event.text()
        if text and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ready()
            self.scan.box.field.insert(text)
            self.scan.box.typed.emit(self.scan.box.text())
            return
        super().keyPressEvent(event)

    def _choose_last(self) -> None:
        index = -1 if self.last is None else self.rows.index_of(self.last.product, self.last.line)
        self.table.choose(max(index, 0))

    def _present_sums(self, tr: Translator) -> None:
        view = self.view
        self.foot.present(view, None if view is None else view.receipt, self.tally, tr)
        self._middle.setCurrentIndex(0 if self.rows.rowCount() else 1)
        self.header.setVisible(self.rows.rowCount() > 0)
        wrong = 0 if self.tally is None else self.tally.of(DeliveryOutcome.WRONG)
        key = self._session.actions.key_text("keep_unordered")
        text = tr("Goods in red are not on this order. Set them aside for the driver, or add them ({key}).", key=key)
        self.advice.setText(text if wrong else "")
        self.advice.setVisible(bool(wrong))
        self._show_chosen()

    def _show_chosen(self) -> None:
        index, last = self.table.current_row, self.last
        row = self.rows.row(index)
        mine = last is not None and row is not None and row.line is not None and row.line.no == last.line
        shown = last if mine else None
        at = None if shown is None else shown.at.astimezone(self._session.settings.zone)
        self.panel.present(row, shown, at, self._session.translator)
        for name, on in self._possible().items():
            self.panel.hints[name].setEnabled(on)

    def _possible(self) -> dict[str, bool]:
        row = self.panel.row
        outcome = None if row is None else row.outcome
        short = (
            0
            if self.tally is None
            else self.tally.of(DeliveryOutcome.WAITING, DeliveryOutcome.COUNTING, DeliveryOutcome.SHORT)
        )
        return {
            "keep_unordered": outcome in (DeliveryOutcome.WRONG, DeliveryOutcome.ADDED),
            "close_short": outcome in (DeliveryOutcome.WAITING, DeliveryOutcome.COUNTING, DeliveryOutcome.SHORT),
            "close_rest": short > 0,
            "another_lot": row is not None and row.line is not None,
            "piece_cost": row is not None and row.line is not None,
            "undo": self.last is not None,
        }
