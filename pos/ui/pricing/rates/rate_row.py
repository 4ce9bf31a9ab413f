"""The rows of the board: one currency each, with rates, start, person, and a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.pricing.show_rate_board import CurrencyRates, RateBoard
from pos.application.text.border_words import currency_word
from pos.application.text.formatting import instant_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.pricing.rates.curve import draw_curve
from pos.ui.pricing.rates.rate_words import age_text, currency_text, figure_text, mean_text, spread_text
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_box, draw_caption, draw_text, text_width

_HEIGHT = 64
_EDGE = 12
_SHARES = (10, 12, 12, 12, 9, 19, 15, 11)
"""The width of each column in percent: currency, buy, sell, customs, spread, since and by whom, age, line."""
_CLOSE_SHARES = (14, 19, 19, 20, 0, 28, 0, 0)
"""The same with little room: the spread follows from buy and sell, the person and the line stand in the history below,
and the age takes the line of the person.
"""
_ROOMY, _NARROWEST = 720, 480
_FIGURE_SIZES = (Type.TITLE, Type.BODY, Type.LABEL, Type.KEY)
"""A rate is drawn in the first size in which all of it is seen: a part of a figure would be another figure."""
_ALIGNED = (LEFT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT, LEFT, LEFT)


def columns(width: int) -> list[tuple[int, int]]:
    """Start and width of each column."""
    room = width - 2 * _EDGE
    shares = _SHARES if width >= _ROOMY else _CLOSE_SHARES
    starts = [_EDGE + room * sum(shares[:column]) // 100 for column in range(len(shares) + 1)]
    return [(start, max(0, end - start - _EDGE)) for start, end in pairwise(starts)]


class RateHead(QWidget):
    """The header."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: Sequence[str] = ()
        self.setFixedHeight(Size.HEADER)

    def present(self, tr: Translator) -> None:
        """Set the names of the columns."""
        self._names = (
            tr("Currency"), tr("Buy"), tr("Sell"), tr("Customs"), tr("Spread"),
            tr("Valid since"), tr("Age"), tr("6 weeks"),
        )  # fmt: skip
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fonts = self._theme.font(Type.LABEL), self._theme.font(Type.KEY)
        ink = self._theme.colour("muted")
        for name, (left, width), align in zip(self._names, columns(self.width()), _ALIGNED):
            if width:
                draw_caption(painter, QRect(left, 0, width, self.height()), name, fonts, ink, align)


