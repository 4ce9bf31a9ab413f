"""The labels that will be printed, a row each: the goods, what the shelf says wrongly, how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.application.figures import date_text, money_text, number_text
from pos.application.label_queue import DueLabel
from pos.application.words import Words
from pos.domain.label import MOST_COPIES
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, SidewaysTable, Span

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PRICE, _COPIES = 112, 72
_MORE = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
_AHEAD = 20 * Size.ROW


@dataclass(frozen=True, slots=True)
class LabelText:
    """The words of one row."""

    name: str
    code: str
    why: str
    token: str
    price: str
    copies: str

    @classmethod
    def of(cls, due: DueLabel, words: Words) -> LabelText:
        """Word a label."""
        label, language = due.label, words.language
        name = due.product.name_in(language)
        ends = "" if label.expiry is None else date_text(label.expiry, language)
        return cls(
            name=f"{number_text(label.pieces, language)} × {name}" if label.pieces > 1 else name,
            code=" · ".join(part for part in (label.code, label.shelf, label.lot, ends) if part),
            why=_why(due, words),
            token="nearly" if due.printed is not None and due.changes else "muted",
            price=money_text(label.price, language),
            copies=f"× {number_text(due.copies, language)}",
        )

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.name, self.code, self.why, self.price, self.copies) if part)


def _why(due: DueLabel, words: Words) -> str:
    if due.label.pieces > 1:
        return words("label of a carton")
    printed, said = due.printed, []
    for change in due.changes:
        if change == "new":
            said.append(words("no label yet"))
        elif change == "name":
            said.append(words("another name"))
        elif printed is not None:
            prices = f"{money_text(printed.price, words.language)} → {money_text(due.label.price, words.language)}"
            if change == "price":
                said.append(prices)
            else:
                said.append(f"{words('promotion') if change == 'promotion' else words('promotion over')} {prices}")
    return " · ".join(said) if said else words("the label is right")


class LabelModel(QAbstractListModel):
    """The rows of one list; each code stands in it once, or once for each lot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DueLabel] = []
        self._words = Words.english()

    @property
    def rows(self) -> Sequence[DueLabel]:
        """All of them."""
        return self._rows

    def speak(self, words: Words) -> None:
        """Word the rows in another language."""
        self._words = words
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def present(self, rows: Iterable[DueLabel]) -> None:
        """Show other rows; of the same label one, with the copies of all."""
        merged: dict[object, DueLabel] = {}
        for row in rows:
            before = merged[row.key].copies if row.key in merged else 0
            merged[row.key] = replace(row, copies=min(before + row.copies, MOST_COPIES))
        self.beginResetModel()
        self._rows = list(merged.values())
        self.endResetModel()

    def append(self, rows: Iterable[DueLabel]) -> None:
        """Add the next page."""
        known = {row.key for row in self._rows}
        new = [row for row in rows if row.key not in known]
        if new:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    def put(self, due: DueLabel) -> int:
        """One more label: the row of the same one gets its copies too; returns where it stands."""
        place = self.place_of(due)
        if place < 0:
            self.append([due])
            return len(self._rows) - 1
        self.set_copies(place, self._rows[place].copies + due.copies)
        return place

    def set_copies(self, place: int, copies: int) -> None:
        """So many labels of a row, at least one."""
        self._rows[place] = replace(self._rows[place], copies=min(max(copies, 1), MOST_COPIES))
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def remove(self, place: int) -> None:
        """Take a row out."""
        self.beginRemoveRows(_NOWHERE, place, place)
        del self._rows[place]
        self.endRemoveRows()

    def change(self, place: int, due: DueLabel) -> int:
        """Another label in the place of a row; where it stands already its copies are added. Returns its place."""
        other = self.place_of(due)
        if other not in (-1, place):
            self.remove(place)
            other -= other > place
            self.set_copies(other, self._rows[other].copies + due.copies)
            return other
        self._rows[place] = due
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
        return place

    def place_of(self, due: DueLabel) -> int:
        """Where a label stands; -1 for nowhere."""
        return next((place for place, row in enumerate(self._rows) if row.key == due.key), -1)

    def text(self, place: int) -> LabelText:
        """The words of the row at `place`."""
        return LabelText.of(self._rows[place], self._words)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self.text(index.row()).spoken
        return None


class LabelTable(SidewaysTable):
    """The rows. `more` tells by how many copies the chosen one changes, `wants_more` that the end comes near."""

    more = Signal(int)
    wants_more = Signal()

    def __init__(self, theme: Theme, rows: LabelModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent)
        self.setItemDelegate(_LabelRow(theme, rows, self))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.look_ahead())

    def look_ahead(self) -> None:
        """Ask for more where the end is near."""
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _AHEAD:
            self.wants_more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override SidewaysTable.keyPressEvent: plus and minus are copies."""
        key = Qt.Key(event.key())
        if key in _MORE:
            self.more.emit(_MORE[key])
        else:
            super().keyPressEvent(event)


def _spans(width: int) -> tuple[Span, Span, Span, Span]:
    rest = max(0, width - 2 * Space.M - _PRICE - _COPIES - 3 * Space.M)
    name = rest * 56 // 100
    why = Space.M + name + Space.M
    price = why + rest - name + Space.M
    return (Space.M, name), (why, rest - name), (price, _PRICE), (price + _PRICE + Space.M, _COPIES)


class LabelHeader(ColumnHeader):
    """The names of the columns of a LabelTable."""

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("On the shelf"), words("Price"), words("Copies"))

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        name, why, price, copies = _spans(width)
        return [(name, LEFT), (why, LEFT), (price, RIGHT), (copies, RIGHT)]


class _LabelRow(QStyledItemDelegate):
    def __init__(self, theme: Theme, rows: LabelModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, Size.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colour, font = self._theme.colour, self._theme.font
        row = self._rows.text(index.row())
        draw_row(painter, self._theme, box, chosen=bool(state & QStyle.StateFlag.State_Selected))
        (name, width), why, price, copies = _spans(box.width())
        draw_text(
            painter, QRect(box.x() + name, box.y() + 8, width, 20), row.name, font(Type.BODY, bold=True), colour("text")
        )
        code = QRect(box.x() + name, box.y() + 30, width, 18)
        draw_text(painter, code, row.code, font(Type.LABEL), colour("muted"))

        def part(span: Span) -> QRect:
            return QRect(box.x() + span[0], box.y(), span[1], box.height() - 1)

        bold = row.token != "muted"
        draw_text(painter, part(why), row.why, font(Type.LABEL, bold=bold), colour(row.token))
        draw_text(painter, part(price), row.price, font(Type.BODY), colour("text"), RIGHT)
        draw_text(painter, part(copies), row.copies, font(Type.BODY, bold=True), colour("text"), RIGHT)
