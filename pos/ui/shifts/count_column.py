"""One currency of the drawer: the number of each note and coin, and their sum."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.text.border_words import currency_word
from pos.application.text.formatting import currency_name, denomination_text, money_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, strung
from pos.domain.money import Currency, Money
from pos.domain.payment.tender import notes_total
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.shifts.count_cell import CountCell
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_box, draw_text, text_width
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.input_hints import IN_SIGHT
from pos.ui.widgets.spoken.announcements import Announcer

HEAD = 38
_CELL_WIDTH, _NARROW_CELL = 58, 50
_NARROW = 210
"""Below this width a column has narrower cells and edges."""
_LEAST = 144
"""Below this width there is no room for a cell; the columns are scrolled."""
_FIGURE_WIDTH = 80
"""The least width of the figure of a note and its ×."""
_TIMES = 18
_GAP = 4
_PITCH, _SMALLEST_PITCH = Size.SMALL_BUTTON + _GAP, 28
"""From cell to cell: with room for a finger, and where all of a count is to be seen on a low screen."""
_ICON = 16
_REST_HEIGHT = Size.SMALL_BUTTON
_FOOT_SIZES = (Type.TITLE, Type.BODY)


class ColumnState(Enum):
    """The state of one currency's count: its word, icon and tone."""

    TO_COUNT = N_("not counted yet"), "circle-dashed", Tone.NEUTRAL
    COUNTING = N_("counting"), "pencil", Tone.INFO
    COUNTED = N_("counted"), "circle-check", Tone.WITHIN
    AGAIN = N_("count again"), "rotate-ccw", Tone.NEARLY
    UNMOVED = N_("not used"), "circle-minus", Tone.NEUTRAL


