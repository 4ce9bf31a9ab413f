"""The purchases of a visitor: columns, header and rows, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pos.application.ports.visitor_ports import LedgerLine
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.visitors.purchase_words import PurchaseContext, PurchaseText
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
        RowColumn(104, right=True, gap=Space.S), RowColumn(196, gap=2 * Space.S),
    )
)  # fmt: skip


class PurchaseModel(PairListModel[LedgerLine, PurchaseText]):
    """The purchases of one visitor."""

    def show_rows(self, lines: Sequence[LedgerLine], past: PurchaseContext, tr: Translator) -> None:
        """Show these lines, given oldest first, in reverse order."""
        self.present([(line, PurchaseText.of(line, past, tr)) for line in reversed(lines)])


class PurchaseTable(RowTable):
    """The rows, one of them chosen."""

    def __init__(self, theme: Theme, rows: PurchaseModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw))


class PurchaseHeader(ColumnHeader):
    """The names of the columns of a PurchaseTable."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Bought on"), tr("Goods"), tr("Pieces"), tr("Price"), tr("Outcome"))


def _draw(pen: Pen, row: PurchaseText) -> None:
    when, goods, pieces, paid, state = pen.spans(_COLUMNS)
    ink = "muted" if row.gone else "text"
    pen.text(when, row.day, Type.LABEL, line=UPPER, token=ink)
    pen.text(when, row.time, Type.LABEL, line=LOWER, token="muted")
    lead = _ICON + Space.S
    pen.icon(goods[0], row.icon, "muted", _ICON, line=_FULL)
    pen.text(goods, row.name, line=UPPER, bold=not row.gone, token=ink, lead=lead, ends=True)
    pen.text(goods, row.origin, Type.LABEL, line=LOWER, token="muted", lead=lead)
    pen.text(pieces, row.pieces, token=ink, align=RIGHT)
    pen.text(paid, row.paid, token=ink, align=RIGHT)
    lead = _SMALL + 6
    pen.icon(state[0], row.state_icon, row.token, _SMALL, line=_MARK if row.remark else None)
    upper = UPPER if row.remark else None
    pen.text(state, row.state, Type.LABEL, line=upper, bold=True, token=row.token, lead=lead)
    pen.text(state, row.remark, Type.LABEL, line=LOWER, token="muted", lead=lead)
