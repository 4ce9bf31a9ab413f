"""The preview of changed prices, as far as loaded: table, header and rows."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.pricing.change_prices import Repriced
from pos.application.text.formatting import money_text, number_text, with_percent
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.list_models import TranslatedListModel
from pos.ui.widgets.tables.row_pen import Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, RowTable

_ICON = 16
_COLUMNS = RowColumns(
    (
        RowColumn(share=1),
        RowColumn(120, drops=1),
        RowColumn(104, right=True),
        RowColumn(104, right=True),
        RowColumn(136, right=True, drops=2),
    )
)


@dataclass(frozen=True, slots=True)
class RepriceText:
    """The text of one row."""

    name: str
    code: str
    old: str
    new: str
    margins: str
    below: str
    is_dearer: bool
    spoken: str

    @classmethod
    def of(cls, row: Repriced, tr: Translator) -> RepriceText:
        """Describe the change of a price."""
        language, (before, after) = tr.language, row.margins
        margins = "—"
        if before is not None and after is not None:
            margins = f"{number_text(before, language, 1)} → {with_percent(number_text(after, language, 1), language)}"
        name, code = row.good.name_in(language), row.good.code
        old, new = money_text(row.good.price, language), money_text(row.new, language)
        below = tr("below cost") if row.is_below_cost else ""
        change = tr("{name}, {code}: {old}, new {new}", name=name, code=code, old=old, new=new)
        spoken = strung(tr, (change, below))
        return cls(name, code, old, new, margins, below, row.new > row.good.price, spoken)


class RepriceModel(TranslatedListModel[Repriced]):
    """Rows of a price change; `text` formats a row when it is painted."""

    def text(self, index: int) -> RepriceText:
        """The text of the row at an index."""
        return RepriceText.of(self._rows[index], self._translator)


class RepriceTable(RowTable):
    """The table."""

    def __init__(self, theme: Theme, rows: RepriceModel) -> None:
        super().__init__(rows, Size.TABLE_ROW, ahead=30)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw, high=Size.TABLE_ROW))


class RepriceHeader(ColumnHeader):
    """The header of a RepriceTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Product"), tr("Code"), tr("Previous price"), tr("New price"), tr("Margin"))


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
