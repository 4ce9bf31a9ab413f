"""The table of promotions: current and scheduled ones, then ended ones in a pale colour."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.pricing.promotions.promotion_words import PromotionText
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.list_models import TextRows
from pos.ui.widgets.tables.row_pen import CLOSE_LOWER, CLOSE_UPPER, Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, RowTable

_ICON = 20
_COLUMNS = RowColumns(
    (RowColumn(share=1), RowColumn(248), RowColumn(104, right=True, drops=1)), before=Space.M + _ICON + Space.M
)


class PromotionModel(TextRows[PromotionText]):
    """The rows."""

    def key(self, index: int) -> int:
        """The number of the promotion at an index."""
        return self._rows[index].id

    def index_of(self, number: int) -> int:
        """Index of a promotion; -1 if there is none."""
        return next((index for index, row in enumerate(self._rows) if row.id == number), -1)


class PromotionTable(RowTable):
    """The table."""

    def __init__(self, theme: Theme, rows: PromotionModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw))


class PromotionHeader(ColumnHeader):
    """The header."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Promotion"), tr("Period"), tr("State"))


def _draw(pen: Pen, row: PromotionText) -> None:
    name, period, state = pen.spans(_COLUMNS)
    ink = "muted" if row.is_over else "text"
    pen.icon(Space.M, row.icon, "muted" if row.is_over else "accent", _ICON)
    pen.text(name, row.name, line=CLOSE_UPPER, bold=True, token=ink)
    pen.text(name, row.what, Type.LABEL, line=CLOSE_LOWER, token="muted")
    pen.text(period, row.period, token=ink)
    pen.text(state, row.state, Type.LABEL, bold=True, token=row.token, align=RIGHT)
