"""The drawer on one page: all currencies side by side, counted with keys only or by touch."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from pos.domain.money import CURRENCIES
from pos.ui.look.theme import Space
from pos.ui.shifts.count_column import CountColumn
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.payment.tender import CashRules
    from pos.ui.session.session import Session
    from pos.ui.shifts.count_cell import CountCell

_BY_KEY = Qt.FocusReason.TabFocusReason


class CountBoard(QWidget):
    """The columns of all currencies. Arrow keys and Tab move between the cells, Enter to the next one.

    `changed` is emitted for every change, `done` for Enter when no further cell follows, `refused` for a key that is no
    part of a count. In a narrow window the columns are scrolled sideways. Where a finger is used the cells are higher,
    from the finger that opens the page or touches it until keys open it; in a low window they are scrolled then. With a
    `rest_key` every cell must be filled: Enter on an empty cell means that there are none, and that key means so for
    all remaining cells.
    """

    changed = Signal()
    done = Signal()
    refused = Signal()

    def __init__(
        self,
        session: Session,
        totals: Mapping[str, QWidget] | None = None,
        *,
        rest_key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._is_for_finger = session, False
        self._zeroes = bool(rest_key)
        fields = totals or {}
        self.columns = {
            code: CountColumn(session.theme, one, fields.get(code), rest_key, self) for code, one in CURRENCIES.items()
        }
        side_by_side = self._side_by_side = QWidget()
        hbox(*(Stretched(one) for one in self.columns.values()), spacing=Space.M, margins=0, parent=side_by_side)
        area = self._area = ScrolledFields()
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.hold(side_by_side)
        vbox(area, margins=0, parent=self)
        for moved in (area.verticalScrollBar().valueChanged, area.verticalScrollBar().rangeChanged):
            moved.connect(self._follow_scroll)
        session.touched.connect(self._touched)
        for column in self.columns.values():
            column.changed.connect(self.changed)
            column.rest.clicked.connect(partial(self.none_of_the_rest, column))
            for cell in column.cells.values():
                cell.stepped.connect(partial(self._step, column, cell))
                cell.entered.connect(partial(self._enter, column, cell))
                cell.refused.connect(self.refused)
                cell.focused.connect(partial(self._keep_clear, column, cell))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._suit(finger=self._session.by_finger)

    def _touched(self) -> None:
        if self.isVisible():
            self._suit(finger=True)

    def _follow_scroll(self) -> None:
        bar = self._area.verticalScrollBar()
        end = bar.value() + self._area.viewport().height() if bar.maximum() else None
        for column in self.columns.values():
            column.end_at(end)

    def _keep_clear(self, column: CountColumn, cell: CountCell) -> None:
        """The button for the rest, which stays in sight, covers no cell that is counted."""
        bar = self._area.verticalScrollBar()
        low = cell.mapTo(self._side_by_side, cell.rect().bottomLeft()).y() + column.room_of_rest + Space.XS
        if cell.hasFocus():
            bar.setValue(max(bar.value(), low - self._area.viewport().height()))

    def _suit(self, *, finger: bool) -> None:
        if finger == self._is_for_finger:
            return
        self._is_for_finger = finger
        for column in self.columns.values():
            column.suit(finger=finger)
        if (layout := self._side_by_side.layout()) is not None:
            layout.activate()
        if (here := self.here) is not None:
            cell = next(cell for cell in here.shown if cell.hasFocus())
            self._area.ensureWidgetVisible(cell)
            self._keep_clear(here, cell)

    # ── counts ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def count(self) -> Mapping[str, Mapping[int, int]]:
        """The number of each piece, by currency; a currency without any count is left out."""
        return {code: dict(column.notes) for code, column in self.columns.items() if column.notes}

    @property
    def left_to_count(self) -> tuple[str, ...]:
        """The currencies that are not fully counted."""
        return tuple(
            code
            for code, column in self.columns.items()
            if not column.is_full and (column.is_required or column.again or not column.is_blank)
        )

    @property
    def here(self) -> CountColumn | None:
        """The column with the focus."""
        return next((column for column in self.columns.values() if column.is_here), None)

    def clear(self) -> None:
        """Begin again."""
        for column in self.columns.values():
            column.again = False
            column.setEnabled(True)
            column.clear()

    def want(self, codes: Collection[str]) -> None:
        """Require these currencies; the others may be left empty."""
        for code, column in self.columns.items():
            column.is_required = code in codes
            column.update()

    def ask_again(self, codes: Collection[str]) -> None:
        """Count these again from nothing; the other counts stay."""
        for code, column in self.columns.items():
            column.again = code in codes
            column.setEnabled(code in codes)
            if code in codes:
                column.clear()
            column.update()
        self.begin()

    def count_again(self, codes: Collection[str]) -> None:
        """Count these again from nothing; whether the others may still be changed stays."""
        for code in codes:
            column = self.columns[code]
            column.again = True
            column.setEnabled(True)
            column.clear()
            column.update()
        self.begin()

    # ── focus ────────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Focus the first cell that is still to be filled."""
        for code in self.left_to_count:
            column = self.columns[code]
            if column.isEnabled():
                next(cell for cell in column.shown if cell.value is None).setFocus(_BY_KEY)
                return
        for column in self.columns.values():
            if column.isEnabled():
                column.shown[0].setFocus(_BY_KEY)
                return

    def follow(self, cash: CashRules) -> None:
        """Show the notes and coins of the shop's cash rounding."""
        for column in self.columns.values():
            column.follow(cash.step(column.currency).minor)
        longest = max(len(column.shown) for column in self.columns.values())
        for column in self.columns.values():
            column.make_room_for(longest)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language."""
        for column in self.columns.values():
            column.retranslate(tr)

    def _open_columns(self) -> list[CountColumn]:
        return [column for column in self.columns.values() if column.isEnabled()]

    def _step(self, column: CountColumn, cell: CountCell, across: int, down: int) -> None:
        index = column.shown.index(cell)
        if down:
            target = index + down
            if 0 <= target < len(column.shown):
                column.shown[target].setFocus(_BY_KEY)
            return
        columns = self._open_columns()
        beside = columns.index(column) + across
        if 0 <= beside < len(columns):
            cells = columns[beside].shown
            cells[min(index, len(cells) - 1)].setFocus(_BY_KEY)

    def _enter(self, column: CountColumn, cell: CountCell) -> None:
        if self._zeroes and cell.value is None:
            cell.set_value(0)
        cells = column.shown
        index = cells.index(cell) + 1
        if index < len(cells):
            cells[index].setFocus(_BY_KEY)
            return
        self.go_on(column)

    def none_of_the_rest(self, column: CountColumn, _on: bool = False) -> None:
        """There are none of the notes that are not counted yet; the next currency follows."""
        column.fill_rest()
        self.go_on(column)

    def go_on(self, column: CountColumn) -> None:
        """Go from the end of a column to the next one that is still to be counted; emit `done` if there is none."""
        columns = self._open_columns()
        for following in columns[columns.index(column) + 1 :]:
            if following.is_required or following.again:
                following.shown[0].setFocus(_BY_KEY)
                return
        self.done.emit()
