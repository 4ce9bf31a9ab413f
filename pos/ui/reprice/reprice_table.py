"""The prices that would change, as far as they are loaded: the table, its header and its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.application.change_prices import Repriced
from pos.application.figures import money_text, number_text
from pos.application.words import Words
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, RowTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CODE, _PRICE, _MARGIN, _ICON = 120, 104, 136, 16
_AHEAD = 30 * Size.TABLE_ROW


@dataclass(frozen=True, slots=True)
class RepriceText:
    """The words of one row."""

    name: str
    code: str
    old: str
    new: str
    margins: str
    below: str
    is_dearer: bool

    @classmethod
    def of(cls, row: Repriced, words: Words) -> RepriceText:
        """Word what happens to a price."""
        language, (before, after) = words.language, row.margins
        margins = "—"
        if before is not None and after is not None:
            margins = f"{number_text(before, language, 1)} → {number_text(after, language, 1)} %"
        return cls(
            name=row.good.name_in(language),
            code=row.good.code,
            old=money_text(row.good.price, language),
            new=money_text(row.new, language),
            margins=margins,
            below=words("below cost") if row.is_below_cost else "",
            is_dearer=row.new > row.good.price,
        )

    def spoken(self, words: Words) -> str:
        """The row for whoever hears it."""
        told = words("{name}, {code}: {old}, new {new}", name=self.name, code=self.code, old=self.old, new=self.new)
        return f"{told}, {self.below}" if self.below else told


class RepriceModel(QAbstractListModel):
    """Rows of a change; `text` words a row when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Repriced] = []
        self._words = Words.english()

    def present(self, rows: Sequence[Repriced]) -> None:
        """Begin anew with these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def append(self, rows: Sequence[Repriced]) -> None:
        """Add the next page."""
        if rows:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def speak(self, words: Words) -> None:
        """Word the rows in another language."""
        self._words = words
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def text(self, place: int) -> RepriceText:
        """The words of the row at a place."""
        return RepriceText.of(self._rows[place], self._words)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self.text(index.row()).spoken(self._words)
        return None


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a row begin and how wide they are, in pixels; figures end with their column."""

    name: Span
    code: Span
    old: Span
    new: Span
    margins: Span

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns of a row `width` px wide: the name has what the others leave."""
        name = max(0, width - _CODE - 2 * _PRICE - _MARGIN - 6 * Space.M)
        code = Space.M + name + Space.M
        old = code + _CODE + Space.M
        new = old + _PRICE + Space.M
        return cls((Space.M, name), (code, _CODE), (old, _PRICE), (new, _PRICE), (new + _PRICE + Space.M, _MARGIN))


class RepriceTable(RowTable):
    """The rows. `wants_more`: the end of those loaded is near."""

    wants_more = Signal()

    def __init__(self, theme: Theme, rows: RepriceModel) -> None:
        super().__init__(rows, Size.TABLE_ROW)
        self.setItemDelegate(_RepriceRow(theme, rows, self))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.look_ahead())

    def look_ahead(self) -> None:
        """Ask for more where the end is near."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _AHEAD:
            self.wants_more.emit()


class RepriceHeader(ColumnHeader):
    """The names of the columns of a RepriceTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("Code"), words("Price then"), words("New price"), words("Margin"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        at = Columns.of(width)
        return [(at.name, LEFT), (at.code, LEFT), (at.old, RIGHT), (at.new, RIGHT), (at.margins, RIGHT)]


class _RepriceRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: RepriceModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.TABLE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colour, font = self._theme.colour, self._theme.font
        row, at = self._rows.text(index.row()), Columns.of(box.width())

        def part(span: Span) -> QRect:
            return QRect(box.x() + span[0], box.y(), span[1], box.height() - 1)

        draw_row(painter, self._theme, box, chosen=bool(state & QStyle.StateFlag.State_Selected))
        draw_text(painter, part(at.name), row.name, font(Type.BODY), colour("text"))
        draw_text(painter, part(at.code), row.code, font(Type.LABEL), colour("muted"))
        draw_text(painter, part(at.old), row.old, font(Type.BODY), colour("muted"), RIGHT)
        draw_text(painter, part(at.new), row.new, font(Type.BODY, bold=True), colour("text"), RIGHT)
        ink = colour("over" if row.below else "muted")
        draw_text(painter, part(at.margins), row.margins, font(Type.LABEL, bold=bool(row.below)), ink, RIGHT)
        if row.below:
            middle = box.y() + (box.height() - 1) // 2
            left = box.x() + at.new[0] - _ICON // 2
            self._theme.icons.paint(painter, "triangle-alert", "over", left, middle - _ICON // 2, _ICON)
