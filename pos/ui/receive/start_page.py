"""Where receiving begins: deliveries to go on with, orders to receive against, or neither; and what was posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pos.application.figures import date_text, number_text, pieces_text
from pos.application.receipt_ports import ReceiptSummary
from pos.application.receive_goods import ReceiveStart
from pos.application.words import Words
from pos.domain.purchase_order import order_name
from pos.ui.key_positions import ENTERS
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import RIGHT, draw_box, draw_row, draw_text
from pos.ui.widgets.empty_state import EmptyState
from pos.ui.widgets.icon_button import IconButton, Kind
from pos.ui.widgets.row_table import RowTable
from pos.ui.widgets.segmented import Segment, Segmented
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel

_ROW = 64
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
COMING, POSTED = "coming", "posted"
_TABS = (COMING, POSTED)
_ICONS = {COMING: "package-check", POSTED: "receipt-text"}


@dataclass(frozen=True, slots=True)
class StartRow:
    """A delivery being counted (`receipt`) or `posted`, or an open order, in words."""

    number: int
    receipt: bool
    title: str
    detail: str
    figure: str
    state: str
    posted: bool = False


def start_rows(found: ReceiveStart, words: Words) -> list[StartRow]:
    """Deliveries first, then the orders that no delivery is counted for."""
    rows = []
    for one in found.counting:
        held = words("{person} at till {till}", person=one.held_by, till=one.held_till) if one.held_by else ""
        pieces = pieces_text(one.pieces, words)
        rows.append(StartRow(one.number, True, one.name, _whose(one, words), pieces, held or words("to go on with")))
    taken = {one.order for one in found.counting}
    for order in found.orders:
        if order.number in taken:
            continue
        day = "" if order.expected_on is None else words("expected {day}", day=order.expected_on.isoformat())
        text = " · ".join(part for part in (order.supplier, order.note, day) if part)
        left = words("{n} to come", n=number_text(order.outstanding, words.language))
        rows.append(StartRow(order.number, False, order.name, text, left, words("open order")))
    return rows


def posted_rows(found: Sequence[ReceiptSummary], zone: tzinfo, words: Words) -> list[StartRow]:
    """Posted receipts, with the day on which each came in."""
    rows = []
    for one in found:
        day = date_text((one.posted_at or one.at).astimezone(zone).date(), words.language)
        state = words("posted {day}", day=day)
        whose = _whose(one, words)
        rows.append(StartRow(one.number, True, one.name, whose, pieces_text(one.pieces, words), state, posted=True))
    return rows


def _whose(one: ReceiptSummary, words: Words) -> str:
    detail = [one.supplier, one.delivery_note, "" if one.order is None else order_name(one.order)]
    return " · ".join(part for part in detail if part) or words("without an order")


class StartPage(QWidget):
    """Lists what there is; `opened` tells a StartRow, `free` that a delivery has no order.

    `more`: the end of what was posted comes into sight.
    """

    opened = Signal(object)
    free = Signal()
    more = Signal()

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._hint = TextLabel(role=Role.SECTION), TextLabel(role=Role.LABEL, wrap=True)
        self.without = IconButton(theme, icon="package-open", key=key, kind=Kind.SECONDARY, height=Size.SMALL_BUTTON)
        self.go_on = IconButton(theme, icon="package-check", key="Enter", kind=Kind.PRIMARY, height=Size.SMALL_BUTTON)
        self.without.clicked.connect(self.free)
        self.go_on.clicked.connect(self.open_chosen)
        self.tab = COMING
        self._coming: list[StartRow] = []
        self._posted: list[StartRow] = []
        self._words = Words.english()
        self.tabs = Segmented(theme, "", even=False)
        self.tabs.chosen.connect(self.choose)
        self.rows = StartModel(self)
        self.table = _Table(self.rows)
        self.table.setItemDelegate(_Row(theme, self.rows, self.table))
        self.table.opened.connect(self.open_chosen)
        self.table.sideways.connect(self._beside)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._look_ahead())
        self.empty = EmptyState(theme)
        self.empty.acted.connect(self.free)
        card = Surface(Ground.CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self._pages = QStackedWidget()
        self._pages.addWidget(card)
        self._pages.addWidget(self.empty)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self._title)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.without)
        head.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(self._pages, 1)
        self._key = key

    def present(self, found: ReceiveStart, words: Words) -> None:
        """Show what there is to receive."""
        self._coming = start_rows(found, words)
        self._present()

    def present_posted(self, found: Sequence[ReceiptSummary], zone: tzinfo, words: Words) -> None:
        """Show what was posted, as far as it was read."""
        self._posted = posted_rows(found, zone, words)
        self._present()

    def choose(self, tab: str) -> None:
        """Show the other list."""
        if tab != self.tab:
            self.tab = tab
            self._present()
            self._say()
            self.table.choose(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, words: Words) -> None:
        """Say everything in another language."""
        self._words = words
        self._title.setText(words("Receive goods"))
        self.tabs.setAccessibleName(words("Which list"))
        self.without.present(words("Receive without an order"))
        self.table.setAccessibleName(words("Deliveries and orders"))
        self._say()

    def _present(self) -> None:
        place = max(self.table.place, 0)
        self.rows.present(self._coming if self.tab == COMING else self._posted)
        self._pages.setCurrentIndex(0 if self.rows.rowCount() else 1)
        self.go_on.setEnabled(bool(self.rows.rowCount()))
        self.table.choose(place)

    def _say(self) -> None:
        words, coming = self._words, self.tab == COMING
        segments = [Segment(COMING, words("To receive"), "truck"), Segment(POSTED, words("Posted"), "package-check")]
        self.tabs.present(segments, self.tab)
        if coming:
            hint = words("Choose a delivery, or scan the first piece to receive without an order.")
            title = words("Nothing is on its way")
            advice = words("Scan the first piece of a delivery, or order goods first.")
            self.empty.present("truck", title, advice, words("Receive without an order"), self._key)
        else:
            hint = words("Open a receipt to print it again, for its labels, or for a bill that came late.")
            title = words("Nothing was posted yet")
            self.empty.present("package-check", title, words("A delivery that was counted and posted stands here."))
        self._hint.setText(hint)
        self.go_on.present(words("Count it") if coming else words("Look at it"), icon=_ICONS[self.tab])

    def _look_ahead(self) -> None:
        bar = self.table.verticalScrollBar()
        if self.tab == POSTED and bar.value() >= bar.maximum() - 10 * _ROW:
            self.more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent: left and right work beside the list too, for one of them may be empty."""
        if event.key() in _SIDEWAYS:
            self._beside(_SIDEWAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _beside(self, step: int) -> None:
        self.choose(_TABS[min(max(_TABS.index(self.tab) + step, 0), len(_TABS) - 1)])

    def open_chosen(self) -> None:
        """Go on with the chosen delivery, or begin one for the chosen order."""
        if 0 <= self.table.place < self.rows.rowCount():
            self.opened.emit(self.rows.row(self.table.place))


class _Table(RowTable):
    opened = Signal()
    sideways = Signal(int)

    def __init__(self, rows: StartModel) -> None:
        super().__init__(rows, _ROW)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override RowTable.keyPressEvent: Enter opens, left and right go to the other list."""
        if event.key() in ENTERS:
            self.opened.emit()
        elif event.key() in _SIDEWAYS:
            self.sideways.emit(_SIDEWAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class StartModel(QAbstractListModel):
    """The rows of the start page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[StartRow] = []

    def present(self, rows: Sequence[StartRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> StartRow:
        """The row at `place`."""
        return self._rows[place]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            row = self._rows[index.row()]
            return ", ".join(part for part in (row.title, row.detail, row.figure, row.state) if part)
        return None


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: StartModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        theme, colour, font = self._theme, self._theme.colour, self._theme.font
        row = self._rows.row(index.row())
        draw_row(painter, theme, box, chosen=chosen)
        tile = QRect(box.x() + Space.L, box.y() + 12, Size.THUMBNAIL, Size.THUMBNAIL)
        draw_box(painter, tile, fill=colour("surface" if chosen else "sunken"), line=colour("line"))
        open_, token = ("package-open", "accent") if row.receipt else ("truck", "muted")
        icon, token = ("package-check", "muted") if row.posted else (open_, token)
        theme.icons.paint(painter, icon, token, tile.x() + 10, tile.y() + 10, 20)
        left = tile.right() + Space.M
        text = QRect(left, box.y(), max(0, box.width() - left - 240), box.height() - 1)
        draw_text(painter, text.adjusted(0, 11, 0, -31), row.title, font(Type.BODY, bold=True), colour("text"))
        draw_text(painter, text.adjusted(0, 34, 0, -10), row.detail, font(Type.LABEL), colour("muted"))
        right = QRect(box.right() - 224, box.y(), 200, box.height() - 1)
        draw_text(painter, right.adjusted(0, 11, 0, -31), row.figure, font(Type.BODY, bold=True), colour("text"), RIGHT)
        draw_text(painter, right.adjusted(0, 34, 0, -10), row.state, font(Type.LABEL), colour(token), RIGHT)
