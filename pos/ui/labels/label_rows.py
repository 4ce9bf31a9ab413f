"""The labels that will be printed, a row each: the goods, what the shelf says wrongly, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from pos.application.figures import date_text, money_text, number_text
from pos.application.label_queue import DueLabel
from pos.application.words import Words
from pos.domain.label import MOST_COPIES
from pos.ui.theme import Size, Theme, Type
from pos.ui.widgets.columns import Column, Columns
from pos.ui.widgets.drawing import RIGHT
from pos.ui.widgets.held_rows import WordedRows
from pos.ui.widgets.row_pen import CLOSE_UPPER, Pen, RowPainter
from pos.ui.widgets.row_table import ColumnHeader, CountedTable

_COLUMNS = Columns((Column(share=56), Column(share=44), Column(112, right=True), Column(72, right=True)))
_CODE = (30, 18)


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
            said.append(words("name changed"))
        elif printed is not None:
            prices = f"{money_text(printed.price, words.language)} → {money_text(due.label.price, words.language)}"
            if change == "price":
                said.append(prices)
            else:
                said.append(f"{words('promotion') if change == 'promotion' else words('promotion over')} {prices}")
    return " · ".join(said) if said else words("label up to date")


class LabelModel(WordedRows[DueLabel]):
    """The rows of one list; each code stands in it once, or once for each lot."""

    def present(self, rows: Sequence[DueLabel]) -> None:
        """Override HeldRows.present: show other rows; of the same label one, with the copies of all."""
        merged: dict[object, DueLabel] = {}
        for row in rows:
            before = merged[row.key].copies if row.key in merged else 0
            merged[row.key] = replace(row, copies=min(before + row.copies, MOST_COPIES))
        super().present(list(merged.values()))

    def append(self, rows: Sequence[DueLabel]) -> None:
        """Override HeldRows.append: add the next page, without those that are there already."""
        known = {row.key for row in self._rows}
        super().append([row for row in rows if row.key not in known])

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
        self.replace(place, replace(self._rows[place], copies=min(max(copies, 1), MOST_COPIES)))

    def change(self, place: int, due: DueLabel) -> int:
        """Another label in the place of a row; where it stands already its copies are added. Returns its place."""
        other = self.place_of(due)
        if other not in (-1, place):
            self.remove(place)
            other -= other > place
            self.set_copies(other, self._rows[other].copies + due.copies)
            return other
        self.replace(place, due)
        return place

    def place_of(self, due: DueLabel) -> int:
        """Where a label stands; -1 for nowhere."""
        return next((place for place, row in enumerate(self._rows) if row.key == due.key), -1)

    def text(self, place: int) -> LabelText:
        """The words of the row at `place`."""
        return LabelText.of(self._rows[place], self._words)


class LabelTable(CountedTable):
    """The rows; plus and minus are copies."""

    def __init__(self, theme: Theme, rows: LabelModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent, ahead=20)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw))


class LabelHeader(ColumnHeader):
    """The names of the columns of a LabelTable."""

    columns = _COLUMNS

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("On the shelf"), words("Price"), words("Copies"))


def _draw(pen: Pen, row: LabelText) -> None:
    name, why, price, copies = pen.spans(_COLUMNS)
    pen.text(name, row.name, line=CLOSE_UPPER, bold=True, ends=True)
    pen.text(name, row.code, Type.LABEL, line=_CODE, token="muted")
    pen.text(why, row.why, Type.LABEL, bold=row.token != "muted", token=row.token)
    pen.text(price, row.price, align=RIGHT)
    pen.text(copies, row.copies, bold=True, align=RIGHT)
