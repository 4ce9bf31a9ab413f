"""Start of receiving: deliveries in progress, open orders, a delivery without an order, and posted receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.ports.purchasing_ports import GoodsReceiptSummary
from pos.application.purchasing.receive_goods import ReceiveStart
from pos.application.text.formatting import date_text, number_text, pieces_text
from pos.application.text.translator import Translator
from pos.domain.purchasing.purchase_order import order_name
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import Cell, LineModel, LineRow, LineTable
from pos.ui.widgets.tables.row_table import SIDEWAYS
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_COLUMNS = (RowColumn(share=1), RowColumn(width=260, right=True))
COMING, POSTED = "coming", "posted"
_TABS = (COMING, POSTED)
_ICONS = {COMING: "package-check", POSTED: "receipt-text"}


@dataclass(frozen=True, slots=True)
class DeliveryOpening:
    """Target of a row: a delivery in progress (`receipt`) or `posted`, or else an order."""

    number: int
    receipt: bool = False
    posted: bool = False


def start_rows(start: ReceiveStart, names: Mapping[str, str], tr: Translator) -> list[LineRow]:
    """Deliveries in progress first, then the orders without one; `names` are those of people by their short ones."""
    rows = []
    for one in start.counting:
        who = names.get(one.held_by or "", one.held_by)
        held = tr("{person} at till {till}", person=who, till=one.held_till) if who else ""
        left = Cell(one.name, _whose(one, tr), bold=True)
        state = held or tr("to continue")
        right = Cell(pieces_text(one.pieces, tr), state, bold=True, second_token="accent")
        rows.append(
            LineRow(DeliveryOpening(one.number, receipt=True), "package-open", (left, right), icon_token="accent")
        )
    taken = {one.order for one in start.counting}
    for order in start.orders:
        if order.number in taken:
            continue
        day = "" if order.expected_on is None else tr("expected {day}", day=date_text(order.expected_on, tr.language))
        text = " · ".join(part for part in (order.supplier, order.note, day) if part)
        to_come = tr("{n} to come", n=number_text(order.outstanding, tr.language))
        cells = Cell(order.name, text, bold=True), Cell(to_come, tr("open order"), bold=True)
        rows.append(LineRow(DeliveryOpening(order.number), "truck", cells))
    return rows


def posted_rows(receipts: Sequence[GoodsReceiptSummary], zone: tzinfo, tr: Translator) -> list[LineRow]:
    """Posted receipts with the day of arrival."""
    rows = []
    for one in receipts:
        day = date_text((one.posted_at or one.at).astimezone(zone).date(), tr.language)
        right = Cell(pieces_text(one.pieces, tr), tr("posted {day}", day=day), bold=True)
        cells = Cell(one.name, _whose(one, tr), bold=True), right
        rows.append(LineRow(DeliveryOpening(one.number, posted=True), "package-check", cells))
    return rows


def _whose(one: GoodsReceiptSummary, tr: Translator) -> str:
    detail = [one.supplier, one.delivery_note, "" if one.order is None else order_name(one.order)]
    return " · ".join(part for part in detail if part) or tr("without an order")


_LISTS = 500
"""The pixels that the title and the lists keep beside the buttons."""


class StartPage(QWidget):
    """The list; `opened` carries a DeliveryOpening, `free` starts a delivery without an order.

    `more`: the end of the posted receipts is visible.
    """

    opened = Signal(object)
    free = Signal()
    more = Signal()

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._hint = TextLabel(role=Role.SECTION), TextLabel(role=Role.LABEL, wrap=True)
        self.without = IconButton(
            theme, icon="package-open", key=key, kind=ButtonKind.SECONDARY, height=Size.SMALL_BUTTON
        )
        self.go_on = IconButton(
            theme, icon="package-check", key="Enter", kind=ButtonKind.PRIMARY, height=Size.SMALL_BUTTON
        )
        self.without.clicked.connect(self.free)
        self.go_on.clicked.connect(self.open_chosen)
        self.tab = COMING
        self._coming: list[LineRow] = []
        self._posted: list[LineRow] = []
        self._answered = {COMING: False, POSTED: False}
        self._left: DeliveryOpening | None = None
        """The delivery that was left, until the list is there in which it is to be chosen."""
        self._translator = Translator.english()
        self.tabs = Segmented(theme, "", even=False)
        self.tabs.chosen.connect(self.choose)
        self.rows = LineModel(self)
        self.table = LineTable(theme, self.rows, _COLUMNS)
        self.table.opened.connect(self.open_chosen)
        self.table.sideways.connect(self._beside)
        self.table.wants_more.connect(self._look_ahead)
        self.empty = EmptyState(theme)
        self.empty.action_pressed.connect(self.free)
        self._pages = RowsOrEmpty(None, self.table, self.empty)
        scrolled = hbox(self._title, self.tabs, Stretch(), spacing=Space.S)
        head = Folding(Stretched(scrolled), Flow(self.without, self.go_on, aligns_right=True), room=_LISTS)
        vbox(
            head,
            self._hint,
            Stretched(self._pages),
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.L),
            parent=self,
        )
        self._key = key

    def present(self, start: ReceiveStart, names: Mapping[str, str], tr: Translator, *, is_answered: bool) -> None:
        """Show what can be received. Only an answer of the store says that there is nothing."""
        self._coming, self._answered[COMING] = start_rows(start, names, tr), is_answered
        self._present()

    def present_posted(
        self, receipts: Sequence[GoodsReceiptSummary], zone: tzinfo, tr: Translator, *, is_answered: bool
    ) -> None:
        """Show the loaded posted receipts."""
        self._posted, self._answered[POSTED] = posted_rows(receipts, zone, tr), is_answered
        self._present()

    def choose(self, tab: str) -> None:
        """Show the other list."""
        if tab != self.tab:
            self.tab = tab
            self._present()
            self._say()
            self.table.choose(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_left(self, number: int) -> None:
        """A delivery is left in the midst of its count: it is the chosen one of the list that is read now."""
        self._left = DeliveryOpening(number, receipt=True)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self._translator = tr
        self._title.setText(tr("Receive goods"))
        self.tabs.setAccessibleName(tr("Which list"))
        self.without.present(tr("Receive without an order"))
        self.table.setAccessibleName(tr("Deliveries and orders"))
        self._say()

    def _present(self) -> None:
        rows = self._coming if self.tab == COMING else self._posted
        self.table.renew(lambda: self.rows.exchange(rows), self.rows.key)
        if self.tab == COMING and self._answered[COMING]:
            index = next((at for at, row in enumerate(rows) if row.key == self._left), -1)
            self._left = None
            if index >= 0:
                self.table.choose(index)
        self._pages.present(is_empty=self._answered[self.tab] and not rows)
        self.go_on.setEnabled(bool(rows))

    def _say(self) -> None:
        tr, coming = self._translator, self.tab == COMING
        segments = [Segment(COMING, tr("To receive"), "truck"), Segment(POSTED, tr("Posted"), "package-check")]
        self.tabs.present(segments, self.tab)
        if coming:
            hint = tr("Choose a delivery, or scan the first piece to receive without an order.")
            title = tr("No expected deliveries")
            advice = tr("Scan the first piece of a delivery, or create an order.")
            self.empty.present("truck", title, advice, tr("Receive without an order"), self._key)
        else:
            hint = tr("Open a receipt to reprint it, print labels, or add a late invoice.")
            title = tr("No posted deliveries yet")
            self.empty.present("package-check", title, tr("Posted deliveries appear here."))
        self._hint.setText(hint)
        self.go_on.present(tr("Count delivery") if coming else tr("View delivery"), icon=_ICONS[self.tab])

    def _look_ahead(self) -> None:
        if self.tab == POSTED:
            self.more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right work beside the list too, because a list may be empty."""
        if event.key() in SIDEWAYS:
            self._beside(SIDEWAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _beside(self, step: int) -> None:
        self.choose(_TABS[min(max(_TABS.index(self.tab) + step, 0), len(_TABS) - 1)])

    def open_chosen(self) -> None:
        """Continue the selected delivery, start one for the selected order, or open a posted receipt."""
        row = self.rows.row(self.table.current_row)
        if row is not None:
            self.opened.emit(row.key)
