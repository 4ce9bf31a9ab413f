"""The rows of the parked page: columns, header and painting, the same for baskets and for tenders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pos.application.outside_partners.settle_attempts import UnsettledMoney
from pos.application.sales.parked_sales import ParkedSale
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.sales.parked.row_text import ParkedRowText
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.list_models import PairListModel
from pos.ui.widgets.tables.row_pen import LOWER, UPPER, Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, RowTable

_ICON, _SMALL = 20, 16
_MARK, _FULL = (6, 20), (0, Size.ROW)
_COLUMNS = RowColumns(
    (
        RowColumn(96, drops=2), RowColumn(share=1, gap=Space.S), RowColumn(60, right=True, gap=Space.S, drops=1),
        RowColumn(108, right=True, gap=Space.S), RowColumn(214, gap=2 * Space.S),
    )
)  # fmt: skip


class ParkedModel(PairListModel[object, ParkedRowText]):
    """Rows as text, each with its item."""

    def key(self, index: int) -> object:
        """The item at an index; a parked sale by its basket, whatever has become of what it holds."""
        item = self._rows[index][0]
        if isinstance(item, UnsettledMoney):
            return item.attempt.number
        return item.basket.key if isinstance(item, ParkedSale) else item


class ParkedTable(RowTable):
    """The rows, one of them chosen."""

    def __init__(self, theme: Theme, rows: ParkedModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent, opens=True)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw))
        self._rows = rows

    def present(self, rows: Sequence[tuple[object, ParkedRowText]]) -> bool:
        """Show these rows; False if another till has taken the chosen one, and another is chosen in its place."""
        return self.renew(lambda: self._rows.present(rows), self._rows.key)


class ParkedHeader(ColumnHeader):
    """The names of the columns of a ParkedTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator, *, pieces: bool = True) -> None:
        """Name the columns; tenders have no `pieces`."""
        counted = tr("Pieces") if pieces else ""
        self.name(tr("When"), tr("What"), counted, tr("Amount"), tr("State"))


def _draw(pen: Pen, row: ParkedRowText) -> None:
    when, what, pieces, amount, state = pen.spans(_COLUMNS)
    pen.text(when, row.time, line=UPPER, bold=True)
    pen.text(when, row.day, Type.LABEL, line=LOWER, token="muted")
    lead = _ICON + Space.S
    pen.icon(what[0], row.icon, "muted", _ICON, line=_FULL)
    pen.text(what, row.title, line=UPPER if row.remark else None, bold=True, lead=lead)
    pen.text(what, row.remark, Type.LABEL, line=LOWER, token="muted", lead=lead)
    pen.text(pieces, row.pieces, align=RIGHT)
    pen.text(amount, row.amount, bold=True, align=RIGHT)
    lead = _SMALL + 6
    pen.icon(state[0], row.state_icon, row.token, _SMALL, line=_MARK)
    pen.text(state, row.state, Type.LABEL, line=UPPER, bold=True, token=row.token, lead=lead)
    pen.text(state, row.whose, Type.LABEL, line=LOWER, token="muted", lead=lead)
