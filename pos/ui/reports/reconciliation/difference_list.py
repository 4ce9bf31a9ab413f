"""The differences of a reconciliation with the chosen one beside them, or what is to be done where there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.application.outside_partners.reconciliation_words import ReconciliationRow
from pos.application.text.names import name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import Translator
from pos.ui.look.theme import Space
from pos.ui.reports.reconciliation.difference_panel import DifferencePanel
from pos.ui.reports.reconciliation.row_words import line_row
from pos.ui.session.session import Session
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.main_and_side import MainAndSide
from pos.ui.widgets.tables.columns import RowColumn
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineTable
from pos.ui.widgets.tables.rows_or_empty import RowsOrEmpty

_COLUMNS = (
    RowColumn(share=1, least=200),
    RowColumn(224, drops=1),
    RowColumn(112, right=True),
    RowColumn(112, right=True),
)
_WIDE = 372
_LEAST, _LEAST_STACKED = 320, 480
"""The height that the list keeps in a low window, whose page is scrolled then: with the panel beside it or below."""


class DifferenceList(QWidget):
    """`opened` carries the chosen ReconciliationRow."""

    opened = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Sequence[ReconciliationRow] = ()
        self._provider = ""
        self.rows = LineModel(self)
        self.table = LineTable(session.theme, self.rows, _COLUMNS)
        self.header = LineHeader(session.theme, self.table)
        self.empty = EmptyState(session.theme)
        self.panel = DifferencePanel(session)
        self.table.opened.connect(self.open_chosen)
        self.panel.opened.connect(self.open_chosen)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._present_chosen())
        self._pages = RowsOrEmpty(self.header, self.table, self.empty)
        self._both = MainAndSide(self._pages, self.panel, widest=_WIDE, share=54, gap=Space.M)
        vbox(self._both, margins=0, parent=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    @property
    def chosen(self) -> ReconciliationRow | None:
        """The chosen row."""
        index = self.table.current_row
        return self._shown[index] if 0 <= index < len(self._shown) else None

    def retranslate(self, tr: Translator) -> None:
        """Name the columns in another language; the rows are presented again."""
        self.header.name(
            tr("Differences"), tr("Receipt and reference"), name_of(PROVIDERS, self._provider, tr), tr("Shop")
        )
        self.table.setAccessibleName(tr("Differences"))

    def present(self, rows: Sequence[ReconciliationRow], provider: str) -> None:
        """Show these rows of a provider; none shows `empty`. The chosen one stays chosen."""
        self._provider = provider
        session, tr = self._session, self._session.translator
        shown = [line_row(one, session.settings.zone, tr) for one in rows]
        self._shown = rows
        self.table.renew(lambda: self.rows.exchange(shown), self.rows.key)
        self.retranslate(tr)
        self._pages.present(is_empty=not rows)
        self._present_chosen()

    def focus(self) -> bool:
        """Put the cursor into the rows; False where there are none."""
        if self._shown:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(self._shown)

    def open_chosen(self) -> None:
        """Lead on from the chosen row."""
        if self.chosen is not None:
            self.opened.emit(self.chosen)

    def _present_chosen(self) -> None:
        self.panel.present(self.chosen, self._provider)
        self._keep_height()

    def _keep_height(self) -> None:
        is_stacked = self._both.is_stacked and not self.panel.isHidden()
        self.setMinimumHeight(_LEAST_STACKED if is_stacked else _LEAST)
