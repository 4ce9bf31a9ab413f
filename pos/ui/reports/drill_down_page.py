"""The receipts of a mark of the day as a list; Enter opens one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.reports.tables import behind as drill_down_receipts
from pos.application.tables.listing import Listing
from pos.application.text.translator import Translator
from pos.domain.period import Period
from pos.domain.reports.report_slice import ReportSlice, SliceCursor, SlicePage
from pos.ui.look.theme import Size
from pos.ui.reports.slice_receipts import SliceReceiptHeader, SliceReceiptModel, SliceReceiptText, draw_slice_receipt
from pos.ui.reports.slice_words import slice_text
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.row_pen import RowPainter
from pos.ui.widgets.tables.row_table import RowTable
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """Which receipts: of the days, of one till and one person or of all, and of the mark's criterion."""

    report_slice: ReportSlice
    period: Period
    till: str | None
    person: str | None


class BehindPage(QWidget):
    """Lists the receipts of a mark; `opened` carries the number of the receipt to open."""

    opened = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._behind: Behind | None = None
        self._names: Mapping[str, str] = {}
        self._pages: list[SlicePage] = []
        self._question = 0
        self.rows = SliceReceiptModel(self)
        self.rows.wanting.connect(self._ask)
        self.table = RowTable(self.rows, Size.TABLE_ROW)
        self.table.setItemDelegate(
            RowPainter(session.theme, self.table, self.rows.text, draw_slice_receipt, high=Size.TABLE_ROW)
        )
        self.table.clicked.connect(lambda _index: self.open_chosen())
        self._header = SliceReceiptHeader(session.theme, self.table)
        self.empty = EmptyState(session.theme)
        self._either = RowsOrEmpty(self._header, self.table, self.empty)
        self.setFocusProxy(self.table)
        vbox(self._either, margins=0, parent=self)

    @property
    def behind(self) -> Behind | None:
        """The mark on show; None while the page is closed."""
        return self._behind

    def begin(self, behind: Behind, names: Mapping[str, str]) -> None:
        """List the receipts of a mark; `names` are the shown names of people."""
        self.clear()
        self._behind, self._names = behind, names
        self._ask(None)

    def listing(self) -> Listing | None:
        """The list as a table; None while the page is closed."""
        behind, step = self._behind, self._session.shop.drill_down_receipts
        if behind is None:
            return None
        words = partial(slice_text, behind.report_slice, self._names)
        return drill_down_receipts(step, [behind.report_slice], behind.period, behind.till, behind.person, words)

    def clear(self) -> None:
        """Clear the list."""
        self._question += 1
        self._behind, self._pages = None, []
        self.rows.begin((), None)
        self._either.present(is_empty=False)

    def retranslate(self, tr: Translator, name: str) -> None:
        """Show everything in another language; `name` is the title of the list."""
        self._header.retranslate(tr)
        self.table.setAccessibleName(name)
        self.empty.present("receipt-text", tr("No receipts"), tr("No sales of these goods."))
        index = self.table.current_row
        for number, page in enumerate(self._pages):
            (self.rows.go_on if number else self.rows.begin)(self._texts(page, tr), page.next)
        if self._pages:
            self.table.choose(max(index, 0))

    def open_chosen(self) -> None:
        """Ask for the selected receipt."""
        if self.table.current_row >= 0:
            self.opened.emit(self.rows.text(self.table.current_row).receipt)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Both Enter keys open the receipt."""
        if event.key() in ENTERS:
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def _ask(self, after: SliceCursor | None) -> None:
        behind = self._behind
        if behind is None:
            return
        self._question += 1
        question, shop, days = self._question, self._session.shop, behind.period

        def taken(page: SlicePage) -> None:
            if question == self._question:
                self._take(page)

        self._session.run_as(
            lambda person: shop.drill_down_receipts(
                person, [behind.report_slice], days.first, behind.till, days.last, behind.person, after, _PAGE
            ),
            taken,
        )

    def _take(self, page: SlicePage) -> None:
        is_first = not self._pages
        self._pages.append(page)
        texts = self._texts(page, self._session.translator)
        (self.rows.begin if is_first else self.rows.go_on)(texts, page.next)
        self._either.present(is_empty=not self.rows.rowCount())
        if is_first:
            self.table.choose(0)

    def _texts(self, page: SlicePage, tr: Translator) -> list[SliceReceiptText]:
        zone = self._session.settings.zone
        return [SliceReceiptText.of(one, self._names, zone, tr) for one in page.receipts]
