"""A day at a glance: figures first, then charts, cash and shifts, then what a manager should check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.text.translator import Translator
from pos.domain.reports.day_report import DayReport
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.reports import day_words
from pos.ui.reports.chart_library import ChartLibrary
from pos.ui.reports.glance import Glance, ShownReport
from pos.ui.reports.payment_card import PaymentCard
from pos.ui.reports.z_rows import open_till_of, shift_rows, z_of
from pos.ui.shifts.detail_tables import DetailTables
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import SeeThrough
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.tables.figure_table import FigureTable
from pos.ui.widgets.tables.row_list import RowList

_ROW = 32
_PAUSE = 10
"""Milliseconds between two tables, in which the window is painted and keys are handled."""
_BESIDE = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class DayPage(SeeThrough):
    """Shows a ShownReport.

    Enter opens the selected Z (`opened`), the X of an open shift (`x_opened`, with its till), or the receipts of a mark
    (`slice_opened`).
    """

    opened = Signal(str, int)
    x_opened = Signal(str)
    slice_opened = Signal(object)

    def __init__(self, theme: Theme, library: ChartLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.glance = Glance(theme, library)
        self.glance.opened.connect(self.slice_opened)
        self.payments = PaymentCard(theme)
        self.cash = FigureTable(_ROW)
        self.shifts = RowList(theme)
        self.shifts.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shifts_title = TextLabel(role=Role.STRONG)
        self._shifts_note = TextLabel(role=Role.LABEL, wrap=True)
        self.spread = FigureTable(_ROW)
        self.details = DetailTables()
        self._coming: list[Callable[[], None]] = []
        self._turn = QTimer(self, singleShot=True, interval=_PAUSE)
        self._turn.timeout.connect(self._present_next)
        self.shifts.clicked.connect(lambda _index: self.open_chosen())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "self")  # it is read with the arrows
        self.verticalScrollBar().setSingleStep(Size.HEADER)
        holder = QWidget()
        holder.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # tables added below do not repaint the ones above
        vbox(
            self.glance,
            self._shift_card(),
            self.payments,
            self.cash,
            self.spread,
            self.details,
            Stretch(),
            spacing=Space.M,
            margins=(0, 0, Space.S, 0),
            parent=holder,
        )
        self.hold(holder)

    def present(self, seen: ShownReport, zone: tzinfo, tr: Translator) -> None:
        """Show the report in a language: the charts immediately, each table in an event-loop turn of its own."""
        self.glance.present(seen, zone, tr)
        report, names = seen.report, seen.names
        self._coming = [
            lambda: self._present_shifts(report, names, zone, tr),
            lambda: self._present_payments(report, tr),
            lambda: self._present_cash(report, tr),
            *self.details.steps(report.details, names, zone, tr, of_one=report.person is not None),
        ]
        self._turn.start()

    @property
    def is_whole(self) -> bool:
        """Whether everything is on show."""
        return not self._coming

    def _present_next(self) -> None:
        if self._coming:
            self._coming.pop(0)()
            self._turn.start()

    def _present_payments(self, report: DayReport, tr: Translator) -> None:
        nothing = tr("No payments on this day.")
        self.payments.present(tr("Payments"), day_words.shares(report), day_words.ways(report, tr), nothing)

    def _present_cash(self, report: DayReport, tr: Translator) -> None:
        cash = day_words.cash_rows(report, tr)
        head = day_words.cash_head(report, tr) if cash else ()
        self.cash.present(tr("Cash in the drawers"), head, cash, day_words.cash_note(report, tr))
        spread = day_words.spread_rows(report, tr)
        explained = tr("Value of foreign currency at the customs rates of its receipts, minus the amount credited.")
        self.spread.present(tr("Exchange gain or loss"), day_words.spread_head(tr) if spread else (), spread, explained)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _BESIDE:
            event.ignore()  # the page handles the keys that change the day
        elif event.key() in ENTERS:
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def open_chosen(self) -> None:
        """Open the Z, or the X, of the selected row."""
        z, till = z_of(self.shifts.key), open_till_of(self.shifts.key)
        if z is not None:
            self.opened.emit(*z)
        elif till is not None:
            self.x_opened.emit(till)

    def _present_shifts(self, report: DayReport, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> None:
        rows = shift_rows(report, names, zone, tr)
        self.shifts.present(rows, self.shifts.key)
        self.shifts.setFixedHeight(max(1, len(rows)) * Size.TABLE_ROW)
        self.shifts.setVisible(bool(rows))
        self.shifts.setAccessibleName(tr("Shifts"))
        self._shifts_title.setText(tr("Shifts"))
        self._shifts_note.setText(
            tr("Press Enter to open the Z report of a closed shift, or the X report of an open one.")
            if report.closed or report.open
            else day_words.no_shifts(report, tr)
            or tr("No shift was closed on this day. Z reports are made on the Shift page.")
        )

    def _shift_card(self) -> QWidget:
        card = Surface(Ground.CARD)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, Space.S, 1, Space.S)
        column.setSpacing(Space.XS)
        head = hbox(self._shifts_title, Stretched(self._shifts_note), margins=(Space.M, 0, Space.M, 0))
        self._shifts_note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addWidget(self.shifts)
        return card
