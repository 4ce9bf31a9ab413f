"""The board of rates: a row for each currency, and the history of the selected one."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.pricing.show_rate_board import CurrencyRates, RateBoard
from pos.application.text.border_words import currency_word
from pos.application.text.formatting import currency_symbol, instant_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.money import CURRENCIES
from pos.domain.pricing.rates import RecordedRate
from pos.ui.look.theme import Space, Theme
from pos.ui.pricing.rates.rate_chart import RateChart
from pos.ui.pricing.rates.rate_entries import EntryHead, EntryRow, RateEntries
from pos.ui.pricing.rates.rate_row import RateHead, RateRow
from pos.ui.pricing.rates.rate_words import figure_text, mean_text, spread_text
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_BESIDE = 700
"""The least width of a page with the curve beside the recorded rates."""
_ROOMY = 620
"""The least height of one with the curve over them."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Board(QWidget):
    """Shows a RateBoard; `chosen` reports that another currency is on show. Arrows move from row to row."""

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._board: RateBoard | None = None
        self._translator: Translator | None = None
        self._zone = ZoneInfo("UTC")
        self._names: Mapping[str, str] = {}
        self.head = RateHead(theme)
        self.rows = [RateRow(theme) for _ in range(len(CURRENCIES) - 1)]
        for row in self.rows[:1]:
            row.setChecked(True)
        self.chart = RateChart(theme)
        self.entries = RateEntries(theme)
        self._title = TextLabel(role=Role.STRONG)
        for row in self.rows:
            row.toggled.connect(self._choose)
        self.chart.chosen.connect(self._to_row)
        self.chart.opened.connect(lambda _index: self.entries.setFocus(Qt.FocusReason.OtherFocusReason))
        self.entries.chosen.connect(self._to_mark)
        self._lay_out()

    @property
    def line(self) -> CurrencyRates | None:
        """The currency on show."""
        if self._board is None:
            return None
        index = next((index for index, row in enumerate(self.rows) if row.isChecked()), 0)
        return self._board.lines[index] if index < len(self._board.lines) else None

    def present(self, board: RateBoard, names: Mapping[str, str], zone: ZoneInfo, tr: Translator) -> None:
        """Show other figures; `names` maps short names of people to shown names."""
        self._board, self._translator, self._names, self._zone = board, tr, names, zone
        self.head.present(tr)
        for row, line in zip(self.rows, board.lines):
            who = "" if line.current is None else names.get(line.current.person, line.current.person)
            row.present(line, board, who, zone, tr)
        self._show_line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow and low window the recorded rates come before their curve."""
        super().resizeEvent(event)
        size = event.size()
        self.chart.setVisible(size.width() >= _BESIDE or size.height() >= _ROOMY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        here = next((index for index, row in enumerate(self.rows) if row.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        row = self.rows[min(max(here + step, 0), len(self.rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        row.setChecked(True)

    def _choose(self, on: bool) -> None:
        if on:
            self._show_line()
            self.chosen.emit()

    def _show_line(self) -> None:
        board, line, tr = self._board, self.line, self._translator
        if board is None or line is None or tr is None:
            return
        name = currency_word(line.currency, tr)
        rate_unit = f"{currency_symbol(board.base)} / 1 {currency_symbol(line.currency)}"
        self._title.setText(strung(tr, (f"{line.currency.code} · {name}", rate_unit)))
        self.chart.present(line, board, self._zone, tr)
        marks = self.chart.marks
        in_force = len(line.past) - 1
        rows = [self._entry(index, one, index - in_force, tr) for index, one in enumerate(marks)]
        self.entries.present(rows[::-1], str(self.chart.index))
        self.entries.setAccessibleName(tr("Rate history"))
        self._heads.present((tr("Valid from"), tr("Buy"), tr("Sell"), tr("Customs")), is_empty=not rows)

    def _to_row(self, index: int) -> None:
        """Select the row of the chosen mark."""
        at_row = self.entries.rows.index_of(str(index))
        if at_row >= 0:
            self.entries.setCurrentIndex(self.entries.rows.index(at_row, 0))

    def _to_mark(self, key: str) -> None:
        self.chart.choose(int(key))

    def _entry(self, index: int, one: RecordedRate, after: int, tr: Translator) -> EntryRow:
        """A row; `after` is its distance from the rate in force, positive for scheduled rates."""
        rate, language = one.rate, tr.language
        state = tr("scheduled") if after > 0 else tr("in force") if after == 0 else ""
        cells = (
            instant_text(rate.since, self._zone, language),
            figure_text(rate.buy, language),
            figure_text(rate.sell, language),
            f"≈ {mean_text(rate, language)}" if rate.customs is None else figure_text(rate.customs, language),
            spread_text(rate, language),
            self._names.get(one.person, one.person),
            state,
        )
        token = "accent" if after > 0 else "within" if after == 0 else "muted"
        return EntryRow(
            str(index), ", ".join(cell for cell in cells if cell), cells=cells, bold=after >= 0, token=token
        )

    def _lay_out(self) -> None:
        table = Surface(Ground.CARD)
        vbox(self.head, Line(), *self.rows, spacing=0, margins=(1, 1, 1, 1), parent=table)
        card = Surface(Ground.CARD)
        listed = QVBoxLayout(card)
        listed.setContentsMargins(1, 1, 1, 1)
        listed.setSpacing(0)
        self._heads = EntryHead(self._theme, self.entries)
        listed.addWidget(self._heads)
        listed.addWidget(self.entries, 1)
        below = Folding(Stretched(self.chart), Stretched(card), room=_BESIDE)
        vbox(table, self._title, Stretched(below), spacing=Space.S, margins=0, parent=self)
