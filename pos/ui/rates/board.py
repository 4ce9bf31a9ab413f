"""The board of rates: a row for each currency, and the weeks and entries of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.figures import instant_text, sign_of
from pos.application.names import CURRENCIES
from pos.application.show_rate_board import CurrencyRates, RateBoard
from pos.application.words import Words
from pos.domain.money import CURRENCIES as KNOWN
from pos.domain.rates import RecordedRate
from pos.ui.rates.curve import RateCurve
from pos.ui.rates.rate_row import RateHead, RateRow
from pos.ui.rates.rate_words import customs_text, figure_text, spread_text
from pos.ui.shift.figure_table import Figure, FigureTable
from pos.ui.theme import Space, Theme
from pos.ui.widgets.see_through import SeeThrough
from pos.ui.widgets.surface import Ground, Line, Surface
from pos.ui.widgets.text_label import Role, TextLabel
from pos.ui.widgets.tone import Tone

_OTHERS = len(KNOWN) - 1
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Board(QWidget):
    """Shows a RateBoard; `chosen` tells that another currency is on show. Arrows go from row to row."""

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._board: RateBoard | None = None
        self._words: Words | None = None
        self._zone = ZoneInfo("UTC")
        self._names: Mapping[str, str] = {}
        self.head = RateHead(theme)
        self.rows = [RateRow(theme) for _ in range(_OTHERS)]
        self.rows[0].setChecked(True)
        self.curve = RateCurve(theme)
        self.entries = FigureTable(height=32)
        self._title = TextLabel(role=Role.STRONG)
        for row in self.rows:
            row.toggled.connect(self._choose)
        self._lay_out()

    @property
    def line(self) -> CurrencyRates | None:
        """The currency on show."""
        if self._board is None:
            return None
        place = next((place for place, row in enumerate(self.rows) if row.isChecked()), 0)
        return self._board.lines[place] if place < len(self._board.lines) else None

    def present(self, board: RateBoard, names: Mapping[str, str], zone: ZoneInfo, words: Words) -> None:
        """Show other figures; `names` are the shown names of people by their short ones."""
        self._board, self._words, self._names, self._zone = board, words, names, zone
        self.head.present(words)
        for row, line in zip(self.rows, board.lines):
            who = "" if line.current is None else names.get(line.current.person, line.current.person)
            row.present(line, board, who, zone, words)
        self._show_line()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QWidget.keyPressEvent."""
        step = _STEPS.get(Qt.Key(event.key()))
        here = next((place for place, row in enumerate(self.rows) if row.hasFocus()), None)
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
        board, line, words = self._board, self.line, self._words
        if board is None or line is None or words is None:
            return
        name = words(CURRENCIES[line.currency.code])
        self._title.setText(f"{line.currency.code} · {name}, {sign_of(board.base)} / 1 {sign_of(line.currency)}")
        self.curve.present(line, board, self._zone, words)
        head = [
            words("Holds from"),
            words("Buy"),
            words("Sell"),
            words("Customs"),
            words("Spread"),
            words("Set by"),
            "",
        ]
        coming = [self._entry(one, words("to come"), Tone.INFO, words) for one in reversed(line.coming)]
        current = line.past[-1:]
        past = [self._entry(one, words("in force"), Tone.WITHIN, words) for one in current]
        past += [self._entry(one, "", None, words) for one in reversed(line.past[:-1])]
        note = "" if coming or past else words("No rate was ever set.")
        self.entries.present(words("What was set"), head if coming or past else (), [*coming, *past], note)

    def _entry(self, one: RecordedRate, state: str, tone: Tone | None, words: Words) -> list[Figure]:
        rate, language, bold = one.rate, words.language, tone is not None
        return [
            Figure(instant_text(rate.since, self._zone, language), bold=bold),
            Figure(figure_text(rate.buy, language), bold=bold),
            Figure(figure_text(rate.sell, language), bold=bold),
            Figure(customs_text(rate, words)),
            Figure(spread_text(rate, language)),
            Figure(self._names.get(one.person, one.person)),
            Figure(state, bold=bold, tone=tone),
        ]

    def _lay_out(self) -> None:
        table = Surface(Ground.CARD)
        rows = QVBoxLayout(table)
        rows.setContentsMargins(1, 1, 1, 1)
        rows.setSpacing(0)
        rows.addWidget(self.head)
        rows.addWidget(Line())
        for row in self.rows:
            rows.addWidget(row)
        past = QWidget()
        below = QVBoxLayout(past)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(Space.S)
        below.addWidget(self._title)
        below.addWidget(self.curve)
        below.addWidget(self.entries)
        below.addStretch(1)
        scroll = SeeThrough(past)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(table)
        column.addWidget(scroll, 1)
