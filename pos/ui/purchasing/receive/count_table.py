"""The rows of a delivery: expected and counted pieces, and the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.application.purchasing.delivery_view import CountRow
from pos.application.text.translator import Translator
from pos.domain.purchasing.goods_receipt import DeliveryOutcome
from pos.ui.look.icons import category_icon
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.purchasing.receive.outcome_words import CountRowText, row_text
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns, Span
from pos.ui.widgets.tables.list_models import NOWHERE, TranslatedListModel
from pos.ui.widgets.tables.row_pen import Line, Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, RowTable

ROW = 64
_MARK = 18
_LOT = 1
"""The column of the lots."""
_FULL: Line = (0, ROW)
_UPPER, _LOWER = (11, 21), (34, 19)
_COLUMNS = RowColumns(
    (
        RowColumn(share=1), RowColumn(124, drops=1),
        RowColumn(92, right=True, drops=2), RowColumn(92, right=True, gap=Space.S), RowColumn(232, gap=Space.L),
    ),
    before=Space.L + Size.THUMBNAIL + Space.M,
    after=Space.S,
)  # fmt: skip


class CountModel(TranslatedListModel[CountRow]):
    """The rows of one delivery, in the order of the purchase order."""

    def renew(self, product: int, rows: Sequence[CountRow]) -> None:
        """Update one product: its rows change in position, new rows are inserted after them."""
        indexes = [index for index, row in enumerate(self._rows) if row.product.id == product]
        first = indexes[0] if indexes else len(self._rows)
        both = min(len(indexes), len(rows))
        for index in range(both):
            self._rows[first + index] = rows[index]
        if both:
            self.dataChanged.emit(self.index(first, 0), self.index(first + both - 1, 0))
        if len(rows) > both:
            self.beginInsertRows(NOWHERE, first + both, first + len(rows) - 1)
            self._rows[first + both : first + both] = rows[both:]
            self.endInsertRows()
        elif len(indexes) > both:
            self.beginRemoveRows(NOWHERE, first + both, first + len(indexes) - 1)
            del self._rows[first + both : first + len(indexes)]
            self.endRemoveRows()

    def text(self, index: int) -> CountRowText:
        """The text of the row at an index."""
        return row_text(self._rows[index], self._translator)

    def index_of(self, product: int, line: int | None = None) -> int:
        """Index of a line of a product, else of its first row; -1 if it has none."""
        mine = [index for index, row in enumerate(self._rows) if row.product.id == product]
        of_line = (index for index in mine if _line_no(self._rows[index]) == line)
        return next(of_line, mine[0] if mine else -1)


def _line_no(row: CountRow) -> int | None:
    return None if row.line is None else row.line.no


class CountTable(RowTable):
    """The table with one selected row."""

    def __init__(self, theme: Theme, rows: CountModel, parent: QWidget | None = None) -> None:
        super().__init__(rows, ROW, parent)
        self.columns = _COLUMNS
        self.setItemDelegate(
            RowPainter(theme, self, lambda index: (rows.rows[index], rows.text(index)), partial(_draw, self), high=ROW)
        )
        self._held = rows
        for changed in (rows.modelReset, rows.dataChanged, rows.rowsInserted, rows.rowsRemoved):
            changed.connect(self._make_room)

    def _make_room(self) -> None:
        """Without lots, their column is given to the name."""
        has_lots = any(row.lacks_lot or (row.line is not None and row.line.lot) for row in self._held.rows)
        columns = _COLUMNS if has_lots else _COLUMNS.without(_LOT)
        if columns != self.columns:
            self.columns = columns
            self.viewport().update()
            self.resized.emit()

    def step(self, rows: int) -> None:
        """Move the selection by a number of rows."""
        self.choose(self.current_row + rows)


class CountHeader(ColumnHeader):
    """The header of a CountTable."""

    def __init__(self, theme: Theme, table: CountTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, table, parent)
        self._lines = table

    def spans(self, width: int) -> Sequence[tuple[Span, Qt.AlignmentFlag]]:
        """The current spans of the table."""
        self.columns = self._lines.columns
        return super().spans(width)

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        expected = tr.context("delivery", "Expected")
        self.name(tr("Product"), tr("Lot"), expected, tr("Counted"), tr("Result"))


def _draw(table: CountTable, pen: Pen, painted: tuple[CountRow, CountRowText]) -> None:
    row, text = painted
    name, lot, expected, counted, result = pen.spans(table.columns)
    if row.outcome is DeliveryOutcome.WRONG:
        pen.warn()
    if row.is_first:
        pen.goods(Space.L, 12, category_icon(row.product.category or ""), "muted")
        pen.text(name, text.name, line=_UPPER, bold=True, ends=True)
        pen.text(name, text.code, Type.LABEL, line=_LOWER, token="muted")
    if lot[1] > 0:
        _two(pen, lot, text.lot, text.expiry, token="nearly" if row.lacks_lot else "text")
    pen.text(expected, text.expected, Type.TITLE, token="muted", align=RIGHT)
    pen.text(counted, text.counted, Type.TITLE, bold=True, align=RIGHT, line=_UPPER if text.cost else _FULL)
    if text.cost:
        pen.text(counted, text.cost, Type.LABEL, line=_LOWER, token="muted", align=RIGHT)
    pen.icon(result[0], text.icon, text.token, _MARK, line=_FULL)
    pen.text(result, text.result, bold=True, token=text.token, lead=_MARK + Space.S)


def _two(pen: Pen, span: Span, first: str, second: str, *, token: str = "text") -> None:
    """Two lines of a cell; a single one is centred."""
    if not second:
        pen.text(span, first, Type.LABEL, token="muted" if token == "text" else token)
        return
    pen.text(span, first, line=_UPPER, token=token)
    pen.text(span, second, Type.LABEL, line=_LOWER, token="muted")