class RateRow(DrawnButton):
    """One currency; checked while its history is on show."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._line: CurrencyRates | None = None
        self._board: RateBoard | None = None
        self._cells: list[_Cell] = []
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its columns."""
        return tuple(" ".join(text for text in cell if text) for cell in self._cells)

    def present(self, line: CurrencyRates, board: RateBoard, who: str, zone: ZoneInfo, tr: Translator) -> None:
        """Show a currency; `who` is the shown name of the person who set its rate."""
        self._line, self._board = line, board
        self._cells = _cells(line, board, who, zone, tr)
        self.setAccessibleName(", ".join(text for cell in self._cells for text in cell if text))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """In a narrow window columns are left out."""
        return QSize(_NARROWEST, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, line, board = QPainter(self), self._line, self._board
        if line is None or board is None:
            return
        chosen = self.isChecked()
        fill = "accent_soft" if chosen else "sunken" if self.hovered else "surface"
        edge = "focus" if self.hasFocus() else "accent" if chosen else ""
        painter.fillRect(self.rect(), self.colour(fill))
        if edge:
            draw_box(painter, self.rect(), line=self.colour(edge), width=self.theme.focus_width)
        else:
            painter.fillRect(0, self.height() - 1, self.width(), 1, self.colour("line"))
        spans = columns(self.width())
        has_age = bool(spans[_STATE][1])
        for column, cell in enumerate(self._cells):
            if column == _SINCE and not has_age:
                self._draw_since(painter, cell, spans[column])
            elif spans[column][1]:
                self._draw_cell(painter, column, cell, spans[column])
        left, width = spans[-1]
        if width:
            draw_curve(painter, self.theme, QRect(left, 14, width, _HEIGHT - 28), line, board, small=True)

    def _draw_cell(self, painter: QPainter, column: int, cell: _Cell, span: tuple[int, int]) -> None:
        theme, align, (left, width) = self.theme, _ALIGNED[column], span
        text, below = cell
        if column == _NAME and text_width(theme.font(Type.LABEL), below) > width:
            below = ""  # the code names the currency, and the title of its history has the word
        top, height = (9, 24) if below else (0, _HEIGHT)
        is_state = column == _STATE
        ink = self._state_ink if is_state else "text"
        bold = column in (_NAME, *_DEALT) or ink in ("nearly", "over")
        font = theme.font(Type.BODY, bold=bold)
        if column in _FIGURES:
            font = self.figure_font(column, width)
        if is_state and ink != "muted":
            theme.icons.paint(painter, "circle-alert", ink, left, top + (height - 16) // 2, 16)
            left, width = left + 16 + Space.XS, width - 16 - Space.XS
        draw_text(painter, QRect(left, top, width, height), text, font, self.colour(ink), align)
        if below:
            ink = ink if is_state else "muted"
            draw_text(painter, QRect(left, 32, width, 22), below, theme.font(Type.LABEL), self.colour(ink), align)

    def figure_font(self, column: int, width: int) -> QFont:
        """The font in which the rate in a column is seen whole, if there is one."""
        bold = column in _DEALT
        fonts = [self.theme.font(size, bold=bold) for size in (_FIGURE_SIZES if bold else _FIGURE_SIZES[1:])]
        text = self._cells[column][0]
        return next((font for font in fonts if text_width(font, text) <= width), fonts[-1])

    def _draw_since(self, painter: QPainter, cell: _Cell, span: tuple[int, int]) -> None:
        """Since when a rate holds, and below it how old it is; of a currency without a rate that alone."""
        theme, (left, width), ink = self.theme, span, self._state_ink
        state = " ".join(text for text in self._cells[_STATE] if text)
        top, height = (32, 22) if cell[0] else (0, _HEIGHT)
        draw_text(painter, QRect(left, 9, width, 24), cell[0], theme.font(Type.BODY), self.colour("text"), LEFT)
        if ink != "muted":
            theme.icons.paint(painter, "circle-alert", ink, left, top + (height - 16) // 2, 16)
            left, width = left + 16 + Space.XS, width - 16 - Space.XS
        font = theme.font(Type.LABEL, bold=ink != "muted")
        draw_text(painter, QRect(left, top, width, height), state, font, self.colour(ink), LEFT)

    @property
    def _state_ink(self) -> str:
        if self._line is None or self._line.current is None:
            return "over"
        return "nearly" if self._line.stale else "muted"


_Cell = tuple[str, str]
"""The text of a cell, and the smaller text beneath."""

_NAME, _SINCE = 0, 5
_DEALT, _FIGURES = (1, 2), (1, 2, 3)
"""The columns with the rates that customers pay, and with all rates."""
_STATE = 6
"""The column with the age of a rate."""


def _cells(line: CurrencyRates, board: RateBoard, who: str, zone: ZoneInfo, tr: Translator) -> list[_Cell]:
    current, language = line.current, tr.language
    name = (currency_text(line), currency_word(line.currency, tr))
    if current is None:
        return [name, *[("–", "")] * 4, ("", ""), (tr("no rate"), "")]
    rate = current.rate
    customs = (mean_text(rate, language), tr("mean"))
    return [
        name,
        (figure_text(rate.buy, language), ""),
        (figure_text(rate.sell, language), ""),
        customs if rate.customs is None else (figure_text(rate.customs, language), ""),
        (spread_text(rate, language), ""),
        (instant_text(rate.since, zone, language), who),
        (age_text(board.at - rate.since, tr), tr("old") if line.stale else ""),
    ]
