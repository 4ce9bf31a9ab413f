"""An X or a Z on the screen: turnover, payments, what happened, and the cash of the drawer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.application.words import Words
from pos.domain.report_details import NO_DETAILS
from pos.domain.shift_report import ShiftReport
from pos.ui.shift.detail_tables import DetailTables
from pos.ui.shift.figure_table import Figure, FigureTable
from pos.ui.shift.hand_over_words import hand_over_rows
from pos.ui.shift.report_words import cash_head, cash_rows, event_rows, payment_rows, turnover_rows
from pos.ui.theme import Space

_ROW = 32


class ReportView(QScrollArea):
    """Shows one ShiftReport; what its reader may not see is not there."""

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
        top = QHBoxLayout()
        top.setSpacing(Space.M)
        top.addWidget(self.turnover, 5)
        top.addWidget(self.payments, 3)
        top.addWidget(self.events, 4)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.cash)
        column.addWidget(self.hand_overs)
        column.addLayout(top)
        column.addWidget(self.details)
        column.addStretch(1)
        self.setWidget(holder)
        self.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)

    def present(
        self, report: ShiftReport, names: Mapping[str, str], zone: tzinfo, words: Words, *, brief: bool = False
    ) -> None:
        """Show `report` in a language, by the clock of `zone`; `brief` where another panel stands beside it."""
        blind = report.is_blind
        cash = cash_rows(report, words, brief=brief)
        hidden = words("The till shows the expected cash after the count.") if blind else ""
        self.cash.present(
            words("Cash in the drawer"), cash_head(report, words, brief=brief) if cash else (), cash, hidden
        )
        self.hand_overs.present(words("Hand-overs"), (), hand_over_rows(report, names, zone, words))
        self.hand_overs.setVisible(bool(report.hand_overs))
        self.turnover.present(words("Turnover"), (), turnover_rows(report, words))
        paid = payment_rows(report, words)
        nothing = (
            words("Cash is shown after the count.")
            if blind
            else ""
            if paid
            else words("No payments yet in this shift.")
        )
        self.payments.present(words("Payments"), (), paid, nothing)
        events = event_rows(report, words)
        if report.approved_by:
            by = names.get(report.approved_by, report.approved_by)
            events.append([Figure(words("Close approved by")), Figure(by)])
        self.events.present(words("Event"), (), events)
        self.events.setVisible(not brief)
        self.details.present(report.details, names, zone, words, blind=blind)
        self.details.setVisible(not brief and report.details != NO_DETAILS)
