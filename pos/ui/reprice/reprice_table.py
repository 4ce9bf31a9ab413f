"""The prices that would change, as far as they are loaded: the table, its header and its rows."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.change_prices import Repriced
from pos.application.figures import money_text, number_text, with_percent
from pos.application.typography import strung
from pos.application.words import Words
from pos.ui.theme import Size, Theme, Type
from pos.ui.widgets.columns import Column, Columns
from pos.ui.widgets.drawing import RIGHT
from pos.ui.widgets.held_rows import WordedRows
from pos.ui.widgets.row_pen import Pen, RowPainter
from pos.ui.widgets.row_table import ColumnHeader, RowTable

_ICON = 16
_COLUMNS = Columns(
    (Column(share=1), Column(120), Column(104, right=True), Column(104, right=True), Column(136, right=True))
)


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
    spoken: str

    @classmethod
    def of(cls, row: Repriced, words: Words) -> RepriceText:
        """Word what happens to a price."""
        language, (before, after) = words.language, row.margins
        margins = "—"
        if before is not None and after is not None:
            margins = f"{number_text(before, language, 1)} → {with_percent(number_text(after, language, 1), language)}"
        name, code = row.good.name_in(language), row.good.code
        old, new = money_text(row.good.price, language), money_text(row.new, language)
        below = words("below cost") if row.is_below_cost else ""
        told = words("{name}, {code}: {old}, new {new}", name=name, code=code, old=old, new=new)
        spoken = strung(words, (told, below))
        return cls(name, code, old, new, margins, below, row.new > row.good.price, spoken)


class RepriceModel(WordedRows[Repriced]):
    """Rows of a change; `text` words a row when it is painted."""

    def text(self, place: int) -> RepriceText:
        """The words of the row at a place."""
        return RepriceText.of(self._rows[place], self._words)


class RepriceTable(RowTable):
    """The rows."""

    def __init__(self, theme: Theme, rows: RepriceModel) -> None:
        super().__init__(rows, Size.TABLE_ROW, ahead=30)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw, high=Size.TABLE_ROW))


class RepriceHeader(ColumnHeader):
    """The names of the columns of a RepriceTable."""

    columns = _COLUMNS

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(words("Product"), words("Code"), words("Future price"), words("New price"), words("Margin"))


def _draw(pen: Pen, row: RepriceText) -> None:
    name, code, old, new, margins = pen.spans(_COLUMNS)
    pen.text(name, row.name, ends=True)
    pen.text(code, row.code, Type.LABEL, token="muted")
    pen.text(old, row.old, token="muted", align=RIGHT)
    pen.text(new, row.new, bold=True, align=RIGHT)
    below = bool(row.below)
    pen.text(margins, row.margins, Type.LABEL, bold=below, token="over" if below else "muted", align=RIGHT)
    if below:
        pen.icon(new[0] - _ICON // 2, "triangle-alert", "over", _ICON)
