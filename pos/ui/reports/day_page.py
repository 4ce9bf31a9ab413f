"""A day at a glance: its figures first, then pictures, cash and shifts, then what a manager looks into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pos.application.names import CITIES, name_of
from pos.application.words import Words
from pos.domain.day_report import DayReport
from pos.ui.key_positions import ENTERS
from pos.ui.regimes.row_list import RowList
from pos.ui.reports import day_words
from pos.ui.reports.hour_bars import HourCard, hours_title
from pos.ui.reports.payment_card import PaymentCard
from pos.ui.reports.tile import Tile
from pos.ui.reports.z_rows import shift_rows, z_of
from pos.ui.shift.detail_tables import DetailTables
from pos.ui.shift.figure_table import FigureTable
from pos.ui.theme import Size, Space, Theme
from pos.ui.widgets.see_through import SeeThrough
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel

_ROW = 32
_TILES = 5
_BESIDE = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class DayPage(SeeThrough):
    """Shows a DayReport. Enter opens the Z that is chosen (`opened`)."""

    opened = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.tiles = [Tile(theme) for _ in range(_TILES)]
        self.hours = HourCard(theme)
        self.payments = PaymentCard(theme)
        self.cash = FigureTable(_ROW)
        self.shifts = RowList(theme)
        self.shifts.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shifts_title = TextLabel(role=Role.STRONG)
        self._shifts_note = TextLabel(role=Role.LABEL, wrap=True)
        self.spread = FigureTable(_ROW)
        self.details = DetailTables()
        self.shifts.activated.connect(self._activated)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "none")
        self.verticalScrollBar().setSingleStep(Size.HEADER)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        column.addLayout(_side_by_side(*((tile, 1) for tile in self.tiles)))
        column.addLayout(_side_by_side((self.hours, 5), (self.payments, 4)))
        column.addWidget(self._shift_card())
        column.addWidget(self.cash)
        column.addWidget(self.spread)
        column.addWidget(self.details)
        column.addStretch(1)
        self.hold(holder)

    def present(self, report: DayReport, names: Mapping[str, str], zone: tzinfo, words: Words) -> None:
        """Show a day in a language; `names` are the shown names of people."""
        for tile, told in zip(self.tiles, day_words.tiles(report, words)):
            tile.present(*told)
        city = name_of(CITIES, str(zone), words) if str(zone) in CITIES else ""
        self.hours.present(
            hours_title(report.currency, city, words), report.by_hour, words("Nothing was sold on this day."), words
        )
        nothing = words("Nothing was paid on this day.")
        self.payments.present(words("Payments"), day_words.shares(report), day_words.ways(report, words), nothing)
        self._present_shifts(report, names, zone, words)
        cash = day_words.cash_rows(report, words)
        head = day_words.cash_head(words) if cash else ()
        self.cash.present(words("Cash in the drawers"), head, cash, day_words.cash_note(report, words))
        spread = day_words.spread_rows(report, words)
        explained = words("What foreign money is worth at the customs rates of its receipts, less what it counted for.")
        self.spread.present(
            words("Earned by exchange rates"), day_words.spread_head(words) if spread else (), spread, explained
        )
        self.details.present(report.details, names, zone, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent."""
        if event.key() in _BESIDE:
            event.ignore()  # the page beneath goes to the day beside
        elif event.key() in ENTERS:
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def open_chosen(self) -> None:
        """Open the Z of the chosen row."""
        z = z_of(self.shifts.key)
        if z is not None:
            self.opened.emit(*z)

    def _activated(self, _index: QModelIndex | QPersistentModelIndex) -> None:
        self.open_chosen()

    def _present_shifts(self, report: DayReport, names: Mapping[str, str], zone: tzinfo, words: Words) -> None:
        rows = shift_rows(report, names, zone, words)
        self.shifts.present(rows, self.shifts.key)
        self.shifts.setFixedHeight(max(1, len(rows)) * Size.TABLE_ROW)
        self.shifts.setVisible(bool(rows))
        self.shifts.setAccessibleName(words("Shifts"))
        self._shifts_title.setText(words("Shifts"))
        self._shifts_note.setText(
            words("Enter opens a Z, and it can be printed again there.")
            if report.closed
            else words("No shift was closed on this day. A Z is made on the page Shift.")
        )

    def _shift_card(self) -> QWidget:
        card = Surface(Ground.CARD)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, Space.S, 1, Space.S)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setContentsMargins(Space.M, 0, Space.M, 0)
        head.addWidget(self._shifts_title)
        head.addWidget(self._shifts_note, 1)
        self._shifts_note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addWidget(self.shifts)
        return card


def _side_by_side(*parts: tuple[QWidget, int]) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.M)
    for part, stretch in parts:
        row.addWidget(part, stretch)
    return row