class CountColumn(QWidget):
    """A card with a cell for each note and coin down to the smallest cash step. `changed` is emitted for every change.

    `wanted`: the currency has moved, so every cell must be filled before it counts as counted. `total` is a field in
    the foot in which an amount may be typed without naming its notes, as long as no note is counted. `rest_key` is the
    key of the button by which the board sets all remaining cells to none.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        currency: Currency,
        total: QWidget | None = None,
        rest_key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.currency = currency
        self._total = total
        self._translator = Translator.english()
        self.is_required, self.again = True, False
        self._smallest, self._lines, self._least = 1, 1, _SMALLEST_PITCH
        self._end: int | None = None
        self.cells = {value: CountCell(theme, self) for value in currency.denominations}
        self._has_rest = bool(rest_key)
        self._announcer = Announcer(self)
        self.rest = IconButton(theme, key=rest_key, height=_REST_HEIGHT, parent=self)
        self.rest.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rest.setVisible(False)
        for cell in self.cells.values():
            cell.changed.connect(self._look)
            cell.focused.connect(self._look)
        if total is not None:
            total.setParent(self)
        self.setProperty(IN_SIGHT, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # ── counts ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def shown(self) -> tuple[CountCell, ...]:
        """The cells from the largest note down."""
        return tuple(cell for value, cell in self.cells.items() if value >= self._smallest)

    @property
    def notes(self) -> Mapping[int, int]:
        """The number of each, by value in minor units; cells not counted are left out."""
        counted = {value: cell.value for value, cell in self.cells.items() if value >= self._smallest}
        return {value: count for value, count in counted.items() if count is not None}

    @property
    def sum(self) -> Money:
        """The sum of the counted pieces."""
        return notes_total(self.notes, self.currency)

    @property
    def is_full(self) -> bool:
        """Whether every cell is filled."""
        return all(cell.value is not None for cell in self.shown)

    @property
    def is_blank(self) -> bool:
        """Whether no cell is filled."""
        return not self.notes

    @property
    def is_here(self) -> bool:
        """Whether the focus is in it."""
        return any(cell.hasFocus() for cell in self.shown)

    @property
    def state(self) -> ColumnState:
        """The state of the count."""
        if self.is_full:
            return ColumnState.COUNTED
        if self.isEnabled() and self.is_here:
            return ColumnState.COUNTING
        if self.again:
            return ColumnState.AGAIN
        return ColumnState.TO_COUNT if self.is_required or not self.is_blank else ColumnState.UNMOVED

    def clear(self) -> None:
        """Clear the count."""
        for cell in self.cells.values():
            cell.set_value(None)

    def fill_rest(self) -> None:
        """Set all cells not counted yet to none."""
        for cell in self.shown:
            if cell.value is None:
                cell.set_value(0)

    # ── display ──────────────────────────────────────────────────────────────────────────────────────────────

    def follow(self, smallest: int) -> None:
        """Leave out pieces below the shop's smallest cash amount, in minor units."""
        self._smallest = smallest
        for value, cell in self.cells.items():
            cell.setVisible(value >= smallest)
        self.make_room_for(len(self.shown))

    def make_room_for(self, lines: int) -> None:
        """Make room for as many rows as the longest column beside it has."""
        self._lines = max(lines, len(self.shown))
        self._place_cells()
        self._look()

    def suit(self, *, finger: bool) -> None:
        """Give each cell the room of a finger, or no more than the page has for all of them."""
        self._least = _PITCH if finger else _SMALLEST_PITCH
        self.updateGeometry()
        self._place_cells()
        self.update()

    def end_at(self, end: int | None) -> None:
        """No more than this is seen of its height: the button for the rest stays above; None where all is seen."""
        self._end = end
        self._place_rest()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        self._translator = tr
        self.rest.present(tr("Rest is zero"))
        self.setAccessibleName(strung(tr, (self.currency.code, currency_word(self.currency, tr))))
        for value, cell in self.cells.items():
            figure = denomination_text(Money(value, self.currency), tr.language)
            cell.setAccessibleName(tr("Number of {note}", note=f"{self.currency.code} {figure}"))
        self._place_cells()
        self._look()

    def minimumSizeHint(self) -> QSize:
        least = _LEAST + self._figure_width() - _FIGURE_WIDTH
        return QSize(least, HEAD + self._foot() + 2 * Space.S + self._least * self._lines + self.room_of_rest)

    @property
    def room_of_rest(self) -> int:
        """The height that the button for the rest takes above the foot, or above the end of what is seen."""
        return _REST_HEIGHT + _GAP if self._has_rest else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cells()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        state = self.state
        here = state is ColumnState.COUNTING or self.is_here
        line = "accent" if here else "nearly" if state is ColumnState.AGAIN else "line"
        draw_box(painter, self.rect(), fill=colour("surface"), line=colour(line), width=2 if here else 1)
        painter.fillRect(2, HEAD, self.width() - 4, 1, colour("line"))
        painter.fillRect(2, self.height() - self._foot(), self.width() - 4, 1, colour("line_strong"))
        self._draw_head(painter, state)
        for value, cell in self.cells.items():
            if value >= self._smallest:
                self._draw_row(painter, value, cell)
        if self._total is None or not self.is_blank:
            self._draw_foot(painter)

    def _draw_head(self, painter: QPainter, state: ColumnState) -> None:
        colour, theme = self._theme.colour, self._theme
        word, icon, tone = state.value
        font = theme.font(Type.LABEL, bold=True)
        text = self._translator(word) if self._total is None else ""
        right = self.width() - Space.M
        symbol, title = currency_name(self.currency), theme.font(Type.TITLE, bold=True)
        left = Space.M + text_width(title, symbol)
        draw_text(painter, QRect(Space.M, 0, right - Space.M, HEAD), symbol, title, colour("text"), LEFT)
        if text:
            width = text_width(font, text)
            if right - width - _ICON - 2 * Space.S < left:  # the currency is whole, and the icon says the state
                text, width = "", 0
            draw_text(painter, QRect(right - width, 0, width, HEAD), text, font, colour(tone.ink), RIGHT)
            theme.icons.paint(painter, icon, tone.ink, right - width - _ICON - 6, (HEAD - _ICON) // 2, _ICON)

    def _draw_row(self, painter: QPainter, value: int, cell: CountCell) -> None:
        colour, theme, language = self._theme.colour, self._theme, self._translator.language
        box = cell.geometry()
        times = QRect(box.left() - _TIMES, box.top(), 14, box.height())
        draw_text(painter, times, "×", theme.font(Type.LABEL), colour("muted"), RIGHT)
        figure = QRect(Space.S, box.top(), times.left() - Space.S - 2, box.height())
        note = denomination_text(Money(value, self.currency), language)
        draw_text(painter, figure, note, theme.font(Type.BODY, bold=True), colour("text"), RIGHT)
        edge = Space.S if self.width() < _NARROW else Space.M
        room = QRect(box.right() + 6, box.top(), self.width() - edge - box.right() - 6, box.height())
        text = "–"
        if cell.value is not None:
            text = money_text(Money(value * cell.value, self.currency), language, symbol=False, cash=True)
        font = theme.font(Type.BODY)
        if text_width(font, text) > room.width():
            font = theme.font(Type.KEY)
        if text_width(font, text) > room.width():
            return  # a part of an amount would be taken for another amount; the foot has the sum
        draw_text(painter, room, text, font, colour("text" if cell.hasFocus() else "muted"), RIGHT)

    def _draw_foot(self, painter: QPainter) -> None:
        colour, theme, tr = self._theme.colour, self._theme, self._translator
        foot = QRect(Space.M, self.height() - self._foot(), self.width() - 2 * Space.M, self._foot())
        amount, room = self._amount(), foot.width()
        fonts = [theme.font(size, bold=True) for size in _FOOT_SIZES]
        font = next((font for font in fonts if text_width(font, amount) <= room), fonts[-1])
        draw_text(painter, foot, amount, font, colour("muted" if self.is_blank else "text"), RIGHT)
        beside = foot.adjusted(0, 0, -text_width(font, amount) - Space.S, 0)
        word = tr("Counted")
        if text_width(theme.font(Type.LABEL), word) <= beside.width():  # else the figure alone says it
            draw_text(painter, beside, word, theme.font(Type.LABEL), colour("muted"), LEFT)

    def _amount(self) -> str:
        return "–" if self.is_blank else money_text(self.sum, self._translator.language, cash=True)

    def _foot(self) -> int:
        return Size.BUTTON + (Space.S if self._total is not None else 0)

    def _look(self) -> None:
        counting = self._has_rest and self.isEnabled() and self.is_here and not self.is_full
        self.rest.setVisible(counting)
        if self._total is not None:
            self._total.setVisible(self.is_blank)
        self._describe()
        self.update()
        self.changed.emit()

    def _describe(self) -> None:
        """Describe it and its cells for a screen reader, and announce that it is full."""
        tr, name = self._translator, self.accessibleName()
        for value, cell in self.cells.items():
            cell.setAccessibleDescription("" if cell.value is None else self._counted(value, cell.value))
        state = tr(self.state.value[0])
        described = strung(tr, (state, money_text(self.sum, tr.language, cash=True)))
        self._announcer.update(labelled(tr, name, described) if self.is_full else "")
        if name:  # before it speaks the language of the till it says nothing
            # while it is counted, a new sum would cut off what was typed
            self.setAccessibleDescription(state if self.is_here else described)

    def _counted(self, value: int, count: int) -> str:
        amount = money_text(Money(value * count, self.currency), self._translator.language)
        return strung(self._translator, (str(count), amount))

    def _figure_width(self) -> int:
        """Room for the longest of the figures before the cells, and the × behind it: 100,000 ×."""
        font, language = self._theme.font(Type.BODY, bold=True), self._translator.language
        notes = (denomination_text(Money(value, self.currency), language) for value in self.currency.denominations)
        return max(_FIGURE_WIDTH, Space.S + max(text_width(font, note) for note in notes) + _TIMES + 2)

    def _place_cells(self) -> None:
        shown = self.shown
        room = self.height() - HEAD - self._foot() - 2 * Space.XS - self.room_of_rest
        pitch = max(self._least, min(_PITCH, room // max(1, self._lines)))
        left = max(self._figure_width(), round(self.width() * 0.345))
        cell_width = _NARROW_CELL if self.width() < _NARROW else _CELL_WIDTH
        for index, cell in enumerate(shown):
            cell.setGeometry(left, HEAD + Space.XS + 2 + index * pitch, cell_width, pitch - _GAP)
        self._place_rest()
        if self._total is not None:
            top = self.height() - self._foot()
            self._total.setGeometry(Space.S, top + 4 + 1, self.width() - 2 * Space.S, Size.BUTTON)

    def _place_rest(self) -> None:
        end = self.height() - self._foot()
        top = (end if self._end is None else min(end, self._end)) - Space.XS - _REST_HEIGHT
        self.rest.setGeometry(Space.S, top, self.width() - 2 * Space.S, _REST_HEIGHT)
