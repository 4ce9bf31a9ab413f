"""The labels to print, one per row: the goods, what is outdated on the shelf label, copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from pos.application.pricing.label_queue import DueLabel
from pos.application.text.formatting import date_text, each_text, money_text, number_text
from pos.application.text.translator import Translator
from pos.domain.pricing.label import MOST_COPIES
from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.list_models import TranslatedListModel
from pos.ui.widgets.tables.row_pen import CLOSE_UPPER, Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, CountedTable

_COLUMNS = RowColumns((RowColumn(share=56), RowColumn(share=44), RowColumn(96, right=True), RowColumn(64, right=True)))
_CODE = (30, 18)


@dataclass(frozen=True, slots=True)
class LabelText:
    """The text of one row; the lot stands in front, for it tells rows of the same goods apart in a narrow window."""

    name: str
    code: str
    why: str
    token: str
    price: str
    copies: str

    @classmethod
    def of(cls, due: DueLabel, tr: Translator) -> LabelText:
        """Describe a label."""
        label, language = due.label, tr.language
        name = due.product.name_in(language)
        ends = "" if label.expiry is None else date_text(label.expiry, language)
        return cls(
            name=f"{number_text(label.pieces, language)} × {name}" if label.pieces > 1 else name,
            code=" · ".join(part for part in (label.lot, ends, label.code, label.shelf) if part),
            why=_why(due, tr),
            token="nearly" if due.printed is not None and due.changes else "muted",
            price=each_text(label.price, language, by_weight=label.by_weight),
            copies=f"× {number_text(due.copies, language)}",
        )

    @property
    def spoken(self) -> str:
        """The accessible text of the row."""
        return ", ".join(part for part in (self.name, self.code, self.why, self.price, self.copies) if part)


def _why(due: DueLabel, tr: Translator) -> str:
    if due.label.pieces > 1:
        return tr("label of a carton")
    printed, remarks = due.printed, []
    for change in due.changes:
        if change == "new":
            remarks.append(tr("no label yet"))
        elif change == "name":
            remarks.append(tr("name changed"))
        elif change == "text":
            remarks.append(tr("text changed"))
        elif printed is not None:
            prices = f"{money_text(printed.price, tr.language)} → {money_text(due.label.price, tr.language)}"
            if change == "price":
                remarks.append(prices)
            else:
                remarks.append(f"{tr('promotion') if change == 'promotion' else tr('promotion over')} {prices}")
    return " · ".join(remarks) if remarks else tr("label up to date")


def with_labels(labels: Sequence[DueLabel], added: Iterable[DueLabel]) -> list[DueLabel]:
    """The labels with these; the copies of equal ones are added."""
    merged = {due.key: due for due in labels}
    for due in added:
        merged[due.key] = merged[due.key].with_copies_of(due) if due.key in merged else due
    return list(merged.values())


def without_labels(labels: Iterable[DueLabel], printed: Iterable[DueLabel]) -> list[DueLabel]:
    """What is left of the labels when these are printed: copies that were added since, and other labels."""
    done = {due.key: due.copies for due in printed}
    left = [(due, due.copies - done.get(due.key, 0)) for due in labels]
    return [replace(due, copies=copies) for due, copies in left if copies > 0]


class LabelModel(TranslatedListModel[DueLabel]):
    """The rows of one list; each code appears once, or once for each lot."""

    def present(self, rows: Sequence[DueLabel]) -> None:
        """Replace the rows; equal labels are merged and their copies added."""
        super().present(with_labels((), rows))

    def append(self, rows: Sequence[DueLabel]) -> None:
        """Append the next page, without labels that are already loaded."""
        known = {row.key for row in self._rows}
        super().append([row for row in rows if row.key not in known])

    def put(self, due: DueLabel) -> int:
        """Add a label, or its copies to an equal row; returns the index of the row."""
        index = self.index_of(due)
        if index < 0:
            self.append([due])
            return len(self._rows) - 1
        self.replace(index, self._rows[index].with_copies_of(due))
        return index

    def set_copies(self, index: int, copies: int) -> None:
        """Set the copies of a row, at least one."""
        self.replace(index, replace(self._rows[index], copies=min(max(copies, 1), MOST_COPIES)))

    def change(self, index: int, due: DueLabel) -> int:
        """Replace the label of a row, merging it with an equal row. Returns the index."""
        other = self.index_of(due)
        if other not in (-1, index):
            self.remove(index)
            other -= other > index
            self.replace(other, self._rows[other].with_copies_of(due))
            return other
        self.replace(index, due)
        return index

    def index_of(self, due: DueLabel) -> int:
        """Index of a label; -1 if there is none."""
        return next((index for index, row in enumerate(self._rows) if row.key == due.key), -1)

    def text(self, index: int) -> LabelText:
        """The text of the row at an index."""
        return LabelText.of(self._rows[index], self._translator)


class LabelTable(CountedTable):
    """The table; plus and minus change the copies."""

    def __init__(self, theme: Theme, rows: LabelModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent, ahead=20)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw))


class LabelHeader(ColumnHeader):
    """The header of a LabelTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Product"), tr("On the shelf"), tr("Price"), tr("Copies"))


def _draw(pen: Pen, row: LabelText) -> None:
    name, why, price, copies = pen.spans(_COLUMNS)
    pen.text(name, row.name, line=CLOSE_UPPER, bold=True, ends=True)
    pen.text(name, row.code, Type.LABEL, line=_CODE, token="muted")
    pen.text(why, row.why, Type.LABEL, bold=row.token != "muted", token=row.token)
    pen.text(price, row.price, align=RIGHT)
    pen.text(copies, row.copies, bold=True, align=RIGHT)
