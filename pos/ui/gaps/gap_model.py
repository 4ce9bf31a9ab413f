"""The rows of goods that lack something, as far as they are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.application.figures import number_text
from pos.application.list_gaps import ALL, GapProduct
from pos.application.names import ATTRIBUTES, CATEGORIES, name_of
from pos.application.words import Words
from pos.ui.icons import category_icon

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
BETWEEN = " · "
"""Between fields: their names hold commas themselves (volume, ml)."""


@dataclass(frozen=True, slots=True)
class GapText:
    """The words of one row; `category` and `stock` warn by their tokens."""

    icon: str
    name: str
    code: str
    category: str
    category_token: str
    missing: str
    stock: str
    stock_token: str

    @classmethod
    def of(cls, gap: GapProduct, which: str, words: Words) -> GapText:
        """Word what a product lacks for the list `which`."""
        product, language = gap.product, words.language
        category = product.category or ""
        return cls(
            icon=category_icon(category),
            name=product.name_in(language),
            code=product.code,
            category=name_of(CATEGORIES, category, words) if category else "—",
            category_token="text" if category else "muted",
            missing=BETWEEN.join(name_of(ATTRIBUTES, field, words) for field in gap.lacks.get(which, ())),
            stock=number_text(gap.on_hand, language),
            stock_token="text" if gap.on_hand > 0 else "muted",
        )


class GapModel(QAbstractListModel):
    """Rows of one list; each product stands in it once. `text` words a row when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[GapProduct] = []
        self._which = ALL
        self._words = Words.english()

    def present(self, which: str, rows: Sequence[GapProduct]) -> None:
        """Begin the list `which` with these rows."""
        self.beginResetModel()
        self._which, self._rows = which, list(rows)
        self.endResetModel()

    def speak(self, words: Words) -> None:
        """Word the rows in another language."""
        self._words = words
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def append(self, rows: Sequence[GapProduct]) -> None:
        """Add the next page, without those that a scan has brought already."""
        known = {row.product.id for row in self._rows}
        new = [row for row in rows if row.product.id not in known]
        if new:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self.endInsertRows()

    def put(self, place: int, row: GapProduct) -> None:
        """Put one product in at `place`."""
        self.beginInsertRows(_NOWHERE, place, place)
        self._rows.insert(place, row)
        self.endInsertRows()

    def replace(self, place: int, row: GapProduct) -> None:
        """Show what has become of a product."""
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def remove(self, place: int) -> None:
        """Take one product out."""
        self.beginRemoveRows(_NOWHERE, place, place)
        del self._rows[place]
        self.endRemoveRows()

    def row(self, place: int) -> GapProduct:
        """The product at `place`."""
        return self._rows[place]

    def text(self, place: int) -> GapText:
        """The words of the row at `place`."""
        return GapText.of(self._rows[place], self._which, self._words)

    def place_of(self, product_id: int) -> int:
        """Where a product stands; -1 where it is not loaded."""
        return next((place for place, row in enumerate(self._rows) if row.product.id == product_id), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            row = self.text(index.row())
            stock = self._words("{n} on hand", n=row.stock)
            return f"{row.name}, {row.code}, {row.category}, {row.missing}, {stock}"
        return None
