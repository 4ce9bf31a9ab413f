"""The table of incomplete products: its columns, its header and its rows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.catalogue.missing_data.incomplete_product_model import (
    BETWEEN,
    IncompleteProductModel,
    IncompleteProductText,
)
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing.drawing import RIGHT, text_width
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.row_pen import Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, SidewaysTable

_ICON, _SMALL = 20, 16
_UPPER, _LOWER = (3, 19), (22, 18)
"""Top and height of two lines in one row."""
_COLUMNS = RowColumns(
    (
        RowColumn(share=55),
        RowColumn(112, drops=1),
        RowColumn(216, drops=3),
        RowColumn(share=45, least=216),
        RowColumn(88, right=True, drops=2),
    ),
    before=Space.M + _ICON + Space.M,
)


class IncompleteProductTable(SidewaysTable):
    """The table."""

    def __init__(self, theme: Theme, rows: IncompleteProductModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.TABLE_ROW, parent, opens=True, ahead=30)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw, high=Size.TABLE_ROW))

    def step(self, rows: int) -> None:
        """Move the selection by a number of rows."""
        self.choose(self.current_row + rows)


class IncompleteProductHeader(ColumnHeader):
    """The header of a IncompleteProductTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Product"), tr("Code"), tr("Category"), tr("Missing"), tr("On the floor"))


def _draw(pen: Pen, row: IncompleteProductText) -> None:
    name, code, category, missing, stock = pen.spans(_COLUMNS)
    pen.icon(Space.M, row.icon, "muted", _ICON)
    pen.text(name, row.name, bold=True, ends=True)
    pen.text(code, row.code, Type.LABEL, token="muted")
    pen.text(category, row.category, token=row.category_token)
    pen.icon(missing[0], "circle-question-mark", "nearly", _SMALL)
    lead = _SMALL + Space.S
    lines = _lines(row.missing, missing[1] - lead, pen.theme)
    for line, text in zip((None,) if len(lines) == 1 else (_UPPER, _LOWER), lines, strict=True):
        pen.text(missing, text, Type.LABEL, bold=True, token="nearly", lead=lead, line=line, ends=True)
    pen.text(stock, row.stock, token=row.stock_token, align=RIGHT)


def _lines(missing: str, width: int, theme: Theme) -> list[str]:
    """What is missing, in two lines where it is too long for one."""
    font = theme.font(Type.LABEL, bold=True)
    parts = missing.split(BETWEEN)
    if text_width(font, missing) <= width or len(parts) == 1:
        return [missing]
    fits = [at for at in range(1, len(parts)) if text_width(font, BETWEEN.join(parts[:at])) <= width]
    at = max(fits, default=1)
    return [BETWEEN.join(parts[:at]), BETWEEN.join(parts[at:])]
