"""The weeks of the chosen currency, large: each rate that was set is a mark that is chosen and opens its row."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.pricing.show_rate_board import CurrencyRates, RateBoard
from pos.application.text.formatting import date_text
from pos.application.text.translator import Translator
from pos.domain.pricing.rates import RecordedRate
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.pricing.rates.curve import Scale, draw_curve, figures_of, scale_in
from pos.ui.pricing.rates.rate_words import figure_text
from pos.ui.widgets.drawing.drawing import CENTRE, LEFT, RIGHT, draw_text, text_width
from pos.ui.widgets.fields.key_positions import ENTERS

_LEAST, _WISHED = 150, 240
_NEAR = 14
"""A hand hits a mark that is at most so many pixels away, left or right."""
_POINT = 3.5
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_LEGEND = 22


class RateChart(QWidget):
    """Left and right choose a rate, Enter or a click opens its row: `chosen` and `opened` carry its place, the oldest
    rate first. A single rate is a step with its mark, none says so in words.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line: CurrencyRates | None = None
        self._board: RateBoard | None = None
        self._zone = ZoneInfo("UTC")
        self._translator = Translator.english()
        self.index = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def marks(self) -> tuple[RecordedRate, ...]:
        """The rates that are marks, the oldest first."""
        return () if self._line is None else (*self._line.past, *self._line.coming)

    def present(self, line: CurrencyRates, board: RateBoard, zone: ZoneInfo, tr: Translator) -> None:
        """Show a currency; the one in force is chosen, and as soon as another one is, that one."""
        before = self._line
        is_other = before is None or before.currency != line.currency or len(before.past) != len(line.past)
        self._line, self._board, self._zone, self._translator = line, board, zone, tr
        if is_other or self.index >= len(self.marks):
            self.index = len(line.past) - 1
        self._describe()
        self.update()

    def choose(self, index: int) -> None:
        """Choose a rate by its place; one beyond an end is the one at that end."""
        index = min(max(index, 0), len(self.marks) - 1)
        if index != self.index and index >= 0:
            self.index = index
            self._describe()
            self.update()

    def index_at(self, x: float) -> int:
        """The place of the nearest mark at so many pixels from the left; -1 for none."""
        scale = self._scale()
        if scale is None:
            return -1
        far = [(abs(scale.x(one.rate.since) - x), index) for index, one in enumerate(self.marks)]
        distance, index = min(far)
        return index if distance <= _NEAR else -1

    def sizeHint(self) -> QSize:
        return QSize(440, _WISHED)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, _LEAST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.marks:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._choose_by_hand(self.index + _STEPS[key])
        elif key in _ENDS:
            self._choose_by_hand(_ENDS[key] % len(self.marks))
        elif key in ENTERS:
            self.opened.emit(self.index)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A mark opens its row."""
        index = self.index_at(event.position().x())
        if index >= 0:
            self._choose_by_hand(index)
            self.opened.emit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        scale = self._scale()
        if self._board is None:  # not read yet
            return
        if scale is None or self._line is None:
            said = self._translator("No rates yet.")
            draw_text(painter, self.rect(), said, theme.font(Type.BODY), theme.colour("muted"), CENTRE)
            return
        self._paint_axis(painter, scale)
        draw_curve(painter, theme, scale.box.toRect(), self._line, self._board)
        self._paint_days(painter, scale, self._board)
        self._paint_marks(painter, scale)
        self._paint_legend(painter)

    # ── what is painted ──────────────────────────────────────────────────────────────────────────────────────

    def _scale(self) -> Scale | None:
        if self._line is None or self._board is None or not self.marks:
            return None
        font, language = self._theme.font(Type.LABEL), self._translator.language
        figures = figures_of(self.marks)
        left = max(text_width(font, figure_text(one, language)) for one in (min(figures), max(figures))) + Space.S
        box = QRect(left, _LEGEND + Space.XS, self.width() - left - Space.S, self.height() - _LEGEND - Size.HEADER)
        return scale_in(box, self._line, self._board, small=False)

    def _paint_axis(self, painter: QPainter, scale: Scale) -> None:
        theme, figures = self._theme, figures_of(self.marks)
        font, muted, box = theme.font(Type.LABEL), theme.colour("muted"), scale.box.toRect()
        for rate in dict.fromkeys((max(figures), min(figures))):
            y = round(scale.y(rate))
            painter.fillRect(box.left(), y, box.width(), 1, theme.colour("line"))
            text = figure_text(rate, self._translator.language)
            draw_text(painter, QRect(0, y - 10, box.left() - Space.XS, 20), text, font, muted, RIGHT)

    def _paint_days(self, painter: QPainter, scale: Scale, board: RateBoard) -> None:
        theme, language, box = self._theme, self._translator.language, scale.box.toRect()
        font, muted = theme.font(Type.LABEL), theme.colour("muted")
        now = round(scale.x(board.at))
        painter.fillRect(now, box.top(), 1, box.height(), muted)
        bottom = QRect(box.left(), box.bottom() + Space.XS, box.width(), 20)
        first = date_text(board.first.astimezone(self._zone).date(), language)
        draw_text(painter, bottom, first, font, muted, LEFT)
        text = self._translator("now")
        width = text_width(font, text)
        left = min(max(now - width // 2, box.left()), box.right() - width)
        draw_text(painter, QRect(left, bottom.top(), width + 2, 20), text, font, theme.colour("text"), LEFT)
        last = date_text(scale.last.astimezone(self._zone).date(), language)
        has_room = left + width + text_width(font, last) + Space.M < box.right()
        if self._line is not None and self._line.coming and has_room:
            draw_text(painter, bottom, last, font, muted, RIGHT)

    def _paint_marks(self, painter: QPainter, scale: Scale) -> None:
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, one in enumerate(self.marks):
            x, is_chosen = scale.x(one.rate.since), index == self.index
            if is_chosen:
                painter.setPen(QPen(theme.colour("focus" if self.hasFocus() else "line_strong"), 1.5))
                painter.drawLine(QPointF(x, scale.box.top()), QPointF(x, scale.box.bottom()))
            size = _POINT + 1.5 if is_chosen else _POINT - 1
            for rate, token in ((one.rate.sell, "chart_1"), (one.rate.buy, "chart_3")):
                painter.setPen(QPen(theme.colour(token), 1.5))
                painter.setBrush(theme.colour("surface" if is_chosen else token))
                painter.drawEllipse(QPointF(x, scale.y(rate)), size, size)

    def _paint_legend(self, painter: QPainter) -> None:
        theme, tr, x = self._theme, self._translator, 0
        font = theme.font(Type.LABEL)
        for token, dots, text in (
            ("chart_1", (), tr("Sell")), ("chart_3", (), tr("Buy")), ("muted", (1, 3), tr("Customs")),
        ):  # fmt: skip
            pen = QPen(theme.colour(token), 2)
            if dots:
                pen.setDashPattern(dots)
            painter.setPen(pen)
            painter.drawLine(x, _LEGEND // 2, x + Space.M, _LEGEND // 2)
            x += Space.M + Space.XS + 2
            width = text_width(font, text)
            draw_text(painter, QRect(x, 0, width + 2, _LEGEND), text, font, theme.colour("text"), LEFT)
            x += width + Space.M

    def _choose_by_hand(self, index: int) -> None:
        before = self.index
        self.choose(index)
        if self.index != before:
            self.chosen.emit(self.index)

    def _describe(self) -> None:
        """A screen reader hears the currency and the chosen rate."""
        if self._line is None:
            return
        title = self._translator("The last six weeks of {currency}", currency=self._line.currency.code)
        if 0 <= self.index < len(self.marks):
            rate, language = self.marks[self.index].rate, self._translator.language
            day = date_text(rate.since.astimezone(self._zone).date(), language)
            title += f": {day}, {figure_text(rate.buy, language)} / {figure_text(rate.sell, language)}"
        self.setAccessibleName(title)
