"""An X or a Z on the screen: turnover, payments, events, and the cash of the drawer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pos.application.text.translator import Translator
from pos.domain.shifts.report_details import NO_DETAILS
from pos.domain.shifts.shift_report import ShiftReport
from pos.ui.look.theme import Space
from pos.ui.shifts.detail_tables import DetailTables
from pos.ui.shifts.hand_over_words import hand_over_rows
from pos.ui.shifts.report_words import cash_head, cash_rows, event_rows, payment_rows, turnover_rows
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.tables.figure_table import FigureCell, FigureTable
from pos.ui.widgets.tables.folding_tables import FoldingTables

_ROW = 32


class ReportView(QScrollArea):
    """Shows one ShiftReport; figures that its reader may not see are absent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turnover, self.payments, self.events = (FigureTable(_ROW) for _ in range(3))
        self.cash = FigureTable()
        self.hand_overs = FigureTable(_ROW)
        self.details = DetailTables()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "self")  # it is read with the arrows
        holder = QWidget()
        self._sums = FoldingTables(
            Stretched(self.turnover, 5),
            Stretched(self.payments, 3),
            Stretched(self.events, 4),
            columns=((self.turnover,), (self.payments,), (self.events,)),
        )
        vbox(self.cash, self.hand_overs, self._sums, self.details, Stretch(), spacing=Space.M, margins=0, parent=holder)
        self.setWidget(holder)
        self.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)

    def present(
        self, report: ShiftReport, names: Mapping[str, str], zone: tzinfo, tr: Translator, *, brief: bool = False
    ) -> None:
        """Show `report` in a language, in the time of `zone`; `brief` if another panel is beside it."""
        blind = report.is_blind
        cash = cash_rows(report, tr, brief=brief)
        hidden = tr("The till shows the expected cash after the count.") if blind else ""
        self.cash.present(tr("Cash in the drawer"), cash_head(report, tr, brief=brief) if cash else (), cash, hidden)
        self.setAccessibleDescription(self.cash.accessibleDescription() or hidden)
        self.hand_overs.present(tr("Hand-overs"), (), hand_over_rows(report, names, zone, tr))
        self.hand_overs.setVisible(bool(report.hand_overs))
        self.turnover.present(tr("Turnover"), (), turnover_rows(report, tr))
        paid = payment_rows(report, tr)
        nothing = (
            tr("Cash is shown after the count.") if blind else "" if paid else tr("No payments yet in this shift.")
        )
        self.payments.present(tr("Payments"), (), paid, nothing)
        events = event_rows(report, tr)
        if report.approved_by:
            by = names.get(report.approved_by, report.approved_by)
            events.append([FigureCell(tr("Close approved by")), FigureCell(by)])
        self.events.present(tr("Events"), (), events)
        self.events.setVisible(not brief)
        self._sums.fit()
        self.details.present(report.details, names, zone, tr, blind=blind)
        self.details.setVisible(not brief and report.details != NO_DETAILS)
